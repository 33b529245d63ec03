"""Pages to test: a track that is easy to check, and what stands in a page."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np

from gaitcheck.people.track import Track


def track_of(*, person: int = 1, n: int = 40, fps: float = 10.0) -> Track:
    """Someone who goes from left to right: point k of frame i is at (10 + i, 20 + 2 k) px."""
    points = np.zeros((n, 33, 2))
    points[..., 0] = 10 + np.arange(n)[:, None]
    points[..., 1] = 20 + 2 * np.arange(33)
    visibility = np.ones((n, 33))
    return Track(
        person=person,
        time_s=np.arange(n) / fps,
        frame_index=np.arange(n),
        points_px=points,
        visibility=visibility,
        world_m=np.zeros((n, 33, 3)),
        boxes_px=np.tile([10.0, 20.0, 60.0, 90.0], (n, 1)),
        to_room=np.tile(np.eye(3), (n, 1, 1)),
        picture_size=(128, 64),
    )


def data_of(page: bytes) -> dict[str, Any]:
    """Read the page's data as a browser would: up to the first end of the script element."""
    text = page.decode()
    start = text.index('<script type="application/json" id="data">')
    found: dict[str, Any] = json.loads(text[text.index(">", start) + 1 : text.index("</", start)])
    return found


def policy_of(page: bytes) -> str:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page.decode())
    assert found
    return found[1].replace("&#39;", "'")
