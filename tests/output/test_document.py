from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from gaitcheck.answer import Person
from gaitcheck.errors import OutputError
from gaitcheck.gait.events import Step
from gaitcheck.output.document import schema, to_json
from tests.output.examples import HELD, HIDDEN, PERSON, analysis_of, free_walk, held_walk, walk

VALIDATOR = jsonschema.Draft202012Validator(schema())


def written(analysis: Any) -> dict[str, Any]:
    return json.loads(to_json(analysis.to_dict()))


ANALYSES = {
    "free": free_walk(),
    "held": held_walk(),
    "unknown": analysis_of(walk("unknown", evidence=(HIDDEN,))),
    "several": analysis_of(walk("person"), walk("none", first=5, sequence=2)),
    "empty": analysis_of(
        people=(), postures=(), events=(), badly_seen=(), rejected=(), warnings=()
    ),
}


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", ANALYSES)
def test_what_is_written_fits_the_schema(name: str) -> None:
    VALIDATOR.validate(written(ANALYSES[name]))


def test_the_schema_names_every_field_that_is_written() -> None:
    """Fields may be added to the contract, but not without being described in it."""
    document = written(held_walk())
    described = schema()
    assert set(document) == set(described["properties"])
    assert set(document["video"]) == set(described["properties"]["video"]["properties"])
    assert set(document["model"]) == set(described["properties"]["model"]["properties"])
    for field, definition in {
        "people": "person",
        "steps": "step",
        "sequences": "sequence",
        "postures": "posture",
        "events": "event",
        "rejected": "rejection",
    }.items():
        assert set(document[field][0]) == set(described["$defs"][definition]["properties"])
    evidence = document["sequences"][0]["evidence"][0]
    assert set(evidence) == set(described["$defs"]["evidence"]["properties"])


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a document that the contract fixes: settings are free."""
    if path == ("settings",):
        return [path]
    if isinstance(value, dict):
        return [path, *(p for key in value for p in paths(value[key], (*path, key)))]
    if isinstance(value, list):
        return [path, *(p for i in range(len(value)) for p in paths(value[i], (*path, i)))]
    return [path]


FULL = written(analysis_of(walk("person", evidence=(HELD,)), walk("none", first=5, sequence=2)))
PLACES = [path for path in paths(FULL) if path]


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_the_schema_refuses_a_wrong_type_anywhere(path: tuple[Any, ...]) -> None:
    broken = copy.deepcopy(FULL)
    *head, last = path
    place = broken
    for key in head:
        place = place[key]
    place[last] = {"not": "expected"} if not isinstance(place[last], dict) else [1]
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    "path", [p for p in PLACES if isinstance(p[-1], str) and p[0] != "settings"], ids=str
)
def test_the_schema_refuses_a_missing_field(path: tuple[Any, ...]) -> None:
    broken = copy.deepcopy(FULL)
    *head, last = path
    place = broken
    for key in head:
        place = place[key]
    del place[last]
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("steps", {"support": "nobody"}),
        ("steps", {"side": "Left"}),
        ("steps", {"confidence": 1.2}),
        ("steps", {"contact_s": -0.1}),
        ("steps", {"person": 0}),
        ("people", {"height_px": 0}),
        ("people", {"boxes": []}),
        ("people", {"boxes": [[0.0, 1.0, 2.0, 3.0]]}),
        ("sequences", {"independent": True}),
        ("sequences", {"milestones": ["a", "a"]}),
        ("sequences", {"cadence_spm": 0}),
        ("postures", {"posture": "flying"}),
        ("events", {"event": "tripped"}),
        ("events", {"confidence": 1.5}),
    ],
    ids=str,
)
def test_the_schema_refuses_what_the_words_forbid(field: str, change: dict[str, Any]) -> None:
    broken = copy.deepcopy(FULL)  # its first sequence is held by a person
    broken[field][0].update(change)
    assert not VALIDATOR.is_valid(broken)


def test_numbers_are_rounded_as_the_contract_says() -> None:
    document = written(held_walk())
    assert document["steps"][1]["lift_off_s"] == 1.2
    assert document["steps"][0]["contact_s"] == 1.2346
    assert document["steps"][0]["confidence"] == 0.877
    assert document["people"][0]["height_px"] == 212.3
    assert document["people"][0]["boxes"][0] == [0.0, 10.0, 20.1, 60.0, 232.4]
    assert document["sequences"][0]["cadence_spm"] == 120.0


def test_a_step_says_how_likely_it_was_held_where_that_was_weighed() -> None:
    steps, sequence = walk("none")
    weighed = (replace(steps[0], held_probability=0.01234), *steps[1:])
    document = written(analysis_of((weighed, sequence)))
    assert [step["held_probability"] for step in document["steps"][:2]] == [0.012, None]
    VALIDATOR.validate(document)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_may_be_unknown_becomes_null(bad: float) -> None:
    steps, sequence = walk("none")
    analysis = analysis_of(
        ((replace(steps[0], lift_off_s=bad), *steps[1:]), replace(sequence, cadence_spm=bad))
    )
    document = written(analysis)
    assert document["steps"][0]["lift_off_s"] is None
    assert document["sequences"][0]["cadence_spm"] is None


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_number_that_must_be_known_is_never_written_as_nan(bad: float) -> None:
    step = Step(1, "left", None, bad)
    with pytest.raises(OutputError, match="contact_s"):
        analysis_of(steps=(step,)).to_dict()
    with pytest.raises(OutputError, match="boxes"):
        analysis_of(people=(Person(1, 0.0, 1.0, 50.0, ((0.0, bad, 0.0, 1.0, 1.0),)),)).to_dict()
    with pytest.raises(OutputError, match="number"):
        to_json({"x": bad})


def test_an_infinite_setting_is_null() -> None:
    analysis = free_walk()
    gait = replace(analysis.settings.gait, pause_s=float("inf"))
    document = written(replace(analysis, settings=replace(analysis.settings, gait=gait)))
    assert document["settings"]["gait"]["pause_s"] is None
    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('a "quoted" \\ name\n.mp4', 'a "quoted" \\ name\n.mp4'),
        ("Löwe 歩く \U0001f476.mp4", "Löwe 歩く \U0001f476.mp4"),
        ("bytes \udcff\udcfe.mp4", "bytes \ufffd\ufffd.mp4"),
        ("\u2028</script>.mp4", "\u2028</script>.mp4"),
    ],
)
def test_any_file_name_makes_valid_json(name: str, shown: str) -> None:
    analysis = free_walk()
    analysis = replace(analysis, video=replace(analysis.video, path=name), warnings=(name,))
    data = to_json(analysis.to_dict())
    assert json.loads(data.decode("utf-8", "strict"))["video"]["path"] == shown


def test_numpy_numbers_become_plain_ones() -> None:
    np = pytest.importorskip("numpy")
    step = Step(np.int64(1), "left", np.float32(0.5), np.float64(1.0), "none", np.float64(1), None)
    person = replace(PERSON, id=np.int32(1), height_px=np.float32(100))
    document = written(analysis_of(steps=(step,), people=(person,)))
    assert document["steps"][0]["contact_s"] == 1.0
    assert document["people"][0]["id"] == 1


def test_one_line_for_each_thing() -> None:
    """So that a person can read the file and a version control tool can compare two."""
    lines = to_json(held_walk().to_dict()).decode().splitlines()
    assert sum(line.startswith('    {"person": 1, "side"') for line in lines) == 4
    assert lines[-1] == "}"
