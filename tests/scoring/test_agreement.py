from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.errors import LabelsError
from gaitcheck.output.document import to_json
from gaitcheck.scoring.accounts import clip_of, read_account
from gaitcheck.scoring.agreement import agreement, cohen_kappa
from gaitcheck.scoring.truth import Contact, Span, TrueClip, TruePerson
from tests.output.examples import analysis_of, walk

BOX = np.array([[0.0, 0, 0, 10, 30], [10.0, 0, 0, 10, 30]])


def clip(
    *contacts: tuple[float, str | None], support: str = "none", sure: bool = True,
    all_people: bool = True, labelled: Span | None = None, boxes: np.ndarray = BOX,
) -> TrueClip:  # fmt: skip
    person = TruePerson(
        "child", boxes, labelled or Span("labelled", 0, 10),
        tuple(Contact(t, side, sure) for t, side in contacts),
        (Span(support, 0, 10),), (Span("walking", 0, 5),),
    )  # fmt: skip
    return TrueClip(Path("a.mp4"), 10.0, (person,), all_people, "")


WALK = ((1.0, "left"), (1.5, "right"), (2.0, "left"))


def test_the_same_account_agrees_wholly():
    found = agreement(clip(*WALK), clip(*WALK))
    assert [row["f1"] for row in found["contacts"].values()] == [1, 1, 1]
    assert found["side"] == {"n": 3, "agreement": 1, "kappa": 1}
    assert found["support"] == {"n": 3, "agreement": 1, "kappa": None}, "chance agrees as well"
    assert found["difference_ms"] == {"mean": 0, "mean_abs": 0}


def test_times_apart_are_told_with_their_sign():
    later = [(t + 0.07, side) for t, side in WALK]
    found = agreement(clip(*WALK), clip(*later))
    assert [row["f1"] for row in found["contacts"].values()] == [0, 1, 1]
    assert found["difference_ms"]["mean"] == 70


def test_turned_round_the_figures_are_the_same():
    a, b = clip(*WALK), clip((1.02, "right"), (1.52, "right"), (4.0, "left"), support="person")
    one, other = agreement(a, b), agreement(b, a)
    assert one["contacts"]["100"] == {"both": 2, "only_a": 1, "only_b": 1, "f1": 0.6667}
    assert other["contacts"]["100"]["f1"] == one["contacts"]["100"]["f1"]
    assert one["side"] == other["side"] == {"n": 2, "agreement": 0.5, "kappa": 0}
    assert one["independent"]["agreement"] == 0
    assert one["support_pairs"] == [{"a": "none", "b": "person", "n": 2}]


def test_what_nobody_is_sure_of_counts_neither_way():
    found = agreement(clip(*WALK), clip((1.0, "left"), (3.0, "left"), sure=False))
    assert found["contacts"]["100"] == {"both": 0, "only_a": 2, "only_b": 0, "f1": 0}


def test_only_time_that_both_labelled_counts():
    found = agreement(clip(*WALK), clip(WALK[0], labelled=Span("labelled", 0, 1.2)))
    assert found["contacts"]["100"]["f1"] == 1


@pytest.mark.parametrize(("all_people", "alone"), [(True, 3), (False, 0)])
def test_whom_the_other_did_not_label(all_people: bool, alone: int):
    elsewhere = BOX + np.array([0, 500, 0, 500, 0])
    found = agreement(clip(*WALK), clip(boxes=elsewhere, all_people=all_people))
    assert found["people"] == {"matched": 0, "only_a": 1, "only_b": 1}
    assert found["contacts"]["100"]["only_a"] == alone


@pytest.mark.parametrize("turned", [False, True])
def test_few_boxes_of_who_turns_about_are_compared_where_they_are(turned: bool):
    # Somebody who goes there and back; the labels hold two boxes, so a line between them is wrong.
    there_and_back = np.array(
        [[t, x, 0, x + 10, 30] for t in range(11) for x in [40.0 * min(t, 10 - t)]]
    )
    sparse, dense = clip(*WALK, boxes=there_and_back[[0, 10]]), clip(*WALK, boxes=there_and_back)
    found = agreement(dense, sparse) if turned else agreement(sparse, dense)
    assert found["people"]["matched"] == 1
    assert found["contacts"]["100"]["f1"] == 1


def test_a_person_in_two_pieces_is_one():
    halves = [
        TruePerson("p", BOX, Span("labelled", 0, 10), (Contact(t, side),), (), ())
        for t, side in WALK[:2]
    ]
    pieces = TrueClip(Path("a.mp4"), 10.0, tuple(halves), True, "")
    found = agreement(pieces, clip(*WALK[:2]))
    assert found["people"] == {"matched": 1, "only_a": 0, "only_b": 0}
    assert found["contacts"]["100"]["f1"] == 1


def test_kappa_of_the_textbook():
    # Cohen's example by counts: 20 and 15 agreed of 50; chance 0.5.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([]) is None


def test_an_answer_is_an_account(tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_bytes(to_json(analysis_of(walk("person")).to_dict()))
    (person,) = read_account(path).people
    assert [c.side for c in person.contacts] == ["right", "left", "right", "left"]
    assert {person.support_at(c.time_s - 1e-3) for c in person.contacts} == {"person"}


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": "gaitcheck.analysis/1"}', '{"people": [{}], "fps": 1}']
)
def test_what_is_no_account_is_told(tmp_path: Path, content: str):
    path = tmp_path / "broken.json"
    path.write_text(content)
    with pytest.raises(LabelsError, match=r"broken\.json"):
        read_account(path)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(LabelsError, match=r"nowhere\.json"):
        read_account(tmp_path / "nowhere.json")


def test_an_answer_lacking_a_part_is_told():
    document = json.loads(to_json(analysis_of(walk("none")).to_dict()))
    del document["steps"][0]["contact_s"]
    with pytest.raises(LabelsError, match="contact_s"):
        clip_of(document, Path("a.json"))
