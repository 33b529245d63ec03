"""`python -m benchmarks.support.coarse CLIPS OUT`: labelled clips coded again, coarsely.

As a camera writes that saves its disk, or a messenger sends. A rail fades in it and a still arm
trembles. What comes out is scored by `benchmarks.accuracy OUT`, as any folder of labelled clips.
"""

from __future__ import annotations

import argparse
import shutil
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import av

PIXELS = "yuv420p"


def code_again(clip: Path, out: Path, *, crf: int) -> float:
    """Write a clip at a constant rate factor of H.264, its labels beside it; give bits a px."""
    to = out / clip.name
    n_px = 0
    with av.open(str(clip)) as source, av.open(str(to), "w") as sink:
        video = source.streams.video[0]
        coded = sink.add_stream("libx264", rate=video.average_rate)
        coded.width, coded.height, coded.pix_fmt = video.width, video.height, PIXELS
        coded.time_base = video.time_base
        coded.options = {"crf": str(crf)}
        for frame in source.decode(video):
            plain = frame.reformat(format=PIXELS)
            plain.pts, plain.time_base = frame.pts, frame.time_base
            n_px += frame.width * frame.height
            sink.mux(coded.encode(plain))
        sink.mux(coded.encode(None))
    shutil.copy(clip.with_suffix(".labels.json"), to.with_suffix(".labels.json"))
    return 8 * to.stat().st_size / n_px


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.support.coarse", description=__doc__
    )
    parser.add_argument("clips", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--crf", type=int, default=38, help="from 0, all kept, to 51 [38]")
    parser.add_argument("--only", default="", help="clips whose name holds one of these, by commas")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    clips = [
        clip
        for clip in sorted(options.clips.glob("*.mp4"))
        if any(text in clip.name for text in options.only.split(","))
    ]
    with ProcessPoolExecutor() as pool:
        again = partial(code_again, out=options.out, crf=options.crf)
        for clip, bits in zip(clips, pool.map(again, clips), strict=True):
            print(f"{options.out / clip.name}: {bits:.4f} bits a px")


if __name__ == "__main__":
    main()
