from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.clips import write_pictures

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "free_walk.mp4"
FPS = 12.5
QUIET_S = 40.0


def _pictures() -> list[np.ndarray]:
    capture, found = cv2.VideoCapture(str(SAMPLE)), []
    while True:
        ok, picture = capture.read()
        if not ok:
            return found
        found.append(picture)


@pytest.fixture(scope="session")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A boy stands for 40 s, crosses the room, stands for 40 s, and goes back, backward."""
    boy = _pictures()[::2]
    still = round(QUIET_S * FPS)
    pictures = [*[boy[0]] * still, *boy, *[boy[-1]] * still, *boy[::-1], *[boy[0]] * 50]
    clip = tmp_path_factory.mktemp("long") / "long.mp4"
    return write_pictures(clip, pictures, fps=FPS, key_every=25)


@pytest.fixture(scope="session")
def busy_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A boy goes there and back for 50 s without a stop, 8 pictures a second."""
    boy = _pictures()[::3]
    pictures = ([*boy, *boy[::-1]] * 20)[:400]
    clip = tmp_path_factory.mktemp("busy") / "busy.mp4"
    return write_pictures(clip, pictures, fps=8.0, key_every=25)
