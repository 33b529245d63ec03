from __future__ import annotations

from typing import Any

from benchmarks.speed.tables import as_markdown, as_text


def clip(scanned: list[list[Any]], whole: list[list[Any]]) -> dict[str, Any]:
    told = {"frames_per_second": 500.0, "seconds": 30.0, "peak_mb": 700, "memory_mb": [300, 700]}
    return {
        "clip": "ten minutes", "frames": 15000, "duration_s": 600.0, "ratios_to": "decode",
        "contenders": {"decode": {**told, "ratio": 1.0}, "gaitcheck": {**told, "ratio": 0.5}},
        "sequences": {"gaitcheck": scanned, "exhaustive": whole},
    }  # fmt: skip


ONE = [1.0, 4.0, 6, "none"]


def test_sequences_alike_but_for_their_ends_are_told_with_how_far_apart_they_are() -> None:
    text = as_text(clip([ONE], [[1.0, 4.25, 6, "none"]]))
    assert "the same 1 sequences with the scan as without, times within 0.250 s" in text
    assert "20.0 x real time" in text


def test_sequences_that_differ_are_never_told_as_the_same() -> None:
    for whole in ([], [ONE, ONE], [[1.0, 4.0, 5, "none"]], [[1.0, 4.0, 6, "unknown"]]):
        assert "not all alike" in as_text(clip([ONE], whole))


def test_the_page_has_a_row_for_each_contender() -> None:
    text = as_markdown({"clips": [clip([ONE], [ONE])]})
    assert "| ten minutes | decode | 500 | 20.0 | - | 700 MB |" in text
    assert "|  | gaitcheck | 500 | 20.0 | - | 700 MB |" in text


def test_what_following_costs_is_told_beside_the_model_alone() -> None:
    cost = {"ms_a_frame": 11.0, "calls_a_frame": 1.0, "ms_a_call": 11.0}
    told = {
        "clip": "walk.mp4", "frames": 100, "people_a_frame": 1.0, "whole_ms_a_frame": 16.0,
        "model_ms_a_picture": 10.0, "following_by_model": 1.1, "finding_ms_a_frame": 2.5,
        "stages": {"following a person": cost},
    }  # fmt: skip
    text = as_markdown({"clips": [clip([ONE], [ONE])], "stages": [told]})
    assert "| walk.mp4 | 1.0 | 16.0 | 11.0 | 10.0 | 1.10 | 2.5 |" in text
