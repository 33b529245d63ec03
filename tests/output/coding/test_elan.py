"""ELAN files are read back by pympi and, for what pympi does not check, as XML."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pympi.Elan import Eaf

from gaitcheck.output.coding.elan import to_eaf
from tests.output.coded import EMPTY, coded
from tests.output.examples import analysis_of, walk

DOCUMENT = coded()


def read(tmp_path: Path, document) -> Eaf:
    path = tmp_path / "clip.eaf"
    path.write_bytes(to_eaf(document))
    return Eaf(str(path))


def test_contacts_and_support_come_back_by_person_and_side(tmp_path: Path) -> None:
    eaf = read(tmp_path, DOCUMENT)
    for person in (1, 2):
        for side in ("left", "right", None):
            own = [s for s in DOCUMENT["steps"] if (s["person"], s["side"]) == (person, side)]
            tier = f"person {person}: " + (f"{side} steps" if side else "steps, side unknown")
            if not own:
                assert tier not in eaf.get_tier_names()
                continue
            found = sorted(eaf.get_annotation_data_for_tier(tier))
            assert [text for _, _, text in found] == [step["support"] for step in own]
            for (start_ms, end_ms, _), step in zip(found, own, strict=True):
                assert end_ms == pytest.approx(1000 * step["contact_s"], abs=1)
                start_s = step["lift_off_s"] or step["contact_s"]
                assert start_ms == pytest.approx(1000 * start_s, abs=1.5)


def test_sequences_and_postures_come_back(tmp_path: Path) -> None:
    eaf = read(tmp_path, DOCUMENT)
    for tier, name in (("sequences", "sequences"), ("postures", "postures")):
        own = [row for row in DOCUMENT[name] if row["person"] == 1]
        found = sorted(eaf.get_annotation_data_for_tier(f"person 1: {tier}"))
        assert len(found) == len(own)
        for (start_ms, end_ms, _), row in zip(found, own, strict=True):
            assert start_ms == pytest.approx(1000 * row["start_s"], abs=1)
            assert end_ms == pytest.approx(1000 * row["end_s"], abs=1)


def test_annotations_of_a_tier_never_overlap_and_last(tmp_path: Path) -> None:
    steps, sequence = walk("none", n_steps=4)
    # Four steps of one side whose swings overlap, two of them at once.
    same = tuple(
        type(s)(**{**vars(s), "side": "left", "lift_off_s": 0.9, "contact_s": c})
        for s, c in zip(steps, (1.0, 1.2, 1.2, 1.5), strict=True)
    )
    eaf = read(tmp_path, analysis_of((same, sequence)).to_dict())
    found = sorted(eaf.get_annotation_data_for_tier("person 1: left steps"))
    assert len(found) == 4
    for (_, end_ms, _), (start_ms, _, _) in itertools.pairwise(found):
        assert end_ms <= start_ms
    assert all(start_ms < end_ms for start_ms, end_ms, _ in found)


def test_a_hostile_name_is_one_valid_path() -> None:
    document = {**DOCUMENT, "video": {**DOCUMENT["video"], "path": "a\x01<&>\"'.mov"}}
    root = ElementTree.fromstring(to_eaf(document))
    (media,) = root.iter("MEDIA_DESCRIPTOR")
    assert media.attrib["MEDIA_URL"] == "a\\x01<&>\"'.mov"
    assert media.attrib["MIME_TYPE"] == "video/quicktime"


def test_nobody_walks(tmp_path: Path) -> None:
    assert list(read(tmp_path, EMPTY).get_tier_names()) == []
