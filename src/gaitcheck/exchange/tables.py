"""Tracks to and from long tables of pandas, which loads late.

A table holds what was seen: landmarks in px, visibility, times, numbers of frames and people. The
body in metres, what goes along with the hands, and the camera's motion stay behind; the npz file of
`save_tracks` holds everything.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from gaitcheck.errors import TrackError
from gaitcheck.exchange.keypoints import picture_size_of, track_from_points
from gaitcheck.optional import optional
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import N_LANDMARKS, NAMES

if TYPE_CHECKING:
    import pandas as pd

_log = logging.getLogger(__name__)

COLUMNS: Final = ("person", "time_s", "frame", "keypoint", "x_px", "y_px", "visibility")
"""Columns of the table of tracks, one row for each person, frame and keypoint."""


def tracks_to_pandas(tracks: Iterable[Track]) -> pd.DataFrame:
    """Give tracks as a long table with the columns `COLUMNS`, 33 rows a frame and person.

    ``attrs["picture_size"]`` holds width and height; a file such as CSV does not keep it.

    Raises
    ------
    MissingPackageError
        Without pandas.
    """
    pandas = optional("pandas", extra="tables")
    tracks = tuple(tracks)
    if any(not np.allclose(track.to_room, np.eye(3)) for track in tracks):
        _log.warning("the table of tracks does not hold the camera's motion; save_tracks does")
    parts = [
        pandas.DataFrame(
            {
                "person": track.person,
                "time_s": np.repeat(track.time_s, N_LANDMARKS),
                "frame": np.repeat(track.frame_index, N_LANDMARKS),
                "keypoint": NAMES * len(track),
                "x_px": track.points_px[..., 0].ravel(),
                "y_px": track.points_px[..., 1].ravel(),
                "visibility": track.visibility.ravel(),
            }
        )
        for track in tracks
    ]
    table: pd.DataFrame = (
        pandas.concat(parts, ignore_index=True)
        if parts
        else pandas.DataFrame(columns=list(COLUMNS))
    )
    if tracks:
        table.attrs["picture_size"] = tracks[0].picture_size
    return table


def tracks_from_pandas(
    table: pd.DataFrame,
    *,
    picture_size: tuple[int, int] | None = None,
    renamed: Mapping[str, str | None] | None = None,
) -> tuple[Track, ...]:
    """Make tracks of a long table.

    Its columns are ``person, time_s, keypoint, x_px, y_px`` and, if there are any, ``frame`` and
    ``visibility``.

    Parameters
    ----------
    table : DataFrame
        One row for each person, frame and keypoint, in any order. A keypoint without a row is
        unseen in that frame.
    picture_size : tuple of int, optional
        Width and height, px; by default the table's ``attrs["picture_size"]``.
    renamed : mapping of str to str or None, optional
        As for `track_from_points`, which says what becomes of what is missing.

    Raises
    ------
    TrackError
        If a column is missing, a keypoint unknown, or told twice in one frame.
    MissingPackageError
        Without pandas.
    """
    optional("pandas", extra="tables")
    missing = {"person", "time_s", "keypoint", "x_px", "y_px"} - set(table.columns)
    if missing:
        raise TrackError(
            f"the table of tracks lacks {', '.join(sorted(missing))}: it needs the columns "
            "person, time_s, keypoint, x_px, y_px"
        )
    size = picture_size_of(picture_size, table.attrs.get("picture_size"))
    return tuple(
        _of_rows(int(str(person)), rows, size=size, renamed=renamed)
        for person, rows in table.groupby("person", sort=True)
    )


def _of_rows(
    person: int,
    rows: pd.DataFrame,
    *,
    size: tuple[int, int],
    renamed: Mapping[str, str | None] | None,
) -> Track:
    if rows.duplicated(["time_s", "keypoint"]).any():
        raise TrackError(
            f"the table of tracks tells a keypoint of person {person} twice at one time_s: give "
            "each person a number of their own"
        )
    names = sorted(map(str, rows["keypoint"].unique()))
    wide = rows.pivot(index="time_s", columns="keypoint").reindex(columns=names, level="keypoint")
    points = np.stack([wide["x_px"][names].to_numpy(), wide["y_px"][names].to_numpy()], axis=2)
    return track_from_points(
        points,
        names=names,
        time_s=wide.index.to_numpy(),
        picture_size=size,
        visibility=wide["visibility"][names].to_numpy() if "visibility" in rows else None,
        frame_index=wide["frame"].max(axis=1).to_numpy() if "frame" in rows else None,
        renamed=renamed,
        person=person,
    )
