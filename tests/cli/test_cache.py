from __future__ import annotations

from pathlib import Path

import pytest

from gaitcheck.cache.store import Piece, TrackCache
from gaitcheck.cli import main
from gaitcheck.cli.codes import Code


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrackCache:
    monkeypatch.setenv("GAITCHECK_TRACKS", str(tmp_path / "tracks"))
    return TrackCache(tmp_path / "tracks")


def test_looking_clearing_and_limiting(
    cache: TrackCache, capsys: pytest.CaptureFixture[str]
) -> None:
    cache.entry("k", name="a\x1b[31m.mp4").write("p", Piece((), {}))
    assert main(["cache"]) == 0
    listed, total = capsys.readouterr().out.splitlines()
    assert "a" in listed
    assert "\x1b" not in listed
    assert f"of 2.0 GB in {cache.folder}" in total
    assert main(["cache", "path"]) == 0
    assert capsys.readouterr().out == f"{cache.folder}\n"
    assert main(["cache", "limit", "1.5G"]) == 0
    assert cache.limit_bytes == 1_500_000_000
    assert main(["cache", "clear"]) == 0
    assert "freed" in capsys.readouterr().out
    assert cache.entries() == []


def test_an_empty_cache_is_no_error(cache: TrackCache, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache"]) == 0
    assert capsys.readouterr().out == f"0 B of 2.0 GB in {cache.folder}\n"
    assert main(["cache", "clear"]) == 0
    assert not cache.folder.exists()


@pytest.mark.parametrize("size", ["much", "-5", "5 parsecs", ""])
def test_what_is_no_size_is_refused(cache: TrackCache, size: str) -> None:
    assert main(["cache", "limit", "--", size]) == Code.BAD_INPUT
    assert not cache.folder.exists()
