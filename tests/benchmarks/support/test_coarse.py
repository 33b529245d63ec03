from __future__ import annotations

from pathlib import Path

from benchmarks.support.coarse import code_again
from gaitcheck.scoring.truth import read_clip
from gaitcheck.video.coding import coding_qp
from gaitcheck.video.reader import open_video

CLIP = Path(__file__).parents[3] / "sample_videos" / "free_walk.mp4"


def test_a_clip_is_coded_coarsely_and_times_and_labels_stay(tmp_path: Path) -> None:
    bits = code_again(CLIP, tmp_path, crf=38)
    coarse = tmp_path / CLIP.name
    assert 0 < bits < 0.02
    assert (coding_qp(CLIP) or 99) < 32
    assert (coding_qp(coarse) or 0) > 34
    times_s = []
    for path in (CLIP, coarse):
        with open_video(path) as video:
            times_s.append([round(frame.time_s, 3) for frame in video])
    assert times_s[0] == times_s[1]
    labels = [read_clip(path.with_suffix(".labels.json")) for path in (CLIP, coarse)]
    assert labels[0].people[0].contacts == labels[1].people[0].contacts
