"""The learned judge: features and neighbours in, how likely held out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.features import NAMES, NO_ARMS, OF_BODY, OF_HANDS, StepFeatures
from gaitcheck.gait.judge import (
    HeldJudge,
    arms_steadied,
    learned_judge,
    probability,
    steady_logits,
    walk_logits,
)
from gaitcheck.gait.never_free import not_known_free
from gaitcheck.gait.reasons import DOUBTED
from gaitcheck.gait.support import CAUSES, conclude, judge_support, support_evidence
from tests.gait.bodies import free
from tests.gait.looks import looked_at


def features(**left: float) -> StepFeatures:
    """Give features of a step whose arms are not known to be carried as free ones."""
    hands = np.zeros((2, len(OF_HANDS)))
    hands[:, OF_HANDS.index("at_hold")] = NO_ARMS
    for name, value in left.items():
        hands[0, OF_HANDS.index(name)] = value
    return StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)


def arms(left: float, right: float) -> StepFeatures:
    """Give features of a step of which only how the arms are carried is known."""
    hands = np.zeros((2, len(OF_HANDS)))
    hands[:, OF_HANDS.index("at_hold")] = left, right
    return StepFeatures(hands, np.zeros(len(OF_BODY)), glimpsed=True, told=True)


def test_the_package_brings_weights_of_known_features_and_none_below_zero():
    judge = learned_judge()
    assert set(judge.weights) <= set(NAMES)
    assert min(judge.weights.values()) >= 0
    assert probability(judge.logit(features())) < judge.most_held < 0.2


@pytest.mark.parametrize("name", OF_HANDS)
def test_more_evidence_of_holding_never_makes_a_step_freer(name):
    judge = learned_judge()
    logits = [judge.logit(features(**{name: value})) for value in (0.0, 0.4, 1.0)]
    assert logits == sorted(logits)


def test_the_loudest_feature_names_its_hand():
    judge = HeldJudge(-3.0, {"thing_worse": 2.0, "lags_better": 1.0}, 0.1)
    assert judge.loudest(features(thing=0.9)) == ("thing", 0)
    mirrored = features(thing=0.9)
    swapped = StepFeatures(mirrored.hands[::-1], mirrored.body, glimpsed=True, told=True)
    assert judge.loudest(swapped) == ("thing", 1)


def test_every_feature_has_words_for_a_reader():
    assert set(CAUSES) == {*OF_HANDS, *OF_BODY}
    assert set(CAUSES.values()) <= set(DOUBTED)


def heard_alike(logits: list[float | None]) -> list[float | None]:
    return steady_logits(logits, logits)


def test_neighbours_are_heard_and_what_rules_decided_is_even_odds():
    assert heard_alike([-4.0, -4.0, -4.0]) == [-4.0, -4.0, -4.0]
    assert heard_alike([-4.0, None]) == [-2.0, None]
    held_around = heard_alike([3.0, 3.0, -4.0, 3.0, 3.0])[2]
    assert held_around is not None
    assert held_around > 0
    free_around = heard_alike([-9.0, -9.0, 1.0, -9.0, -9.0])[2]
    assert free_around == pytest.approx(-0.5)  # by 1.5 at most


def test_steps_that_are_never_free_make_their_neighbours_less_so():
    judge, free_step, rests = learned_judge(), features(), features(rests=0.8)
    assert not_known_free(rests) is not None
    assert judge.logit(rests) < 0
    beside = walk_logits(judge, [free_step, rests, None])
    assert beside[0] == pytest.approx(judge.logit(free_step) / 3)
    assert beside[1] == pytest.approx((judge.logit(free_step) + judge.logit(rests)) / 3)
    assert beside[2] is None


def test_an_arm_as_at_something_fixed_speaks_of_its_own_step_only():
    judge, free_step, at_hold = learned_judge(), features(), features(at_hold=0.9)
    assert not_known_free(at_hold) == ("at_hold", 0)
    assert walk_logits(judge, [free_step, at_hold]) == walk_logits(judge, [free_step, free_step])


def test_arms_carried_as_free_ones_may_be_free_though_a_little_likelier_held():
    judge = HeldJudge(-3.0, {}, 0.1)
    free_arms = arms(0.1, 0.2)
    assert judge.seems_free(free_arms, 0.29)
    assert not judge.seems_free(free_arms, 0.31)
    one_free = arms(0.1, 0.4)
    assert judge.seems_free(one_free, 0.09)
    assert not judge.seems_free(one_free, 0.2)


def test_how_arms_are_carried_is_the_mean_of_a_step_and_those_beside_it():
    walk = [features(at_hold=0.9), None, features(at_hold=0.3), features(at_hold=0.6, lags=0.2)]
    steadied = arms_steadied(walk)
    told = [None if one is None else one.of("at_hold")[0] for one in steadied]
    assert told == [pytest.approx(0.9), None, pytest.approx(0.45), pytest.approx(0.45)]
    assert steadied[3] is not None
    assert steadied[3].of("lags").tolist() == [0.2, 0.0]


def test_one_step_alone_as_at_a_rail_among_free_ones_is_free():
    who = free()
    seen = support_evidence(looked_at(who), who.steps())
    plain, odd = arms(0.1, 0.1), arms(0.8, 0.1)
    judge = HeldJudge(-6.0, {}, 0.1)

    def told(*odd_at: int) -> list[str]:
        walk = [replace(s, features=odd if i in odd_at else plain) for i, s in enumerate(seen)]
        return [d.support for d in conclude(who.steps(), walk, judge=judge)]

    assert set(told(3)) == {"none"}
    assert told(3, 4, 5)[4] == "unknown"


def test_steps_say_how_likely_they_were_held_unless_a_rule_decided():
    who = free()
    free_steps = judge_support(looked_at(who), who.steps()).steps
    assert all(0 < step.held_probability < learned_judge().most_held for step in free_steps)
    assert {step.held_probability for step in judge_support(who.track(), who.steps()).steps} == {
        None
    }


def test_the_judge_is_more_careful_of_coarsely_coded_pictures():
    judge = learned_judge()
    limits = [judge.careful(share).most_held for share in (0.0, 0.5, 1.0)]
    assert limits[0] == judge.most_held
    assert limits == sorted(limits, reverse=True)
    assert limits[2] == pytest.approx(0.02)


def test_a_strict_judge_does_not_become_less_so_by_coarse_pictures():
    assert HeldJudge(0.0, {}, 0.01).careful(1.0).most_held == 0.01


def test_a_step_that_is_barely_free_is_unknown_in_coarse_pictures():
    who = free()
    track = looked_at(who)
    seen = support_evidence(track, who.steps())
    barely = [replace(one, features=features()) for one in seen]
    judge = HeldJudge(float(np.log(0.05 / 0.95)), {}, 0.1)
    fine, coarse = (
        {d.support for d in conclude(who.steps(), barely, judge=judge.careful(share))}
        for share in (0.0, 1.0)
    )
    assert (fine, coarse) == ({"none"}, {"unknown"})


def test_another_judge_may_be_asked():
    who = free()
    seen = support_evidence(looked_at(who), who.steps())
    strict = HeldJudge(0.0, {}, 0.01)
    assert {d.support for d in conclude(who.steps(), seen, judge=strict)} == {"unknown"}
