"""An analysis that asks something of every format: two people, long times, unknown values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gaitcheck.gait.events import PostureSpan
from gaitcheck.video.frame import VideoInfo
from tests.output.examples import HELD, PERSON, analysis_of, walk

LATE = 7384  # half seconds: past an hour

NAME = 'a "clip" <b>&amp;, (1)\n.mp4'


def coded() -> dict[str, Any]:
    steps, sequence = walk("unknown", n_steps=3, first=LATE, person=2, sequence=3)
    steps = (replace(steps[0], side=None), *steps[1:])
    return analysis_of(
        walk("person", evidence=(HELD,)),
        walk("none", first=6, sequence=2),
        (steps, sequence),
        people=(PERSON, replace(PERSON, id=2, end_s=4000.0)),
        video=VideoInfo(NAME, 640, 480, 240, 4000.0, 30.0),
        postures=(
            PostureSpan(1, "standing", 0.0, 1.0),
            PostureSpan(1, "walking", 1.0, 4.00049, ("who_walking_alone",)),
            PostureSpan(2, "walking", 3690.12344, 3696.0),
        ),
    ).to_dict()


EMPTY = analysis_of(
    people=(), postures=(), events=(), badly_seen=(), rejected=(), warnings=()
).to_dict()
