"""`python -m benchmarks.support.fit_arms CLIPS ...`: teaches how arms are carried at fixed things.

    python -m benchmarks.support.fit_arms CLIPS ... --save

CLIPS are folders of drawn scenes. Each walker's arms are shown every `EVERY_S` while they walk
free, or with a hand at something fixed; arms of those whom a person holds, or who push something,
are not. What is printed is counted on arms of folders and of kinds of scenes that the trees were
not taught by. Written is `src/gaitcheck/gait/arms.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

import gaitcheck.gait
from benchmarks.accuracy.tracks import followed
from gaitcheck.analysis import people_of
from gaitcheck.gait.cues.at_hold import INPUTS, WEIGHTS, arm_inputs
from gaitcheck.gait.cues.body import body_series
from gaitcheck.gait.steps import find_steps
from gaitcheck.gait.trees import Tree, TreeSum
from gaitcheck.pose.store import find_model
from gaitcheck.scoring.matching import match_people
from gaitcheck.scoring.truth import Span, TrueClip, TruePerson, read_folder

TARGET = Path(str(gaitcheck.gait.__file__)).with_name(WEIGHTS)
EVERY_S = 0.2
STEADY_S = 0.25
"""So long before and after, what holds must be the same: half a window, nearly."""
TREES, LEAVES, RATE, LEAST = 60, 8, 0.15, 30
"""Trees, leaves of each, how far each is believed, and least arms in a leaf: 40 and 100 trees, and
forests of 150 deep ones, are alike on kinds of scenes left out."""
DIGITS = 4
FOLDS = 5
SHAKEN, BY, BY_PART = 3, 0.07, 0.2
"""Each arm is shown so often, with its places, trunk lengths, and its motion, in parts, off by such
a spread: arms of rendered people who walk free are more alike than those of real ones, and some
hundredths of a trunk between them are no evidence."""
HAND = re.compile(r"\((left|right|both) hands? of walker ")


@dataclass(frozen=True, eq=False)
class Lesson:
    """Arms of one clip: what the trees may ask for, and whether the hand is at something fixed."""

    clip: str
    kind: str
    folder: str
    numbers: np.ndarray
    holds: np.ndarray


def hands_of(span: Span) -> np.ndarray:
    """Which of the walker's hands (left, right) hold, by the labels' causes."""
    found = {m[1] for cause in span.cause if (m := HAND.search(cause))}
    return np.array([bool(found & {side, "both"}) for side in ("left", "right")])


def steady_at(person: TruePerson, time_s: float) -> Span | None:
    """What holds the person all around a time of walking, None where it changes."""
    around = [time_s - STEADY_S, time_s, time_s + STEADY_S]
    spans = {next((s for s in person.supports if t in s), None) for t in around}
    walks = person.posture_at(time_s) == "walking" and person.scorable(time_s)
    return spans.pop() if len(spans) == 1 and walks else None


def lesson_of(clip: TrueClip, model: Path) -> Lesson | None:
    """Gather the arms of a clip's walker."""
    tracks = followed(clip.path, model)
    boxes = {p.id: np.array(p.boxes, dtype=float).reshape(-1, 5) for p in people_of(tracks)}
    owner = match_people(boxes, clip.people)
    numbers, holds = [], []
    for track in tracks:
        index = owner.get(track.person)
        if index is None or clip.people[index].name != "walker":
            continue
        body = body_series(find_steps(track).repaired)
        inputs = arm_inputs(body)
        for row in range(0, len(body.time_s), round(EVERY_S * 25)):
            span = steady_at(clip.people[index], float(body.time_s[row]))
            if span is None or span.what not in ("none", "object_fixed"):
                continue
            hands = hands_of(span)
            if np.isfinite(inputs[row]).all() and (span.what == "none" or hands.any()):
                numbers += list(inputs[row])
                holds += hands.tolist()
    if not numbers:
        return None
    kind = clip.name.split("-")[0]
    return Lesson(clip.name, kind, str(clip.path.parent), np.array(numbers), np.array(holds))


def fit(lessons: Sequence[Lesson]) -> TreeSum:
    """Teach the trees; arms of one clip that are alike count together as the root of their number.

    The mean arm that holds counts as much as the mean one that does not.
    """
    x = np.concatenate([one.numbers for one in lessons])
    y = np.concatenate([one.holds for one in lessons])
    weight = np.concatenate(
        [np.where(one.holds, _root(one.holds), _root(~one.holds)) for one in lessons]
    )
    x, y, weight = shaken(x), np.tile(y, SHAKEN), np.tile(weight / weight.mean(), SHAKEN)
    made = GradientBoostingClassifier(
        n_estimators=TREES, learning_rate=RATE, max_depth=None, max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST, subsample=0.5, random_state=0,
    ).fit(x, y, sample_weight=weight)  # fmt: skip
    share = float((weight * y).sum() / weight.sum())
    return TreeSum(float(np.log(share / (1 - share))), tuple(map(_tree, made.estimators_[:, 0])))


def shaken(numbers: np.ndarray) -> np.ndarray:
    """Give every arm `SHAKEN` times, each a little off, shape (n * SHAKEN, n_numbers)."""
    dice = np.random.default_rng(0)
    moves = np.array(["moves" in name for name in INPUTS])
    out = np.tile(numbers, (SHAKEN, 1))
    off = dice.normal(size=out.shape)
    return np.where(moves, out * np.exp(BY_PART * off), out + BY * off)


def _root(chosen: np.ndarray) -> float:
    return float(max(chosen.sum(), 1) ** -0.5)


def _tree(made: object) -> Tree:
    nodes = made.tree_
    leaf = nodes.children_left < 0
    own = np.arange(nodes.node_count)
    return Tree(
        asks=np.where(leaf, -1, nodes.feature),
        limit=np.where(leaf, 0.0, nodes.threshold),
        low=np.where(leaf, own, nodes.children_left),
        high=np.where(leaf, own, nodes.children_right),
        value=np.where(leaf, RATE * nodes.value[:, 0, 0], 0.0),
    )


def apart(lessons: Sequence[Lesson], groups: Sequence[str]) -> np.ndarray:
    """Log odds of every arm by trees taught without its group."""
    odds: list[np.ndarray] = [np.zeros(0)] * len(lessons)
    folds = GroupKFold(min(FOLDS, len(set(groups))))
    for taught, left_out in folds.split(lessons, groups=groups):
        trees = fit([lessons[i] for i in taught])
        for i in left_out:
            odds[i] = trees(lessons[i].numbers)
    return np.concatenate(odds)


def write(trees: TreeSum, lessons: Sequence[Lesson], path: Path = TARGET) -> None:
    """Write trees as readable data."""
    rows = [
        {
            "asks": tree.asks.tolist(),
            "limit": np.round(tree.limit, DIGITS).tolist(),
            "low": tree.low.tolist(),
            "high": tree.high.tolist(),
            "value": np.round(tree.value, DIGITS).tolist(),
        }
        for tree in trees.trees
    ]
    head = {
        "about": "Log odds that a hand is at something fixed; see gaitcheck.gait.cues.at_hold.",
        "made_by": "python -m benchmarks.support.fit_arms",
        "clips": len(lessons),
        "arms": int(sum(len(one.holds) for one in lessons)),
        "inputs": INPUTS,
        "start": round(trees.start, DIGITS),
    }
    text = json.dumps(head, indent=1)[:-2] + ',\n "trees": [\n'
    text += ",\n".join("  " + json.dumps(row, separators=(",", ":")) for row in rows)
    path.write_text(text + "\n ]\n}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.support.fit_arms")
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--save", action="store_true", help=f"Write {TARGET.name}.")
    parser.add_argument("--workers", type=int, default=2, help="Processes [2].")
    options = parser.parse_args()
    clips = [clip for folder in options.folders for clip in read_folder(folder)]
    clips = [clip for clip in clips if clip.split != "report"]
    with ProcessPoolExecutor(options.workers) as pool:
        found = pool.map(partial(lesson_of, model=find_model().path), clips)
        lessons = [one for one in found if one is not None]
    holds = np.concatenate([one.holds for one in lessons])
    print(f"{len(lessons)} clips, {len(holds)} arms, {holds.sum()} at something fixed")
    for title, groups in (
        ("folders apart", [one.folder for one in lessons]),
        ("kinds apart", [one.kind for one in lessons]),
    ):
        if len(set(groups)) > 1:
            area = roc_auc_score(holds, apart(lessons, groups))
            print(f"{title}: area under the curve {area:.3f}")
    if options.save:
        write(fit(lessons), lessons)


if __name__ == "__main__":
    main()
