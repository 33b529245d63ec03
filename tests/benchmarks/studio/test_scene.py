"""Scene files: what is there, and what is said of wrong ones."""

from __future__ import annotations

import copy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.studio.errors import SceneError
from benchmarks.studio.scene import Scene, load_scene, parse_scene, scene_names

NAMES = scene_names()

RIGHT: dict[str, Any] = {
    "title": "A man walks",
    "expect": "One sequence.",
    "split": "tune",
    "seed": 1,
    "categories": {
        "age": "adult", "camera": "side", "support": "none", "gait": "typical", "light": "day"
    },
    "room": {"style": "living"},
    "camera": {"at": [0, 1, 4], "look": [0, 1, 0]},
    "people": [
        {"name": "man", "build": "adult", "start": [0, 0], "script": [{"do": "walk", "steps": 3}]}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return [load_scene(n) for n in NAMES]


def changed(path: str, value: Any) -> dict[str, Any]:
    """RIGHT with one entry set; a path like ``people.0.start``; None removes it."""
    table = copy.deepcopy(RIGHT)
    at: Any = table
    *way, last = path.split(".")
    for word in way:
        at = at[int(word)] if word.isdigit() else at[word]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return table


def test_a_right_table_is_a_scene() -> None:
    scene = parse_scene(RIGHT, name="x")
    assert scene.people[0].script == [{"do": "walk", "steps": 3}]
    assert scene.camera.at == [0, 1, 4]
    assert scene.picture.width == 640


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("title", None, "'title' is missing"),
        ("camera", None, "'camera' is missing"),
        ("people.0.script", None, "'script' is missing"),
        ("sead", 3, "unknown entry 'sead'"),
        ("people.0.biuld", "adult", "unknown entry 'biuld'"),
        ("room.style", 4, "4 is not str"),
        ("seed", 1, None),
        ("split", "test", "split 'test'"),
        ("categories", {"age": "adult"}, "categories must be exactly"),
        ("picture", {"width": 641}, "even sizes"),
        ("picture", {"width": 4000}, "4000x480"),
        ("picture", {"fps": 100}, "5 to 60"),
        ("picture", {"fps": True}, "True is not float"),
        ("camera.at", [0, 1], "must be [x, y, z]"),
        ("camera.follow", "dog", "'dog', who is not in the scene"),
        ("people", [], "needs duration_s"),
        ("people", {}, "must be a list"),
        ("holds", [{"who": "man", "hand": "left", "to": "wall.edge"}], "'wall', who is not"),
        ("holds", [{"who": "man", "hand": "both", "to": "man.head"}], "left or right"),
        ("props", [{"kind": "chair", "name": "man", "at": [0, 0]}], "two of the name 'man'"),
    ],
    ids=lambda v: str(v)[:24],
)
def test_a_wrong_entry_is_named(path: str, value: Any, said: str | None) -> None:
    if said is None:
        assert parse_scene(changed(path, value), name="x").seed == value
        return
    with pytest.raises(SceneError) as caught:
        parse_scene(changed(path, value), name="x")
    assert said in str(caught.value)
    assert str(caught.value).startswith("x")


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("title = ")
    with pytest.raises(SceneError, match=r"bad\.toml: not TOML"):
        load_scene("bad", folder=tmp_path)
    with pytest.raises(SceneError, match="no such scene"):
        load_scene("none", folder=tmp_path)


def test_the_digest_is_of_what_is_said_not_of_how(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "benchmarks/studio/scenes/free_walk.toml").read_text()
    (tmp_path / "a.toml").write_text(text)
    (tmp_path / "b.toml").write_text("# another comment\n\n" + text)
    (tmp_path / "c.toml").write_text(text.replace("steps = 8", "steps = 7"))
    a, b, c = (load_scene(n, folder=tmp_path) for n in "abc")
    same = {parse_digest(s) for s in (a, b)}
    assert len(same) == 1
    assert parse_digest(c) not in same


def parse_digest(scene: Scene) -> str:
    """The digest as of a scene of one name."""
    import dataclasses

    return dataclasses.replace(scene, name="x").digest()


def test_there_are_enough_scenes_of_both_kinds(scenes: list[Scene]) -> None:
    splits = Counter(s.split for s in scenes)
    assert len(scenes) >= 60
    assert min(splits.values()) >= 25
    assert {"story_home", "story_cctv", "story_corridor"} <= set(NAMES)
    assert sum(s.sample for s in scenes) == 11


def test_the_report_has_what_tuning_never_saw(scenes: list[Scene]) -> None:
    gaits = {k: {s.categories["gait"] for s in scenes if s.split == k} for k in ("tune", "report")}
    assert {"toe_walking", "scissoring", "limp"} <= gaits["report"] - gaits["tune"]
    kinds = {
        k: {p.kind for s in scenes if s.split == k for p in s.props} for k in ("tune", "report")
    }
    assert {"crutch", "pram", "rear_walker", "scooter"} <= kinds["report"] - kinds["tune"]


def test_no_seed_serves_both_splits(scenes: list[Scene]) -> None:
    seeds = {k: {s.seed for s in scenes if s.split == k} for k in ("tune", "report")}
    assert not seeds["tune"] & seeds["report"]


@pytest.mark.parametrize(
    ("axis", "wanted"),
    [
        ("age", {"toddler", "child", "adult", "elderly"}),
        ("camera", {"side", "frontal", "oblique", "cctv", "phone"}),
        ("support", {"none", "person", "object_fixed", "object_moving"}),
        ("light", {"day", "lamp", "window", "backlight", "dark", "infrared", "outdoors"}),
    ],
)
def test_every_axis_is_covered(scenes: list[Scene], axis: str, wanted: set[str]) -> None:
    assert wanted <= {s.categories[axis] for s in scenes}


def test_rates_and_sizes_vary(scenes: list[Scene]) -> None:
    assert {10, 15, 25, 30, 60} <= {s.picture.fps for s in scenes}
    sizes = {(s.picture.width, s.picture.height) for s in scenes}
    assert {(320, 240), (1920, 1080), (360, 640)} <= sizes
    assert any(s.picture.uneven for s in scenes)
