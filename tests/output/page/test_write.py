from __future__ import annotations

from dataclasses import replace

import pytest

from gaitcheck.gait.reasons import Reason
from gaitcheck.output.page import report_page
from gaitcheck.output.verdict import DISCLAIMER, verdict
from gaitcheck.video.frame import VideoInfo
from tests.output.examples import analysis_of, free_walk, held_walk, walk
from tests.output.page.pages import data_of, track_of

HOSTILE = "<img src=x onerror=alert(1)>\"'&</script>\u202e.mp4"


def test_verdict_reasons_and_warnings_stand_on_the_page():
    analysis = free_walk()
    text = report_page(analysis, video_name="clip.mp4").decode()
    for sentence in verdict(analysis).split(". "):
        assert sentence.rstrip(".") in text
    assert analysis.reasons[0].text in text
    assert analysis.warnings[0] in text
    assert DISCLAIMER in text


def test_why_is_told_once():
    reason = Reason(1, 1, 4, 1.2, 2.2, "unknown", "hand_hidden", ("left",))
    text = report_page(analysis_of(walk("unknown"), reasons=(reason,)), video_name=None).decode()
    shown = text.split("<script")[0]
    assert shown.count(reason.text) == 1
    assert "No independent step can be confirmed: 4 steps were found" in shown


def test_the_data_are_the_contract_with_ids():
    analysis = held_walk()
    data = data_of(report_page(analysis, video_name="clip.mp4"))
    document = analysis.to_dict()
    assert [{k: v for k, v in s.items() if k != "id"} for s in data["analysis"]["steps"]] == (
        document["steps"]
    )
    assert [s["id"] for s in data["analysis"]["steps"]] == ["m0", "m1", "m2", "m3"]
    assert data["analysis"]["sequences"] == document["sequences"]
    assert data["review"] is None


def test_boxes_are_drawn_where_there_is_no_skeleton():
    plain = data_of(report_page(free_walk(), video_name=None))
    assert len(plain["analysis"]["people"][0]["boxes"]) == 2
    tracked = data_of(report_page(replace(free_walk(), tracks=(track_of(),)), video_name=None))
    assert tracked["analysis"]["people"][0]["boxes"] == []
    assert [pose["person"] for pose in tracked["poses"]] == [1]


def test_hostile_names_and_texts_are_text():
    analysis = replace(
        free_walk(), video=VideoInfo(HOSTILE, 640, 480, 240, 8.0, 30.0), warnings=(HOSTILE,),
        reasons=(Reason(1, 1, 4, 1.2, 2.2, "none", HOSTILE),),
    )  # fmt: skip
    text = report_page(analysis, video_name=HOSTILE).decode()
    assert "<img" not in text
    assert text.count("</script>") == 2
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("name", "address"),
    [
        pytest.param("a b.mp4", "a%20b.mp4", id="space"),
        pytest.param("clips/a.mp4", "clips/a.mp4", id="folder"),
        pytest.param("../a.mp4", "../a.mp4", id="beside the folder"),
        pytest.param("javascript:alert(1)", "javascript%3Aalert%281%29", id="a scheme"),
        pytest.param("a#1?.mp4", "a%231%3F.mp4", id="marks of addresses"),
        pytest.param("\udcff.mp4", "%3F.mp4", id="undecodable"),
        pytest.param(None, None, id="no video"),
    ],
)
def test_the_videos_address(name: str | None, address: str | None):
    assert data_of(report_page(free_walk(), video_name=name))["video"] == address


def test_nobody_found_makes_a_page_too():
    text = report_page(analysis_of(people=()), video_name="clip.mp4").decode()
    assert "nobody was found in the video" in text
    assert "<figure>" not in text


def test_charts_are_drawn_of_walks():
    text = report_page(analysis_of(walk("none", n_steps=12)), video_name="clip.mp4").decode()
    assert text.count("<figure>") == 4
    assert "var(--left)" in text
    assert "#04040" not in text, "a colour that stands for the page's own was left"
