from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.support.small import shrink
from gaitcheck.scoring.truth import read_clip
from gaitcheck.video.reader import open_video

CLIP = Path(__file__).parents[3] / "sample_videos" / "free_walk.mp4"


def test_a_clip_and_its_labels_shrink_alike_and_times_stay(tmp_path: Path) -> None:
    small = shrink(CLIP, tmp_path, height_px=90.0, rate_hz=10.0)
    before, after = (read_clip(c.with_suffix(".labels.json")).people[0] for c in (CLIP, small))
    assert np.median(after.boxes[:, 4] - after.boxes[:, 2]) == pytest.approx(90.0)
    assert [c.time_s for c in after.contacts] == [c.time_s for c in before.contacts]
    with open_video(CLIP) as video:
        last_s, width = [(f.time_s, f.image_bgr.shape[1]) for f in video][-1]
    with open_video(small) as video:
        frames = [(f.time_s, f.image_bgr.shape[1]) for f in video]
    scale = 90.0 / np.median(before.boxes[:, 4] - before.boxes[:, 2])
    assert frames[-1][0] == pytest.approx(last_s, abs=0.15)
    assert frames[-1][1] == pytest.approx(scale * width, abs=2)
    assert np.median(np.diff([time_s for time_s, _ in frames])) > 0.07
