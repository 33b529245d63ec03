"""Labels files come in, people with their true steps come out; what is broken is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gaitcheck.errors import LabelsError
from gaitcheck.scoring.truth import read_clip


def labels(folder: Path, *people: dict[str, Any], **more: Any) -> Path:
    data = {
        "clip": "a.mp4",
        "fps": 25,
        "n_frames": 100,
        "duration_s": 4.0,
        "people": people,
        **more,
    }
    path = folder / "a.labels.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_a_person_has_boxes_or_the_one_first_seen(tmp_path):
    path = labels(
        tmp_path,
        {"name": "child", "boxes": [[0, 1, 2, 3, 4], [50, 1, 2, 3, 4]]},
        {"name": "mother", "box_first_seen": [25, 5, 6, 7, 8]},
    )
    child, mother = read_clip(path).people
    assert child.boxes[:, 0].tolist() == [0.0, 2.0]
    assert mother.boxes.tolist() == [[1.0, 5, 6, 7, 8]]


def test_who_never_comes_into_view_is_nobody_to_score(tmp_path):
    path = labels(
        tmp_path, {"name": "child", "boxes": [[0, 1, 2, 3, 4]]}, {"name": "mother", "boxes": []}
    )
    assert [person.name for person in read_clip(path).people] == ["child"]


@pytest.mark.parametrize(
    "person", [{"name": "child"}, {"boxes": [[0, 1, 2, 3, 4]]}, {"name": "child", "boxes": [[]]}]
)
def test_a_person_without_name_or_place_is_an_error_that_names_the_file(tmp_path, person):
    path = labels(tmp_path, person)
    with pytest.raises(LabelsError, match=r"a\.labels\.json is not a labels file"):
        read_clip(path)


def test_a_file_that_is_not_json_is_an_error(tmp_path):
    path = tmp_path / "a.labels.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(LabelsError, match="not a labels file"):
        read_clip(path)
