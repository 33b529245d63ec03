"""The truth is that of the numbers that were drawn; what is committed is whole and up to date."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benchmarks.studio.build import World
from benchmarks.studio.camera import look
from benchmarks.studio.joints import HIDDEN, OUT, SEEN, JointRecorder, load_joints, visibility
from benchmarks.studio.scene import CLIPS, SAMPLES, load_scene, scene_names
from benchmarks.studio.truth import labels, supports, write_labels

MIB = 2**20


def told(world: World, *, every: int = 1) -> tuple[dict[str, Any], Any]:
    """Labels and joints of a world, from every so-manieth frame's joints."""
    recorder = JointRecorder(world)
    for t in world.frame_times_s[::every]:
        recorder.add(world.moment(float(t)), world.view(float(t)))
    joints = recorder.joints()
    return labels(world, joints, clip="x.mp4", fingerprint="f"), joints


@pytest.fixture(scope="module")
def walk(world_of: Callable[[str], World]) -> tuple[dict[str, Any], Any, World]:
    world = world_of("free_walk")
    return *told(world), world


def test_joints_in_sight_lie_inside_the_box(walk: tuple[dict[str, Any], Any, World]) -> None:
    _, joints, _ = walk
    for frame in range(0, len(joints.time_s), 7):
        x0, y0, x1, y1 = joints.boxes[frame, 0]
        seen = joints.xy[frame, 0][joints.seen[frame, 0] == SEEN]
        assert len(seen) > 20
        assert (seen >= [x0 - 2, y0 - 2]).all()
        assert (seen <= [x1 + 2, y1 + 2]).all()


def test_a_foot_stands_still_from_contact_to_lift_off(
    walk: tuple[dict[str, Any], Any, World],
) -> None:
    table, _, world = walk
    actor = world.actors["boy"]
    person = table["people"][0]
    assert len(person["contacts"]) == 8
    for contact in person["contacts"]:
        later = [
            e["time_s"] for e in person["lift_offs"]
            if e["side"] == contact["side"] and e["time_s"] > contact["time_s"]
        ]  # fmt: skip
        end = min([*later, world.duration_s])
        middle = contact["time_s"] + np.array([0.35, 0.5, 0.6]) * (end - contact["time_s"])
        toes = [
            actor.truth_points(actor.pose(float(t)))[f"{contact['side']}_foot_index"]
            for t in middle
        ]
        assert np.ptp(np.array(toes)[:, [0, 2]], axis=0).max() < 0.004


def test_sides_alternate_and_frames_follow_times(walk: tuple[dict[str, Any], Any, World]) -> None:
    table, joints, _ = walk
    contacts = table["people"][0]["contacts"]
    sides = [c["side"] for c in contacts]
    assert all(a != b for a, b in itertools.pairwise(sides))
    for c in contacts:
        assert joints.time_s[c["frame"]] >= c["time_s"] - 1e-5
        assert joints.time_s[c["frame"] - 1] < c["time_s"]


def test_feet_outside_the_picture_are_told(world_of: Callable[[str], World]) -> None:
    table, _ = told(world_of("feet_out"))
    contacts = table["people"][0]["contacts"]
    assert contacts
    assert all(not c["visible"] and c["why"] == "outside the picture" for c in contacts)


def test_a_hand_let_go_ends_the_support(world_of: Callable[[str], World]) -> None:
    world = world_of("lets_go")
    spans = supports(world, world.frame_times_s, "toddler")
    until = next(h.spec.until_s for h in world.holds)
    assert [(s["what"], s["sure"]) for s in spans] == [
        ("person", True), ("person", False), ("none", True)
    ]  # fmt: skip
    assert spans[0]["end_s"] == until
    assert spans[0]["start"] == 0
    assert spans[-1]["end_s"] == pytest.approx(world.duration_s, abs=1e-4)
    assert all("mother" in cause for cause in spans[0]["cause"])


def test_who_holds_is_not_held(world_of: Callable[[str], World]) -> None:
    world = world_of("trunk_held")
    assert {s["what"] for s in supports(world, world.frame_times_s, "therapist")} == {"none"}
    assert {s["what"] for s in supports(world, world.frame_times_s, "boy")} == {"person"}


def test_who_is_carried_is_held(world_of: Callable[[str], World]) -> None:
    world = world_of("carried")
    spans = supports(world, world.frame_times_s, "toddler")
    assert [s["what"] for s in spans] == ["none", "person"]
    assert spans[1]["cause"] == ["carried"]
    assert {s["what"] for s in supports(world, world.frame_times_s, "mother")} == {"none"}


def test_the_corridor_is_walker_then_person(world_of: Callable[[str], World]) -> None:
    world = world_of("story_corridor")
    spans = supports(world, world.frame_times_s, "child")
    sure = [s["what"] for s in spans if s["sure"]]
    assert sure[0] == "object_moving"
    assert sure[-1] == "person"
    assert "none" not in sure


@pytest.mark.parametrize("name", ["hovering", "beside", "carries_bear", "hands_on_hips"])
def test_look_alikes_are_free(world_of: Callable[[str], World], name: str) -> None:
    world = world_of(name)
    for who in world.actors:
        assert {s["what"] for s in supports(world, world.frame_times_s, who)} == {"none"}


@pytest.mark.parametrize("name", ["marching", "dancing", "jumping", "swaying", "wheelchair"])
def test_who_does_not_walk_has_no_contact(world_of: Callable[[str], World], name: str) -> None:
    table, _ = told(world_of(name))
    assert all(p["contacts"] == [] for p in table["people"])


def test_visibility_knows_outside_hidden_and_seen() -> None:
    view = look(np.array([0.0, 1, 4]), np.array([0.0, 1, 0]), fov_deg=60, width=640, height=480)
    points = np.array([[0.0, 1, 0], [1.0, 1, 0], [-1.0, 1, 0], [9.0, 1, 0]])
    box = [[1.0 * 0.5, 1, 2, 0, 0.2, 0.5, 0.1, 0, 0, 0, 0, 0, 1, 0, 0, 0]]  # before the second
    capsule = [[-0.5, 0.5, 2, 0.1, -0.5, 1.5, 2, 0]]  # before the third
    found = visibility(points, view.project(points), view, np.array(box), np.array(capsule))
    assert found.tolist() == [SEEN, HIDDEN, HIDDEN, OUT]


def test_labels_are_json_again(tmp_path: Any, walk: tuple[dict[str, Any], Any, World]) -> None:
    table, joints, _ = walk
    write_labels(tmp_path / "x.labels.json", table)
    assert json.loads((tmp_path / "x.labels.json").read_text()) == table
    joints.save(tmp_path / "x.joints.npz")
    again = load_joints(tmp_path / "x.joints.npz")
    np.testing.assert_allclose(again.xy, joints.xy, atol=0.051)
    assert again.landmarks == joints.landmarks


# ---------------------------------------------------------------- what is committed
def labels_of(name: str) -> dict[str, Any]:
    scene = load_scene(name)
    return json.loads((scene.home / f"{name}.labels.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", scene_names())
def test_a_committed_clip_is_that_of_its_scene(name: str) -> None:
    scene, table = load_scene(name), labels_of(name)
    assert table["scene_sha256"] == scene.digest(), (
        f"run: python -m benchmarks.studio render {name}"
    )
    assert (scene.home / table["clip"]).is_file()
    assert (scene.home / f"{name}.joints.npz").is_file()
    assert table["split"] == scene.split


@pytest.mark.parametrize("name", ["free_walk", "hand_held", "story_cctv", "uneven_rate"])
def test_committed_truth_is_told_from_the_same_numbers(
    world_of: Callable[[str], World], name: str
) -> None:
    world, table = world_of(name), labels_of(name)
    assert table["build_sha256"] == world.fingerprint()
    fresh, _ = told(world)
    for old, new in zip(table["people"], fresh["people"], strict=True):
        for what in ("contacts", "lift_offs", "posture", "support"):
            assert old[what] == new[what]


def test_no_clip_is_without_a_scene() -> None:
    known = set(scene_names())
    for folder in (CLIPS, SAMPLES):
        assert {p.stem for p in folder.glob("[!.]*.mp4")} <= known


def test_the_clips_are_small() -> None:
    def size(folder: Any) -> int:
        return sum(p.stat().st_size for p in folder.iterdir() if p.is_file())

    assert size(CLIPS) + size(SAMPLES) < 40 * MIB
    assert size(SAMPLES) < 15 * MIB


def test_the_samples_are_five_to_twenty_seconds_long() -> None:
    tables = [json.loads(p.read_text()) for p in SAMPLES.glob("*.labels.json")]
    assert len(tables) == 11
    assert all(5.0 <= t["duration_s"] <= 20.0 for t in tables)
