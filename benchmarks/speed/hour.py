"""An hour of CCTV made by code: a fixed room, people in 5 % of it, a key picture every 2 s.

Two rendered scenes of one room (`scenes/`) are set into still pictures of it with mild noise and a
running clock. Each stretch is encoded once, and its packets are put in wherever it occurs, so that
an hour is written in seconds. It is meant for a temporary folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from benchmarks.studio.jobs import render_all

SCENES = Path(__file__).parent / "scenes"
FPS, KEY_EVERY = 25, 50
STILL_S = 20
NOISE = 2.0
"""Standard deviation of the noise, grey values."""
PACE = 13
"""Still stretches between two people: with them somebody moves in 5 % of the hour."""


def render(folder: Path) -> None:
    """Draw the scenes (a minute), unless they are there."""
    names = sorted(path.stem for path in SCENES.glob("*.toml"))
    failed = render_all(
        names, out=folder, folder=SCENES, processes=2, force=False, report=lambda _done: None
    )
    if failed:
        raise RuntimeError(f"{failed} scenes of the hour could not be drawn")


def write_footage(
    path: Path, *, scenes: Path, duration_s: float, people: bool = True, width: int = 640
) -> float:
    """Write CCTV footage and give the share of it in which somebody moves."""
    crosses, rises = (_pictures(scenes / f"hour_{name}.mp4") for name in ("crosses", "rises"))
    empty = np.median(np.stack(crosses[::8]), axis=0).astype(np.uint8)
    stretches = {
        "still": [empty] * (STILL_S * FPS),
        "crosses": crosses,
        "sits": [rises[0]] * (STILL_S * FPS),
        "rises": rises,
    }
    height = round(width * empty.shape[0] / empty.shape[1])
    plan = list(_plan(duration_s, {k: len(_whole(v)) / FPS for k, v in stretches.items()}, people))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.gop_size, stream.codec_context.max_b_frames = KEY_EVERY, 0
        stream.options = {"preset": "veryfast", "crf": "24", "sc_threshold": "0"}
        container.start_encoding()
        packets = {
            name: _encoded(stream, stretches[name], size=(width, height)) for name in set(plan)
        }
        _mux(container, stream, plan, packets)
    moving = sum(len(stretches[name]) for name in plan if name in ("crosses", "rises"))
    return moving / sum(len(packets[name]) for name in plan)


def _plan(duration_s: float, lasts_s: dict[str, float], people: bool) -> Iterator[str]:
    """Give the stretches in order: now and then somebody walks through, or sits down and rises."""
    time_s, turn = 0.0, 0
    while time_s < duration_s:
        turn += 1
        part = {0: ("crosses",), PACE // 2: ("sits", "sits", "rises")}.get(turn % PACE, ("still",))
        for name in part if people else ("still",):
            yield name
            time_s += lasts_s[name]


def _pictures(clip: Path) -> list[np.ndarray]:
    with av.open(str(clip)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


def _whole(pictures: list[np.ndarray]) -> list[np.ndarray]:
    """Hold the last picture until a key picture is due."""
    return pictures + [pictures[-1]] * (-len(pictures) % KEY_EVERY)


def _encoded(
    stream: av.VideoStream, pictures: list[np.ndarray], *, size: tuple[int, int]
) -> list[tuple[bytes, bool]]:
    """Encode a stretch in an encoder of its own, of the same settings: it begins with a key."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = *size, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS)
    encoder.gop_size, encoder.max_b_frames = stream.codec_context.gop_size, 0
    encoder.options = dict(stream.options)
    rng = np.random.default_rng(5)
    done: list[tuple[bytes, bool]] = []
    for number, picture in enumerate(_whole(pictures)):
        shown = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
        shown += rng.normal(0, NOISE, shown.shape[:2]).astype(np.float32)[..., None]
        drawn = np.clip(shown, 0, 255).astype(np.uint8)
        clock = f"14:22:{number // FPS:02d}"
        cv2.putText(drawn, clock, (10, 24), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 2)
        frame = av.VideoFrame.from_ndarray(drawn, format="bgr24")
        frame.pts, frame.time_base = number, encoder.time_base
        done += _bytes(encoder.encode(frame))
    return done + _bytes(encoder.encode(None))


def _bytes(packets: Iterable[av.Packet]) -> list[tuple[bytes, bool]]:
    return [(bytes(packet), packet.is_keyframe) for packet in packets]


def _mux(
    container: av.container.OutputContainer,
    stream: av.VideoStream,
    plan: list[str],
    packets: dict[str, list[tuple[bytes, bool]]],
) -> None:
    number = 0
    for name in plan:
        for data, is_key in packets[name]:
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, Fraction(1, FPS)
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, is_key
            container.mux(packet)
            number += 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.hour", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--scenes", type=Path, required=True, help="folder of the rendered scenes")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--width", type=int, default=640)
    options = parser.parse_args()
    render(options.scenes)
    share = write_footage(
        options.file, scenes=options.scenes, duration_s=options.seconds,
        people=not options.empty, width=options.width,
    )  # fmt: skip
    print(f"{options.file}: somebody moves in {share:.1%}")


if __name__ == "__main__":
    main()
