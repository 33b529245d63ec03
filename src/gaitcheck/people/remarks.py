"""What a user should know of how people were followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def remarks(
    *, cuts_s: Sequence[float], n_frames: int, n_unknown: int, n_refused: int, max_people: int
) -> Iterator[str]:
    """Say in whole sentences what went on.

    Parameters
    ----------
    cuts_s : sequence of float
        Where other scenes begin, s.
    n_frames, n_unknown : int
        Frames looked at, and those of them in which the camera's motion could not be told.
    n_refused : int
        How often somebody was found and left out.
    max_people : int
        So many are followed at once.
    """
    if cuts_s:
        times = ", ".join(f"{t:.2f}" for t in cuts_s[:10])
        yield f"The scene changes at {times} s: nobody is followed across such a cut."
    if n_frames and n_unknown > 0.1 * n_frames:
        yield (
            f"The camera's motion could not be told in {100 * n_unknown / n_frames:.0f}% of the "
            "frames: the background shows too little. What stands still may seem to move there."
        )
    if n_refused:
        yield (
            f"More than {max_people} people were in the picture at once; the others were left out. "
            "Raise max_people to follow them."
        )
