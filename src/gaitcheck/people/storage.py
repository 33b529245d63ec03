"""Tracks to a file and back: one npz with plain arrays, no pickle.

The file holds ``schema`` ("gaitcheck.tracks/1"), ``person`` (n,), ``picture_size`` (n, 2) and
``coding_qp`` (n,), NaN where not known, and for the k-th track, from 0, the arrays of `Track` under
their own names: ``0/time_s``, ``0/frame_index``, ``0/points_px``, ``0/visibility``, ``0/world_m``,
``0/boxes_px``, ``0/to_room``; where the track has them also ``0/things``, ``0/rails``, ``0/walls``,
``0/below``, ``0/sticks``, ``0/above``, ``0/beside``. Older files lack all but the first of these,
and ``coding_qp``.
"""

from __future__ import annotations

import contextlib
import secrets
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.errors import OutputError, TrackError
from gaitcheck.people.track import HAND_ARRAYS, Track

SCHEMA: Final = "gaitcheck.tracks/1"
_ARRAYS: Final = (
    "time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room",
)  # fmt: skip


def save_tracks(path: Path, tracks: Iterable[Track]) -> None:
    """Write tracks to one npz file, whole or not at all.

    Parameters
    ----------
    path : Path
        File to write; an older one is replaced.
    tracks : iterable of Track
        Any number of tracks, also none.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    tracks = tuple(tracks)
    arrays: dict[str, npt.NDArray[Any]] = {
        "schema": np.array(SCHEMA),
        "person": np.array([t.person for t in tracks], dtype=np.int64),
        "picture_size": np.array([t.picture_size for t in tracks], dtype=np.int64).reshape(-1, 2),
        "coding_qp": np.array([t.coding_qp for t in tracks], dtype=np.float64),
    }
    for k, track in enumerate(tracks):
        arrays.update({f"{k}/{name}": np.asarray(getattr(track, name)) for name in _ARRAYS})
        arrays.update({f"{k}/{name}": scores for name, scores in track.at_hands.items()})
    path = Path(path)
    # Opened by name, not by tempfile, so that the file gets the user's usual permissions.
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with unfinished.open("xb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)
        unfinished.replace(path)
    except OSError as error:
        raise OutputError(
            f"cannot write tracks to {path}: {error.strerror or error}. "
            "Choose a folder that exists and can be written."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def load_tracks(path: Path) -> tuple[Track, ...]:
    """Read what `save_tracks` wrote.

    Raises
    ------
    TrackError
        If the file is missing, is no track file, or holds arrays that do not fit together.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            if "schema" not in file or str(file["schema"]) != SCHEMA:
                raise TrackError(
                    f"{path} is no track file of this version ({SCHEMA}); write it anew "
                    "with save_tracks"
                )
            people, sizes = file["person"], file["picture_size"]
            coded = file.get("coding_qp", np.full(len(people), np.nan))
            return tuple(
                Track(
                    person=int(person),
                    picture_size=(int(size[0]), int(size[1])),
                    coding_qp=float(qp) if np.isfinite(qp) else None,
                    **{name: file[f"{k}/{name}"] for name in _ARRAYS},
                    **{name: file.get(f"{k}/{name}") for name in HAND_ARRAYS},
                )
                for k, (person, size, qp) in enumerate(zip(people, sizes, coded, strict=True))
            )
    except (OSError, KeyError, IndexError, EOFError, zipfile.BadZipFile, ValueError) as error:
        if isinstance(error, TrackError):
            raise
        raise TrackError(
            f"cannot read tracks from {path}: {error}. Write the file anew with save_tracks."
        ) from error
