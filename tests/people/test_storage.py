from __future__ import annotations

import os
import stat
from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.errors import OutputError, TrackError
from gaitcheck.people.storage import load_tracks, save_tracks
from gaitcheck.people.track import Track


def _track(person: int, n: int = 6) -> Track:
    rng = np.random.default_rng(person)
    points = rng.normal(size=(n, 33, 2))
    points[2] = np.nan
    return Track(
        person=person,
        time_s=np.arange(n) / 29.97,
        frame_index=np.arange(n) + 7,
        points_px=points,
        visibility=rng.uniform(size=(n, 33)),
        world_m=rng.normal(size=(n, 33, 3)),
        boxes_px=rng.normal(size=(n, 4)),
        to_room=np.tile(np.eye(3), (n, 1, 1)),
        picture_size=(640, 480),
    )


def test_round_trip(tmp_path):
    tracks = (_track(1), _track(2, 9))
    save_tracks(tmp_path / "a.npz", tracks)
    back = load_tracks(tmp_path / "a.npz")
    assert [t.person for t in back] == [1, 2]
    assert back[1].picture_size == (640, 480)
    for name in ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px"):
        np.testing.assert_array_equal(getattr(back[1], name), getattr(tracks[1], name))
    assert back[0].seen.tolist() == [True, True, False, True, True, True]


def test_how_coarsely_the_video_is_coded_is_kept(tmp_path):
    save_tracks(tmp_path / "a.npz", [_track(1), replace(_track(2), coding_qp=34.5)])
    assert [t.coding_qp for t in load_tracks(tmp_path / "a.npz")] == [None, 34.5]


def test_in_an_older_file_it_is_not_known(tmp_path):
    path = tmp_path / "a.npz"
    save_tracks(path, [replace(_track(1), coding_qp=34.5)])
    with np.load(path) as file:
        older = {name: file[name] for name in file.files if name != "coding_qp"}
    np.savez(path, **older)
    assert load_tracks(path)[0].coding_qp is None


def test_things_at_the_hands_are_kept(tmp_path):
    things, below = np.random.default_rng(3).uniform(size=(2, 6, 2))
    old = replace(_track(1), things=things)
    save_tracks(tmp_path / "a.npz", (old, replace(old, below=below), _track(2)))
    back = load_tracks(tmp_path / "a.npz")
    np.testing.assert_array_equal(back[0].things, things)
    np.testing.assert_array_equal(back[1].below, below)
    assert [list(track.at_hands) for track in back] == [["things"], ["things", "below"], []]


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_file_has_the_permissions_that_the_user_gives_to_new_ones(tmp_path, umask, mode):
    before = os.umask(umask)
    try:
        save_tracks(tmp_path / "a.npz", (_track(1),))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.npz").stat().st_mode) == mode


def test_nobody_is_a_file_too(tmp_path):
    save_tracks(tmp_path / "a.npz", ())
    assert load_tracks(tmp_path / "a.npz") == ()


def test_an_older_file_is_replaced_and_nothing_else_is_left(tmp_path):
    save_tracks(tmp_path / "a.npz", (_track(1),))
    save_tracks(tmp_path / "a.npz", (_track(1), _track(2)))
    assert len(load_tracks(tmp_path / "a.npz")) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]


def test_no_such_folder(tmp_path):
    with pytest.raises(OutputError, match="nowhere"):
        save_tracks(tmp_path / "nowhere" / "a.npz", (_track(1),))


def test_no_such_file(tmp_path):
    with pytest.raises(TrackError, match="missing"):
        load_tracks(tmp_path / "missing.npz")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_no_track_file(tmp_path, content):
    path = tmp_path / "a.npz"
    path.write_bytes(content)
    with pytest.raises(TrackError, match=r"a\.npz"):
        load_tracks(path)


def test_truncated_file(tmp_path):
    path = tmp_path / "a.npz"
    save_tracks(path, (_track(1),))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(TrackError, match=r"a\.npz"):
        load_tracks(path)


def test_npz_of_something_else(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.zeros(3))
    with pytest.raises(TrackError, match="no track file"):
        load_tracks(tmp_path / "a.npz")


def test_pickled_objects_are_refused(tmp_path):
    np.savez(
        tmp_path / "a.npz",
        schema=np.array("gaitcheck.tracks/1"),
        person=np.array([{"x": 1}], dtype=object),
        picture_size=np.zeros((1, 2), int),
    )
    with pytest.raises(TrackError, match=r"a\.npz"):
        load_tracks(tmp_path / "a.npz")


def test_arrays_that_do_not_fit_together(tmp_path):
    save_tracks(tmp_path / "a.npz", (_track(1),))
    with np.load(tmp_path / "a.npz") as file:
        arrays = dict(file)
    arrays["0/boxes_px"] = arrays["0/boxes_px"][:-1]
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(TrackError, match="boxes_px"):
        load_tracks(tmp_path / "a.npz")
