"""When somebody walks, from steps, and from travel where the first or last steps are not known."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from gaitcheck.gait.events import Rejection, Step
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.walking import LEAD_S, walking_frames, walks

sys.path.insert(0, str(Path(__file__).parent))
import walker as w


def step(contact_s: float, lift_off_s: float | None = None) -> Step:
    return Step(1, None, lift_off_s, contact_s, confidence=0.9)


def test_a_walk_begins_before_the_first_foot_leaves_the_floor() -> None:
    steps = [step(1.5, 1.1), step(2.0, 1.7), step(5.0)]
    (first, second) = walks(steps)
    assert first == (1.1 - LEAD_S, 2.0)
    assert second[0] < 5.0 - 0.3
    assert second[1] == 5.0


def test_a_walk_goes_on_before_and_after_its_known_steps() -> None:
    falls = w.straight(n_steps=8, step_s=0.55, step_m=0.45, begin_s=1.0)
    found = find_steps(w.make_track(falls, duration_s=7.0))
    track, all_feet = found.repaired, np.ones(len(found.repaired), dtype=bool)
    known = found.steps[3:5]
    walked = track.time_s[walking_frames(track, known, on_feet=all_feet)]
    assert abs(walked[0] - found.steps[0].lift_off_s) < 0.35
    assert abs(walked[-1] - found.steps[-1].contact_s) < 0.35


def test_nobody_walks_who_stands_or_is_not_on_their_feet() -> None:
    still = w.make_track([], duration_s=4.0)
    assert not walking_frames(still, (), on_feet=np.ones(len(still), dtype=bool)).any()
    falls = w.straight(n_steps=8, step_s=0.55, step_m=0.45, begin_s=1.0)
    track = w.make_track(falls, duration_s=7.0)
    low = np.zeros(len(track), dtype=bool)
    assert not walking_frames(track, [step(2.0, 1.6)], on_feet=low).any()


def test_movements_that_were_not_counted_prolong_a_walk_but_make_none() -> None:
    steps = [step(2.0, 1.6), step(2.5, 2.2)]

    def moved(start_s: float, end_s: float) -> Rejection:
        return Rejection(1, start_s, end_s, "foot out of the picture")

    after = [moved(2.7, 3.1), moved(3.2, 3.6), moved(4.5, 4.9)]
    assert walks(steps, uncounted=after) == [(1.6 - LEAD_S, 3.6)]
    before = [moved(0.6, 1.0), moved(1.2, 1.5)]
    assert walks(steps, uncounted=before) == [(0.6 - LEAD_S, 2.5)]
    assert walks((), uncounted=before) == []
