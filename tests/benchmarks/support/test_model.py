"""Fitting the judge of support: on made-up evidence, whose right answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.support import check, model
from benchmarks.support.evidence import ClipEvidence, TrueStep
from gaitcheck.gait.context import StepSupport
from gaitcheck.gait.events import Step
from gaitcheck.gait.features import NAMES, OF_BODY, OF_HANDS, StepFeatures


def clip(number: int, *, held: bool, noise: np.random.Generator) -> ClipEvidence:
    """Eight steps; something at the hand in held ones, something meaningless in all."""
    steps, details, true = [], [], []
    for k in range(8):
        hands = np.zeros((2, len(OF_HANDS)))
        hands[0, OF_HANDS.index("thing")] = noise.uniform(0.7, 1.0) if held else 0.0
        hands[:, OF_HANDS.index("fixed")] = noise.uniform(0.0, 0.3, 2)
        features = StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)
        steps.append(Step(1, "left", None, 1.0 + 0.5 * k))
        details.append(StepSupport("unknown", 0.0, features=features))
        support = "object_moving" if held else "none"
        true.append(TrueStep(support, "she", 1.0 + 0.5 * k, 0, k))
    walkers = ((tuple(steps), tuple(details)),)
    return ClipEvidence(f"clip{number}", f"kind{number % 5}", "tune", walkers, tuple(true))


def clips() -> list[ClipEvidence]:
    noise = np.random.default_rng(1)
    return [clip(i, held=i % 2 == 0, noise=noise) for i in range(20)]


def test_what_tells_weighs_and_nothing_weighs_less_than_it_must():
    judge = model.fit(model.table_of(clips()))
    assert judge.weights["thing_worse"] >= model.LEAST["thing_worse"]
    assert all(judge.weights[name] >= least for name, least in model.LEAST.items())
    assert judge.weights.get("fixed_worse", 0.0) < 0.5


def test_what_a_rule_asks_for_alone_is_not_weighed():
    telling = []
    for i, one in enumerate(clips()):
        before = OF_HANDS.index("before_unfree")
        for detail in one.walkers[0][1]:
            assert detail.features is not None
            detail.features.hands[:, before] = float(i % 2 == 0)
        telling.append(one)
    judge = model.fit(model.table_of(telling))
    assert not {name for name in judge.weights if name.startswith(model.BY_RULE)}


def test_a_feature_left_out_has_no_weight():
    judge = model.fit(model.table_of(clips()), without=("thing",))
    assert not [name for name in judge.weights if name.startswith("thing")]
    assert set(judge.weights) <= set(NAMES)


def test_scenes_apart_are_judged_by_others_and_counted():
    many = clips()
    folds = check.folds_by(many, lambda c: c.name)
    assert len(set(folds.tolist())) == check.FOLDS
    counts = check.count(many, check.judges_apart(many, folds), most_held=0.2)["tune"]
    assert (counts["held"], counts["held_none"], counts["free"]) == (80, 0, 80)
    assert counts["free_none"] == 80


def test_kinds_stay_together_in_one_fold():
    folds = check.folds_by(clips(), lambda c: c.kind)
    assert all(len(set(folds[k::5].tolist())) == 1 for k in range(5))


def test_a_false_free_step_is_counted_with_its_clip():
    blind = replace(clips()[0], name="blind")
    judge = model.HeldJudge(-9.0, {}, 0.1)
    counts = check.count([blind], [judge])["tune"]
    assert counts["held_none"] == counts["wrong in blind"] == 8
    assert "100.0%" in check.line(counts)


def test_calibration_makes_stated_shares_true_and_keeps_who_is_free():
    rng = np.random.default_rng(0)
    p = rng.uniform(0, 1, 4000)
    held = (rng.uniform(0, 1, 4000) < p).astype(float)
    too_sure = 3 * np.log(p / (1 - p)) + 1
    judge = model.HeldJudge(1.0, {"thing_worse": 3.0}, 0.05)
    honest = model.calibrated(judge, too_sure, held)
    assert abs(honest.weights["thing_worse"] - 1.0) < 0.15
    stretched = honest.weights["thing_worse"] / 3
    logit = np.log(honest.most_held / (1 - honest.most_held))
    shift = honest.intercept - stretched * judge.intercept
    assert abs(logit - (stretched * np.log(0.05 / 0.95) + shift)) < 1e-6


def test_rows_of_calibration_say_what_was_true():
    rows = check.calibration(np.array([-5.0, -5.0, 5.0]), np.array([0.0, 1.0, 1.0]))
    assert [(n, true) for _, n, _, true in rows] == [(2, 0.5), (1, 1.0)]
