"""People of the studio: what their truth promises, checked on the poses that are drawn."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.studio.person import Performer, make_actor
from benchmarks.studio.person.arms import STYLES
from benchmarks.studio.person.builds import SHARES
from benchmarks.studio.person.gaits import GAITS
from gaitcheck.pose.landmarks import NAMES

SIT_WALK_SIT = [
    {"do": "sit", "seconds": 0.6, "seat_m": 0.36},
    {"do": "rise", "seconds": 1.4},
    {"do": "walk", "steps": 6},
    {"do": "turn", "deg": 180},
    {"do": "sit_down", "seconds": 1.3, "seat_m": 0.36},
    {"do": "sit", "seconds": 0.6},
]
FLOOR = [
    {"do": "stand", "seconds": 0.3},
    {"do": "kneel_down"},
    {"do": "kneel", "seconds": 0.3},
    {"do": "crawl", "distance_m": 0.5},
    {"do": "get_up"},
    {"do": "stand", "seconds": 0.3},
]
SCRIPTS = {
    "sit_walk_sit": ("child5", SIT_WALK_SIT),
    "floor": ("toddler", FLOOR),
    "curve": ("adult", [{"do": "walk", "steps": 8, "turn_deg": 150}]),
    "backward": ("adult", [{"do": "walk", "steps": 6, "direction": "backward"}]),
    "cruise": ("toddler", [{"do": "walk", "steps": 6, "direction": "left", "gait": "cruise"}]),
    "march": ("child9", [{"do": "march", "steps": 4}, {"do": "dance", "seconds": 2.0}]),
    "jump": ("child9", [{"do": "jump", "times": 2}]),
    "stumble": (
        "child5",
        [{"do": "walk", "steps": 3, "close": False}, {"do": "stumble"}, {"do": "walk", "steps": 3}],
    ),
    "caught": (
        "toddler", [{"do": "walk", "steps": 4}, {"do": "caught"}, {"do": "held", "seconds": 0.5}],
    ),
    **{
        f"fall_{way}": (
            "adult",
            [
                {"do": "walk", "steps": 2}, {"do": "fall", "way": way},
                {"do": "lie", "seconds": 0.4}, {"do": "get_up"},
            ],
        )
        for way in ("forward", "back", "left", "right")
    },
    **{
        gait: ("adult" if "limp" in gait else "child5", [{"do": "walk", "steps": 7, "gait": gait}])
        for gait in GAITS
    },
}  # fmt: skip


def acted(name: str, *, seed: int = 1) -> Performer:
    build, script = SCRIPTS[name]
    return make_actor(build=build, script=script, start=(-0.7, 0.4), heading_deg=35, seed=seed)


@pytest.fixture(scope="module", params=sorted(SCRIPTS))
def actor(request: pytest.FixtureRequest) -> Performer:
    return acted(request.param)


def times(actor: Performer, *, step_s: float = 0.08) -> np.ndarray:
    return np.arange(0.0, actor.end_s + 0.3, step_s)


def stances(actor: Performer) -> list[tuple[int, np.ndarray]]:
    """Give (side, times) of every stretch of stance: a foot down, with no landing in it."""
    out = []
    for i, side in enumerate(("left", "right")):
        fine = times(actor, step_s=0.04)
        down = np.array([actor.contact(side, float(t)) for t in fine])
        landed = np.searchsorted([s.contact_s for s in actor.steps if s.side == side], fine)
        edges = np.flatnonzero(np.diff(down) | (np.diff(landed) != 0)) + 1
        runs = np.split(np.arange(len(fine)), edges)
        out += [(i, fine[run]) for run in runs if down[run[0]]]
    return out


def test_a_foot_in_stance_does_not_slide(actor: Performer) -> None:
    runs = stances(actor)
    assert runs
    for i, when in runs:
        bearing: dict[str, list[np.ndarray]] = {"heel": [], "ball": [], "toe": []}
        for t in when:
            pose = actor.pose(float(t))
            pitch = pose.foot_axes[i][1, 2]
            if pitch >= -1e-12:
                bearing["heel"].append(pose.heels[i])
            if pitch <= 1e-12:
                bearing["ball"].append(pose.balls[i])
                bearing["toe"].append(pose.toes[i])
        assert any(bearing.values())
        for places in filter(None, bearing.values()):
            assert np.ptp(np.stack(places), axis=0).max() < 1e-9
            assert np.abs(np.stack(places)[:, 1]).max() < 1e-9


def test_feet_touch_down_and_leave_exactly_when_the_truth_says(actor: Performer) -> None:
    for step in actor.steps:
        side, tiny = step.side, 1e-6
        assert not actor.contact(side, step.contact_s - tiny)
        assert not actor.contact(side, step.lift_off_s + tiny)
        assert actor.contact(side, step.contact_s + tiny)
        assert actor.contact(side, step.lift_off_s - tiny)
        assert step.lift_off_s < step.contact_s


def test_a_foot_lands_at_its_place(actor: Performer) -> None:
    for step in actor.steps:
        i = ("left", "right").index(step.side)
        pose = actor.pose(step.contact_s + 1e-6)
        b = actor.build
        ahead = np.array([np.sin(step.yaw), 0, np.cos(step.yaw)])
        place = np.array([step.x_m, 0, step.z_m])
        heel = np.linalg.norm(pose.heels[i] - (place - ahead * b.heel_back))
        ball = np.linalg.norm(pose.balls[i] - (place + ahead * b.ball_ahead))
        assert min(heel, ball) < 1e-4


def test_swinging_feet_clear_the_floor(actor: Performer) -> None:
    for step in actor.steps:
        i = ("left", "right").index(step.side)
        pose = actor.pose(0.5 * (step.lift_off_s + step.contact_s))
        lowest = min(p[i][1] for p in (pose.heels, pose.balls, pose.toes))
        assert lowest > 0.001 * actor.height_m


def test_nothing_is_torn_or_below_the_floor(actor: Performer) -> None:
    b = actor.build
    for t in times(actor):
        pose = actor.pose(float(t))
        for value in vars(pose).values():
            assert np.isfinite(np.asarray(value, float)).all()
        for i in (0, 1):
            assert np.linalg.norm(pose.hips[i] - pose.knees[i]) == pytest.approx(b.thigh)
            assert np.linalg.norm(pose.knees[i] - pose.ankles[i]) == pytest.approx(b.shank)
            assert np.linalg.norm(pose.shoulders[i] - pose.elbows[i]) == pytest.approx(b.upper_arm)
            assert np.linalg.norm(pose.elbows[i] - pose.wrists[i]) == pytest.approx(b.forearm)
            assert pose.knees[i][1] > 0.3 * b.knee_radius
            lowest = min(p[i][1] for p in (pose.heels, pose.balls, pose.toes))
            assert lowest > (-1e-9 if pose.down[i] else -0.012 * b.height)
        assert pose.pelvis[1] > 0.04 * b.height
        assert pose.head[1] > 0.3 * b.head


def test_the_body_moves_without_jumps(actor: Performer) -> None:
    step_s = 0.04
    poses = [actor.pose(float(t)) for t in times(actor, step_s=step_s)]
    for name, most_m_s in (("pelvis", 4.0), ("head", 6.0)):
        way = np.stack([getattr(p, name) for p in poses])
        assert np.linalg.norm(np.diff(way, axis=0), axis=1).max() / step_s < most_m_s
    for name, most in (("ankles", 8.0), ("knees", 9.0), ("palms", 9.0)):
        way = np.stack([getattr(p, name) for p in poses])
        assert np.linalg.norm(np.diff(way, axis=0), axis=-1).max() / step_s < most


def test_feet_do_not_tread_on_each_other() -> None:
    turning = [{"do": "walk", "steps": 3}, {"do": "turn", "deg": 180}, {"do": "turn", "deg": -90}]
    walks = [[{"do": "walk", "steps": 6, "gait": gait}] for gait in GAITS]
    for script in [turning, *walks]:
        actor = make_actor(build="child9", script=script, seed=3)
        for t in times(actor):
            pose = actor.pose(float(t))
            lines = [
                pose.heels[i] + np.linspace(0, 1, 4)[:, None] * (pose.toes[i] - pose.heels[i])
                for i in (0, 1)
            ]
            apart = np.linalg.norm(lines[0][:, None] - lines[1][None], axis=-1).min()
            assert apart > 0.018 * actor.height_m


def test_knees_bend_forward_and_elbows_back_on_a_walk() -> None:
    for gait in GAITS:
        actor = acted(gait)
        for t in times(actor, step_s=0.2):
            pose = actor.pose(float(t))
            for i in (0, 1):
                straight = 0.5 * (pose.hips[i] + pose.ankles[i])
                assert (pose.knees[i] - straight) @ pose.pelvis_axes[:, 2] > -1e-3
                forearm = pose.wrists[i] - pose.elbows[i]
                upper = pose.elbows[i] - pose.shoulders[i]
                assert np.cross(upper, forearm) @ pose.chest_axes[:, 0] < 0.01


@pytest.mark.parametrize("name", ["ataxic", "sit_walk_sit"])
def test_the_same_seed_gives_the_same_person_and_another_seed_another(name: str) -> None:
    one, same, other = acted(name), acted(name), acted(name, seed=2)
    assert one.steps == same.steps
    assert one.materials() == same.materials()
    assert np.array_equal(one.pose(2.3).palms, same.pose(2.3).palms)
    assert one.steps != other.steps
    assert one.materials() != other.materials()


def test_postures_follow_the_script() -> None:
    actor = acted("sit_walk_sit")
    words = [p.what for p in actor.postures]
    assert words == ["sitting", "rising", "walking", "standing", "sitting"]
    assert actor.postures[0].start_s == 0.0
    assert actor.postures[-1].end_s == np.inf
    for before, after in pairwise(actor.postures):
        assert before.end_s == pytest.approx(after.start_s)
    assert [p.what for p in acted("fall_left").postures] == [
        "walking", "falling", "lying", "rising", "standing",
    ]  # fmt: skip
    assert "crawling" in [p.what for p in acted("floor").postures]


def test_steps_alternate_on_a_plain_walk_and_are_as_many_as_asked() -> None:
    actor = acted("typical")
    sides = [s.side for s in actor.steps]
    assert len(sides) == 7
    assert all(a != b for a, b in pairwise(sides))


def test_a_walk_to_a_place_ends_there() -> None:
    actor = make_actor(script=[{"do": "walk", "to": [2.0, -1.5]}], start=(-1.0, 0.5), seed=3)
    place, yaw = actor.pelvis(actor.end_s)
    assert np.hypot(place[0] - 2.0, place[2] + 1.5) < 0.15
    assert yaw == pytest.approx(np.arctan2(3.0, -2.0), abs=0.15)


def test_sitting_puts_the_pelvis_on_the_seat_and_keeps_the_feet() -> None:
    actor = acted("sit_walk_sit")
    pose = actor.pose(0.3)
    assert 0.36 < pose.pelvis[1] < 0.36 + 0.12 * actor.height_m
    assert pose.down == (True, True)


@pytest.mark.parametrize("build", sorted(SHARES))
def test_every_build_gives_whole_pictures_and_all_landmarks(build: str) -> None:
    actor = make_actor(build=build, script=SIT_WALK_SIT, seed=5, look={"bottom": "dress"})
    pose = actor.pose(3.0)
    shapes, groups, capsules = actor.primitives(pose, 14)
    assert {len(s) for s in shapes} == {16}
    assert sum(g[3] for g in groups) == len(shapes)
    assert {len(c) for c in capsules} == {8}
    materials = actor.materials()
    assert {len(m) for m in materials} == {8}
    assert {int(s[8]) for s in shapes} <= set(range(14, 14 + len(materials)))
    points = actor.truth_points(pose)
    assert set(NAMES) | {"head_top"} == set(points)
    assert points["head_top"][1] == pytest.approx(actor.height_m, rel=0.09)


def test_shapes_lie_within_their_groups() -> None:
    for name in ("typical", "floor", "fall_left", "toddler"):
        actor = acted(name)
        for t in times(actor, step_s=0.3):
            shapes, groups, _ = actor.primitives(actor.pose(float(t)), 0)
            first = 0
            for a, b, radius, count in groups:
                for shape in shapes[first : first + count]:
                    ends = [(shape[0:3], shape[3])]
                    if shape[10] == 0.0:
                        ends.append((shape[4:7], shape[7]))
                    for centre, size in ends:
                        assert away(np.array(centre), a, b) + 0.4 * size < radius
                first += count


def away(p: np.ndarray, a: np.ndarray, b: np.ndarray) -> float:
    """Distance of a point from the line a to b."""
    along = b - a
    share = np.clip((p - a) @ along / (along @ along + 1e-12), 0, 1)
    return float(np.linalg.norm(p - a - share * along))


@pytest.mark.parametrize("arms", sorted(STYLES))
def test_every_arm_style_keeps_hands_off_the_trunk(arms: str) -> None:
    for build in ("toddler", "adult", "heavy"):
        actor = make_actor(build=build, script=[{"do": "walk", "steps": 4, "arms": arms}], seed=4)
        for t in times(actor, step_s=0.2):
            pose = actor.pose(float(t))
            for wrist in pose.wrists:
                local = pose.chest_axes.T @ (wrist - pose.chest)
                deep = 0.055 * actor.height_m * actor.build.girth
                inside = abs(local[0]) < 0.3 * actor.build.shoulder_width and abs(local[2]) < deep
                assert not (inside and abs(local[1]) < 0.35 * actor.build.trunk)
