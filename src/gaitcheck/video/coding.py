"""How coarsely a video is coded: what a camera that saves its disk, or a messenger, left out.

H.264 says it of every picture: the quantisation parameter (QP, 0 to 51; 6 more double its steps;
ITU-T H.264). Phones and cameras write 20 to 30. FFmpeg tells it through PyAV; it does not tell
HEVC's, and other codings have scales of their own.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame

_CODING: Final = "h264"
_PLACES: Final = (0.0, 0.35, 0.7)
"""Shares of the duration at which it is looked: the first pictures may be better than the rest."""
_PICTURES: Final = 6
"""So many at each."""
_TOLD: Final = "VIDEO_ENC_PARAMS"
_HEAD: Final = "@INNii"
"""FFmpeg's AVVideoEncParams: number of blocks, where they begin, size of each, coding, base QP."""
_BLOCK_QP: Final = 4
"""Place of a block's own part of the QP in AVVideoBlockParams, integers of 32 bits."""
_COARSEST: Final = 0.9
"""A tenth of the blocks is coded more coarsely than this share of them."""


def coding_qp(path: Path) -> float | None:
    """Quantisation parameter that the coarsest tenth of an H.264 file's blocks has, 0 to 51.

    Mean over some pictures. That tenth is where things move: a wall that rests is coded once and
    well. None where the coding is another, or where nothing can be read.
    """
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                return None
            context = container.streams.video[0].codec_context
            if context.name != _CODING:
                return None
            context.options = {"export_side_data": "venc_params"}
            told = [qp for frame in _some(container) if (qp := _qp(frame)) is not None]
    except (av.FFmpegError, ValueError, OSError, struct.error):
        return None
    return float(np.mean(told)) if told else None


def _some(container: InputContainer) -> Iterator[VideoFrame]:
    """Decode a few pictures at each of the places."""
    stream = container.streams.video[0]
    seen: set[int | None] = set()
    for share in _PLACES if stream.duration else _PLACES[:1]:
        if share:
            stamp = (stream.start_time or 0) + int(share * (stream.duration or 0))
            container.seek(stamp, stream=stream)
        for frame in itertools.islice(container.decode(stream), _PICTURES):
            if frame.pts in seen:  # a seek goes back to the key picture before
                break
            seen.add(frame.pts)
            yield frame


def _qp(frame: VideoFrame) -> float | None:
    """QP of the coarsest blocks of one picture; None where FFmpeg did not tell it."""
    told: Any = frame.side_data.get(_TOLD)
    if told is None:
        return None
    raw = bytes(told)
    n, start, size, _, base = struct.unpack_from(_HEAD, raw)
    blocks = np.frombuffer(raw, dtype=np.int32, offset=start, count=n * size // 4)
    own = blocks.reshape(n, -1)[:, _BLOCK_QP] if n else np.zeros(1)
    return float(base + np.quantile(own, _COARSEST))
