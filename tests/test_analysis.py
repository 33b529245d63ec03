from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import gaitcheck
from gaitcheck.analysis import analyze, load, people_of, track
from gaitcheck.errors import CancelledError, VideoError
from gaitcheck.footage.watch import Progress
from gaitcheck.gait.events import FirstStep
from gaitcheck.output.document import to_json
from gaitcheck.people.follow import TrackingResult
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import N_LANDMARKS
from gaitcheck.settings import GaitSettings, PeopleSettings, Settings
from gaitcheck.video.frame import Frame, VideoInfo
from tests.output.examples import free_walk

N_FRAMES = 30


def track_of(time_s: Iterable[float], boxes_px: Any, *, person: int = 1) -> Track:
    time = np.asarray(list(time_s), dtype=float)
    n = len(time)
    return Track(
        person=person,
        time_s=time,
        frame_index=np.arange(n),
        points_px=np.zeros((n, N_LANDMARKS, 2)),
        visibility=np.ones((n, N_LANDMARKS)),
        world_m=np.zeros((n, N_LANDMARKS, 3)),
        boxes_px=np.broadcast_to(np.asarray(boxes_px, dtype=float), (n, 4)).copy(),
        to_room=np.broadcast_to(np.eye(3), (n, 3, 3)),
        picture_size=(640, 480),
    )


class Reader:
    """A video of plain pictures, which knows whether it was closed and how far it was read."""

    def __init__(self, frame_count: int = N_FRAMES) -> None:
        self.info = VideoInfo("clip.mp4", 64, 48, frame_count, 1.0, 30.0)
        self.warnings: tuple[str, ...] = ()
        self.coding_qp = 24.0
        self.read = 0
        self.closed = False

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def __iter__(self) -> Iterator[Frame]:
        for index in range(N_FRAMES):
            self.read += 1
            yield Frame(index, index / 30, np.zeros((48, 64, 3), np.uint8))
        self.info = VideoInfo("clip.mp4", 64, 48, N_FRAMES, 1.0, 30.0)
        self.warnings = ("from the reader",)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The four stages replaced by ones that only keep what they were given."""
    seen = SimpleNamespace(reader=Reader(), tracks=(track_of([0, 0.1], [10, 20, 60, 220]),))

    def open_video(source: Any, *, fps: float | None) -> Reader:
        seen.source, seen.fps = source, fps
        return seen.reader

    def find_model(explicit: Path | None, *, announce: Any) -> Any:
        seen.model, seen.announce = explicit, announce
        return SimpleNamespace(path=Path("m.task"), name="full", sha256="ab" * 32)

    def track_people(
        frames: Iterable[Frame],
        *,
        model_path: Path,
        settings: Any,
        on_frame: Callable[[Frame], None],
        workers: int | None,
    ) -> Any:
        seen.workers = workers
        seen.model_path, seen.people_settings, seen.indices = model_path, settings, []
        for frame in frames:
            seen.indices.append(frame.index)
            on_frame(frame)
        return TrackingResult(seen.tracks, ("from people",))

    def analyze_tracks(tracks: Any, *, settings: Any) -> Any:
        seen.gait_settings, seen.gait_tracks = settings, tracks
        return SimpleNamespace(
            steps=("steps",),
            sequences=("sequences",),
            postures=("postures",),
            rejected=("rejected",),
            first_independent=FirstStep(1, 0.5, 1),
            warnings=("from gait",),
            reasons=("because",),
            events=("rose",),
            badly_seen=("legs hidden",),
        )

    monkeypatch.setattr("gaitcheck.video.reader.open_video", open_video)
    monkeypatch.setattr("gaitcheck.pose.store.find_model", find_model)
    monkeypatch.setattr("gaitcheck.people.follow.track_people", track_people)
    monkeypatch.setattr("gaitcheck.gait.walk.analyze_tracks", analyze_tracks)
    return seen


def test_every_stage_gets_what_is_its_own_and_nothing_is_lost(stages: SimpleNamespace) -> None:
    settings = Settings(people=PeopleSettings(max_people=2), gait=GaitSettings(pause_s=3))
    found = analyze("clip.mp4", settings=settings, model="own.task", fps=12)
    assert (stages.source, stages.fps, stages.model) == ("clip.mp4", 12, Path("own.task"))
    assert stages.model_path == Path("m.task")
    assert stages.people_settings == settings.people
    assert stages.gait_settings == settings.gait
    assert stages.indices == list(range(N_FRAMES))
    assert stages.reader.closed
    assert found.warnings == ("from the reader", "from people", "from gait")
    assert found.steps == ("steps",)
    assert found.reasons == ("because",)
    assert found.events == ("rose",)
    assert found.badly_seen == ("legs hidden",)
    assert found.first_independent_step == FirstStep(1, 0.5, 1)
    assert found.tracks is stages.gait_tracks
    assert all(a.points_px is b.points_px for a, b in zip(found.tracks, stages.tracks, strict=True))
    assert [track.coding_qp for track in found.tracks] == [24.0]
    assert [person.id for person in found.people] == [1]
    assert found.model == gaitcheck.answer.ModelInfo("full", "ab" * 32)
    assert found.settings == settings


def test_the_video_is_described_as_read_not_as_claimed(stages: SimpleNamespace) -> None:
    stages.reader = Reader(frame_count=999)
    assert analyze("clip.mp4").video.frame_count == N_FRAMES


@pytest.mark.parametrize(("claimed", "total"), [(N_FRAMES, N_FRAMES), (0, None)])
def test_progress_counts_frames_in_the_callers_thread(
    stages: SimpleNamespace, claimed: int, total: int | None
) -> None:
    stages.reader = Reader(frame_count=claimed)
    told: list[tuple[Progress, int]] = []
    analyze("clip.mp4", progress=lambda p: told.append((p, threading.get_ident())))
    assert [p.frames for p, _ in told] == list(range(1, N_FRAMES + 1))
    assert {p.total for p, _ in told} == {total}
    assert told[-1][0].time_s == pytest.approx(29 / 30)
    assert {thread for _, thread in told} == {threading.get_ident()}


def test_cancelling_stops_the_reading_and_closes_the_video(stages: SimpleNamespace) -> None:
    stop = threading.Event()

    def after_five(progress: Progress) -> None:
        if progress.frames == 5:
            stop.set()

    with pytest.raises(CancelledError, match=r"0\.17 s"):
        analyze("clip.mp4", progress=after_five, cancel=stop.is_set)
    assert stages.indices == [0, 1, 2, 3, 4]
    assert stages.reader.read < N_FRAMES
    assert stages.reader.closed
    assert not [t for t in threading.enumerate() if t.name == "gaitcheck-prefetch"]


def test_a_failing_stage_closes_the_video(
    stages: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gaitcheck.people.follow.track_people", broken)
    with pytest.raises(ZeroDivisionError):
        analyze("clip.mp4")
    assert stages.reader.closed


def test_no_video_is_found_out_before_a_model_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("the model was looked for")

    monkeypatch.setattr("gaitcheck.pose.store.find_model", never)
    with pytest.raises(VideoError):
        analyze(tmp_path / "nowhere.mp4")


def test_fetching_a_model_is_said_aloud_once(
    stages: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING", logger="gaitcheck"):
        analyze("clip.mp4")
        stages.announce("fetching")
    assert caplog.messages == ["fetching"]
    with caplog.at_level("INFO", logger="gaitcheck"):  # the store's own log says it then
        analyze("clip.mp4")
    assert stages.announce is None


# --- people


@pytest.mark.parametrize("fps", [4, 5, 10, 12.5, 25, 29.97, 30, 60])
def test_about_five_boxes_a_second(fps: float) -> None:
    time_s = np.arange(0, 10, 1 / fps)
    (person,) = people_of([track_of(time_s, [10, 20, 60, 220])])
    assert len(person.boxes) / 10 == pytest.approx(min(fps, 5), abs=0.11)
    assert set(np.diff([box[0] for box in person.boxes]).round(3)) <= {
        round(k / fps, 3) for k in range(1, int(0.4 * fps) + 2)
    }


def test_a_gap_has_no_boxes_and_the_ends_are_where_the_person_was_seen() -> None:
    time_s = np.arange(0, 4, 0.1)
    boxes = np.tile([10.0, 20.0, 60.0, 220.0], (len(time_s), 1))
    boxes[:5] = boxes[10:25] = boxes[-3:] = np.nan
    (person,) = people_of([track_of(time_s, boxes)])
    assert (person.start_s, person.end_s) == pytest.approx((0.5, 3.6))
    times = np.array([box[0] for box in person.boxes])
    assert not ((times > 0.95) & (times < 2.45)).any()
    assert np.isfinite(person.boxes).all()


def test_height_is_the_median_so_that_a_bad_box_does_not_move_it() -> None:
    boxes = np.tile([10.0, 20.0, 60.0, 220.0], (11, 1))
    boxes[3] = [0, 0, 600, 400]
    (person,) = people_of([track_of(np.arange(11) / 10, boxes)])
    assert person.height_px == 200


def test_somebody_never_seen_is_nobody() -> None:
    assert people_of([track_of([0, 0.1], [np.nan] * 4)]) == ()


def test_track_stops_before_the_gait_and_says_what_was_wrong(
    stages: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    found = track("clip.mp4", fps=12, settings=Settings(people=PeopleSettings(max_people=2)))
    assert all(a.points_px is b.points_px for a, b in zip(found, stages.tracks, strict=True))
    assert not hasattr(stages, "gait_tracks")
    assert (stages.fps, stages.people_settings.max_people) == (12, 2)
    assert stages.reader.closed
    assert caplog.messages == ["from the reader", "from people"]


def test_track_can_be_stopped(stages: SimpleNamespace) -> None:
    with pytest.raises(CancelledError):
        track("clip.mp4", cancel=lambda: True)
    assert stages.reader.closed


def test_a_saved_analysis_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(to_json(free_walk().to_dict()))
    assert load(tmp_path / "a.json").to_dict() == free_walk().to_dict()
