from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

from gaitcheck.output.page import report_page
from gaitcheck.output.page.assemble import MODULES, embedded_json, scripts
from tests.output.examples import free_walk
from tests.output.page.pages import policy_of


def test_json_ends_no_script_element_and_comes_back():
    hostile = {"name": "</script><!-- <script> & \u2028 \u202e"}
    text = embedded_json(hostile)
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text) == hostile


def test_every_module_is_taken_after_those_it_imports():
    folder = files("gaitcheck.output").joinpath("page")
    there = {p.name.removesuffix(".js") for p in folder.iterdir() if p.name.endswith(".js")}
    assert there == set(MODULES)
    for place, name in enumerate(MODULES):
        text = folder.joinpath(f"{name}.js").read_text("utf-8")
        wanted = set(re.findall(r'from "\./(\w+)\.js"', text))
        assert wanted <= set(MODULES[:place]), name
    assert not re.search(r"^(import|export) ", scripts(), re.MULTILINE)


def test_the_policy_lets_in_this_script_and_style_and_nothing_else():
    page = report_page(free_walk(), video_name="clip.mp4")
    policy = policy_of(page)
    text = page.decode()
    for tag, opening in (("script", '<script type="module">'), ("style", "<style>")):
        content = text.split(opening)[1].split(f"</{tag}>")[0]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_anywhere():
    text = report_page(free_walk(), video_name="clip.mp4").decode()
    loaded = re.findall(r'(?:src|href)="([^"]*)"', text)
    assert all(one.startswith("#") for one in loaded), loaded
    assert " style=" not in text, "the policy lets in no style attributes"
