"""Round trips through pandas and through data sets that the movement package itself accepts."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import gaitcheck
from gaitcheck.errors import MissingPackageError, TrackError
from gaitcheck.exchange.movement import (
    DIMS,
    tracks_from_movement,
    tracks_to_movement,
)
from gaitcheck.exchange.tables import COLUMNS, tracks_from_pandas, tracks_to_pandas
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import NAMES
from tests.gait.bodies import free

OF_INSTALLED = dict(
    zip(DIMS, tracks_to_movement([free(duration_s=1.0).track()])["position"].dims, strict=True)
)
"""Names of dimensions in data sets that are made here: the `movement` that is installed decides."""


def two() -> tuple[Track, Track]:
    """Two people who overlap in time, the first with a gap, at uneven times."""
    rng = np.random.default_rng(4)
    times = np.cumsum(rng.uniform(0.02, 0.05, size=9))

    def made(person: int, rows: slice) -> Track:
        n = len(times[rows])
        points = rng.uniform(0, 400, size=(n, 33, 2))
        points[2] = np.nan
        visibility = rng.uniform(size=(n, 33))
        visibility[2] = 0
        return Track(
            person=person,
            time_s=times[rows],
            frame_index=np.arange(9)[rows],
            points_px=points,
            visibility=visibility,
            world_m=rng.normal(size=(n, 33, 3)),
            boxes_px=rng.uniform(0, 400, size=(n, 4)),
            to_room=np.tile(np.eye(3), (n, 1, 1)),
            picture_size=(640, 480),
        )

    return made(2, slice(0, 6)), made(5, slice(3, 9))


def assert_same(found: tuple[Track, ...], expected: tuple[Track, ...]) -> None:
    assert [t.person for t in found] == [t.person for t in expected]
    for a, b in zip(found, expected, strict=True):
        assert a.picture_size == b.picture_size
        for name in ("time_s", "frame_index", "points_px", "visibility", "to_room"):
            np.testing.assert_allclose(getattr(a, name), getattr(b, name), err_msg=name)


def test_pandas_round_trip() -> None:
    table = tracks_to_pandas(two())
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 12 * 33
    assert_same(tracks_from_pandas(table), two())


def test_a_table_in_any_order_from_a_csv_file_does_too() -> None:
    table = tracks_to_pandas(two()).sample(frac=1, random_state=0)
    read = pd.read_csv(io.StringIO(table.to_csv(index=False)))
    assert_same(tracks_from_pandas(read, picture_size=(640, 480)), two())


def test_rows_that_are_missing_are_unseen_points() -> None:
    table = tracks_to_pandas(two()[:1])
    (track,) = tracks_from_pandas(table[table["keypoint"] != "left_heel"])
    heel = NAMES.index("left_heel")
    assert np.isnan(track.points_px[:, heel]).all()
    assert (track.visibility[:, heel] == 0).all()


def test_nobody_is_an_empty_table() -> None:
    assert tracks_from_pandas(tracks_to_pandas(()), picture_size=(1, 1)) == ()


def test_movement_round_trip_loses_nothing() -> None:
    first, second = two()
    things, walls = np.random.default_rng(1).uniform(size=(2, 6, 2))
    first = replace(first, things=things, walls=walls)
    found = tracks_from_movement(tracks_to_movement((first, second)))
    assert_same(found, (first, second))
    for a, b in zip(found, (first, second), strict=True):
        np.testing.assert_array_equal(a.world_m, b.world_m)
        np.testing.assert_array_equal(a.boxes_px, b.boxes_px)
    np.testing.assert_array_equal(found[0].things, things)
    np.testing.assert_array_equal(found[0].walls, walls)
    assert np.isnan(found[1].things).all()  # nobody looked, or it cannot be told


def test_one_individual_and_some_keypoints_can_be_taken_out() -> None:
    individual, keypoint = (OF_INSTALLED.get(name, name) for name in ("individual", "keypoint"))
    poses = tracks_to_movement(two()).isel({individual: 1})
    (track,) = tracks_from_movement(poses.sel({keypoint: ["left_hip", "left_ankle"]}))
    second = two()[1]
    for name in ("left_hip", "left_ankle"):
        i = NAMES.index(name)
        np.testing.assert_array_equal(track.points_px[:, i], second.points_px[:, i])
        np.testing.assert_array_equal(track.world_m[:, i], second.world_m[:, i])
    assert np.isfinite(track.points_px[0]).all(axis=1).sum() == 2


def test_the_camera_s_motion_goes_with_the_data_set() -> None:
    first, second = two()
    moved = np.tile(np.eye(3), (9, 1, 1))
    moved[:, 0, 2] = np.arange(9)
    first.to_room[:], second.to_room[:] = moved[:6], moved[3:]
    assert_same(tracks_from_movement(tracks_to_movement((first, second))), (first, second))


def test_movement_takes_the_data_set_and_its_file_formats(tmp_path) -> None:
    datasets = pytest.importorskip("movement.validators.datasets")
    kinematics = pytest.importorskip("movement.kinematics")
    poses = tracks_to_movement(two())
    datasets.ValidPosesInputs.validate(poses)
    velocity = kinematics.compute_velocity(poses["position"])
    assert velocity.shape == poses["position"].shape
    from movement.io import load_poses, save_poses

    even = tracks_to_movement([free(duration_s=1.0).track()])
    save_poses.to_dlc_file(even, tmp_path / "poses.csv", split_individuals=False)
    back = load_poses.from_dlc_file(tmp_path / "poses.csv", fps=even.attrs["fps"])
    (track,) = tracks_from_movement(back, picture_size=(640, 480))
    np.testing.assert_allclose(track.points_px, free(duration_s=1.0).track().points_px, atol=1e-6)


def test_what_movement_makes_of_arrays_is_read() -> None:
    load_poses = pytest.importorskip("movement.io.load_poses")
    rng = np.random.default_rng(0)
    poses = load_poses.from_numpy(
        position_array=rng.uniform(size=(10, 2, 3, 2)),
        keypoint_names=["nose", "LHeel", "neck"],
        individual_names=["child", "parent"],
        fps=25,
    )
    child, parent = tracks_from_movement(poses, picture_size=(640, 480))
    assert (child.person, parent.person) == (1, 2)
    assert child.time_s[-1] == pytest.approx(9 / 25)
    assert np.isfinite(child.points_px).all(axis=2).sum() == 20


def test_gait_finds_the_same_after_the_journey() -> None:
    tracks = [free(n_steps=8).track()]
    by_table = gaitcheck.analyze_tracks(tracks_from_pandas(tracks_to_pandas(tracks)))
    by_poses = gaitcheck.analyze_tracks(tracks_from_movement(tracks_to_movement(tracks)))
    whole = gaitcheck.analyze_tracks(tracks)
    assert len(by_table.steps) == len(by_poses.steps) == len(whole.steps) > 0


@pytest.mark.parametrize(
    ("installed", "dims"),
    [
        ("0.16.0", ("time", "space", "keypoints", "individuals")),
        ("0.17.0", DIMS),
        ("1.0", DIMS),
        (None, DIMS),
    ],
)
def test_dimensions_are_called_as_the_installed_movement_calls_them(
    monkeypatch, installed: str | None, dims: tuple[str, ...]
) -> None:
    def version(_package: str) -> str:
        if installed is None:
            raise PackageNotFoundError
        return installed

    monkeypatch.setattr("gaitcheck.exchange.movement.version", version)
    poses = tracks_to_movement(two())
    assert poses["position"].dims == dims
    assert poses["boxes_px"].dims == ("time", "edge", dims[3])
    assert_same(tracks_from_movement(poses), two())
    (second,) = tracks_from_movement(poses.isel({dims[3]: 1}))
    assert_same((second,), two()[1:])


def broken(change: Callable[[xr.Dataset], xr.Dataset]) -> xr.Dataset:
    return change(tracks_to_movement(two()))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.drop_vars("position"), "no variable `position`"),
        (lambda d: d.rename(space="axis"), "dimensions .*axis"),
        (lambda d: d.isel(space=[0]), "x and y in space"),
        (lambda d: d.isel(time=slice(None, None, -1)), "strictly increase"),
        (lambda d: d.assign_attrs(time_unit="frames"), "say how many a second by fps="),
        (
            lambda d: d.assign_coords(
                {OF_INSTALLED.get("keypoint", "keypoint"): [f"k{i}" for i in range(33)]}
            ),
            "unknown keypoint",
        ),
        (lambda d: d.assign_attrs(picture_width=None), "picture_size="),
        (lambda d: d.assign(confidence=d["confidence"] * 100), "from 0 to 1"),
    ],
)
def test_bad_data_sets_are_told(change: Callable[[xr.Dataset], xr.Dataset], said: str) -> None:
    with pytest.raises(TrackError, match=said):
        tracks_from_movement(broken(change))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns=["x_px", "keypoint"]), "lacks keypoint, x_px"),
        (lambda t: pd.concat([t, t]), "twice at one time_s"),
        (lambda t: t.replace({"keypoint": {"nose": "snout"}}), "unknown keypoint 'snout'"),
    ],
)
def test_bad_tables_are_told(change: Callable[[pd.DataFrame], Any], said: str) -> None:
    with pytest.raises(TrackError, match=said):
        tracks_from_pandas(change(tracks_to_pandas(two())), picture_size=(640, 480))


def test_nobody_makes_no_data_set() -> None:
    with pytest.raises(TrackError, match="at least one person"):
        tracks_to_movement(())


@pytest.mark.parametrize(
    ("package", "call"),
    [
        ("pandas", lambda: tracks_to_pandas(())),
        ("xarray", lambda: tracks_to_movement(two())),
    ],
)
def test_without_the_package_the_cure_is_named(monkeypatch, package: str, call) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackageError, match=r"pip install 'gaitcheck\["):
        call()
