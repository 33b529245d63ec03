"""The report page in a real browser, from disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from gaitcheck.output.page import report_page
from gaitcheck.video.frame import VideoInfo
from tests.browser import complaints, press, until
from tests.clips import HEIGHT_PX, WIDTH_PX, even_times_s, number_of, write_clip
from tests.output.examples import HELD, analysis_of, walk
from tests.output.page.pages import track_of

N, FPS = 150, 30.0


def analysis(path: str) -> Any:
    made = analysis_of(
        walk("none"), walk("person", n_steps=3, first=4, sequence=2, evidence=(HELD,))
    )
    video = VideoInfo(path, WIDTH_PX, HEIGHT_PX, N, N / FPS, FPS)
    return replace(made, video=video, tracks=(track_of(n=N, fps=FPS),))


def opened(browser: Any, folder: Path, name: str = "clip.mp4") -> None:
    write_clip(folder / name, even_times_s(N, fps=FPS))
    (folder / "report.html").write_bytes(report_page(analysis(name), video_name=name))
    browser.get((folder / "report.html").as_uri())
    until(lambda: browser.execute_script(
        "return document.documentElement.dataset.ready === 'yes' &&"
        " document.getElementById('video').readyState >= 2"
    ))  # fmt: skip


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:
    browser.get_log("browser")
    opened(browser, tmp_path)
    return browser


def shown_s(page: Any) -> float:
    until(lambda: not page.execute_script("return document.getElementById('video').seeking"))
    found: float = page.execute_script("return document.getElementById('video').currentTime")
    return found


def lane_point(page: Any, step: int) -> tuple[float, float]:
    """Where a step's foot is drawn in the time line, px from the canvas's corner."""
    x = page.execute_script(
        "const box = document.getElementById('timeline');"
        "const space = document.getElementById('timeline-space').offsetWidth;"
        "const data = JSON.parse(document.getElementById('data').textContent).analysis;"
        "const s = data.steps[arguments[0]];"
        "const scale = (space - 28) / data.video.duration_s;"
        "return 14 + s.contact_s * scale - box.scrollLeft;", step,
    )  # fmt: skip
    side = analysis("clip.mp4").steps[step].side
    return x, 26 + (56 if side == "left" else 76)


def click_at(page: Any, x: float, y: float) -> None:
    page.execute_script(
        "const [x, y] = arguments; const c = document.getElementById('lanes');"
        "c.scrollIntoView({block: 'center', behavior: 'instant'});"
        "const a = c.getBoundingClientRect();"
        "for (const type of ['pointerdown', 'pointerup']) c.dispatchEvent(new PointerEvent(type,"
        "{clientX: a.left + x, clientY: a.top + y, button: 0, bubbles: true,"
        "pointerType: 'mouse'}));",
        x, y,
    )  # fmt: skip


def test_it_opens_from_disk_without_a_complaint(page: Any):
    assert complaints(page) == []
    assert page.find_element("id", "verdict").text.startswith("First independent step: person 1")
    assert not page.find_element("id", "missing").is_displayed()


def test_it_plays_and_the_clock_goes_with_it(page: Any):
    page.find_element("id", "play").click()
    until(lambda: page.execute_script("return document.getElementById('video').currentTime") > 0.3)
    until(lambda: page.find_element("id", "clock").text > "0:00.2")
    press(page, " ")
    until(lambda: page.execute_script("return document.getElementById('video').paused"))


def test_something_is_drawn_over_the_video(page: Any):
    drawn = (
        "const c = document.getElementById('overlay');"
        "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0)"
    )
    until(lambda: page.execute_script(drawn))
    for name in ("show-skeleton", "show-feet", "show-support"):
        page.find_element("id", name).click()
    until(lambda: not page.execute_script(drawn))


@pytest.mark.parametrize("step", [0, 2, 5])
def test_a_click_on_a_foot_goes_to_its_frame(page: Any, step: int):
    click_at(page, *lane_point(page, step))
    contact_s = analysis("clip.mp4").steps[step].contact_s
    until(lambda: abs(shown_s(page) - contact_s) <= 1 / FPS)
    until(lambda: "Person 1, step" in page.find_element("id", "live").get_attribute("textContent"))
    # Not only the clock: the picture is the one that is shown at that time.
    until(lambda: abs(picture_shown(page) - contact_s * FPS) <= 1)


def picture_shown(page: Any) -> int:
    """Read the number of the frame on the screen (a page from disk may not read its own video)."""
    page.execute_script(
        "document.getElementById('overlay').style.visibility = 'hidden';"
        "document.getElementById('stage').scrollIntoView({behavior: 'instant'})"
    )
    png = page.find_element("id", "video").screenshot_as_png
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    return number_of(image.astype(np.uint8))


def test_keys_go_from_step_to_step_and_frame_to_frame(page: Any):
    contacts = [step.contact_s for step in analysis("clip.mp4").steps]
    for contact_s in contacts[:3]:
        press(page, "n")
        until(lambda at=contact_s: abs(shown_s(page) - at) <= 1 / FPS)
    press(page, "ArrowLeft", shiftKey=True)
    until(lambda: abs(shown_s(page) - contacts[1]) <= 1 / FPS)
    before = picture_shown(page)
    press(page, "ArrowRight")
    until(lambda: picture_shown(page) == before + 1)
    press(page, "Home")
    until(lambda: shown_s(page) < 1 / FPS)


def test_a_focused_button_keeps_its_own_keys(page: Any):
    page.execute_script("document.getElementById('zoom-in').focus()")
    press(page, " ")
    assert page.execute_script("return document.getElementById('video').paused")
    page.execute_script("document.getElementById('seek').focus()")
    press(page, "n")
    assert page.find_element("id", "live").get_attribute("textContent") == ""


def test_help_lists_the_keys(page: Any):
    press(page, "?", shiftKey=True)
    until(lambda: page.find_element("id", "help").is_displayed())
    assert "next step" in page.find_element("id", "key-list").text


def test_the_tables_are_the_time_lines_twin(page: Any):
    groups = page.find_elements("css selector", "#tables details.sequence")
    assert "4 steps" in groups[0].text
    page.execute_script("arguments[0].open = true", groups[1])
    rows = until(lambda: groups[1].find_elements("css selector", "tbody tr"))
    assert len(rows) == 3
    assert "wrist at hand, right, person 2" in groups[1].text
    page.execute_script("arguments[0].click()", rows[2].find_element("tag name", "button"))
    until(lambda: abs(shown_s(page) - analysis("clip.mp4").steps[6].contact_s) <= 1 / FPS)


def test_a_hostile_file_name_is_text_and_plays(browser: Any, tmp_path: Path):
    name = "<img src=x onerror=document.title=1>'&#1?%41.mp4"
    browser.get_log("browser")
    opened(browser, tmp_path, name)
    assert browser.find_element("tag name", "h1").text == name
    assert browser.find_elements("css selector", "img") == []
    assert complaints(browser) == []


def test_without_its_video_it_says_so_and_takes_one(browser: Any, tmp_path: Path):
    clip = write_clip(tmp_path / "elsewhere.mp4", even_times_s(N, fps=FPS))
    (tmp_path / "report.html").write_bytes(report_page(analysis("a.mp4"), video_name="a.mp4"))
    browser.get((tmp_path / "report.html").as_uri())
    until(lambda: browser.find_element("id", "missing").is_displayed())
    press(browser, "n")
    until(lambda: "step 1" in browser.find_element("id", "live").get_attribute("textContent"))
    browser.find_element("id", "choose").send_keys(str(clip))
    until(lambda: browser.execute_script("return document.getElementById('video').readyState") >= 2)
    assert not browser.find_element("id", "missing").is_displayed()
    browser.get_log("browser")  # the missing video was told there


def test_everything_has_a_name_for_who_listens(page: Any):
    nameless = page.execute_script(
        "return [...document.querySelectorAll('button, input, select')].filter((e) =>"
        " !e.closest('[hidden]') && !(e.ariaLabel || e.textContent.trim() ||"
        " e.labels?.length)).map((e) => e.outerHTML)"
    )
    assert nameless == []
    assert page.find_element("id", "live").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(page: Any, width: int):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    try:
        wide = page.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
