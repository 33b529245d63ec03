from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from gaitcheck.footage.changes import Changes, compare
from gaitcheck.footage.motion import moved, moved_at, restless_cells
from gaitcheck.footage.samples import Sample

Picture = npt.NDArray[np.uint8]
ROOM = np.repeat(
    np.kron(np.random.default_rng(1).integers(60, 150, (30, 40)), np.ones((16, 16)))[..., None],
    3,
    2,
).astype(np.uint8)


def seen(draw: Callable[[int, Picture], Picture], *, n: int = 12, noise: float = 2.0) -> Changes:
    rng = np.random.default_rng(2)
    samples = []
    for k in range(n):
        picture = draw(k, ROOM.copy()) + rng.normal(0, noise, ROOM.shape)
        samples.append(Sample(2.0 * k, np.clip(picture, 0, 255).astype(np.uint8)))
    return compare(samples, width_px=640, min_height_px=45.0)


def moving(changes: Changes) -> list[int]:
    return np.flatnonzero(moved(changes, restless=restless_cells(changes))).tolist()


def person(picture: Picture, x: int, *, height: int = 45, contrast: int = 30) -> Picture:
    patch = picture[200 : 200 + height, x : x + height // 3]
    patch[:] = np.clip(patch.astype(int) + contrast, 0, 255)
    return picture


def test_noise_is_not_motion() -> None:
    for noise in (0.0, 2.0, 8.0):
        assert moving(seen(lambda _, p: p, noise=noise)) == []


def test_light_that_changes_is_not_motion() -> None:
    assert moving(seen(lambda k, p: np.clip(p * (1 + 0.04 * k), 0, 255).astype(np.uint8))) == []


@pytest.mark.parametrize("height", [45, 120, 300])
@pytest.mark.parametrize("contrast", [30, -30])
def test_who_walks_is_motion_from_coming_to_leaving(height: int, contrast: int) -> None:
    def draw(k: int, picture: Picture) -> Picture:
        if 4 <= k < 8:
            return person(picture, 60 * k, height=height, contrast=contrast)
        return picture

    assert moving(seen(draw, n=14)) == [4, 5, 6, 7, 8]


def test_who_stands_still_is_no_motion() -> None:
    assert moving(seen(lambda _, p: person(p, 300))) == []


def test_with_a_moving_camera_everything_moves() -> None:
    changes = seen(lambda k, p: np.roll(p, 7 * k, axis=1))
    assert moving(changes) == list(range(1, 12))


def clock(k: int, picture: Picture) -> Picture:
    """Seconds that change in every sample, and minutes beside them that change now and then."""
    rng = np.random.default_rng(k)
    picture[10:24, 90:102] = np.kron(rng.integers(0, 2, (7, 6)) * 255, np.ones((2, 2)))[..., None]
    rng = np.random.default_rng(1000 + k // 30)
    picture[10:24, 60:84] = np.kron(rng.integers(0, 2, (7, 12)) * 255, np.ones((2, 2)))[..., None]
    return picture


def test_a_clock_in_the_picture_is_no_motion_once_it_is_known() -> None:
    changes = seen(clock, n=200)
    assert moving(changes) == []
    assert restless_cells(changes).any()


def test_who_walks_under_a_clock_is_motion() -> None:
    def draw(k: int, picture: Picture) -> Picture:
        if 100 <= k < 103:
            x = 40 * (k - 99)
            picture[5:125, x : x + 40] = 40
        return clock(k, picture)

    assert moving(seen(draw, n=200)) == [100, 101, 102, 103]


def test_a_small_stir_counts_where_somebody_is_known() -> None:
    def draw(k: int, picture: Picture) -> Picture:
        if k == 5:
            picture[230:234, 309:314] = 255
        return picture

    changes = seen(draw)
    around = np.array([280, 200, 330, 260]) / 640
    assert moving(changes) == []
    assert np.flatnonzero(moved_at(changes, around)).tolist() == [5, 6]
    assert not moved_at(changes, around + 0.3).any()
