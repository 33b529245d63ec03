"""Who is hidden in the pictures that are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gaitcheck.errors import SettingsError
from gaitcheck.output.blur.cover import Layer, PeopleCover, WholeCover
from gaitcheck.output.blur.heads import (
    body_regions,
    face_regions,
    head_regions,
    usual_regions,
)
from gaitcheck.output.blur.path import RegionPath
from gaitcheck.output.blur.room import Room

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis
    from gaitcheck.people.track import FloatArray, Track

_KINDS: Final = ("faces", "heads", "all")
_PEOPLE: Final = re.compile(r"people:(\d+(?:,\d+)*)")

_HEAD_GRAINS: Final = 2.0
"""Mean values across what is hidden of a head: one across the head itself. People who know each
other recognise faces of 16 values across (Harmon 1973), hardly any of 8."""
_BODY_GRAINS: Final = 5.0
"""Across a body's shorter axis, which is four heads or more."""

_REMARK: Final = (
    "Hidden are the people that were followed, from 2 s before they were found to 2 s after they "
    "were lost. Whoever was not followed at all is not hidden: look through every picture before "
    "you show it, or hide the whole picture with --blur all."
)
_NUMBERS: Final = (
    "People are hidden by the numbers of this answer. In a video of a minute or more somebody may "
    "have several, and is not hidden where nothing moves: give --exhaustive when you look the "
    "numbers up and when you hide them."
)


@dataclass(frozen=True)
class Blur:
    """Who is hidden: faces or heads of everybody, the whole picture, or some people.

    Parameters
    ----------
    kinds : frozenset of str
        Of 'faces', 'heads' and 'all'.
    people : frozenset of int
        Numbers of those who are hidden from head to foot.
    """

    kinds: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds or self.people)

    @property
    def everybody(self) -> bool:
        """Whether everybody must be followed through all of the video: `analyze(exhaustive=True)`.

        Not for people by number: another way of following would number them otherwise.
        """
        return bool(self.kinds & {"faces", "heads"})


def parse_blur(words: Sequence[str]) -> Blur:
    """Read what a user asked for: ``faces``, ``heads``, ``all``, ``people:3,4``.

    Raises
    ------
    SettingsError
        If it is none of them.
    """
    kinds: set[str] = set()
    people: set[int] = set()
    for word in words:
        named = _PEOPLE.fullmatch(word)
        if named:
            people |= {int(number) for number in named[1].split(",")}
        elif word in _KINDS:
            kinds.add(word)
        else:
            raise SettingsError(
                f"{word!r} is nothing that can be blurred: give faces, heads, all (the whole "
                "picture), or people:3,4 with the numbers of people"
            )
    return Blur(frozenset(kinds), frozenset(people))


NO_BLUR: Final = Blur()


def remarks_of(blur: Blur) -> tuple[str, ...]:
    """Give what a user must know before they trust it, a sentence or two each."""
    if not blur or "all" in blur.kinds:
        return ()
    return (_REMARK, _NUMBERS) if blur.people else (_REMARK,)


def cover_of(analysis: Analysis, blur: Blur) -> PeopleCover | WholeCover:
    """Give what hides these people in the pictures of the video.

    Raises
    ------
    SettingsError
        If somebody is named who is not there, or the analysis has no tracks, as one that was loaded
        from JSON.
    """
    check_blur(analysis, blur)
    tracks = [track for track in analysis.tracks if track.seen.any()]
    if "all" in blur.kinds:
        radii = [head_regions(track)[track.seen, 2].max() for track in tracks]
        return WholeCover(float(max(radii, default=0.0)))
    room = Room(tracks)
    layers = []
    for track in tracks:
        for regions, wider, grains in _hidden_of(track, blur):
            for usual in (False, True):
                path = RegionPath(
                    track.time_s,
                    usual_regions(track, regions) if usual else regions,
                    track.to_room,
                    room,
                    wider=usual_regions(track, wider) if usual else wider,
                )
                layers.append(Layer(path, grains))
    return PeopleCover(layers)


def _hidden_of(track: Track, blur: Blur) -> list[tuple[FloatArray, FloatArray, float]]:
    """Give what is hidden of one person, also where no pose was found, and how coarsely."""
    hidden = []
    head = head_regions(track)
    if "heads" in blur.kinds or track.person in blur.people:
        # Of a body too: the head of somebody who crawls lies in the corner of the body's box.
        hidden.append((head, head, _HEAD_GRAINS))
    elif "faces" in blur.kinds:
        hidden.append((face_regions(track), head, _HEAD_GRAINS))
    if track.person in blur.people:
        body = body_regions(track)
        hidden.append((body, body, _BODY_GRAINS))
    return hidden


def check_blur(analysis: Analysis, blur: Blur) -> None:
    """Find out whether these people can be hidden.

    Raises
    ------
    SettingsError
        As `cover_of`.
    """
    known = {person.id for person in analysis.people}
    if unknown := sorted(blur.people - known):
        there = f"there are {', '.join(map(str, sorted(known)))}" if known else "nobody was found"
        raise SettingsError(
            f"no person {', '.join(map(str, unknown))} in this video: {there}. Their numbers stand "
            "in the report; run without --blur first, or blur heads"
        )
    untracked = known - {track.person for track in analysis.tracks}
    if blur and untracked and "all" not in blur.kinds:
        raise SettingsError(
            "a saved answer does not say where heads are: analyze the video anew to blur it, or "
            "blur all of the picture"
        )
