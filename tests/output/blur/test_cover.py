"""Pictures in which somebody is hidden, measured: no detail left where heads are, all elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from gaitcheck.output.blur.cover import Layer, PeopleCover, WholeCover
from gaitcheck.output.blur.settings import cover_of, parse_blur
from gaitcheck.output.film.films import Film, Still, make_films
from gaitcheck.output.film.highlights import highlight_films
from gaitcheck.people.track import Track
from gaitcheck.pose.landmarks import INDEX
from gaitcheck.video.reader import open_video
from tests.clips import write_pictures
from tests.output.film.walkers import steps_of, track, walk

SIZE_PX = (320, 240)
TIMES_S = np.arange(50) / 25
TALL_PX, TOP_PX, START_PX, SPEED_PX_S = 120.0, 60.0, 60.0, 80.0
NOISE = np.random.default_rng(5).integers(0, 256, (240, 320, 3), dtype=np.uint8)


def walker(person: int = 1, *, start_px: float = START_PX, unseen: slice | None = None) -> Track:
    return track(
        TIMES_S, person=person, start_px=start_px, speed_px_s=SPEED_PX_S, top_px=TOP_PX,
        height_px=TALL_PX, size_px=SIZE_PX, unseen=unseen,
    )  # fmt: skip


def head(image: np.ndarray, time_s: float) -> np.ndarray:
    """The head of the walker: a seventh of the height, from the crown down."""
    x, half = START_PX + SPEED_PX_S * time_s, TALL_PX / 14
    top = int(TOP_PX)
    return image[top : top + int(2 * half), int(x - half) : int(x + half)]


def detail(part: np.ndarray) -> float:
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY).astype(np.float32)
    return float((grey - cv2.GaussianBlur(grey, (0, 0), 4)).var())


FULL = detail(NOISE[:40, :40])


@pytest.mark.parametrize("what", ["faces", "heads", "people:1", "all"])
@pytest.mark.parametrize(
    "unseen", [None, slice(10, 40), slice(0, 25), slice(25, 50)], ids=["all", "gap", "late", "lost"]
)
def test_a_head_has_no_detail_in_any_frame(what: str, unseen: slice | None):
    cover = cover_of(walk(walker(unseen=unseen)), parse_blur([what]))
    for time_s in TIMES_S:
        assert detail(head(cover.hide(NOISE, time_s), time_s)) < 0.05 * FULL


def test_what_is_far_from_heads_stays_as_it_is():
    hidden = cover_of(walk(walker()), parse_blur(["heads"])).hide(NOISE, 1.0)
    middle = int(START_PX + SPEED_PX_S)
    assert (hidden[:, : middle - 60] == NOISE[:, : middle - 60]).all()
    assert (hidden[150:] == NOISE[150:]).all()


def test_only_the_people_named_are_hidden_and_from_head_to_foot():
    other = walker(2, start_px=START_PX + 150)
    hidden = cover_of(walk(walker(), other), parse_blur(["people:2"])).hide(NOISE, 0.4)
    x = int(START_PX + SPEED_PX_S * 0.4)
    assert (head(hidden, 0.4) == head(NOISE, 0.4)).all()
    body = hidden[int(TOP_PX) : int(TOP_PX + TALL_PX), x + 140 : x + 160]
    assert detail(body) < 0.05 * FULL


def test_a_pose_that_is_off_for_a_while_does_not_uncover_the_head():
    """The trunk taken for the head of somebody who is half hidden."""
    tracked = walker()
    points = tracked.points_px.copy()
    hips = points[20:32, [INDEX["left_hip"]], 1]
    upper = slice(0, INDEX["right_shoulder"] + 1)
    points[20:32, upper, 1] = hips - 0.5 * (hips - points[20:32, upper, 1])
    cover = cover_of(walk(replace(tracked, points_px=points)), parse_blur(["heads"]))
    for time_s in TIMES_S:
        assert detail(head(cover.hide(NOISE, time_s), time_s)) < 0.05 * FULL


def test_a_camera_that_turns_is_followed_where_nobody_was_seen():
    """The picture goes to the left under somebody who stands: a gap is bridged in the room."""
    still = track(TIMES_S, start_px=200.0, speed_px_s=0.0, top_px=TOP_PX, height_px=TALL_PX,
                  size_px=SIZE_PX, unseen=slice(10, 45))  # fmt: skip
    pan = np.where(TIMES_S < 1, 0.0, 80.0)  # it jumps, in the middle of the gap
    to_room = still.to_room.copy()
    to_room[:, 0, 2] = pan
    points = still.points_px.copy()
    points[..., 0] -= pan[:, None]
    cover = cover_of(walk(replace(still, points_px=points, to_room=to_room)), parse_blur(["heads"]))
    for time_s, shift in zip(TIMES_S, pan, strict=True):
        x = int(200 - shift)
        part = cover.hide(NOISE, time_s)[int(TOP_PX) : int(TOP_PX) + 17, x - 8 : x + 8]
        assert detail(part) < 0.05 * FULL


class Fixed:
    def __init__(self, *ellipses: tuple[float, float, float, float]) -> None:
        self.ellipses = np.array(ellipses)

    def at(self, time_s: float) -> np.ndarray:  # noqa: ARG002
        return self.ellipses


def test_what_is_left_of_a_region_is_a_few_values():
    """Two pictures whose regions have the same means become the same: nothing else is left."""
    cover = PeopleCover([Layer(Fixed((160, 120, 32, 32)), 2)])
    turned = NOISE.copy()
    for y in (88, 120):
        for x in (128, 160):
            turned[y : y + 32, x : x + 32] = NOISE[y : y + 32, x : x + 32][::-1, ::-1]
    hidden = [cover.hide(image, 0.0)[100:140, 140:180].astype(int) for image in (NOISE, turned)]
    assert np.abs(hidden[0] - hidden[1]).max() <= 12
    assert np.ptp(hidden[0], axis=(0, 1)).max() < 40


def test_regions_that_touch_are_averaged_as_one():
    black = np.zeros_like(NOISE)
    black[:, 160:] = 255
    cover = PeopleCover([Layer(Fixed((140, 120, 30, 30), (180, 120, 30, 30)), 2)])
    row = cover.hide(black, 0.0)[120, 115:205, 0].astype(int)
    assert np.abs(np.diff(row)).max() < 12


@pytest.mark.parametrize(
    "ellipse", [(-50, -50, 20, 20), (2, 2, 30, 30), (318, 100, 40, 40), (160, 120, 900, 900),
                (100, 100, 0.2, 0.2), (np.nan, 1, 2, 3)],
)  # fmt: skip
def test_regions_at_and_beyond_the_edge(ellipse: tuple[float, float, float, float]):
    before = NOISE.copy()
    hidden = PeopleCover([Layer(Fixed(ellipse), 2)]).hide(NOISE, 0.0)
    assert hidden.shape == NOISE.shape
    assert (before == NOISE).all()


def test_the_whole_picture_loses_its_detail():
    hidden = WholeCover(5.0).hide(NOISE, 0.0)
    assert hidden.shape == NOISE.shape
    assert detail(hidden) < 0.02 * FULL


def test_every_picture_that_is_written_is_covered(tmp_path: Path):
    """Annotated video, highlights, reel, still, plain copy: of all the head is gone."""
    clip = write_pictures(tmp_path / "a.mp4", [NOISE] * len(TIMES_S))
    made = walk(
        walker(unseen=slice(20, 40)), walks=(steps_of(1, [0.5, 1.2], sequence=1),), fps=25.0
    )
    films, stills = highlight_films(made, tmp_path, "a")
    films += [Film(tmp_path / "drawn.mp4"), Film(tmp_path / "plain.mp4", drawn=False)]
    stills += [Still(tmp_path / "still.png", 1.2, drawn=False)]
    make_films(made, clip, films, stills=stills, cover=cover_of(made, parse_blur(["heads"])))
    names = {"a.highlight-1.mp4", "a.highlights.mp4", "drawn.mp4", "plain.mp4"}
    assert {film.target.name for film in films} == names
    with open_video(tmp_path / "plain.mp4") as video:
        for frame in video:
            assert detail(head(frame.image_bgr, frame.time_s)) < 0.05 * FULL
    for name in names - {"plain.mp4"}:
        with open_video(tmp_path / name) as video:
            for frame in video:
                # 0.6 px of a skeleton's line and the badge are drawn over it: the noise is gone.
                part = head(frame.image_bgr, frame.time_s)
                assert detail(part) < 0.5 * FULL
    assert detail(head(cv2.imread(str(tmp_path / "still.png")), 1.2)) < 0.05 * FULL
    assert detail(head(cv2.imread(str(tmp_path / "a.first-step.jpg")), 0.52)) < 0.5 * FULL
