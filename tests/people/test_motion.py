"""The motion of the floor where the camera goes along over it, beside that of the room."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from gaitcheck.people.camera import CameraMotion
from gaitcheck.people.motion import Motion, floor_motion, similarity, similarity_next_to

WIDTH, HEIGHT, FPS = 640, 480, 25.0
HEIGHT_M, PITCH_DEG, FOCAL_PX = 1.3, 42.0, 420.0
WALKER = np.array([270.0, 120.0, 370.0, 400.0])


def _floor_to_picture(ahead_m: float) -> np.ndarray:
    """Take places on the floor, m to the right and ahead, to px of a camera so far ahead."""
    a = np.deg2rad(PITCH_DEG)
    right, down, forth = np.eye(3)[0], (0.0, -np.sin(a), -np.cos(a)), (0.0, np.cos(a), -np.sin(a))
    axes = np.array([right, down, forth])  # of the picture; the room has x, ahead, up
    camera = np.array([0.0, ahead_m, HEIGHT_M])
    lens = np.array([[FOCAL_PX, 0, WIDTH / 2], [0, FOCAL_PX, HEIGHT / 2], [0, 0, 1.0]])
    return lens @ np.column_stack([axes[:, 0], axes[:, 1], -axes @ camera])


def _picture(floor: np.ndarray, ahead_m: float) -> np.ndarray:
    to_texture = np.array([[60.0, 0, 600], [0, 60.0, 100], [0, 0, 1]])
    return cv2.warpPerspective(
        floor, _floor_to_picture(ahead_m) @ np.linalg.inv(to_texture), (WIDTH, HEIGHT)
    )


def _floor() -> np.ndarray:
    rng = np.random.default_rng(3)
    tiles = rng.integers(50, 200, (200, 200, 3), dtype=np.uint8)
    return cv2.resize(tiles, (1200, 1200), interpolation=cv2.INTER_NEAREST)


def _moved(motion: np.ndarray, place: np.ndarray) -> np.ndarray:
    gone = motion @ np.array([*place, 1.0])
    return np.asarray(gone[:2] / gone[2])


def test_the_floor_at_the_feet_is_followed_by_a_camera_that_goes_along():
    floor, camera = _floor(), CameraMotion()
    ahead = 0.6 * np.arange(40) / FPS
    states = [
        camera.update(_picture(floor, s), time_s=k / FPS, people=[WALKER])
        for k, s in enumerate(ahead)
    ]
    assert all(state.known and not state.cut for state in states)
    feet, half_s = np.array([WALKER[[0, 2]].mean(), WALKER[3]]), 12
    for k in range(0, len(states) - half_s, 4):
        then, now = states[k], states[k + half_s]
        true = _floor_to_picture(ahead[k]) @ np.linalg.inv(_floor_to_picture(ahead[k + half_s]))
        gone = np.linalg.norm(_moved(true, feet) - feet)
        seen = _moved(np.linalg.inv(then.floor_to_room) @ now.floor_to_room, feet)
        assert np.linalg.norm(seen - _moved(true, feet)) < 0.1 * gone
        assert gone > 40


def test_a_fixed_camera_has_one_room():
    picture, camera = _picture(_floor(), 0.0), CameraMotion()
    states = [camera.update(picture, time_s=k / FPS, people=[WALKER]) for k in range(10)]
    assert all((s.floor_to_room == np.eye(3)).all() and s.fixed for s in states)


def test_what_is_next_to_a_place_moves_as_it_does():
    motion = np.array([[1.1, 0.1, 5.0], [-0.05, 0.95, -3.0], [2e-4, 8e-4, 1.0]])
    place = np.array([120.0, 90.0])
    near = similarity_next_to(motion, place)
    assert np.allclose(_moved(near, place), _moved(motion, place))
    turn = near[:2, :2]
    assert np.allclose(turn @ turn.T, np.linalg.det(turn) * np.eye(2))
    ways = np.array([[0.5, 0.0], [0.0, 0.5]])
    true = np.array([_moved(motion, place + way) - _moved(motion, place) for way in ways]).T / 0.5
    assert np.linalg.norm(true - turn) <= np.linalg.norm(true - 1.05 * turn)
    assert np.linalg.norm(true - turn) <= np.linalg.norm(true - 0.95 * turn)


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_a_similarity_stays_one_and_noise_is_none(share):
    rng = np.random.default_rng(2)
    true = np.array([[0.98, -0.05, 4.0], [0.05, 0.98, -7.0], [0, 0, 1.0]])
    ends = rng.uniform(0, 300, (80, 2))
    at = ends @ true[:2, :2].T + true[:2, 2]
    strays = rng.random(80) < share
    at[strays] += rng.uniform(20, 60, (int(strays.sum()), 2))
    room = similarity(ends, at)
    assert room is not None
    floor = floor_motion(ends, at, room=room, about=np.array([150.0, 280.0]))
    assert floor is not None
    assert np.allclose(room.motion, true, atol=1e-3)
    assert np.allclose(floor.motion, true, atol=1e-3)
    anywhere = rng.uniform(0, 300, (80, 2))
    assert similarity(ends, anywhere) is None
    assert floor_motion(ends, anywhere, room=None, about=np.zeros(2)) is None


def test_a_motion_undone_is_none():
    one = np.array([[0.9, -0.1, 4.0], [0.1, 0.9, -7.0], [0, 0, 1.0]])
    both = Motion(one, one @ one)
    gone = both.back() @ both
    assert np.allclose(gone.room, Motion.none().room)
    assert np.allclose(gone.floor, np.eye(3))
