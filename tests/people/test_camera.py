from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcheck.people.camera import CameraMotion
from gaitcheck.video.reader import open_video

SAMPLES = Path(__file__).parents[2] / "sample_videos"
WIDTH, HEIGHT, FPS = 640, 480, 25.0


@cache
def _world(seed: int = 1) -> np.ndarray:
    """A large textured scene to look at parts of."""
    rng = np.random.default_rng(seed)
    scene = rng.integers(40, 210, (60, 80, 3), dtype=np.uint8)
    scene = cv2.resize(scene, (1600, 1200), interpolation=cv2.INTER_NEAREST)
    return cv2.GaussianBlur(scene, (0, 0), 1.5)


def _look(world: np.ndarray, to_world: np.ndarray) -> np.ndarray:
    """Show what a camera sees whose px go to px of the world by `to_world`."""
    return cv2.warpAffine(
        world, to_world[:2], (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )


def _pose(
    *, x: float = 480, y: float = 360, zoom: float = 1.0, turn_deg: float = 0.0
) -> np.ndarray:
    a = np.deg2rad(turn_deg)
    linear = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]) / zoom
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = np.array([x, y]) + middle - linear @ middle
    return matrix


def _run(path, *, n: int, world=None, foreground=None, noise: float = 3.0, tell: bool = False):
    """Give the estimated and the true to_room of each frame, and the states."""
    world = _world() if world is None else world
    grains = np.random.default_rng(0).normal(0, noise, (3, HEIGHT, WIDTH, 3)).astype(np.int16)
    camera, states, truth = CameraMotion(), [], []
    first = None
    for i in range(n):
        matrix = path(i / FPS)
        first = matrix if first is None else first
        picture = _look(world, matrix)
        people = []
        if foreground is not None:
            x0, y0, x1, y1 = foreground(i / FPS)
            picture[y0:y1, x0:x1] = _world(9)[: y1 - y0, : x1 - x0]
            people = [np.array([x0, y0, x1, y1], dtype=float)] if tell else []
        picture = np.clip(picture + grains[i % 3], 0, 255).astype(np.uint8)
        states.append(camera.update(picture, time_s=i / FPS, people=people))
        truth.append(np.linalg.inv(first) @ matrix)
    return states, truth


def _error_px(states, truth) -> np.ndarray:
    """Largest error of the picture's corners and middle, px, per frame."""
    grid = np.array([[0, 0, 1], [WIDTH, 0, 1], [0, HEIGHT, 1], [WIDTH, HEIGHT, 1], [320, 240, 1.0]])
    return np.array(
        [
            np.linalg.norm(((s.to_room - t) @ grid.T)[:2], axis=0).max()
            for s, t in zip(states, truth, strict=True)
        ]
    )


def test_fixed_camera_is_the_identity():
    states, _ = _run(lambda _: _pose(), n=40, noise=6.0)
    assert all((s.to_room == np.eye(3)).all() and s.fixed and s.known for s in states)


def test_fixed_camera_with_a_large_moving_foreground_nobody_told_of():
    def walker(t):
        x = int(20 + 90 * t)
        return x, 60, x + 150, 460

    states, _ = _run(lambda _: _pose(), n=60, foreground=walker)
    assert all((s.to_room == np.eye(3)).all() for s in states)


def _plain_wall() -> np.ndarray:
    """A wall with a few pictures on it: fewer corners than what is pushed past it."""
    wall = np.full((1200, 1600, 3), 150, dtype=np.uint8)
    for x in range(500, 1100, 150):
        wall[420:500, x : x + 60] = 90
        wall[780:800, x : x + 60] = 200
    return cv2.GaussianBlur(wall, (0, 0), 1.5)


def test_what_is_pushed_past_a_plain_wall_is_not_the_cameras_motion():
    def pram(t):
        x = int(20 + 120 * t)
        return x, 200, x + 200, 440

    states, _ = _run(lambda _: _pose(), n=75, world=_plain_wall(), foreground=pram)
    assert all((s.to_room == np.eye(3)).all() and s.fixed for s in states)


def test_a_rollator_pushed_past_a_fixed_camera_is_not_its_motion():
    camera = CameraMotion()
    with open_video(SAMPLES / "rollator_side.mp4") as frames:
        states = [camera.update(f.image_bgr, time_s=f.time_s, people=[]) for f in frames]
    assert len(states) > 150
    assert all((s.to_room == np.eye(3)).all() and s.fixed for s in states)


def test_a_caption_that_stays_does_not_hide_a_pan():
    def caption(_):
        return 10, 10, 170, 30

    states, truth = _run(lambda t: _pose(x=480 + 100 * t), n=50, foreground=caption)
    assert _error_px(states, truth).max() < 2.5
    assert not states[-1].fixed


def test_people_told_of_are_left_out_even_if_they_fill_most_of_the_picture():
    def walker(t):
        x = int(10 + 60 * t)
        return x, 10, x + 420, 470

    states, truth = _run(lambda _: _pose(), n=40, foreground=walker, tell=True)
    assert _error_px(states, truth).max() < 0.5


@pytest.mark.parametrize(
    ("path", "limit_px"),
    [
        (lambda t: _pose(x=480 + 8 * np.sin(9 * t), y=360 + 6 * np.sin(7 * t)), 0.8),
        (lambda t: _pose(x=480 + 100 * t), 2.5),
        (lambda t: _pose(zoom=1 + 0.12 * t), 2.5),
        (lambda t: _pose(x=480 + 40 * t, turn_deg=3 * np.sin(2 * t)), 2.5),
        (lambda t: _pose(x=480 * t), 2.5),
        (lambda t: _pose(zoom=2 ** (t / 2)), 3.5),
        (lambda t: _pose(x=480 * t, zoom=2 ** (t / 2)), 3.5),
    ],
    ids=[
        "shake",
        "pan",
        "zoom",
        "pan and roll",
        "pan over 1.5 widths",
        "zoom to 2",
        "pan over 1.5 widths and zoom to 2",
    ],
)
def test_motion_is_known_to_a_pixel_or_two(path, limit_px):
    def walker(t):
        x = int(200 + 40 * t)
        return x, 150, x + 90, 450

    states, truth = _run(path, n=50, foreground=walker)
    error = _error_px(states, truth)
    assert error.max() < limit_px, error.round(2)
    assert not any(s.cut for s in states)
    assert not states[-1].fixed


def test_a_pan_and_back_comes_home():
    states, truth = _run(lambda t: _pose(x=480 + 200 * np.sin(np.pi * t / 4)), n=100)
    assert _error_px(states, truth)[-1] < 4.0


def test_a_camera_put_down_counts_as_fixed_again():
    states, _ = _run(lambda t: _pose(x=480 + 60 * min(t, 1.0)), n=100)
    assert not states[30].fixed
    assert states[-1].fixed
    assert (states[-1].to_room == states[-10].to_room).all()


def test_a_cut_is_seen_once_and_begins_a_new_room():
    camera, other = CameraMotion(), _world(7)
    cuts = []
    for i in range(20):
        state = camera.update(
            _look(_world() if i < 10 else other, _pose(x=480 + 2 * i)), time_s=i / FPS, people=[]
        )
        cuts.append(state.cut)
    assert [i for i, cut in enumerate(cuts) if cut] == [10]


@pytest.mark.parametrize("gain", [0.35, 1.5])
def test_a_change_of_light_is_no_cut(gain):
    camera = CameraMotion()
    picture = _look(_world(), _pose())
    for i in range(10):
        shown = picture if i < 5 else np.clip(picture * gain + 8, 0, 255).astype(np.uint8)
        state = camera.update(shown, time_s=i / FPS, people=[])
        assert not state.cut


def test_a_blank_wall_tells_nothing_and_says_so():
    camera = CameraMotion()
    blank = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    states = [camera.update(blank, time_s=i / FPS, people=[]) for i in range(5)]
    assert not states[-1].known
    assert not states[-1].cut
    assert (states[-1].to_room == np.eye(3)).all()


def test_the_same_pictures_give_the_same_motion():
    def path(t):
        return _pose(x=480 + 50 * t, zoom=1 + 0.05 * t)

    a, _ = _run(path, n=20)
    b, _ = _run(path, n=20)
    assert all((s.to_room == t.to_room).all() for s, t in zip(a, b, strict=True))


def _lamp(k: int, *, bands: float) -> np.ndarray:
    """A lamp that swells by a quarter, unlike in each picture, in bands of a rolling shutter."""
    rows = 2 * np.pi * bands * np.arange(HEIGHT) / HEIGHT
    return (1 + 0.25 * np.sin(2 * np.pi * 0.37 * k + rows))[:, None, None]


def _pale_room(seed: int) -> np.ndarray:
    """Little structure under a strong light, as a white wall with some furniture."""
    return 120 + 0.12 * (_look(_world(seed), _pose()).astype(float) - 120)


def _states(pictures) -> list:
    camera = CameraMotion()
    return [
        camera.update(np.clip(p, 0, 255).astype(np.uint8), time_s=k / FPS, people=[])
        for k, p in enumerate(pictures)
    ]


@pytest.mark.parametrize("bands", [0.0, 1.5])
def test_a_lamp_that_flickers_is_no_cut_and_hides_no_motion(bands):
    states = _states(_pale_room(1) * _lamp(k, bands=bands) for k in range(30))
    assert not any(s.cut for s in states)
    assert all(s.known and s.fixed for s in states)


def test_a_cut_under_a_lamp_that_flickers_is_one():
    states = _states(_pale_room(1 + k // 15) * _lamp(k, bands=1.5) for k in range(30))
    assert [k for k, s in enumerate(states) if s.cut] == [15]


def test_key_pictures_of_a_night_are_no_cuts():
    rng = np.random.default_rng(3)
    coded = [rng.integers(0, 3, (60, 80, 3)).repeat(8, 0).repeat(8, 1) for _ in range(3)]
    night = _look(_world(), _pose()).astype(float) * 0.04
    assert not any(s.cut for s in _states(night + coded[k // 10] for k in range(30)))
