"""What a user may ask to be hidden, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gaitcheck.errors import SettingsError
from gaitcheck.output.blur.settings import Blur, check_blur, cover_of, parse_blur, remarks_of
from tests.clips import even_times_s
from tests.output.film.walkers import track, walk

TIMES_S = np.array(even_times_s(30))
ONE = walk(track(TIMES_S))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Blur()),
        (["faces"], Blur(frozenset({"faces"}))),
        (["people:3,4", "heads"], Blur(frozenset({"heads"}), frozenset({3, 4}))),
        (["people:3", "people:5"], Blur(frozenset(), frozenset({3, 5}))),
        (["all"], Blur(frozenset({"all"}))),
    ],
)
def test_what_is_asked_for(words: list[str], wanted: Blur):
    assert parse_blur(words) == wanted
    assert bool(parse_blur(words)) is bool(words)


@pytest.mark.parametrize(
    "word", ["", "face", "Heads", "people", "people:", "people:a", "people:-1", "people:1,", "3"]
)
def test_what_cannot_be_blurred_is_told(word: str):
    with pytest.raises(SettingsError, match="give faces, heads, all"):
        parse_blur([word])


def test_somebody_who_is_not_there_is_told_with_who_is():
    with pytest.raises(SettingsError, match="no person 4, 7 in this video: there are 1"):
        cover_of(ONE, parse_blur(["people:1,4,7"]))
    with pytest.raises(SettingsError, match="nobody was found"):
        check_blur(walk(), parse_blur(["people:1"]))


def test_a_saved_answer_cannot_be_blurred_but_as_a_whole():
    saved = replace(ONE, tracks=())
    with pytest.raises(SettingsError, match="analyze the video anew"):
        cover_of(saved, parse_blur(["heads"]))
    assert cover_of(saved, parse_blur(["all"])).hide(np.zeros((9, 9, 3), np.uint8), 0).any() == 0


def test_where_nobody_is_nothing_is_hidden():
    picture = np.random.default_rng(1).integers(0, 256, (64, 128, 3), dtype=np.uint8)
    nobody = track(TIMES_S, unseen=slice(None))
    for made in (walk(), walk(nobody)):
        assert (cover_of(made, parse_blur(["heads"])).hide(picture, 0.5) == picture).all()


def test_users_are_told_what_is_not_hidden():
    assert any("not followed" in text for text in remarks_of(parse_blur(["heads"])))
    assert any("--exhaustive" in text for text in remarks_of(parse_blur(["people:1"])))
    assert remarks_of(parse_blur(["all"])) == remarks_of(Blur()) == ()


@pytest.mark.parametrize(
    ("words", "wanted"), [(["heads"], True), (["faces", "all"], True), (["all"], False),
                          (["people:2"], False), ([], False)],
)  # fmt: skip
def test_hiding_everybody_needs_everybody_to_be_followed(words: list[str], wanted: bool):
    assert parse_blur(words).everybody is wanted
