"""The rules that say which swings are steps of a walk; each that is turned away names its rule."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.contacts import MIN_SWING_S, Swing
from gaitcheck.gait.events import Rejection, Side
from gaitcheck.gait.posture import cannot_step
from gaitcheck.gait.signals import WalkSignals, nearest
from gaitcheck.gait.travel import glides_along, steps_that_travel
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings

FloatArray = npt.NDArray[np.floating[Any]]

SIDES: Final[tuple[Side, Side]] = ("left", "right")

DOUBT: Final = "too doubtful to be counted"
UNSEEN_LANDING: Final = "landing not seen"
OUT_OF_PICTURE: Final = "foot out of the picture"
HIDDEN: Final = "foot hidden"
WITH_OTHER: Final = "the other foot moved too: jump or exchange of legs"
ON_THE_SPOT: Final = "on the spot: the body does not travel"
GLIDES: Final = "gliding: both feet go along and neither lands"

MAYBE_STEPS: Final = frozenset({DOUBT, UNSEEN_LANDING, OUT_OF_PICTURE, HIDDEN, WITH_OTHER})
"""Reasons that leave open whether it was a step: too little was seen of a foot that moved."""

BOTH_FEET: Final = 0.6
"""Two swings that share more of their time are one movement of both feet (running shares about a
fifth)."""

TIMING_S: Final = 0.05
"""Two contacts may be so much nearer than a step is long by errors of their times, s."""

NEW_PLACE_LEGS: Final = (0.05, 0.01)
"""A foot that landed nearer to its old place did not step, leg lengths, unless and if it clearly
landed (new walkers' steps are 12 cm, FIELD 6, or 0.35 leg lengths; the first and the last of a walk
half of that, and far away a low camera shows a third of it, or less)."""

LANDED_ODDS: Final = -0.5
"""Learned log odds from which on a foot clearly landed (nine of ten true landings)."""

OTHER_FOOT: Final = 0.7
"""A foot does not step while the other moves faster than this part of its speed (measured: under
0.4 in 95 of 100 steps; on both feet it is about 1), unless what it does looks like standing."""

ALONG_SIGHT: Final = 0.7
"""A body faces along the line of sight where this much of its facing points at the camera or away
(45 degrees)."""

BACKWARD_LEGS: Final = 0.5
"""So far, down or up the picture, must the feet have gone against the facing, leg lengths."""

LEAST_VISIBILITY: Final = 0.2
"""A foot less visible than this is guessed by the model, not seen (arbitrary)."""


def contact_of(swing: Swing) -> float:
    """Time of landing, s; NaN where unseen."""
    return swing.contact_s if swing.contact_s is not None else float("nan")


class Judge:
    """Puts swings through the rules one after the other and remembers whom it turned away."""

    def __init__(self, track: Track, signals: WalkSignals, settings: GaitSettings) -> None:
        self.signals, self.settings, self.person = signals, settings, track.person
        self.low = cannot_step(track)[nearest(signals.time_s, track.time_s)]
        self.rejected: list[Rejection] = []

    def _turn_away(self, swing: Swing, reason: str) -> None:
        time_s = self.signals.time_s
        self.rejected.append(
            Rejection(
                self.person,
                float(time_s[swing.start]),
                float(time_s[min(swing.end, len(time_s) - 1)]),
                reason,
            )
        )

    def steps_of_a_walk(self, swings: list[Swing]) -> list[tuple[Swing, Side | None]]:
        """Give the swings that are steps of a walk, sorted by contact, with their sides."""
        alone = []
        for swing in swings:
            reason = self._wrong_alone(swing)
            if reason is None:
                alone.append(swing)
            elif reason:
                self._turn_away(swing, reason)
        single = self._not_too_soon(self._not_both_feet(alone))
        walking = []
        for bout in self._bouts(single):
            walking += self._sided(self._carried_along(bout))
        return walking

    def _wrong_alone(self, swing: Swing) -> str | None:
        """Name the first rule that one swing breaks; empty for what needs no mention."""
        signals, span = self.signals, slice(swing.start, swing.end)
        last = min(swing.end, len(signals.time_s) - 1)
        duration = (swing.end - swing.start) * (signals.time_s[1] - signals.time_s[0])
        inside = signals.in_picture[:, swing.foot]
        low = [str(p) for p in self.low[span] if p]
        both = swing.other > OTHER_FOOT and swing.other_odds > 0
        least = NEW_PLACE_LEGS[int(swing.landing_odds >= LANDED_ODDS)]
        rules = (
            (swing.contact_s is None, UNSEEN_LANDING),
            (inside[span].mean() < 0.5 or not inside[last], OUT_OF_PICTURE),
            (signals.visibility[span, swing.foot].max() < LEAST_VISIBILITY, HIDDEN),
            (duration < MIN_SWING_S, ""),
            (duration > self.settings.max_step_time_s, "too long for one step"),
            (len(low) > 0.5 * (swing.end - swing.start), max(low, key=low.count, default="")),
            (both, WITH_OTHER),
            (swing.way_legs < least, "foot came back to its place"),
        )
        return next((reason for broken, reason in rules if broken), None)

    def _not_both_feet(self, swings: list[Swing]) -> list[Swing]:
        """Drop pairs that begin and end together, and the weaker of two of which one hides."""
        out: dict[int, str] = {}
        for i, one in enumerate(swings):
            for k in range(i + 1, len(swings)):
                other = swings[k]
                if other.start >= one.end:
                    break
                if other.foot == one.foot:
                    continue
                shared = min(one.end, other.end) - other.start
                shorter = min(one.end - one.start, other.end - other.start)
                if shared > BOTH_FEET * (max(one.end, other.end) - one.start):
                    out[i] = out[k] = "both feet at once: jump or exchange of legs"
                elif shared > BOTH_FEET * shorter:
                    weak = min((i, k), key=lambda j: swings[j].way_legs)
                    out.setdefault(weak, "moved along with the other foot")
        for i in sorted(out):
            self._turn_away(swings[i], out[i])
        return [s for i, s in enumerate(swings) if i not in out]

    def _not_too_soon(self, swings: list[Swing]) -> list[Swing]:
        """Of two landings of different feet nearer than a step can be, keep the longer step."""
        least_s = self.settings.min_step_time_s - TIMING_S
        kept: list[Swing] = []
        for swing in sorted(swings, key=contact_of):
            last = kept[-1] if kept else None
            if (
                last is None
                or last.foot == swing.foot
                or contact_of(swing) - contact_of(last) >= least_s
            ):
                kept.append(swing)
                continue
            weak = min(last, swing, key=lambda s: s.way_legs)
            self._turn_away(weak, "too soon after the other foot")
            if weak is last:
                kept[-1] = swing
        return kept

    def _bouts(self, swings: list[Swing]) -> list[list[Swing]]:
        ordered = sorted(swings, key=contact_of)
        bouts: list[list[Swing]] = []
        for swing in ordered:
            if (
                bouts
                and contact_of(swing) - contact_of(bouts[-1][-1]) <= self.settings.max_step_time_s
            ):
                bouts[-1].append(swing)
            else:
                bouts.append([swing])
        return bouts

    def _carried_along(self, bout: list[Swing]) -> list[Swing]:
        if len(bout) < 2:
            for swing in bout:
                self._turn_away(swing, "a single step is no walk")
            return []
        good = steps_that_travel(self.signals, bout)
        glides = glides_along(self.signals, bout)
        for k, swing in enumerate(bout):
            if glides:
                self._turn_away(swing, GLIDES)
            elif k not in good:
                self._turn_away(swing, ON_THE_SPOT)
        return [] if glides else [s for k, s in enumerate(bout) if k in good]

    def _sided(self, bout: list[Swing]) -> list[tuple[Swing, Side | None]]:
        """Give each step its side; None where the facing that the model believes is doubtful.

        Someone who seems to face the camera and goes away from it, or the reverse, either walks
        backward or was taken for their mirror image, left for right. The picture does not tell.
        """
        if not bout:
            return []
        toward = np.mean([self.signals.toward[s.start : s.end].mean() for s in bout])
        leg = np.mean([self.signals.leg_px[s.start : s.end].mean() for s in bout])
        down = sum(s.to_px[1] - s.from_px[1] for s in bout) / leg
        doubtful = abs(toward) > ALONG_SIGHT and -toward * down > BACKWARD_LEGS
        return [(s, None if doubtful else SIDES[s.foot]) for s in bout]
