from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from gaitcheck.cache import key as keys
from gaitcheck.cache.store import Piece, TrackCache, cache_location
from gaitcheck.errors import OutputError, SettingsError
from gaitcheck.people import storage
from gaitcheck.people.track import HAND_ARRAYS, Track


def track(person: int = 1, *, n: int = 20) -> Track:
    rng = np.random.default_rng(person)
    world = rng.normal(size=(n, 33, 3)).astype(np.float32).astype(np.float64)
    world[3] = np.nan
    return Track(
        person=person, time_s=np.arange(n) / 25, frame_index=np.arange(n),
        points_px=rng.normal(300, 40, (n, 33, 2)), visibility=rng.uniform(size=(n, 33)),
        world_m=world, boxes_px=rng.normal(size=(n, 4)),
        to_room=np.broadcast_to(np.eye(3), (n, 3, 3)), picture_size=(640, 480),
        **{k: rng.uniform(size=(n, 2)) for k in HAND_ARRAYS if person > 1},
    )  # fmt: skip


PIECE = Piece((track(1), track(2)), {"warnings": ["a", "b"]})


def same(a: Track, b: Track) -> bool:
    names = ("time_s", "frame_index", "points_px", "visibility", "world_m", "boxes_px", "to_room")
    arrays = all(np.array_equal(getattr(a, n), getattr(b, n), equal_nan=True) for n in names)
    dtypes = all(getattr(b, n).dtype == np.float64 for n in names if n != "frame_index")
    hands = a.at_hands.keys() == b.at_hands.keys() and all(
        np.array_equal(scores, b.at_hands[name]) for name, scores in a.at_hands.items()
    )
    return bool(arrays and dtypes and hands and a.person == b.person)


def test_what_was_kept_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    entry = TrackCache(tmp_path / "c").entry("k", name="a.mp4")
    assert entry.read("p") is None
    assert entry.write("p", PIECE)
    kept = TrackCache(tmp_path / "c").entry("k", name="a.mp4").read("p")
    assert kept is not None
    assert kept.facts == PIECE.facts
    assert all(same(a, b) for a, b in zip(PIECE.tracks, kept.tracks, strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    cache = TrackCache(tmp_path / "c")
    cache.entry("k", name="a.mp4").write("p", PIECE)
    files = list((cache.folder / "k").iterdir())
    assert {f.name for f in files} == {"entry.json", "p.json", "p.npz"}
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    assert stat.S_IMODE((cache.folder / "k").stat().st_mode) == 0o700


@pytest.mark.parametrize("file", ["p.npz", "p.json"])
@pytest.mark.parametrize("damage", ["cut", "flipped", "foreign", "empty"])
def test_damage_is_found_said_and_mended(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str, damage: str
) -> None:
    entry = TrackCache(tmp_path).entry("k", name="a.mp4")
    entry.write("p", PIECE)
    path = tmp_path / "k" / file
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        data[len(data) // 3] ^= 0xFF
    path.write_bytes({"cut": data[: len(data) // 2], "foreign": b'{"a": 1}'}.get(damage, data))
    if damage == "empty":
        path.write_bytes(b"")
    assert entry.read("p") is None
    assert "made again" in caplog.text
    assert entry.write("p", PIECE)
    assert entry.read("p") is not None


def test_a_piece_that_was_not_finished_is_none(tmp_path: Path) -> None:
    entry = TrackCache(tmp_path).entry("k", name="a.mp4")
    entry.write("p", PIECE)
    (tmp_path / "k" / "p.json").unlink()  # it is written last
    assert entry.read("p") is None


def test_a_full_disk_stops_nothing_and_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.np, "savez_compressed", full)
    entry = TrackCache(tmp_path).entry("k", name="a.mp4")
    assert not entry.write("p", PIECE)
    assert not entry.write("q", PIECE)
    assert caplog.text.count("No space left") == 1
    assert entry.read("p") is None
    assert [f.name for f in (tmp_path / "k").iterdir()] == ["entry.json"]


def test_a_folder_that_cannot_be_written_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = TrackCache(tmp_path / "file" / "c")
    assert not cache.entry("k", name="a.mp4").write("p", PIECE)
    assert "cannot be kept" in caplog.text
    assert cache.entries() == []
    assert cache.clear() == 0
    with pytest.raises(OutputError, match="GAITCHECK_TRACKS"):
        cache.set_limit(5)


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = TrackCache(tmp_path)
    for number, key in enumerate(("a", "b", "c")):
        cache.entry(key, name=f"{key}.mp4").write("p", PIECE)
        os.utime(tmp_path / key / "entry.json", (1000 + number, 1000 + number))
    size = cache.entries()[0].bytes
    assert cache.entry("a", name="a.mp4").read("p") is not None  # used now
    cache.set_limit(2 * size + size // 2)
    assert [e.name for e in cache.entries()] == ["a.mp4", "c.mp4"]
    cache.set_limit(0)
    assert cache.entries() == []


def test_what_is_being_written_is_not_evicted(tmp_path: Path) -> None:
    cache = TrackCache(tmp_path)
    cache.set_limit(1)
    cache.entry("a", name="a.mp4").write("p", PIECE)
    assert [e.key for e in cache.entries()] == ["a"]
    with pytest.raises(SettingsError):
        cache.set_limit(-1)


def test_clearing_leaves_what_is_not_ours(tmp_path: Path) -> None:
    cache = TrackCache(tmp_path)
    cache.entry("a", name="a.mp4").write("p", PIECE)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file.txt").write_text("mine")
    assert cache.clear() > 1000
    assert (tmp_path / "other" / "file.txt").exists()
    assert not (tmp_path / "a").exists()


def test_leftovers_of_a_killed_process_are_swept_once_they_are_old(tmp_path: Path) -> None:
    cache = TrackCache(tmp_path)
    entry = cache.entry("a", name="a.mp4")
    entry.write("p", PIECE)
    old, young = tmp_path / "a" / ".p.npz.old", tmp_path / "a" / ".p.npz.young"
    for file in (old, young):
        file.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    entry.write("q", PIECE)
    assert not old.exists()
    assert young.exists()


def test_the_key_knows_content_model_settings_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"one")
    one = keys.content_digest(file)
    os.utime(file, (5, 5))
    assert keys.content_digest(file) == one
    file.write_bytes(b"two")  # of the same size
    assert keys.content_digest(file) != one

    def key(**changed: object) -> str:
        parts = {"model_sha256": "m", "settings": {"a": 1}, **changed}
        return keys.tracks_key("c", **parts)  # type: ignore[arg-type]

    seen = {key(), key(model_sha256="n"), key(settings={"a": 2})}
    monkeypatch.setattr(keys, "code_digest", lambda: "other")
    assert len({*seen, key()}) == 4


def test_a_folder_is_known_by_names_and_bytes(tmp_path: Path) -> None:
    for name in ("f1.png", "f2.png"):
        (tmp_path / name).write_bytes(name.encode())
    one = keys.content_digest(tmp_path)
    assert keys.content_digest(tmp_path) == one
    (tmp_path / "f2.png").rename(tmp_path / "f3.png")
    assert keys.content_digest(tmp_path) != one


def test_the_tests_do_not_use_the_users_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert tmp_path_factory.getbasetemp() in cache_location().parents
