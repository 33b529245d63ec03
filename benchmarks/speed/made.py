"""The clips that are timed: rendered minutes of one walker, footage made by code, real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.hour import SCENES, write_footage
from benchmarks.studio.jobs import render_all

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_videos"
REAL = ROOT.parent / "shared" / "clips"
MINUTES = ("minute_home", "minute_phone", "minute_fast")
PARTS = ("hour_crosses", "hour_rises")
TEN_MINUTES_S, HOUR_S = 600.0, 3600.0
CLIP = ("decode", "plain", "gaitcheck")
ALL = (*CLIP, "myogait")
FOOTAGE = ("decode", "gaitcheck")
BOTH_WAYS = (*FOOTAGE, "exhaustive")


@dataclass(frozen=True)
class Timed:
    """A clip to time.

    Parameters
    ----------
    title : str
        What it is, for the table.
    path : Path
        Where it is.
    contenders : tuple of str
        Who reads it.
    """

    title: str
    path: Path
    contenders: tuple[str, ...]

    @property
    def is_footage(self) -> bool:
        """Whether it is long enough for one round."""
        return self.contenders in (FOOTAGE, BOTH_WAYS)


def make(folder: Path) -> None:
    """Draw and write what is not there yet (a quarter of an hour the first time)."""
    folder.mkdir(parents=True, exist_ok=True)
    failed = render_all(
        [*MINUTES, *PARTS], out=folder, folder=SCENES, processes=2, force=False,
        report=lambda _done: None,
    )  # fmt: skip
    if failed:
        raise RuntimeError(f"{failed} scenes could not be drawn")
    for name, duration_s, people, width in _FOOTAGE:
        path = folder / name
        if not path.exists():
            part = path.with_suffix(".part.mp4")
            write_footage(part, scenes=folder, duration_s=duration_s, people=people, width=width)
            part.rename(path)


_FOOTAGE = (
    ("ten_minutes.mp4", TEN_MINUTES_S, True, 640),
    ("hour.mp4", HOUR_S, True, 640),
    ("hour_empty.mp4", HOUR_S, False, 640),
    ("ten_minutes_full_hd.mp4", TEN_MINUTES_S, True, 1920),
)


def clips(folder: Path) -> Iterator[Timed]:
    """Give all clips that are there, the short ones first."""
    yield Timed("6 s, one child, 640x480, 25 Hz", SAMPLES / "free_walk.mp4", ALL)
    yield Timed("57 s, one man, 640x480, 30 Hz", folder / "minute_home.mp4", (*CLIP, "at 15 Hz"))
    yield Timed("57 s, one man, 640x480, 60 Hz", folder / "minute_fast.mp4", CLIP)
    yield Timed("57 s, phone in a hand, 1280x720, 30 Hz", folder / "minute_phone.mp4", CLIP)
    yield Timed(
        "4 s, one child, 1920x1080, 25 Hz", ROOT / "benchmarks" / "clips" / "full_hd.mp4", CLIP
    )
    for title, name in (
        ("8 s, two adults, 1768x994, 30 Hz", "sports2d.mp4"),
        ("80 s, a crowd, 768x576, 10 Hz", "vtest.avi"),
    ):
        if (REAL / name).exists():
            yield Timed(title, REAL / name, CLIP)
    yield Timed("10 min of CCTV, people in 5%", folder / "ten_minutes.mp4", BOTH_WAYS)
    yield Timed("an hour of CCTV, people in 5%", folder / "hour.mp4", FOOTAGE)
    yield Timed("an hour of an empty room", folder / "hour_empty.mp4", FOOTAGE)
    yield Timed("10 min of CCTV, 1920x1080", folder / "ten_minutes_full_hd.mp4", FOOTAGE)
