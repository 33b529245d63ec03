"""Walkers with what the pictures show at their hands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gaitcheck.people.track import Track
from tests.gait.bodies import Walker, rigid


def looked_at(who: Walker, left: float = 0.05, right: float = 0.05) -> Walker:
    """The walker's track with pictures that show so much at the hands."""
    track = who.track()
    return replace(track, things=np.tile([left, right], (len(track), 1)))


def seen_at(who: Walker, **told: float) -> Track:
    """The walker's track where the pictures show so much at both hands, along their way, below."""
    track = who.track()
    shown = {"things": 0.05, "rails": 0.0, "walls": 0.0, "below": 0.0, **told}
    return replace(track, **{name: np.full((len(track), 2), v) for name, v in shown.items()})


def hips() -> Walker:
    """Hands kept at the hips: nothing swings, and by the arms alone they may be at sticks."""
    return Walker(rigid(0.02, 0.1, -0.22), rigid(0.02, 0.1, -0.22))
