from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.coarse import coarse_warnings, coarseness
from gaitcheck.gait.walk import analyze_tracks
from gaitcheck.people.track import Track
from tests.gait.bodies import Walker, hanging


def at_rate(fps: float, person: int = 1) -> Track:
    return Walker(hanging, hanging, person=person, fps=fps).track()


@pytest.mark.parametrize(
    ("fps", "said"),
    [(25, None), (15, None), (12.5, "toddlers"), (10, "toddlers"), (5, "steps may")],
)
def test_too_few_frames_a_second_are_told(fps: float, said: str | None) -> None:
    told = coarse_warnings([at_rate(fps)])
    assert len(told) == (said is not None)
    assert said is None or said in told[0]


def test_it_is_told_once_for_everybody_and_with_the_answer() -> None:
    found = analyze_tracks([at_rate(10), at_rate(10, person=2)])
    assert sum("frames a second" in warning for warning in found.warnings) == 1


def test_nobody_and_a_single_frame_say_nothing() -> None:
    track = at_rate(10)
    one = {name: getattr(track, name)[:1] for name in ("time_s", "frame_index", "points_px")}
    more = ("visibility", "world_m", "boxes_px", "to_room")
    one |= {name: getattr(track, name)[:1] for name in more}
    assert coarse_warnings([]) == ()
    assert coarse_warnings([replace(track, **one)]) == ()


def test_a_lost_frame_now_and_then_is_not_coarse() -> None:
    track = at_rate(25)
    kept = np.arange(len(track)) % 4 != 0
    arrays = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    thinned = replace(track, **{name: getattr(track, name)[kept] for name in arrays})
    assert coarse_warnings([thinned]) == ()


@pytest.mark.parametrize(
    ("qp", "share"), [(None, 0.0), (24.0, 0.0), (31.0, 0.0), (33.5, 0.5), (36.0, 1.0), (45.0, 1.0)]
)
def test_what_coarse_coding_leaves_out_grows_with_its_parameter(
    qp: float | None, share: float
) -> None:
    assert coarseness(qp) == pytest.approx(share)


@pytest.mark.parametrize(
    ("qp", "said"), [(None, False), (28.0, False), (32.0, False), (38.2, True)]
)
def test_coarse_coding_is_told_once_with_its_cure(qp: float | None, said: bool) -> None:
    tracks = [replace(at_rate(25, person=k), coding_qp=qp) for k in (1, 2)]
    told = coarse_warnings(tracks)
    assert len(told) == said
    assert not said or ("parameter 38" in told[0] and "the camera's own file" in told[0])
