from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from gaitcheck.errors import TrackError
from gaitcheck.exchange.keypoints import (
    BODY_25,
    COCO_17,
    HALPE_26,
    UNRATED,
    landmark_of,
    track_from_points,
)
from gaitcheck.gait.walk import analyze_tracks
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX, NAMES
from tests.gait.bodies import free


def as_seen_by(track: Track, names: Sequence[str], *, rated: bool = True) -> Track:
    """The track as a tool with these keypoints would give it."""
    landmarks = [landmark_of(name) for name in names]
    points = np.full((len(track), len(names), 2), 5.0)
    visibility = np.ones((len(track), len(names)))
    for k, landmark in enumerate(landmarks):
        if landmark is not None:
            points[:, k] = track.points_px[:, landmark]
            visibility[:, k] = track.visibility[:, landmark]
    return track_from_points(
        points,
        names=names,
        time_s=track.time_s,
        picture_size=track.picture_size,
        visibility=visibility if rated else None,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("left_heel", "left_heel"),
        ("LHeel", "left_heel"),
        ("Right Big-Toe", "right_foot_index"),
        ("RBigToe", "right_foot_index"),
        ("heel_left", "left_heel"),
        ("mouth_left", "mouth_left"),
        ("left_eye_inner", "left_eye_inner"),
        ("NOSE", "nose"),
    ],
)
def test_names_are_known_as_tools_spell_them(name: str, expected: str) -> None:
    assert landmark_of(name) == INDEX[expected]


@pytest.mark.parametrize("name", NAMES)
def test_each_landmark_is_known_by_its_own_name(name: str) -> None:
    assert landmark_of(name) == INDEX[name]


@pytest.mark.parametrize(
    ("names", "count", "feet"), [(COCO_17, 17, 0), (BODY_25, 21, 4), (HALPE_26, 21, 4)]
)
def test_schemes_map_each_keypoint_once(names: Sequence[str], count: int, feet: int) -> None:
    landmarks = [landmark for name in names if (landmark := landmark_of(name)) is not None]
    assert len(landmarks) == len(set(landmarks)) == count
    ends = {INDEX[f"{s}_{p}"] for s in ("left", "right") for p in ("heel", "foot_index")}
    assert len(ends & set(landmarks)) == feet


@pytest.mark.parametrize("names", [BODY_25, HALPE_26], ids=["body_25", "halpe_26"])
def test_with_heels_and_toes_the_same_steps_are_found(names: Sequence[str]) -> None:
    whole = analyze_tracks([free(n_steps=8).track()])
    found = analyze_tracks([as_seen_by(free(n_steps=8).track(), names)])
    assert len(found.steps) == pytest.approx(len(whole.steps), abs=1)
    near = [min(abs(s.contact_s - o.contact_s) for o in whole.steps) for s in found.steps]
    assert np.median(near) < 0.05


def test_without_confidence_nothing_is_independent() -> None:
    track = as_seen_by(free(n_steps=8).track(), HALPE_26, rated=False)
    assert set(np.unique(track.visibility)) == {0.0, UNRATED}
    found = analyze_tracks([track])
    assert len(found.steps) >= 6
    assert {step.support for step in found.steps} == {"unknown"}
    assert found.first_independent is None


def test_without_feet_steps_are_found_and_are_less_sure() -> None:
    track = as_seen_by(free(n_steps=8).track(), COCO_17)
    assert np.isnan(track.points_px[:, INDEX["left_heel"]]).all()
    assert (track.visibility[:, INDEX["left_heel"]] == 0).all()
    whole, found = analyze_tracks([free(n_steps=8).track()]), analyze_tracks([track])
    assert len(found.steps) == pytest.approx(len(whole.steps), abs=1)
    near = [min(abs(s.contact_s - o.contact_s) for o in whole.steps) for s in found.steps]
    assert np.median(near) < 0.05
    assert max(s.confidence for s in found.steps) < 0.9 < max(s.confidence for s in whole.steps)
    assert {step.support for step in found.steps} <= {"none", "unknown"}


def test_a_frame_without_points_is_a_gap() -> None:
    points = np.tile([[10.0, 20.0], [30.0, 80.0]], (4, 1, 1))
    points[1] = np.nan
    points[2, 0, 0] = np.nan  # half a point is none
    track = track_from_points(
        points,
        names=("nose", "left_ankle"),
        time_s=[0, 0.1, 0.2, 0.3],
        picture_size=(640, 480),
        visibility=np.full((4, 2), 0.9),
    )
    assert track.seen.tolist() == [True, False, True, True]
    assert track.boxes_px[0].tolist() == [10, 20, 30, 80]
    assert np.isnan(track.boxes_px[1]).all()
    assert track.visibility[2, INDEX["nose"]] == 0
    assert track.frame_index.tolist() == [0, 1, 2, 3]


GOOD: dict[str, Any] = {
    "points_px": np.ones((3, 2, 2)),
    "names": ("nose", "left_heel"),
    "time_s": [0, 1, 2],
    "picture_size": (640, 480),
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points_px": np.ones((3, 2, 3))}, r"shape \(3, 2, 3\), expected \(3, 2, 2\)"),
        ({"points_px": np.ones((2, 2, 2))}, "expected"),
        ({"names": ("nose", "tail")}, "unknown keypoint 'tail'.*renamed="),
        ({"names": ("left_big_toe", "left_toe")}, "are both left_foot_index"),
        ({"time_s": [0, 2, 1]}, "must strictly increase"),
        ({"time_s": [0, 1, float("nan")]}, "no time"),
        ({"visibility": np.ones((3, 3))}, "visibility has shape"),
        ({"visibility": np.full((3, 2), 80.0)}, "from 0 to 1"),
        ({"to_room": np.eye(3)}, "to_room has shape"),
        ({"points_px": np.ones((0, 2, 2)), "time_s": []}, "no frames"),
    ],
)
def test_bad_input_is_told(change: dict[str, Any], said: str) -> None:
    arguments = {**GOOD, **change}
    with pytest.raises(TrackError, match=said):
        track_from_points(arguments.pop("points_px"), **arguments)


def test_names_of_ones_own_are_said_by_renamed() -> None:
    track = track_from_points(
        np.ones((2, 2, 2)),
        names=("Ferse L", "tail"),
        time_s=[0, 1],
        picture_size=(9, 9),
        renamed={"Ferse L": "left_heel", "tail": None},
    )
    assert np.flatnonzero(np.isfinite(track.points_px).any(axis=(0, 2))).tolist() == [
        INDEX["left_heel"]
    ]
