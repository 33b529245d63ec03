from __future__ import annotations

import json
from pathlib import Path

import pytest

from gaitcheck.errors import LabelsError
from gaitcheck.review.corrections import read_corrections
from gaitcheck.review.session import Session
from gaitcheck.review.start import review_files
from gaitcheck.scoring.accounts import read_account
from gaitcheck.scoring.truth import read_clip, read_folder
from tests.review.answers import saved


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path)


def session(path: Path, by: str = "Ada") -> Session:
    return Session(path.with_name("clip.mp4"), answer=path, by=by)


def test_corrections_are_kept_with_who_when_and_what_and_the_answer_is_not_touched(path: Path):
    before = path.read_bytes()
    session(path).do({"do": "move", "step": "m0", "contact_s": 1.0, "by": "Mallory"})
    (edit,) = json.loads((path.parent / "clip.corrections.json").read_bytes())["edits"]
    assert (edit["by"], edit["do"], edit["step"], edit["contact_s"]) == ("Ada", "move", "m0", 1.0)
    assert edit["at"].endswith("+00:00")
    assert path.read_bytes() == before


def test_a_later_session_goes_on_where_the_last_ended(path: Path):
    session(path).do({"do": "delete", "step": "m0"})
    state = session(path, by="Ben").do({"do": "confirm", "steps": ["m1"]})
    assert [s["id"] for s in state["steps"]][:2] == ["m1", "m2"]
    _, kept = read_corrections(path.parent / "clip.corrections.json")
    assert [edit["by"] for edit in kept.edits] == ["Ada", "Ben"]


def test_undo_and_redo_also_of_an_earlier_day(path: Path):
    session(path).do({"do": "delete", "step": "m0"})
    again = session(path)
    assert again.state()["can_undo"]
    assert len(again.undo()["steps"]) == 6
    state = again.redo()
    assert len(state["steps"]) == 5
    assert not state["can_redo"]
    again.undo()
    assert not again.do({"do": "confirm", "steps": ["m0"]})["can_redo"]


def test_a_refused_deed_changes_nothing(path: Path):
    one = session(path)
    with pytest.raises(LabelsError):
        one.do({"do": "delete", "step": "m99"})
    assert one.state()["edits"] == 0
    assert not (path.parent / "clip.corrections.json").exists()


def test_the_verdict_follows_the_corrections(path: Path):
    steps = ["m0", "m1", "m2", "m3"]
    state = session(path).do({"do": "support", "steps": steps, "support": "object_moving"})
    assert state["verdict"].startswith("No independent step found")


def test_corrections_of_another_answer_are_told(path: Path):
    session(path).do({"do": "confirm", "steps": ["m0"]})
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(LabelsError, match="another answer"):
        session(path)


def test_labels_are_truth_for_the_benchmark_and_never_overwritten(path: Path):
    one = session(path)
    one.do({"do": "move", "step": "m0", "contact_s": 1.1})
    one.do({"do": "watched", "person": 1, "watched": True})
    written = [one.write_labels().name for _ in range(3)]
    assert written == [
        "clip.labels.json", "clip.reviewed.labels.json", "clip.reviewed-2.labels.json",
    ]  # fmt: skip
    clip = read_clip(path.parent / "clip.labels.json")
    (person,) = clip.people
    assert [c.time_s for c in person.contacts] == pytest.approx([1.1, 1.7346, 2.2346, 2.7346])
    assert all(contact.required for contact in person.contacts)
    assert {person.support_at(c.time_s - 1e-3) for c in person.contacts} == {"none"}
    assert not clip.all_people
    assert len(read_folder(path.parent)) == 3


def test_frames_of_the_labels_are_those_of_the_video(path: Path):
    one = session(path)
    one.do({"do": "confirm", "steps": ["m0", "m3"]})
    data = json.loads(one.write_labels().read_bytes())
    assert data["n_frames"] == 150
    contacts = data["people"][0]["contacts"]
    assert [c["frame"] for c in contacts] == [round(c["time_s"] * 30) for c in contacts]
    assert [c["sure"] for c in contacts] == [True, False, False, True]
    first, last = data["people"][0]["labelled_range"]
    assert (first, last) == (22, 98), "half a second around what was looked at"


def test_labels_of_nothing_are_refused(path: Path):
    with pytest.raises(LabelsError, match="nothing was checked"):
        session(path).write_labels()


def test_of_corrections_only_what_was_looked_at_counts(path: Path):
    session(path).do({"do": "confirm", "steps": ["m1"]})
    clip = read_account(path.parent / "clip.corrections.json")
    assert [c.required for c in clip.people[0].contacts] == [False, True, False, False]


def test_a_saved_answer_names_its_video(path: Path):
    assert review_files(path).clip == path.with_name("clip.mp4")
    path.with_name("clip.mp4").unlink()
    with pytest.raises(LabelsError, match="cannot be found"):
        review_files(path)
