"""Sliding windows over series with gaps: what every cue is made of. Axis 0 is time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]


def ramp(values: FloatArray, *, zero: float, one: float) -> FloatArray:
    """Score ``values`` from 0 at ``zero`` to 1 at ``one``, straight between; NaN stays NaN.

    ``zero`` may be above ``one``: then small values score high.
    """
    return np.asarray(np.clip((values - zero) / (one - zero), 0.0, 1.0))


def windowed(values: FloatArray, *, samples: int) -> FloatArray:
    """Give each time its centred window; windows at the ends hold NaN beyond them.

    Parameters
    ----------
    values : ndarray, shape (n, ...)
        A series.
    samples : int
        Length of the window; made odd.

    Returns
    -------
    ndarray, shape (n, samples, ...)
        A view, not to be written to.
    """
    half = samples // 2
    if len(values) == 0:
        return np.zeros((0, 2 * half + 1, *values.shape[1:]))
    pad = [(half, half)] + [(0, 0)] * (values.ndim - 1)
    padded = np.pad(np.asarray(values, dtype=np.float64), pad, constant_values=np.nan)
    view = sliding_window_view(padded, 2 * half + 1, axis=0)
    return np.asarray(np.moveaxis(view, -1, 1))


def mean_over(values: FloatArray, *, samples: int, least: float = 0.5) -> FloatArray:
    """Mean of each window; NaN where less than ``least`` of it is known."""
    window = windowed(values, samples=samples)
    known = np.isfinite(window)
    share = known.mean(axis=1)
    total = np.where(known, window, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(share >= least, total / known.sum(axis=1), np.nan))


def often_over(values: FloatArray, *, samples: int, share: float, least: float = 0.5) -> FloatArray:
    """Give the value that the highest ``share`` of each window reaches, shape as ``values``.

    NaN where less than ``least`` of the window is known.
    """
    window = np.sort(windowed(values, samples=samples), axis=1)  # NaN sort to the end
    known = np.isfinite(window).sum(axis=1)
    place = np.minimum(np.floor((1.0 - share) * known).astype(np.intp), np.maximum(known - 1, 0))
    value = np.take_along_axis(window, place[:, None], axis=1)[:, 0]
    return np.asarray(np.where(known >= least * window.shape[1], value, np.nan))


def covering(score: FloatArray, *, samples: int) -> FloatArray:
    """Give each time the best score of all windows that it lies in.

    A score made over a centred window fades half a window before what it sees ends; this brings
    the end back to where it is. NaN where no window around knows.
    """
    window = windowed(score, samples=samples)
    known = np.isfinite(window)
    best = np.where(known, window, -np.inf).max(axis=1)
    return np.asarray(np.where(known.any(axis=1), best, np.nan))


def travel_over(points: FloatArray, *, samples: int, least: float = 0.5) -> FloatArray:
    """Extent of each window: the diagonal of the box that the points stay in.

    Parameters
    ----------
    points : ndarray, shape (n, ..., 2)
        Positions.
    samples : int
        Length of the window.
    least : float
        Share of the window that must be known, else NaN.

    Returns
    -------
    ndarray, shape (n, ...)
        Same unit as ``points``.
    """
    window = windowed(points, samples=samples)
    known = np.asarray(np.isfinite(window).all(axis=-1))
    high = np.where(known[..., None], window, -np.inf).max(axis=1)
    low = np.where(known[..., None], window, np.inf).min(axis=1)
    with np.errstate(invalid="ignore"):
        extent = np.hypot(*np.moveaxis(high - low, -1, 0))
    return np.asarray(np.where(known.mean(axis=1) >= least, extent, np.nan))


def without_spikes(points: FloatArray, *, samples: int = 5) -> FloatArray:
    """Take the running median of each coordinate: points that are wrong for a frame or two vanish.

    NaN where less than half of the window is known.
    """
    window = np.sort(windowed(points, samples=samples), axis=1)  # NaN sort to the end
    known = np.isfinite(window).sum(axis=1)
    middle = np.clip((known - 1) // 2, 0, None)
    low = np.take_along_axis(window, middle[:, None], axis=1)[:, 0]
    high = np.take_along_axis(window, np.clip(known // 2, 0, None)[:, None], axis=1)[:, 0]
    return np.asarray(np.where(known * 2 > window.shape[1], (low + high) / 2, np.nan))


def main_motion(points: FloatArray, *, samples: int) -> FloatArray:
    """In each window, the motion along the axis of greatest spread, a straight drift taken out.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Positions.
    samples : int
        Length of the window.

    Returns
    -------
    ndarray, shape (n, samples)
        Displacement from the mean, NaN where unknown; its sign is arbitrary.
    """
    level = level_motion(points, samples=samples)
    known = np.asarray(np.isfinite(level).all(axis=-1))
    flat = np.where(known[..., None], level, 0.0)
    spread = np.einsum("nwi,nwj->nij", flat, flat)
    axis = np.linalg.eigh(spread)[1][..., -1]
    return np.asarray(np.where(known, np.einsum("nwi,ni->nw", flat, axis), np.nan))


def level_motion(points: FloatArray, *, samples: int) -> FloatArray:
    """In each window, the displacement from the mean and from a straight drift.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Positions.
    samples : int
        Length of the window.

    Returns
    -------
    ndarray, shape (n, samples, 2)
        NaN where unknown.
    """
    window = windowed(points, samples=samples)
    known = np.asarray(np.isfinite(window).all(axis=-1))[..., None]
    weight = known.astype(np.float64)
    count = np.maximum(weight.sum(axis=1, keepdims=True), 1.0)
    flat = np.where(known, window, 0.0)
    clock = np.linspace(-1.0, 1.0, window.shape[1])[None, :, None]
    clock = (clock - (clock * weight).sum(axis=1, keepdims=True) / count) * weight
    centred = (flat - flat.sum(axis=1, keepdims=True) / count) * weight
    slope_of = (clock**2).sum(axis=1, keepdims=True)
    slope = (clock * centred).sum(axis=1, keepdims=True) / np.where(slope_of > 0, slope_of, 1.0)
    return np.asarray(np.where(known, centred - slope * clock, np.nan))


def part_in_step(points: FloatArray, beat: FloatArray) -> FloatArray:
    """Give how far the points go with a beat in each window, and which way.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Positions.
    beat : ndarray, shape (n, samples)
        A motion as from `main_motion`.

    Returns
    -------
    ndarray, shape (n, 2)
        From the lowest to the highest beat, in the unit of ``points``: noise and what keeps
        another time average out.
    """
    level = level_motion(points, samples=beat.shape[1])
    known = np.isfinite(level).all(axis=-1) & np.isfinite(beat)
    time = np.where(known, beat, 0.0)
    power = (time**2).sum(axis=1)[:, None]
    with_beat = np.einsum("nwi,nw->ni", np.where(known[..., None], level, 0.0), time)
    height = (time.max(axis=1) - time.min(axis=1))[:, None]
    share = with_beat * height / np.where(power > 0, power, 1.0)
    return np.asarray(np.where(power > 0, share, np.nan))


def likeness(first: FloatArray, second: FloatArray, *, least: float = 0.6) -> FloatArray:
    """Absolute correlation of two motions, window by window.

    Parameters
    ----------
    first, second : ndarray, shape (n, samples)
        As from `main_motion`.
    least : float
        Share of the window in which both must be known, else NaN.

    Returns
    -------
    ndarray, shape (n,)
        0 to 1.
    """
    known = np.isfinite(first) & np.isfinite(second)
    a, b = np.where(known, first, 0.0), np.where(known, second, 0.0)
    size = np.maximum(known.sum(axis=1, keepdims=True), 1)
    a = np.where(known, a - a.sum(axis=1, keepdims=True) / size, 0.0)
    b = np.where(known, b - b.sum(axis=1, keepdims=True) / size, 0.0)
    power = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    same = np.abs((a * b).sum(axis=1)) / np.where(power > 0, power, 1.0)
    return np.asarray(np.where(known.mean(axis=1) >= least, same, np.nan))


def agreement(first: FloatArray, second: FloatArray, *, samples: int) -> FloatArray:
    """Correlate two places' motion in each window, with its direction.

    Parameters
    ----------
    first, second : ndarray, shape (n, 2)
        Positions.
    samples : int
        Length of the window.

    Returns
    -------
    ndarray, shape (n,)
        1 where both move alike, -1 where they move against each other; NaN where less than half
        of the window is known or one of them rests.
    """
    window = np.stack([windowed(first, samples=samples), windowed(second, samples=samples)])
    known = np.isfinite(window).all(axis=(0, -1))[None, ..., None]
    count = np.maximum(known.sum(axis=2, keepdims=True), 1)
    flat = np.where(known, window, 0.0)
    a, b = np.where(known, flat - flat.sum(axis=2, keepdims=True) / count, 0.0)
    power = np.sqrt((a**2).sum(axis=(1, 2)) * (b**2).sum(axis=(1, 2)))
    enough = (known[0, ..., 0].mean(axis=1) >= 0.5) & (power > 0)
    together = (a * b).sum(axis=(1, 2)) / np.where(power > 0, power, 1.0)
    return np.asarray(np.where(enough, together, np.nan))


def runs(series: FloatArray, *, onset: float, offset: float, min_samples: int) -> BoolArray:
    """Say where a score speaks: from ``onset`` up until below ``offset``, short runs ignored.

    Pauses shorter than ``min_samples`` are closed first, then runs shorter than that dropped.
    NaN speaks not.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    values = np.nan_to_num(series, nan=0.0)
    speaks = np.zeros(len(values), dtype=bool)
    for start, end in _edges(values >= offset):
        if (values[start:end] >= onset).any():
            speaks[start + int(np.argmax(values[start:end] >= onset)) : end] = True
    for start, end in _edges(~speaks):
        if start > 0 and end < len(speaks) and end - start < min_samples:
            speaks[start:end] = True
    for start, end in _edges(speaks):
        if end - start < min_samples:
            speaks[start:end] = False
    return speaks


def _edges(flags: BoolArray) -> list[tuple[int, int]]:
    """Give ``[start, end)`` of each run of True."""
    change = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(change[::2], change[1::2], strict=True)]
