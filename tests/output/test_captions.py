"""Captions are read back by webvtt-py and srt."""

from __future__ import annotations

import io
import itertools

import pytest
import srt
import webvtt

from gaitcheck.output.captions import to_srt, to_webvtt
from tests.output.coded import EMPTY, coded

DOCUMENT = coded()
CONTACTS = [step["contact_s"] for step in DOCUMENT["steps"]]


def test_webvtt_has_every_contact_and_sequence() -> None:
    cues = list(webvtt.from_string(to_webvtt(DOCUMENT).decode()))
    begins = {
        cue.identifier: cue.start_in_seconds + cue.start_time.milliseconds / 1000 for cue in cues
    }
    for number, contact_s in enumerate(sorted(CONTACTS), start=1):
        assert begins[f"step-{number}"] == pytest.approx(contact_s, abs=0.001)
    for sequence in DOCUMENT["sequences"]:
        assert begins[f"sequence-{sequence['id']}"] == pytest.approx(sequence["start_s"], abs=0.001)
    (caught,) = DOCUMENT["events"]
    assert begins["event-1"] == pytest.approx(caught["start_s"], abs=0.001)
    assert len(cues) == len(CONTACTS) + len(DOCUMENT["sequences"]) + 1


def test_srt_says_the_same_at_the_same_times() -> None:
    cues = list(srt.parse(to_srt(DOCUMENT).decode()))
    other = list(webvtt.from_string(to_webvtt(DOCUMENT).decode()))
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1))
    assert [cue.content for cue in cues] == [cue.text for cue in other]
    for a, b in zip(cues, other, strict=True):
        assert a.start.total_seconds() == pytest.approx(
            b.start_in_seconds + b.start_time.milliseconds / 1000, abs=1e-6
        )
        assert a.end > a.start


def test_a_sequence_is_shown_as_long_as_it_lasts() -> None:
    ends = {cue.content: cue.end.total_seconds() for cue in srt.parse(to_srt(DOCUMENT).decode())}
    text = "person 1: 4 steps, independent, held by nobody and nothing"
    assert ends[text] == pytest.approx(DOCUMENT["sequences"][1]["end_s"], abs=0.001)


def test_no_two_steps_of_a_person_are_shown_at_once() -> None:
    cues = [
        cue for cue in srt.parse(to_srt(DOCUMENT).decode()) if cue.content.startswith("person 1, s")
    ]
    for a, b in itertools.pairwise(cues):
        assert a.end <= b.start


def test_nobody_walks() -> None:
    assert list(srt.parse(to_srt(EMPTY).decode())) == []
    assert list(webvtt.from_buffer(io.StringIO(to_webvtt(EMPTY).decode()))) == []
    assert to_webvtt(EMPTY).startswith(b"WEBVTT - gaitcheck ")
