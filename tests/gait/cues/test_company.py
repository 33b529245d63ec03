"""Arms that are now one body's, now another's."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.cues.company import arms_torn, close_by
from gaitcheck.gait.cues.traces import measure_cues
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from tests.gait.bodies import Walker, free, rigid

ARMS = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("elbow", "wrist")]
SHIFT = {"elbow": (0.10, 0.05), "wrist": (-0.05, 0.30)}
"""How much farther the other's arms are, trunk lengths."""


def torn(
    track: Track, *, each: int = 5, parts: tuple[str, ...] = ("elbow", "wrist"), share: float = 1.0
) -> Track:
    """Put the arms of every so many looks where somebody else's are."""
    points = track.points_px.copy()
    shoulders = points[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
    hips = points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)
    trunk = np.linalg.norm(shoulders - hips, axis=-1)[::each, None]
    for part in parts:
        for side in ("left", "right"):
            points[::each, INDEX[f"{side}_{part}"]] += trunk * share * np.array(SHIFT[part])
    return dataclasses.replace(track, points_px=points)


def score(track: Track) -> np.ndarray:
    return arms_torn(body_series(track))


@pytest.mark.parametrize(
    "walker",
    [
        free(noise_px=0.6),
        free(fps=10.0, noise_px=0.6),
        free(heading_deg=70.0),
        Walker(rigid(0.2, 0.2, 0.3), rigid(0.2, 0.2, 0.3)),
    ],
    ids=["swing", "10 Hz", "towards the camera", "carried"],
)
def test_arms_of_one_body_keep_their_bones(walker):
    assert np.nanmax(score(walker.track())) < 0.1


def test_arms_that_jump_between_two_bodies_do_not():
    assert np.nanmin(score(torn(free().track()))) > 0.9


def test_a_codec_that_shakes_all_limbs_tears_no_arms():
    track = torn(free().track())
    rng = np.random.default_rng(0)
    legs = [INDEX[f"{side}_{part}"] for part in ("knee", "ankle") for side in ("left", "right")]
    points = track.points_px.copy()
    points[:, legs] += rng.normal(0, 8, (len(track), len(legs), 2))
    assert np.nanmax(score(dataclasses.replace(track, points_px=points))) < 0.1


def test_hands_alone_that_jump_a_little_are_only_blurred():
    track = torn(free().track(), parts=("wrist",), share=0.3)
    assert np.nanmax(score(track)) < 0.1


def test_jumps_that_are_rare_are_slips_of_the_pose():
    assert np.nanmax(score(torn(free().track(), each=25))) < 0.1


def test_nothing_is_told_where_nobody_is_seen():
    series = score(torn(free(gaps=((2.0, 3.0),)).track()))
    time_s = body_series(free(gaps=((2.0, 3.0),)).track()).time_s
    inside = (time_s > 2.1) & (time_s < 2.9)
    assert np.isnan(series[inside]).all()
    assert np.isfinite(series[time_s < 1.9]).all()


@pytest.mark.parametrize(("away_m", "heard"), [(0.3, False), (2.5, True)])
def test_whoever_is_followed_close_by_is_the_reason(away_m, heard):
    child = {"height_m": 1.0, "person": 1, "start": (-1.0, 0.0), "step_m": 0.25}
    adult = {"height_m": 1.7, "person": 2, "start": (-1.0 + away_m, 0.1), "step_m": 0.25}
    track, other = torn(free(**child).track()), free(**adult, seed=1).track()
    (trace,) = measure_cues(track, others=[other]).of("arms_torn")
    assert trace.other_person is None
    if heard:
        assert np.nanmin(trace.score) > 0.9
    else:
        assert np.nanmax(trace.score) < 0.1


def test_closeness_falls_with_distance():
    body = body_series(free(height_m=1.7, start=(-1.5, 0.0)).track())
    scores = []
    for away_m in (0.3, 1.0, 3.0):
        other = free(height_m=1.7, person=2, start=(-1.5 + away_m, 0.0)).track()
        scores.append(np.nanmean(close_by(body, body_series(other, time_s=body.time_s))))
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.0


def test_arms_that_are_hidden_are_guessed_and_tell_of_nobody():
    track = torn(free().track())
    track.visibility[:, ARMS] = 0.3
    assert np.nanmax(score(track)) == 0.0
