"""What a user should know of how people were followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def remarks(
    *,
    cuts_s: Sequence[float],
    n_frames: int,
    n_unknown: int,
    n_dark: int,
    n_flat: int,
    n_flickering: int,
    n_refused: int,
    max_people: int,
) -> Iterator[str]:
    """Say in whole sentences what went on.

    Parameters
    ----------
    cuts_s : sequence of float
        Where other scenes begin, s.
    n_frames, n_unknown : int
        Frames looked at, and those of them in which the camera's motion could not be told.
    n_dark, n_flat, n_flickering : int
        Those that are dark, those with little contrast, and those in which the light flickers.
    n_refused : int
        How often somebody was found and left out.
    max_people : int
        So many are followed at once.
    """
    if cuts_s:
        times = ", ".join(f"{t:.2f}" for t in cuts_s[:10])
        yield f"The scene changes at {times} s: nobody is followed across such a cut."
    dark, flickering = n_dark > 0.1 * n_frames, n_flickering > 0.25 * n_frames
    if dark:
        yield (
            "Pictures are dark: people in them may not be found, and hands not be seen. "
            "Film with more light, or let the camera use its night vision."
        )
    if n_flat > 0.1 * n_frames:
        yield (
            "Pictures have little contrast: nobody looked there for a stick, a rail or a frame at "
            "the hands, so steps may be unknown. Film with more light, and clean the lens."
        )
    if flickering:
        yield (
            "The light flickers from picture to picture, so what stands still may seem to move and "
            "things at hands may not be seen. Set the camera to the mains (50 or 60 Hz), or film "
            "in daylight."
        )
    if n_unknown > 0.1 * n_frames:
        why = "the light is too poor" if dark or flickering else "the background shows too little"
        yield (
            f"The camera's motion could not be told in {100 * n_unknown / n_frames:.0f}% of the "
            f"frames: {why}. What stands still may seem to move there."
        )
    if n_refused:
        yield (
            f"More than {max_people} people were in the picture at once; the others were left out. "
            "Raise max_people to follow them."
        )
