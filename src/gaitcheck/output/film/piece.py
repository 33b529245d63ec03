"""Which part of the source a film shows, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf


@dataclass(frozen=True)
class Piece:
    """A stretch of the source and its place in a film.

    Parameters
    ----------
    start_s, end_s : float
        Of the source, s: [start_s, end_s).
    at_s : float
        Where it begins in the film, s.
    speed : float
        1 as filmed, 0.5 half as quick.
    """

    start_s: float = 0.0
    end_s: float = inf
    at_s: float = 0.0
    speed: float = 1.0

    def film_s(self, time_s: float) -> float:
        """Give the time in the film of a time of the source, s."""
        return self.at_s + (time_s - self.start_s) / self.speed


WHOLE = (Piece(),)
"""The source as it is."""


def begun_at(pieces: Sequence[Piece], time_s: float) -> tuple[Piece, ...]:
    """Let a film begin with the picture of this time, as players expect: its first one is at 0.

    Pieces that were over by then are left out.
    """
    left = [piece for piece in pieces if piece.end_s > time_s]
    first = replace(left[0], start_s=max(left[0].start_s, time_s))
    late_s = left[0].film_s(first.start_s)
    rest = [replace(piece, at_s=piece.at_s - late_s) for piece in left[1:]]
    return (replace(first, at_s=0.0), *rest)


def joined(spans_s: list[tuple[float, float]], *, speed: float = 1.0) -> tuple[Piece, ...]:
    """Give one film of several stretches, in order; those that overlap are shown once."""
    merged: list[tuple[float, float]] = []
    for start_s, end_s in sorted(spans_s):
        if merged and start_s <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end_s, merged[-1][1]))
        else:
            merged.append((start_s, end_s))
    pieces: list[Piece] = []
    at_s = 0.0
    for start_s, end_s in merged:
        pieces.append(Piece(start_s, end_s, at_s, speed))
        at_s += (end_s - start_s) / speed
    return tuple(pieces)
