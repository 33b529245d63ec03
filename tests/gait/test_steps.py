"""Steps from synthetic tracks with known truth, in all views, at all rates."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from gaitcheck.gait.steps import StepFindings, find_steps

sys.path.insert(0, str(Path(__file__).parent))
import walker as w

if TYPE_CHECKING:
    from gaitcheck.people.track import Track

TURN = np.pi / 2


def near(view: str) -> object:
    """Give the same view, for a toddler: half as far and as high."""
    place = w.VIEWS[view].place
    return w.Camera.still(tuple(0.5 * v for v in place), (0.0, 0.3, 0.0))


def matched(found: StepFindings, truth: list[tuple[float, str]], within_s: float) -> list[float]:
    """Errors of the contacts found near a true one of the same side, each used once."""
    left = list(found.steps)
    errors = []
    for time_s, side in truth:
        candidates = [s for s in left if s.side == side and abs(s.contact_s - time_s) <= within_s]
        if candidates:
            best = min(candidates, key=lambda s: abs(s.contact_s - time_s))
            left.remove(best)
            errors.append(best.contact_s - time_s)
    return errors


@pytest.mark.parametrize("rate_hz", [15.0, 25.0, 29.97, 60.0])
@pytest.mark.parametrize("view", ["side", "front", "oblique", "cctv"])
def test_adult_every_step_within_40_ms(view: str, rate_hz: float) -> None:
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.6)
    found = find_steps(w.make_track(falls, camera=w.VIEWS[view], rate_hz=rate_hz))
    errors = matched(found, w.contacts(falls), 0.1)
    assert len(errors) == len(found.steps) == 6
    assert max(map(abs, errors)) < 0.04


@pytest.mark.parametrize("view", ["side", "front", "oblique", "cctv"])
def test_adult_at_10_hz(view: str) -> None:
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.6)
    found = find_steps(w.make_track(falls, camera=w.VIEWS[view], rate_hz=10.0))
    errors = matched(found, w.contacts(falls), 0.1)
    assert len(errors) == len(found.steps) == 6
    dense = find_steps(w.make_track(falls, camera=w.VIEWS[view], rate_hz=30.0))
    assert found.steps[2].confidence < dense.steps[2].confidence


def test_from_behind_every_step_on_its_side() -> None:
    """From behind at chest height the end of a swing hardly moves in the picture: times are less
    sure there."""
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.6)
    found = find_steps(w.make_track(falls, camera=w.REAR_VIEW))
    errors = matched(found, w.contacts(falls), 0.25)
    assert len(errors) == len(found.steps) == 6
    assert np.median(np.abs(errors)) < 0.1


@pytest.mark.parametrize(("rate_hz", "step_s"), [(30.0, 0.35), (30.0, 0.22), (60.0, 0.2)])
@pytest.mark.parametrize("view", ["side", "oblique", "cctv"])
def test_toddler(view: str, rate_hz: float, step_s: float) -> None:
    falls = w.straight(n_steps=8, step_s=step_s, step_m=0.14, start=(-0.5, 0), width_m=0.14)
    track = w.make_track(falls, camera=near(view), rate_hz=rate_hz, body=w.Body.toddler())
    found = find_steps(track)
    errors = matched(found, w.contacts(falls), 0.08)
    assert len(errors) == len(found.steps) == 8
    assert max(map(abs, errors)) < 0.03


@pytest.mark.parametrize("view", ["side", "front", "oblique", "cctv"])
def test_slow_patient(view: str) -> None:
    """From the front the end of a swing of 0.8 s hardly shows: contacts come early there,
    by up to 0.18 s, and the walk may seem to pause."""
    falls = w.straight(n_steps=5, step_s=1.6, step_m=0.3, start=(-0.8, 0), swing_of_step=0.5)
    found = find_steps(w.make_track(falls, camera=w.VIEWS[view]))
    within_s = 0.2 if view == "front" else 0.1
    assert len(matched(found, w.contacts(falls), within_s)) == len(found.steps) == 5
    if view != "front":
        assert [p.posture for p in found.postures] == ["standing", "walking", "standing"]


def test_irregular_wide_based() -> None:
    falls = w.straight(n_steps=8, step_s=0.7, step_m=0.3, jitter=0.4, start=(-0.8, 0), width_m=0.3)
    found = find_steps(w.make_track(falls))
    assert len(matched(found, w.contacts(falls), 0.1)) == len(found.steps) == 8


def test_backward() -> None:
    falls = w.straight(n_steps=6, step_s=0.6, step_m=-0.35, start=(1.0, 0.0))
    found = find_steps(w.make_track(falls))
    assert len(matched(found, w.contacts(falls), 0.1)) == len(found.steps) == 6


@pytest.mark.parametrize(("view", "known"), [("side", True), ("front", False), ("rear", False)])
def test_backward_along_the_line_of_sight_sides_are_not_guessed(view: str, known: bool) -> None:
    falls = w.straight(n_steps=6, step_s=0.6, step_m=-0.5, start=(1.5, 0.0))
    found = find_steps(w.make_track(falls, camera=w.VIEWS[view]))
    assert len(found.steps) == 6
    assert all((s.side is not None) is known for s in found.steps)


def test_numbers_are_plain_floats() -> None:
    step = find_steps(w.make_track(w.straight(n_steps=4, step_s=0.5, step_m=0.6))).steps[0]
    assert type(step.contact_s) is type(step.lift_off_s) is type(step.confidence) is float


def test_cruising_sideways() -> None:
    falls = w.straight(n_steps=6, step_s=0.7, step_m=0.2, start=(-0.6, 0), width_m=0.02, toes=TURN)
    found = find_steps(w.make_track(falls, yaw=TURN, start=((-0.7, 0), (-0.5, 0))))
    assert len(matched(found, w.contacts(falls), 0.1)) == len(found.steps) == 6


@pytest.mark.parametrize("view", w.VIEWS)
def test_three_steps_of_a_toddler_are_a_walk(view: str) -> None:
    """Half of new walkers' bouts have three steps or fewer (FIELD 3)."""
    falls = w.straight(n_steps=3, step_s=0.4, step_m=0.14, start=(-0.2, 0.0), width_m=0.14)
    track = w.make_track(
        falls, camera=near(view), body=w.Body.toddler(), start=((-0.2, -0.07), (-0.2, 0.07))
    )
    found = find_steps(track)
    assert len(matched(found, w.contacts(falls), 0.12)) == len(found.steps) == 3


def test_one_step_alone_is_no_walk() -> None:
    falls = w.straight(n_steps=1, step_s=0.5, step_m=0.4)
    found = find_steps(w.make_track(falls, start=((-1.5, -0.08), (-1.5, 0.08))))
    assert found.steps == ()
    assert [r.reason for r in found.rejected] == ["a single step is no walk"]


def test_there_and_back_again() -> None:
    """Sides stay the person's own after a turn."""
    there = w.straight(n_steps=5, step_s=0.5, step_m=0.55, start=(-1.2, 0.0))
    x = there[-1].x
    turn, t = [], there[-1].land_s
    for k, yaw in enumerate((-1.2, -1.8, -2.4, -np.pi, -np.pi)):
        side = 1 - (k % 2)
        out = 0.08 * (1 if side == 0 else -1)
        turn.append(w.Fall(side, t + 0.1, t + 0.45, x - np.sin(yaw) * out, -np.cos(yaw) * out, yaw))
        t += 0.5
    back = w.straight(
        n_steps=5, step_s=0.5, step_m=0.55, start=(x, 0.0), heading=-np.pi, begin_s=t + 0.1
    )
    falls = [*there, *turn, *back]
    start = ((-1.2, -0.08), (-1.2, 0.08))
    found = find_steps(w.make_track(falls, start=start))
    assert len(matched(found, w.contacts(there), 0.1)) == 5
    assert len(matched(found, w.contacts(back), 0.1)) == 5


def test_stop_and_go_on() -> None:
    falls = w.straight(n_steps=4, step_s=0.5, step_m=0.5, start=(-1.5, 0.0))
    falls += w.straight(
        n_steps=4, step_s=0.5, step_m=0.5, start=(falls[-1].x, 0.0), begin_s=falls[-1].land_s + 2.5
    )
    found = find_steps(w.make_track(falls))
    assert len(matched(found, w.contacts(falls), 0.1)) == len(found.steps) == 8
    standing = [p for p in found.postures if p.posture == "standing"]
    assert any(abs(p.end_s - p.start_s - 2.5) < 0.6 for p in standing)


def panned(falls: list[object], end_s: float) -> Track:
    def follow(t: float) -> tuple[float, float, float]:
        return (float(np.interp(t, [0.8, end_s], [-2.0, 2.3])), 0.7, 0.0)

    return w.make_track(falls, camera=w.Camera((0.0, 1.2, 3.5), follow))


def test_panning_camera() -> None:
    falls = w.straight(n_steps=8, step_s=0.5, step_m=0.6, start=(-2.0, 0.0))
    track = panned(falls, 4.8)
    found = find_steps(track)
    assert len(matched(found, w.contacts(falls), 0.06)) == len(found.steps) == 8
    blind = replace(track, to_room=np.broadcast_to(np.eye(3), track.to_room.shape).copy())
    assert len(matched(find_steps(blind), w.contacts(falls), 0.06)) < 8


def test_a_pan_over_someone_who_stands_is_no_walk() -> None:
    track = panned([], 4.8)
    assert find_steps(replace(track)).steps == ()


def test_exchanged_legs_are_put_right() -> None:
    falls = w.straight(n_steps=8, step_s=0.5, step_m=0.6, start=(-2.0, 0.0))
    far = w.Camera.still((0.0, 1.1, 6.0), (0.0, 0.7, 0.0))
    track = w.make_track(falls, camera=far)
    wrong = w.exchanged(track, [(1.0, 1.2), (1.9, 2.3), (3.1, 3.5), (4.0, 4.05)])
    found = find_steps(wrong)
    assert len(matched(found, w.contacts(falls), 0.06)) == len(found.steps) == 8
    assert np.mean(np.abs(found.repaired.points_px - track.points_px) > 1e-9) < 0.03


def test_nothing_is_found_in_a_gap() -> None:
    falls = w.straight(n_steps=8, step_s=0.5, step_m=0.6, start=(-2.0, 0.0))
    far = w.Camera.still((0.0, 1.1, 6.0), (0.0, 0.7, 0.0))
    found = find_steps(w.unseen(w.make_track(falls, camera=far), [(2.1, 2.9)]))
    assert not any(2.1 <= s.contact_s < 2.9 for s in found.steps)
    outside = [c for c in w.contacts(falls) if not 2.0 <= c[0] < 3.0]
    assert len(matched(found, outside, 0.06)) == len(outside)


def test_uneven_frame_times() -> None:
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.6)
    track = w.make_track(falls, rate_hz=60.0)
    keep = np.sort(np.random.default_rng(3).permutation(len(track))[: len(track) // 2])
    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    thinned = replace(track, **{n: getattr(track, n)[keep] for n in names})
    found = find_steps(thinned)
    assert len(matched(found, w.contacts(falls), 0.05)) == len(found.steps) == 6


def test_without_a_body_in_metres() -> None:
    """Tracks of other makers may hold no world landmarks."""
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.6)
    track = w.make_track(falls)
    found = find_steps(replace(track, world_m=np.full_like(track.world_m, np.nan)))
    assert len(matched(found, w.contacts(falls), 0.06)) == len(found.steps) == 6


def test_feet_out_of_the_picture() -> None:
    falls = w.straight(n_steps=8, step_s=0.5, step_m=0.6, start=(-2.0, 0.0))
    high = w.Camera.still((0.0, 1.6, 3.0), (0.0, 1.4, 0.0))
    found = find_steps(w.make_track(falls, camera=high))
    assert found.steps == ()
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("person 1: feet out of the picture from 0.0 to ")


def test_lift_offs_come_before_their_contacts() -> None:
    falls = w.straight(n_steps=6, step_s=0.55, step_m=0.6)
    found = find_steps(w.make_track(falls))
    true = sorted(f.lift_s for f in falls)
    for step, lift_s in zip(found.steps, true, strict=True):
        assert step.lift_off_s is not None
        assert abs(step.lift_off_s - lift_s) < 0.08
