"""Rising, sitting down, falling, being caught: of synthetic people, and of nobody who does not."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.gait.catching import at_body, stopping_hands
from gaitcheck.gait.events import PostureEvent
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.transitions import find_transitions
from gaitcheck.gait.walk import analyze_tracks
from gaitcheck.people.track import Track

sys.path.insert(0, str(Path(__file__).parent))
import walker as w
from bodies import Walker, at, hanging
from test_posture import FEET, SEAT, chair, lying_from


def events_of(track: Track, others: tuple[Track, ...] = ()) -> list[PostureEvent]:
    found = find_steps(track)
    return list(find_transitions(found.repaired, found.postures, others=others))


@pytest.mark.parametrize("view", [w.SIDE_VIEW, w.OBLIQUE_VIEW])
def test_who_rises_from_a_chair_rose(view: object) -> None:
    track = w.make_track([], start=FEET, duration_s=6.0, camera=view, hips_m=chair(2.5, 1.0))
    (event,) = events_of(track)
    assert event.event == "rising"
    assert event.start_s == pytest.approx(2.5, abs=0.15)
    assert event.end_s == pytest.approx(3.5, abs=0.15)
    assert event.confidence >= 0.5
    assert [e.cue for e in event.evidence] == ["hips_rise"]


def sits_down(at_s: float, within_s: float) -> object:
    def hips(t: float) -> tuple[float, float, float]:
        part = float(np.clip((t - at_s) / within_s, 0, 1))
        return (-SEAT * part, -SEAT * part, 0.0)

    return hips


def test_who_sits_down_sat_down() -> None:
    track = w.make_track([], start=FEET, duration_s=6.0, hips_m=sits_down(2.0, 1.2))
    (event,) = events_of(track)
    assert event.event == "sitting_down"
    assert event.start_s == pytest.approx(2.0, abs=0.15)
    assert event.end_s == pytest.approx(3.2, abs=0.15)


def test_who_goes_flat_at_once_fell_and_who_lies_down_did_not() -> None:
    quick = lying_from(w.make_track([], duration_s=6.0), 2.0, 0.7)
    slow = lying_from(w.make_track([], duration_s=9.0), 2.0, 4.0)
    (event,) = events_of(quick)
    assert event.event == "falling"
    assert event.start_s == pytest.approx(2.0, abs=0.15)
    assert event.end_s == pytest.approx(2.7, abs=0.25)
    assert {e.cue for e in event.evidence} == {"trunk_falls", "hips_sink"}
    assert [e.event for e in events_of(slow)] == []


def test_a_fall_that_nobody_saw_is_not_told() -> None:
    track = lying_from(w.make_track([], duration_s=6.0), 2.0, 0.7)
    assert events_of(w.unseen(track, [(2.1, 2.9)])) == []


def test_nothing_happens_to_who_walks_or_stands() -> None:
    walks = w.make_track(w.straight(n_steps=6, step_s=0.55, step_m=0.6))
    assert events_of(walks) == []
    assert events_of(w.make_track([], duration_s=4.0)) == []


def test_legs_behind_a_desk_tell_nothing() -> None:
    track = w.make_track([], start=FEET, duration_s=6.0, hips_m=chair(2.5, 1.0))
    visibility = track.visibility.copy()
    visibility[:, 25:] = 0.05
    assert events_of(replace(track, visibility=visibility)) == []


def test_too_few_frames_tell_nothing() -> None:
    track = w.make_track([], duration_s=1.0)
    assert events_of(w.unseen(track, [(0.1, 9.0)])) == []


def sinking(drop_legs: float = 0.35, at_s: float = 2.0) -> Track:
    """Somebody who stands, and whose knees give way within 0.6 s."""
    leg_m = 0.9

    def hips(t: float) -> tuple[float, float, float]:
        part = float(np.clip((t - at_s) / 0.6, 0, 1))
        return (0.0, -drop_legs * leg_m * part * part * (3 - 2 * part), 0.0)

    return w.make_track([], duration_s=4.5, hips_m=hips)


def test_a_fall_that_hands_stop_is_caught_and_alone_it_is_not() -> None:
    track = sinking()
    chest = track.points_px[:, 11:13].mean(axis=1)
    beside = track.points_px[:1].repeat(len(track), axis=0) + np.array([150.0, 0.0])
    helper = replace(track, person=2, points_px=beside)
    hands = helper.points_px.copy()
    hands[:, [15, 17, 19, 21]] = chest[:, None]
    holds = replace(helper, points_px=hands)
    (event,) = [e for e in events_of(track, (holds,)) if e.event == "caught"]
    assert 1.9 < event.start_s < event.end_s < 3.0
    assert {e.other_person for e in event.evidence if e.cue == "hand_at_body"} == {2}
    assert [e for e in events_of(track, (helper,)) if e.event == "caught"] == []
    assert [e for e in events_of(track) if e.event == "caught"] == []


def going(track: Track, *, from_s: float, until_s: float) -> Track:
    """Let somebody go to the right meanwhile, at a leg length a second or so."""
    gone = 130.0 * (np.clip(track.time_s, from_s, until_s) - from_s)
    points, boxes = track.points_px.copy(), track.boxes_px.copy()
    points[..., 0] += gone[:, None]
    boxes[:, [0, 2]] += gone[:, None]
    return replace(track, points_px=points, boxes_px=boxes)


def adult_behind(child: Track) -> Track:
    """Somebody twice as tall, whose hands seem to be nearly a child's trunk beside the child."""
    points = 2.0 * child.points_px
    chest, hips = (child.points_px[:, k : k + 2].mean(axis=1) for k in (11, 23))
    trunk_px = np.linalg.norm(chest - hips, axis=1).max()
    outwards = np.array([trunk_px, 0.0])
    points[:, [15, 17, 19, 21]] = (chest + outwards)[:, None]
    points[:, [16, 18, 20, 22]] = (chest - outwards)[:, None]
    return replace(child, person=2, points_px=points)


@pytest.mark.parametrize(
    ("from_s", "until_s", "caught"),
    [(0.0, 2.2, True), (0.0, 4.5, False), (4.0, 4.5, False)],
    ids=["walked and rests", "walks on", "only stood"],
)
def test_hands_nearly_at_the_body_stop_who_walked_and_rests(
    from_s: float, until_s: float, caught: bool
) -> None:
    child = going(sinking(), from_s=from_s, until_s=until_s)
    events = events_of(child, (adult_behind(child),))
    assert ["caught" in e.event for e in events] == [True] * caught


def test_hands_at_the_body() -> None:
    child = Walker(hanging, hanging)
    holds = at(lambda t: child.shoulder(0, t))
    near = Walker(holds, hanging, person=2, start=(-1.5, 0.5)).track()
    far = Walker(hanging, hanging, person=3, start=(-1.5, 3.0)).track()
    assert stopping_hands(child.track(), near, 1.0, 1.6) > 0.9
    assert at_body(child.track(), near, 1.0, 1.6)
    assert stopping_hands(child.track(), far, 1.0, 1.6) == 0.0
    assert not at_body(child.track(), far, 1.0, 1.6)
    assert stopping_hands(child.track(), near, 50.0, 51.0) == 0.0


def test_events_are_part_of_what_is_found_in_order_of_time() -> None:
    first = w.make_track([], start=FEET, duration_s=6.0, hips_m=chair(2.5, 1.0))
    second = replace(lying_from(w.make_track([], duration_s=6.0), 1.0, 0.7), person=2)
    found = analyze_tracks([first, second]).events
    assert [(e.person, e.event) for e in found] == [(2, "falling"), (1, "rising")]
