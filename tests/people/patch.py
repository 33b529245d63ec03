"""Patches drawn by hand: what is seen around somebody's hand, along their way."""

from __future__ import annotations

import numpy as np

from gaitcheck.people.lines import through

SHAPE = (112, 144)
HAND = np.array([72.0, 50.0])
FEET = 104.0
AT_HAND = through(HAND, rows=np.zeros(1))
LEVEL = len(AT_HAND) // 2
NO_BODY = np.zeros(SHAPE, dtype=np.uint8)


def room(*parts: tuple[float, float]) -> np.ndarray:
    """Light from each row on."""
    light = np.full((*SHAPE, 3), 100.0, dtype=np.float32)
    for row, value in parts:
        light[round(row) :] = value
    return light + np.random.default_rng(0).normal(0, 2, light.shape).astype(np.float32)
