from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy.score import figures, score_clip
from gaitcheck.scoring.truth import Contact, Span, TrueClip, TruePerson, read_clip

BOX = [[0, 0, 0, 10, 30], [10, 0, 0, 10, 30]]


def clip(
    contacts: list[tuple[float, str]],
    supports: list[tuple[str, float, float]],
    *,
    not_scorable: tuple[Span, ...] = (),
    all_people: bool = True,
) -> TrueClip:
    walking = (Span("walking", 0.5, contacts[-1][0]),) if contacts else ()
    person = TruePerson(
        "child",
        np.array(BOX, dtype=float),
        Span("labelled", 0, 10),
        tuple(Contact(t, side) for t, side in contacts),
        tuple(Span(*s) for s in supports),
        walking,
        not_scorable,
    )
    return TrueClip(Path("a.mp4"), 60.0, (person,), all_people, "tune", {"age": "child"})


def answer(steps: list[tuple[float, str | None, str]], *, boxes=BOX) -> dict:
    found = [
        {"person": 1, "side": side, "contact_s": t, "support": support, "confidence": 0.9}
        for t, side, support in steps
    ]
    sequences = []
    if len(found) >= 2:
        free = all(s["support"] == "none" for s in found)
        span = {"start_s": steps[0][0], "end_s": steps[-1][0]}
        sequences = [{"person": 1, "independent": free, **span}]
    first = {"person": 1, "time_s": steps[0][0]} if sequences and free else None
    return {
        "people": [{"id": 1, "boxes": boxes}],
        "steps": found,
        "sequences": sequences,
        "postures": [{"person": 1, "posture": "walking", "start_s": 0.0, "end_s": 5.0}],
        "first_independent_step": first,
    }


WALK = [(1.0, "left"), (1.5, "right"), (2.0, "left")]
FREE = [("none", 0, 10)]


def rates(truth: TrueClip, found: dict) -> dict:
    return figures([score_clip(truth, found)])


def test_perfect_answer():
    result = rates(clip(WALK, FREE), answer([(t, side, "none") for t, side in WALK]))
    assert result["contact_100ms"] == {"precision": 1, "recall": 1, "f1": 1}
    assert result["right_side"] == 1
    assert result["independent_recall"] == 1
    assert result["independent_sequence_f1"] == 1
    assert result["first_step_median_error_s"] == 0
    assert result["invented_independent_per_minute"] == 0
    assert result["false_independent"] is None, "no supported step: nothing to divide by"


def test_held_steps_called_free_are_the_costly_error():
    held = clip(WALK, [("person", 0, 1.7), ("none", 1.7, 10)])
    result = rates(held, answer([(t, side, "none") for t, side in WALK]))
    assert result["false_independent"] == 1
    assert result["independent_recall"] == 1


def test_steps_of_helpers_are_counted_apart_while_they_help():
    alone = clip(WALK, FREE)
    held = replace(
        alone.people[0],
        name="held",
        boxes=np.array([[0, 500, 0, 510, 30], [10, 500, 0, 510, 30]], dtype=float),
        contacts=(),
        supports=(Span("person", 0, 1.7), Span("none", 1.7, 10)),
    )
    helping = replace(alone, people=(*alone.people, held))
    result = rates(helping, answer([(1.0, "left", "unknown"), (2.0, "left", "none")]))
    assert result["independent_recall"] == 0.3333
    assert result["independent_recall_helper"] == 0
    assert result["independent_recall_walker"] == 1


def test_unknown_is_neither_right_nor_false():
    result = rates(clip(WALK, FREE), answer([(t, side, "unknown") for t, side in WALK]))
    assert result["independent_recall"] == 0
    assert result["free_left_unknown"] == 1
    assert result["free_called_supported"] == 0


def test_late_wrong_and_missing():
    result = rates(clip(WALK, FREE), answer([(1.08, "right", "none"), (1.65, "right", "none")]))
    assert result["contact_50ms"]["f1"] == 0
    assert result["contact_100ms"] == {"precision": 0.5, "recall": 0.3333, "f1": 0.4}
    assert result["contact_200ms"]["precision"] == 1
    assert result["right_side"] == 0
    assert result["mean_signed_error_ms"] == 80


def test_steps_far_from_any_walking_are_invented():
    result = rates(clip(WALK, FREE), answer([(8.0, "left", "none"), (8.5, "right", "unknown")]))
    assert result["invented_independent_per_minute"] == 1
    assert result["invented_steps_per_minute"] == 2


def test_steps_of_nobody_count_only_where_everybody_is_labelled():
    elsewhere = [[0, 400, 0, 410, 30], [10, 400, 0, 410, 30]]
    stranger = answer([(1.0, "left", "none")], boxes=elsewhere)
    assert rates(clip(WALK, FREE), stranger)["counts"]["false_100"] == 1
    assert rates(clip(WALK, FREE, all_people=False), stranger)["counts"].get("false_100", 0) == 0


def test_not_scorable_time_counts_neither_way():
    hidden = clip(WALK, FREE, not_scorable=(Span("behind the tree", 1.8, 3.0),))
    result = rates(
        hidden, answer([(1.0, "left", "none"), (1.5, "right", "none"), (2.5, "left", "none")])
    )
    assert result["contact_100ms"]["f1"] == 1


def test_counts_are_summed_over_clips_not_averaged():
    good = score_clip(clip(WALK, FREE), answer([(t, side, "none") for t, side in WALK]))
    empty = score_clip(clip([(1.0, "left")], FREE), answer([]))
    assert figures([good, empty])["contact_100ms"]["recall"] == 0.75


def test_labels_file_of_the_shared_format(tmp_path):
    labels = {
        "clip": "a.mp4",
        "fps": 10.0,
        "n_frames": 50,
        "people": [
            {
                "name": "woman",
                "box_first_seen": [2, 0, 0, 10, 30],
                "contacts": [
                    {"frame": 10, "side": "left", "sure": True},
                    {"frame": 15, "side": "right", "sure": False},
                    {"frame": 20, "time_s": 2.03, "side": "left", "sure": True, "visible": False},
                ],
                "support": [{"what": "none", "start": 0, "end": 50, "sure": True}],
                "posture": [],
                "not_scorable": [[30, 50, "gone"]],
            }
        ],
    }
    path = tmp_path / "a.labels.json"
    path.write_text(json.dumps(labels))
    (person,) = read_clip(path).people
    assert [(c.time_s, c.required) for c in person.contacts] == [
        (1.0, True),
        (1.5, False),
        (2.03, False),
    ]
    assert person.support_at(1.0) == "none"
    assert person.scorable(2.9)
    assert not person.scorable(3.0)


def test_broken_labels_file_is_named(tmp_path):
    path = tmp_path / "broken.labels.json"
    path.write_text('{"clip": "a.mp4"}')
    with pytest.raises(ValueError, match=r"broken\.labels\.json"):
        read_clip(path)


@pytest.mark.parametrize(
    ("camera", "height_px", "home", "cctv"),
    [
        ("side", 30, 0.8, None),
        ("cctv", 99, None, None),
        ("cctv", 100, None, 0.8),
        (None, 100, None, None),
    ],
)
def test_contacts_by_view(camera, height_px, home, cctv):
    boxes = [[0, 0, 0, 10, height_px], [10, 0, 0, 10, height_px]]
    seen = clip(WALK, FREE)
    person = replace(seen.people[0], boxes=np.array(boxes, dtype=float))
    seen = replace(seen, people=(person,), categories={"camera": camera} if camera else {})
    result = rates(seen, answer([(1.0, "left", "none"), (1.5, "right", "none")], boxes=boxes))
    assert result["contact_f1_home"] == home
    assert result["contact_f1_cctv"] == cctv
    assert result["contact_100ms"]["f1"] == 0.8, "everybody counts for the headline"
