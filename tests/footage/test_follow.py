from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

import gaitcheck
from gaitcheck.answer import Analysis
from gaitcheck.cache.store import TrackCache
from gaitcheck.errors import CancelledError, SettingsError, VideoError
from gaitcheck.footage import follow as footage_follow
from gaitcheck.footage.watch import Progress, Watch
from gaitcheck.people.track import Track
from gaitcheck.settings import GaitSettings, Settings
from gaitcheck.video.reader import VideoReader
from tests.clips import write_pictures
from tests.footage.conftest import FPS, QUIET_S, SAMPLE
from tests.interrupts import interruptible

pytestmark = pytest.mark.model


def arrays(tracks: tuple[Track, ...]) -> list[np.ndarray]:
    return [
        np.asarray(getattr(track, name))
        for track in tracks
        for name in ("time_s", "frame_index", "points_px", "visibility", "world_m", "things")
    ]


def same(a: Analysis, b: Analysis) -> bool:
    return len(a.tracks) == len(b.tracks) and all(
        np.array_equal(x, y, equal_nan=True)
        for x, y in zip(arrays(a.tracks), arrays(b.tracks), strict=True)
    )


def sequences(analysis: Analysis) -> list[tuple[float, float, int]]:
    return [(s.start_s, s.end_s, s.n_steps) for s in analysis.sequences]


def refuse(*_: object, **__: object) -> None:
    raise AssertionError("this was to be taken from the cache")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def found(long_clip: Path, model_path: Path, kept: Path) -> Analysis:
    """The long clip, followed by two processes."""
    return gaitcheck.analyze(long_clip, model=model_path, workers=2, cache=kept)


def test_what_is_in_the_windows_is_found_at_its_time(found: Analysis) -> None:
    walk_s = 76 / FPS
    spans = [(s.start_s, s.end_s) for s in found.sequences]
    assert len(spans) == 2
    for (start_s, end_s), first_s in zip(spans, (QUIET_S, 2 * QUIET_S + walk_s), strict=True):
        assert first_s <= start_s < end_s <= first_s + walk_s
    assert [t.person for t in found.tracks] == [1, 2]
    assert all(len(t) < 20 * FPS for t in found.tracks)
    assert found.video.frame_count == 2 * (76 + round(QUIET_S * FPS)) + 50


def test_one_process_finds_the_same_to_the_last_bit(
    found: Analysis, long_clip: Path, model_path: Path
) -> None:
    told: list[Progress] = []
    alone = gaitcheck.analyze(long_clip, model=model_path, workers=1, progress=told.append)
    assert same(alone, found)
    assert sequences(alone) == sequences(found)
    assert {p.stage for p in told} == {"scanning", "following"}
    assert told[-1].frames == told[-1].total
    assert told[-1].total < 0.4 * found.video.frame_count


def test_following_everything_finds_the_same_sequences(
    found: Analysis, long_clip: Path, model_path: Path
) -> None:
    whole = gaitcheck.analyze(long_clip, model=model_path, exhaustive=True)
    assert len(whole.sequences) == len(found.sequences)
    for a, b in zip(sequences(whole), sequences(found), strict=True):
        assert a[2] == b[2]
        assert a[:2] == pytest.approx(b[:2], abs=2 / FPS)


def test_stretches_side_by_side_find_what_one_reading_does(
    busy_clip: Path, model_path: Path
) -> None:
    """Nobody is lost or doubled at the seam at 30 s, and the joints are where they were."""
    whole = gaitcheck.track(busy_clip, model=model_path, exhaustive=True)
    cut = gaitcheck.track(busy_clip, model=model_path, workers=2)
    assert len(whole) == len(cut) == 1
    assert np.array_equal(cut[0].frame_index, whole[0].frame_index)
    apart_px = np.linalg.norm(cut[0].points_px - whole[0].points_px, axis=2)
    assert not np.array_equal(cut[0].points_px, whole[0].points_px)  # it was cut
    assert np.nanmedian(apart_px[240:], axis=1).max() < 0.1 * whole[0].boxes_px[:, 3].max()
    assert np.array_equal(cut[0].points_px[:240], whole[0].points_px[:240])


def test_other_gait_settings_need_no_pose(
    found: Analysis, long_clip: Path, model_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaitcheck.people.follow.track_people", refuse)
    monkeypatch.setattr("gaitcheck.footage.scan.scan", refuse)
    other = Settings(gait=GaitSettings(pause_s=0.3))
    again = gaitcheck.analyze(long_clip, model=model_path, settings=other, cache=kept)
    assert same(again, found)
    assert again.video == found.video
    assert again.settings == other


def test_an_interrupted_run_goes_on_where_it_stopped(
    found: Analysis, long_clip: Path, model_path: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """One of two windows is done when Ctrl-C comes."""
    frames = iter(range(10_000))

    def interrupt(progress: Progress) -> None:
        if progress.stage == "following" and next(frames) > 0.7 * progress.total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gaitcheck.analyze(
            long_clip, model=model_path, workers=1, cache=tmp_path, progress=interrupt
        )
    pieces = {p.name for p in tmp_path.glob("*/*.json")} - {"entry.json", "scan.json"}
    assert len(pieces) == 1
    monkeypatch.setattr("gaitcheck.footage.scan.scan", refuse)
    told: list[Progress] = []
    again = gaitcheck.analyze(
        long_clip, model=model_path, workers=1, cache=tmp_path, progress=told.append
    )
    assert same(again, found)
    assert told[-1].total < 0.2 * found.video.frame_count


def test_a_damaged_piece_is_made_again(
    found: Analysis, long_clip: Path, model_path: Path, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    victim = max(kept.glob("*/*.npz"), key=lambda p: p.stat().st_size)
    victim.write_bytes(victim.read_bytes()[:-100])
    again = gaitcheck.analyze(long_clip, model=model_path, workers=1, cache=kept)
    assert "made again" in caplog.text
    assert same(again, found)


def workers_of(parent: int | None = None) -> set[int]:
    """Give the worker processes of this machine, or those that a process has started."""
    command = ["ps", "-ww", "-eo", "pid,ppid,args"]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in listing.splitlines()[1:]]
    return {
        int(pid)
        for pid, ppid, words in rows
        if "gaitcheck.footage.worker" in words and parent in (None, int(ppid))
    }


def until(true: Callable[[], bool], *, seconds: float = 30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="uses ps and signals")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_no_worker_is_left_behind(
    long_clip: Path, model_path: Path, end: signal.Signals, tmp_path: Path
) -> None:
    command = ["-m", "gaitcheck", str(long_clip), "--workers", "2", "--model", str(model_path)]
    parent = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, "GAITCHECK_TRACKS": str(tmp_path)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=interruptible(),  # noqa: PLW1509 (it only sets a signal)
    )
    try:
        assert until(lambda: len(workers_of(parent.pid)) == 2, seconds=60)
        started = workers_of(parent.pid)
        time.sleep(0.5)
        parent.send_signal(end)
        code = parent.wait(20)
    finally:
        parent.kill()
    assert code == (130 if end is signal.SIGINT else -signal.SIGKILL)
    assert until(lambda: not started & workers_of())


def test_cancelling_ends_the_workers(long_clip: Path, model_path: Path) -> None:
    following: list[Progress] = []

    def note(progress: Progress) -> None:
        if progress.stage == "following":
            following.append(progress)

    with pytest.raises(CancelledError):
        gaitcheck.analyze(
            long_clip, model=model_path, workers=2, progress=note, cancel=lambda: bool(following)
        )
    if sys.platform != "win32":
        assert until(lambda: not workers_of(os.getpid()))


@pytest.mark.parametrize("workers", [0, -1])
def test_a_number_of_workers_is_at_least_one(long_clip: Path, workers: int) -> None:
    with pytest.raises(SettingsError, match="at least 1"):
        gaitcheck.analyze(long_clip, workers=workers)


def test_a_short_clip_is_not_scanned_but_kept(
    model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaitcheck.footage.scan.scan", refuse)
    first = gaitcheck.analyze(SAMPLE, model=model_path, cache=tmp_path)
    assert [p.name for p in tmp_path.glob("*/*.npz")] == ["whole.npz"]
    monkeypatch.setattr("gaitcheck.people.follow.track_people", refuse)
    assert same(gaitcheck.analyze(SAMPLE, model=model_path, cache=tmp_path), first)
    assert TrackCache(tmp_path).entries()[0].name == "free_walk.mp4"


def test_a_cache_that_cannot_be_written_changes_nothing(
    model_path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    found = gaitcheck.analyze(SAMPLE, model=model_path, cache=tmp_path / "file" / "c")
    assert len(found.sequences) == 1
    assert caplog.text.count("cannot be kept") == 1


def test_what_cannot_be_read_in_parts_is_read_as_a_whole(
    long_clip: Path, model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = []

    def no_windows(*_: object, **__: object) -> None:
        raise VideoError("no seeking here")

    def all_of_it(_job: object, reader: VideoReader) -> str:
        whole.append(sum(1 for _ in zip(reader, range(5), strict=False)))
        return "all"

    monkeypatch.setattr(footage_follow._Job, "_rounds", no_windows)
    monkeypatch.setattr(footage_follow._Job, "whole", all_of_it)
    found = footage_follow.follow(
        long_clip, settings=Settings(), model=model_path, fps=None, exhaustive=False, workers=1,
        cache=None, watch=Watch(None, None),
    )  # fmt: skip
    assert found == "all"
    assert whole == [5]


def test_who_is_in_very_large_pictures_is_found_in_their_px(
    model_path: Path, tmp_path: Path
) -> None:
    """The same walk twice as large: read at half its size, told in its own px."""
    capture = cv2.VideoCapture(str(SAMPLE))
    pictures = [cv2.resize(capture.read()[1], (1300, 976)) for _ in range(60)][30:]
    large = [cv2.resize(p, (2600, 1952), interpolation=cv2.INTER_NEAREST) for p in pictures]
    tracks = [
        gaitcheck.track(write_pictures(tmp_path / name, shown, fps=25.0), model=model_path)
        for name, shown in (("as_it_is.mp4", pictures), ("large.mp4", large))
    ]
    (as_it_is,), (enlarged,) = tracks
    assert enlarged.picture_size == (2600, 1952)
    apart = np.linalg.norm(enlarged.points_px - (2 * as_it_is.points_px + 0.5), axis=2)
    assert np.median(apart) < 0.01 * np.nanmedian(np.diff(enlarged.boxes_px[:, 1::2]))
