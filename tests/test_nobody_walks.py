"""Clips in which nobody walks, or nobody's feet are seen: the whole way must find no step in them.

Each clip is made by code from a sample clip's pictures. Inventing steps where nobody walks is the
second costliest error.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

import gaitcheck
from gaitcheck.scoring.truth import TrueClip, read_clip
from gaitcheck.video.reader import open_video
from tests.clips import write_pictures

Picture = npt.NDArray[np.uint8]

SAMPLES = Path(__file__).parent.parent / "sample_videos"
FPS = 10.0
STILL_S = 8.0

pytestmark = pytest.mark.model


class Sample:
    """A sample clip's pictures and truth."""

    def __init__(self, name: str) -> None:
        self.truth: TrueClip = read_clip(SAMPLES / f"{name}.labels.json")
        with open_video(self.truth.path) as reader:
            frames = [(frame.time_s, frame.image_bgr) for frame in reader]
        self.time_s = [time_s for time_s, _ in frames]
        self.pictures: list[Picture] = [picture for _, picture in frames]

    @property
    def fps(self) -> float:
        return (len(self.time_s) - 1) / (self.time_s[-1] - self.time_s[0])

    def at(self, time_s: float) -> Picture:
        return self.pictures[int(np.argmin(np.abs(np.array(self.time_s) - time_s)))]

    def box(self, time_s: float) -> npt.NDArray[np.float64]:
        """Where the first person is: x0, y0, x1, y1, px; the last place for a time below 0."""
        boxes = self.truth.people[0].boxes
        row = -1 if time_s < 0 else int(np.argmin(np.abs(boxes[:, 0] - time_s)))
        return np.asarray(boxes[row, 1:5])

    @property
    def mid_step_s(self) -> float:
        """Legs apart: the third contact."""
        return self.truth.people[0].contacts[2].time_s

    @property
    def mid_step(self) -> Picture:
        return self.at(self.mid_step_s)

    @property
    def standing(self) -> Picture:
        """The boy has arrived and stands."""
        return self.pictures[-1]


@pytest.fixture(scope="module")
def walk() -> Sample:
    return Sample("free_walk")


@pytest.fixture
def ask(tmp_path: Path, model_path: Path) -> Any:
    """Write pictures as a clip and analyze it."""

    def asked(pictures: Iterable[Picture], *, fps: float = FPS) -> gaitcheck.Analysis:
        clip = write_pictures(tmp_path / "clip.mp4", pictures, fps=fps)
        return gaitcheck.analyze(clip, model=model_path)

    return asked


def n_still() -> int:
    return round(STILL_S * FPS)


def noisy(picture: Picture, *, seed: int, sigma: float = 4.0) -> Picture:
    """A picture as a camera in a dim room gives it."""
    noise = np.random.default_rng(seed).normal(0.0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def no_step(analysis: gaitcheck.Analysis) -> None:
    told = [(step.person, step.contact_s, step.support) for step in analysis.steps]
    assert told == []
    assert analysis.first_independent_step is None


@pytest.mark.parametrize("what", ["mid_step", "standing"])
def test_a_still_picture_of_a_person(walk: Sample, ask: Any, what: str) -> None:
    analysis = ask([getattr(walk, what)] * n_still())
    assert len(analysis.people) == 1  # else nothing was put to the test
    no_step(analysis)


def test_a_still_picture_with_a_cameras_noise(walk: Sample, ask: Any) -> None:
    analysis = ask(noisy(walk.mid_step, seed=i) for i in range(n_still()))
    assert len(analysis.people) == 1
    no_step(analysis)


def test_noise(ask: Any) -> None:
    rng = np.random.default_rng(1)
    analysis = ask(rng.integers(0, 256, (240, 320, 3), dtype=np.uint8) for _ in range(n_still()))
    assert analysis.people == ()
    no_step(analysis)


def test_an_empty_room(walk: Sample, ask: Any) -> None:
    room = np.median(walk.pictures[::10], axis=0).astype(np.uint8)
    analysis = ask(noisy(room, seed=i) for i in range(n_still()))
    assert analysis.people == ()
    no_step(analysis)


@pytest.mark.parametrize("what", ["mid_step", "standing"])
def test_a_camera_that_pans_and_shakes_over_a_still_picture(
    walk: Sample, ask: Any, what: str
) -> None:
    """The camera's way is not the person's."""
    still = getattr(walk, what)
    height, width = still.shape[:2]
    window = (round(0.6 * width), round(0.9 * height))
    # As far as the boy stays in the window.
    x0, _, x1, _ = walk.box(-1.0 if what == "standing" else walk.mid_step_s)
    left_px, right_px = max(0.0, x1 + 10 - window[0]), min(width - window[0], x0 - 10)
    rng = np.random.default_rng(2)

    def seen() -> Iterable[Picture]:
        for i in range(n_still()):
            share = 0.5 - 0.5 * np.cos(4 * np.pi * i / n_still())  # there and back, twice
            x = left_px + (right_px - left_px) * share + rng.normal(0, 1.0)
            y = 0.05 * height + rng.normal(0, 1.0)
            moved = np.array([[1.0, 0.0, -x], [0.0, 1.0, -y]])
            yield cv2.warpAffine(still, moved, window, borderMode=cv2.BORDER_REPLICATE)

    analysis = ask(seen())
    assert len(analysis.people) >= 1
    no_step(analysis)


def test_a_cut_between_two_pictures(walk: Sample, ask: Any) -> None:
    """The boy is elsewhere after the cut, but he did not walk there."""
    half = n_still() // 2
    analysis = ask([walk.mid_step] * half + [cv2.flip(walk.standing, 1)] * half)
    assert len(analysis.people) >= 1
    no_step(analysis)


def test_pictures_that_jump_back_and_forth(walk: Sample, ask: Any) -> None:
    """A video call that hangs: two pictures of the same walk in turns, 0.4 s each."""
    pictures = [walk.mid_step if i // 4 % 2 else walk.standing for i in range(n_still())]
    no_step(ask(pictures))


@pytest.mark.parametrize("seen", ["all of him", "above the knees"])
def test_legs_cut_off_above_the_knees(walk: Sample, ask: Any, seen: str) -> None:
    """With his legs in the picture there are steps: it is for their absence that none is told."""
    boxes = walk.truth.people[0].boxes
    top, bottom = float(boxes[:, 2].min()), float(boxes[:, 4].max())
    last_row = None if seen == "all of him" else round(top + 0.62 * (bottom - top)) // 2 * 2
    analysis = ask(
        [np.ascontiguousarray(picture[:last_row]) for picture in walk.pictures[::2]],
        fps=walk.fps / 2,
    )
    assert len(analysis.people) >= 1
    warned = any("feet out of the picture" in warning for warning in analysis.warnings)
    if seen == "all of him":
        assert len(analysis.steps) >= 2
        assert not warned
    else:
        no_step(analysis)
        assert warned


def test_somebody_who_sits_at_a_desk(ask: Any) -> None:
    sample = Sample("story_cctv")
    (father,) = (p for p in sample.truth.people if p.name == "father")
    width = sample.pictures[0].shape[1]
    seated = [
        np.ascontiguousarray(picture[:, width // 2 :])
        for time_s, picture in zip(sample.time_s, sample.pictures, strict=True)
        if father.posture_at(time_s) == "sitting" and time_s < 5.0  # before the boy comes in
    ]
    analysis = ask(seated, fps=sample.fps)
    assert len(analysis.people) == 1
    no_step(analysis)
