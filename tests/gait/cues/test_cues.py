"""Each cue alone, on people of whom it is known what their hands do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.gait.cues.arms import (
    arm_hangs_long,
    arm_held_up,
    arm_is_long,
    arms_are_long,
    arms_hang,
    hand_hangs,
    hand_in_guard,
    hands_overhead,
)
from gaitcheck.gait.cues.body import GRID_HZ, body_series, even_grid
from gaitcheck.gait.cues.holding import (
    hand_fixed_in_room,
    hands_rigid_ahead,
    hands_rigid_apart,
)
from gaitcheck.gait.cues.seen import hand_at_border, hand_glimpsed, hand_in_view
from gaitcheck.gait.cues.swing import arm_swings, arms_alternate, arms_opposed, hand_moves_freely
from gaitcheck.gait.cues.traces import measure_cues
from gaitcheck.pose.landmarks import INDEX, NAMES
from gaitcheck.time import Interval
from tests.gait import bodies
from tests.gait.bodies import Walker, free

VIEWS = [
    pytest.param(0.0, id="right"),
    pytest.param(180.0, id="left"),
    pytest.param(40.0, id="oblique"),
]
FRONT = [pytest.param(90.0, id="front"), pytest.param(-90.0, id="back")]


def during_walk(who: Walker, cue):
    """Give the cue's mean over the middle of the walk."""
    body = body_series(who.track())
    walk = (body.time_s > who.first_s + 1) & (body.time_s < who.first_s + 3)
    return np.nanmean(cue(body)[walk], axis=0)


class TestBody:
    def test_lengths_are_in_trunks_at_any_size(self):
        for height in (0.75, 1.8):
            body = body_series(free(height_m=height).track())
            arm = np.linalg.norm(body.wrists[20, 1])
            assert arm == pytest.approx(0.32 / 0.29, rel=0.1)

    def test_a_gap_stays_a_gap(self):
        body = body_series(free(gaps=((2.0, 3.0),)).track())
        inside = (body.time_s > 2.1) & (body.time_s < 2.9)
        assert np.isnan(body.trunk_px[inside]).all()
        assert np.isnan(body.hand_visibility[inside]).all()
        assert np.isfinite(body.trunk_px[~inside]).sum() > 80

    def test_another_grid_outside_the_track_holds_nothing(self):
        track = free(duration_s=2.0).track()
        body = body_series(track, time_s=np.arange(0, 4, 1 / GRID_HZ))
        assert np.isnan(body.trunk_px[body.time_s > 2.0]).all()
        assert np.isfinite(body.trunk_px[body.time_s < 1.9]).all()

    def test_the_grid_spans_the_track(self):
        track = free(fps=10.0).track()
        grid = even_grid(track)
        assert grid[0] == track.time_s[0]
        assert 0 <= track.time_s[-1] - grid[-1] < 1 / GRID_HZ

    def test_a_stretch_of_the_track_is_the_same_as_the_whole(self):
        track = free(duration_s=6.0, fps=25.0).track()
        whole = body_series(track)
        stretch = body_series(track, time_s=even_grid(track, over=Interval(2.0, 4.0)))
        at = np.searchsorted(whole.time_s, stretch.time_s[0] - 1e-6)
        there = slice(int(at), int(at) + len(stretch.time_s))
        np.testing.assert_allclose(stretch.points_px, whole.points_px[there])
        np.testing.assert_allclose(stretch.room_px, whole.room_px[there])
        assert len(even_grid(track, over=Interval(50, 60))) == 0

    def test_a_person_never_seen_gives_nothing_and_no_error(self):
        body = body_series(free(gaps=((0.0, 9.0),)).track())
        for cue in (arm_swings, hand_in_guard, hands_rigid_ahead, hand_fixed_in_room):
            assert np.nan_to_num(cue(body)).max() == 0


class TestFreedom:
    @pytest.mark.parametrize("heading", VIEWS)
    def test_swinging_arms_swing(self, heading):
        assert during_walk(free(heading_deg=heading), arm_swings).min() > 0.7

    @pytest.mark.parametrize("heading", [0.0, 180.0, 40.0, 90.0, -90.0])
    @pytest.mark.parametrize("arm", [bodies.handle, bodies.hanging, bodies.guard])
    def test_rigid_arms_do_not(self, heading, arm):
        who = Walker(arm, arm, heading_deg=heading, start=(0, 0))
        assert during_walk(who, arm_swings).max() < 0.1
        assert during_walk(who, arms_alternate) < 0.1
        assert during_walk(who, hand_moves_freely).max() < 0.1

    def test_each_arm_is_judged_on_its_own(self):
        left, right = during_walk(Walker(bodies.handle, bodies.swinging()), arm_swings)
        assert left < 0.1
        assert right > 0.7

    @pytest.mark.parametrize("heading", FRONT)
    def test_the_swing_is_seen_from_front_and_back(self, heading):
        assert during_walk(free(heading_deg=heading, start=(0, 0)), arms_alternate) > 0.6

    def test_free_arms_swing_against_each_other_and_guessed_ones_do_not(self):
        def same(who: Walker, side: int, t: float):
            return bodies.swinging()(who, 1, t) + who.left * 0.2 * (1 - side)

        assert during_walk(free(), arms_opposed) > 0.9
        assert during_walk(Walker(same, same), arms_opposed) < 0.1

    def test_a_standing_person_swings_nothing(self):
        assert during_walk(free(n_steps=0), arm_swings).max() < 0.1

    @pytest.mark.parametrize("heading", [0.0, 90.0])
    def test_guard_is_raised_and_bent(self, heading):
        who = Walker(bodies.guard, bodies.guard, heading_deg=heading, start=(0, 0))
        assert during_walk(who, hand_in_guard).min() > 0.6

    @pytest.mark.parametrize("arm", [bodies.handle, bodies.hanging, bodies.overhead])
    @pytest.mark.parametrize("heading", [0.0, 90.0])
    def test_other_arms_are_no_guard(self, arm, heading):
        who = Walker(arm, arm, heading_deg=heading, start=(0, 0))
        assert during_walk(who, hand_in_guard).max() < 0.2

    @pytest.mark.parametrize("heading", [0.0, 180.0, 40.0])
    def test_a_grip_keeps_the_arm_short(self, heading):
        where = {"heading_deg": heading, "start": (0, 0)}
        assert during_walk(Walker(bodies.at_stick, bodies.at_stick, **where), arm_is_long).max() < (
            0.4
        )
        assert during_walk(free(**where), arm_is_long).min() > 0.8

    @pytest.mark.parametrize("heading", FRONT)
    def test_from_front_and_back_a_grip_is_high_and_far_out(self, heading):
        where = {"heading_deg": heading, "start": (0, 0)}
        sticks = Walker(bodies.at_stick, bodies.at_stick, **where)
        one_stick = Walker(bodies.hanging, bodies.at_stick, **where)
        for cue in (arms_are_long, arms_hang):
            assert during_walk(sticks, cue) < 0.2
            assert during_walk(one_stick, cue) < 0.2
            assert during_walk(Walker(bodies.hanging, bodies.hanging, **where), cue) > 0.8

    @pytest.mark.parametrize("heading", FRONT)
    def test_one_arm_may_hang_at_full_length_beside_one_at_a_grip(self, heading):
        one_stick = Walker(bodies.hanging, bodies.at_stick, heading_deg=heading, start=(0, 0))
        left, right = during_walk(one_stick, arm_hangs_long)
        assert left > 0.8
        assert right < 0.05

    def test_from_the_side_arms_that_hang_are_no_freedom(self):
        assert during_walk(Walker(bodies.hanging, bodies.hanging), arms_hang) < 0.1

    def test_an_arm_held_far_out_is_balance(self):
        far_out = bodies.rigid(0.0, 0.25, -0.19)
        walk = {"heading_deg": 90.0, "start": (0, 0)}
        assert during_walk(Walker(far_out, bodies.hanging, **walk), hand_in_guard)[0] > 0.7
        frame = Walker(bodies.handle, bodies.handle, **walk)
        assert during_walk(frame, hand_in_guard).max() < 0.2

    def test_a_hand_along_a_rail_moves_far_but_not_freely(self):
        rail = Walker(bodies.at_rail(), bodies.at_rail(), step_m=0.2)
        assert during_walk(rail, hand_moves_freely).max() < 0.2

    def test_hanging(self):
        left, right = during_walk(Walker(bodies.hanging, bodies.handle), hand_hangs)
        assert left > 0.8
        assert right < 0.2


class TestDoubt:
    def test_one_arm_up_the_other_down(self):
        who = Walker(bodies.rigid(0.02, 0.1, 0.02), bodies.hanging, heading_deg=90.0, start=(0, 0))
        left, right = during_walk(who, arm_held_up)
        assert left > 0.8
        assert right == 0

    @pytest.mark.parametrize("arm", [bodies.swinging(), bodies.guard, bodies.handle])
    def test_both_arms_alike_are_no_held_arm(self, arm):
        assert during_walk(Walker(arm, arm), arm_held_up).max() < 0.1

    def test_overhead(self):
        assert during_walk(Walker(bodies.overhead, bodies.overhead), hands_overhead).min() > 0.9
        assert during_walk(Walker(bodies.guard, bodies.guard), hands_overhead).max() < 0.1

    def test_hidden_hands(self):
        who = free(wrist_visibility=(0.05, 0.95))
        assert during_walk(who, hand_in_view).tolist() == pytest.approx([0, 1], abs=0.05)
        assert during_walk(who, hand_glimpsed).tolist() == pytest.approx([0, 1], abs=0.05)

    def test_border(self):
        who = free(start=(-5.0, 0.0), n_steps=0)
        body = body_series(who.track())
        assert np.nanmin(hand_at_border(body)) == 1
        assert np.nanmax(hand_at_border(body_series(free().track()))) == 0


class TestHolding:
    @pytest.mark.parametrize("pan", [0.0, 60.0])
    def test_a_hand_on_a_rail_stays_in_the_room(self, pan):
        who = Walker(bodies.at_rail(hop_s=2.0), bodies.swinging(), pan_px_s=pan, step_m=0.2)
        body = body_series(who.track())
        held = (body.time_s > 2.4) & (body.time_s < 3.6)
        left, right = np.nanmean(hand_fixed_in_room(body)[held], axis=0)
        assert left > 0.8
        assert right < 0.3

    @pytest.mark.parametrize("step_m", [0.15, 0.3, 0.45])
    def test_a_swinging_hand_does_not(self, step_m):
        scores = hand_fixed_in_room(body_series(free(step_m=step_m).track()))
        assert np.nanmax(np.nanmean(scores, axis=0)) < 0.15

    def test_rising_is_no_travel(self):
        who = free(n_steps=0)
        track = who.track()
        points = track.points_px.copy()
        above = [INDEX[n] for n in NAMES if not n.endswith(("ankle", "heel", "foot_index"))]
        hands = [INDEX[f"{s}_wrist"] for s in ("left", "right")]
        rise = np.clip(track.time_s - 1.5, 0, 1.5)[:, None] * 40.0
        for i in set(above) - set(hands):
            points[:, i] += np.concatenate([rise, -rise], axis=1)
        body = body_series(replace(track, points_px=points))
        assert np.isnan(hand_fixed_in_room(body)).all()

    def test_without_travel_or_sight_it_cannot_be_judged(self):
        assert np.isnan(hand_fixed_in_room(body_series(free(n_steps=0).track()))).all()
        hidden = body_series(free(wrist_visibility=(0.1, 0.1)).track())
        assert np.isnan(hand_fixed_in_room(hidden)).all()

    @pytest.mark.parametrize(
        ("heading", "cue"),
        [(0.0, hands_rigid_ahead), (180.0, hands_rigid_ahead), (90.0, hands_rigid_apart)],
    )
    def test_hands_at_a_walking_frame(self, heading, cue):
        who = Walker(bodies.handle, bodies.handle, heading_deg=heading, start=(0, 0))
        assert during_walk(who, cue) > 0.6

    def test_hands_held_so_with_nothing_below_them_are_at_no_frame(self):
        track = Walker(bodies.handle, bodies.handle, heading_deg=90.0, start=(0, 0)).track()
        for below, least, most in ((0.0, 0.0, 0.0), (0.8, 0.6, 1.0)):
            body = body_series(replace(track, below=np.tile([0.8, below], (len(track), 1))))
            assert least <= np.nanmax(hands_rigid_apart(body)) <= most

    def test_an_arm_at_full_length_holds_nothing_that_stands_in_the_room(self):
        def at_height(up: float) -> Walker:
            arm = bodies.at_rail(hop_s=1.2, up=up)
            return Walker(arm, arm, step_m=0.1)

        assert during_walk(at_height(0.62), hand_fixed_in_room).max() > 0.9
        assert during_walk(at_height(0.46), hand_fixed_in_room).max() < 0.55

    @pytest.mark.parametrize(
        "arms",
        [
            pytest.param((bodies.swinging(), bodies.swinging()), id="swing"),
            pytest.param((bodies.guard, bodies.guard), id="guard"),
            pytest.param((bodies.hanging, bodies.hanging), id="hanging"),
            pytest.param((bodies.handle, bodies.swinging()), id="one hand"),
        ],
    )
    @pytest.mark.parametrize("heading", [0.0, 90.0])
    def test_other_hands(self, arms, heading):
        who = Walker(*arms, heading_deg=heading, start=(0, 0))
        for cue in (hands_rigid_ahead, hands_rigid_apart):
            assert during_walk(who, cue) < 0.2

    def test_standing_at_a_frame_is_no_walking_with_it(self):
        who = Walker(bodies.handle, bodies.handle, n_steps=0)
        for cue in (hands_rigid_ahead, hands_rigid_apart):
            assert during_walk(who, cue) < 0.1


def test_cues_do_not_care_for_the_frame_rate():
    slow, fast = (during_walk(replace(free(), fps=fps), arm_swings) for fps in (12.0, 50.0))
    np.testing.assert_allclose(slow, fast, atol=0.15)


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.1, 0.3, 0.4, 0.6])
def test_of_a_moment_all_cues_can_be_measured(seconds):
    cues = measure_cues(free().track(), over=Interval(2.0, 2.0 + seconds))
    assert all(trace.score.shape == cues.time_s.shape for trace in cues.traces)
