"""The learned judge: features of a step come in, how likely somebody or something held goes out.

An additive model: a weight for each feature, none below 0, so that more evidence of holding never
makes a step freer. The weights were fitted by `python -m benchmarks.support.fit` on rendered
scenes; `judge.json` beside this file holds them with what they were fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from gaitcheck.gait.features import NAMES, OF_HANDS, StepFeatures
from gaitcheck.gait.never_free import arms_as_free, not_known_free

FloatArray = npt.NDArray[np.floating[Any]]

NEIGHBOURS: Final = 4
"""So many steps before and after of the same walk are heard too: two strides each way (of scenes
left out one stride finds as many free, and calls half as many again of the held ones free)."""

MOST_GAIN: Final = 1.5
"""Free neighbours make a step freer by at most so much, in logits (arbitrary: odds of 4.5)."""

OF_ONE_STEP: Final = ("at_hold",)
"""Rules of `never_free` that look at one step only, and say nothing of those beside it."""

FREER: Final = 3.0
"""Where both arms are carried as free ones (`arms_as_free`), a step may be free though it is
likelier held by this than `most_held`."""

COARSE_HELD: Final = 0.02
"""`most_held` of pictures in which what is thin is gone (281 scenes coded again at a rate factor of
38: 0.4 % of held steps are called free, with the limit of well coded ones 3.8 %)."""


@dataclass(frozen=True)
class HeldJudge:
    """Weights of the features.

    Parameters
    ----------
    intercept : float
        Logit of being held where no feature speaks.
    weights : mapping of str to float
        Of each feature in `NAMES`; a feature left out weighs nothing.
    most_held : float
        A step less likely held than this is free, 0 to 1.
    """

    intercept: float
    weights: Mapping[str, float]
    most_held: float

    def logit(self, features: StepFeatures) -> float:
        """Logit of the step being held."""
        return self.intercept + float(features.values @ self._row)

    def loudest(self, features: StepFeatures) -> tuple[str, int | None]:
        """Name the feature that speaks most for holding, and its hand (0 left, 1 right)."""
        parts = features.values * self._row
        best = int(np.argmax(parts))
        if best >= 2 * len(OF_HANDS):
            return NAMES[best], None
        name = OF_HANDS[best % len(OF_HANDS)]
        of_hand = features.hands[:, OF_HANDS.index(name)]
        worse = int(np.argmax(of_hand))
        return name, worse if best < len(OF_HANDS) else 1 - worse

    def seems_free(self, features: StepFeatures, held: float) -> bool:
        """Whether a step that is so likely held, 0 to 1, seems free."""
        return held < self.most_held * (FREER if arms_as_free(features) else 1.0)

    def careful(self, coarseness: float) -> HeldJudge:
        """Give a judge as much more careful as the pictures leave out, 0 to 1 (`coarse`)."""
        limit = self.most_held ** (1.0 - coarseness) * COARSE_HELD**coarseness
        return replace(self, most_held=min(self.most_held, limit))

    @property
    def _row(self) -> FloatArray:
        return np.array([self.weights.get(name, 0.0) for name in NAMES])


@cache
def learned_judge() -> HeldJudge:
    """Read the judge that comes with the package."""
    text = files("gaitcheck.gait").joinpath("judge.json").read_text(encoding="utf-8")
    told = json.loads(text)
    return HeldJudge(told["intercept"], told["weights"], told["most_held"])


def probability(logit: float) -> float:
    """Turn a logit into a probability."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))))


def arms_steadied(walk: Sequence[StepFeatures | None]) -> list[StepFeatures | None]:
    """Take how each arm is carried as the mean over the step and those right beside it.

    An arm is carried so for longer than a step, and what the trees make of one step is noisy.

    Parameters
    ----------
    walk : sequence of StepFeatures or None
        Of the steps of one part of a walk in order; None where nothing was looked at.

    Returns
    -------
    list of StepFeatures or None
        The same, ``at_hold`` steadied.
    """
    out: list[StepFeatures | None] = []
    for i, one in enumerate(walk):
        if one is None:
            out.append(None)
            continue
        near = [beside for beside in walk[max(0, i - 1) : i + 2] if beside is not None]
        hands = one.hands.copy()
        hands[:, OF_HANDS.index("at_hold")] = np.mean(
            [beside.of("at_hold") for beside in near], axis=0
        )
        out.append(replace(one, hands=hands))
    return out


def walk_logits(judge: HeldJudge, walk: Sequence[StepFeatures | None]) -> list[float | None]:
    """Weigh the steps of one walk, each with its neighbours.

    A step that is never free (`never_free`), however free it seems, is at least even odds for its
    neighbours that may be: whose hand may be at something then is hardly free a step before.

    Parameters
    ----------
    judge : HeldJudge
        The weights.
    walk : sequence of StepFeatures or None
        Of the steps in order; None where rules have decided.

    Returns
    -------
    list of float or None
        As from `steady_logits`.
    """
    own = [None if features is None else judge.logit(features) for features in walk]
    never = [features is not None and _never_free(features) for features in walk]
    heard = [max(z, 0.0) if n and z is not None else z for z, n in zip(own, never, strict=True)]
    return [
        by_itself if n else among_others
        for by_itself, among_others, n in zip(
            steady_logits(own, own), steady_logits(own, heard), never, strict=True
        )
    ]


def _never_free(features: StepFeatures) -> bool:
    """Whether a rule forbids the step to be free whose word counts for the neighbours too."""
    still = not_known_free(features)
    return still is not None and still[0] not in OF_ONE_STEP


def steady_logits(own: Sequence[float | None], heard: Sequence[float | None]) -> list[float | None]:
    """Let each step of one walk hear its neighbours.

    Parameters
    ----------
    own : sequence of float or None
        Logits of the steps of one walk in order; None where rules have decided.
    heard : sequence of float or None
        What their neighbours hear of them; None counts as even odds: such a neighbour would be no
        evidence at all.

    Returns
    -------
    list of float or None
        The mean over what is heard of `NEIGHBOURS` steps either way and of the step itself, but
        freer than the step's own by at most `MOST_GAIN`.
    """
    odds = [0.0 if z is None else z for z in heard]
    out: list[float | None] = []
    for i, logit in enumerate(own):
        if logit is None:
            out.append(None)
            continue
        around = odds[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1]
        out.append(max(float(np.mean(around)), logit - MOST_GAIN))
    return out
