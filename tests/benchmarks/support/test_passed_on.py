from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.support.passed_on import (
    Shown,
    four,
    framed,
    repeated,
    shown,
    slowed,
    stalled,
    write,
)
from gaitcheck.scoring.truth import read_clip

CLIP = Path(__file__).parents[3] / "sample_videos" / "free_walk.mp4"
RATE_HZ = 25.0


def numbered(n: int = 100) -> Shown:
    """A clip whose pictures say which they are."""
    times_s = [k / RATE_HZ for k in range(n)]
    person = {"name": "walker", "boxes": [[0, 1.0, 2.0, 5.0, 9.0]], "contacts": [{"time_s": 1.5}]}
    pictures = [np.full((12, 16, 3), k, np.uint8) for k in range(n)]
    labels = {"fps": RATE_HZ, "width": 16, "height": 12, "people": [person]}
    return Shown("numbered", times_s, pictures, labels)


def numbers(clip: Shown) -> list[int]:
    return [int(picture[0, 0, 0]) for picture in clip.pictures]


def test_a_slower_camera_repeats_pictures_and_is_never_ahead():
    again = repeated(numbered(), rate_hz=5.0)
    assert numbers(again)[:12] == [0] * 5 + [5] * 5 + [10] * 2
    assert again.times_s == numbered().times_s


def test_a_line_stalls_and_goes_on_where_the_time_is():
    steps = np.diff(numbers(stalled(numbered(80))))
    assert set(steps) == {0, 1, int(0.7 * RATE_HZ) + 1}
    assert (steps == 0).sum() == pytest.approx(0.7 * RATE_HZ, abs=1)


def test_framed_people_stand_in_the_middle():
    clip = framed(numbered())
    assert clip.pictures[7].shape == (12, 32, 3)
    assert (clip.pictures[7][:, 8:24] == 7).all()
    assert clip.labels["people"][0]["boxes"] == [[0, 9.0, 2.0, 13.0, 9.0]]
    assert numbered().labels["people"][0]["boxes"] == [[0, 1.0, 2.0, 5.0, 9.0]]


def test_slowed_down_all_comes_later():
    clip = slowed(numbered(), times=4.0)
    assert clip.times_s[1] == pytest.approx(4 / RATE_HZ)
    assert clip.labels["people"][0]["contacts"] == [{"time_s": 6.0}]
    assert clip.labels["fps"] == RATE_HZ / 4


def test_four_stand_each_in_their_corner_and_the_short_ones_wait():
    clip = four([numbered(100), numbered(50), numbered(100), numbered(100)])
    last = clip.pictures[-1]
    assert last.shape == (24, 32, 3)
    assert last[0, 16, 0] == 49
    assert last[23, 31, 0] == last[0, 0, 0] > 90
    names = [person["name"] for person in clip.labels["people"]]
    assert names == ["walker_1", "walker_2", "walker_3", "walker_4"]
    assert clip.labels["people"][3]["boxes"] == [[0, 17.0, 14.0, 21.0, 21.0]]


def test_what_is_written_is_read_again(tmp_path: Path):
    before = shown(CLIP)
    written = write(slowed(before), tmp_path)
    after = shown(written)
    assert np.allclose(after.times_s, 2 * np.array(before.times_s), atol=2e-3)
    truth = [read_clip(c.with_suffix(".labels.json")).people[0] for c in (CLIP, written)]
    times_s = [[contact.time_s for contact in person.contacts] for person in truth]
    assert np.allclose(times_s[1], 2 * np.array(times_s[0]))
