from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from gaitcheck.footage import checks
from gaitcheck.footage.changes import Changes
from gaitcheck.footage.checks import Quiet, quiet_parts, stirring
from gaitcheck.footage.index import FileIndex
from gaitcheck.footage.samples import Sample
from gaitcheck.people.scout import Place
from gaitcheck.pose.body import Body
from gaitcheck.time import Interval
from tests.people.scene import standing

N, ROWS, COLUMNS = 60, 30, 40
TIMES_S = 2.0 * np.arange(N)
CELL_SHARE = 16 / 640


def changes(cells: npt.NDArray[np.uint8] | None = None) -> Changes:
    none = np.zeros((N, ROWS, COLUMNS), np.uint8)
    return Changes(times_s=TIMES_S, cells=none if cells is None else cells, cell_share=CELL_SHARE)


class Looks:
    """Stands for the search: notes where it was asked to look, and finds a body now and then."""

    def __init__(self, x_px: dict[float, float]) -> None:
        self.x_px = x_px
        self.times_s: list[float] = []
        self.kinds: set[str] = set()
        self._time_s = 0.0

    def samples(self, _path: Path, _index: FileIndex, times_s: npt.NDArray[np.floating]) -> object:
        for self._time_s in times_s.tolist():
            self.times_s.append(self._time_s)
            yield Sample(self._time_s, np.zeros((480, 640, 3), np.uint8))

    def search(
        self, _searcher: object, places: list[Place], _image: object, **_: object
    ) -> list[tuple[Place, Body]]:
        self.kinds |= {place.kind for place in places}
        if self._time_s not in self.x_px:
            return []
        points = standing(x=self.x_px[self._time_s], feet_y=300, height=160)
        one = np.ones(33)
        return [(places[0], Body(points, one, one, np.zeros((33, 3))))]


def stirred(
    monkeypatch: pytest.MonkeyPatch,
    *,
    x_px: dict[float, float] | None = None,
    restless: npt.NDArray[np.bool_] | None = None,
    cells: npt.NDArray[np.uint8] | None = None,
) -> tuple[Looks, list[Interval]]:
    looks = Looks(x_px or {})
    monkeypatch.setattr(checks, "read_samples", looks.samples)
    monkeypatch.setattr(checks, "search", looks.search)
    found = stirring(
        Quiet(range(N)), path=Path("a.mp4"),
        index=FileIndex(times_s=TIMES_S, key_times_s=TIMES_S, first_stamp_s=0.0),
        changes=changes(cells),
        restless=np.zeros((N, ROWS, COLUMNS), bool) if restless is None else restless,
        searcher=None, min_height_px=45.0, width_px=640,
    )  # type: ignore[arg-type]  # fmt: skip
    return looks, found


def test_quiet_parts_are_what_is_not_followed_in_pieces_of_two_minutes() -> None:
    parts = quiet_parts(changes(), [Interval(30, 40)])
    assert [(p.rows.start, p.rows.stop) for p in parts] == [(0, 15), (20, 60)]
    long = Changes(2.0 * np.arange(200), np.zeros((200, 1, 1), np.uint8), CELL_SHARE)
    assert [p.rows.start for p in quiet_parts(long, [])] == [0, 60, 120, 180]


def test_an_empty_room_is_looked_at_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, found = stirred(monkeypatch)
    assert looks.times_s[:4] == [0, 2, 22, 42]
    assert found == []


def test_a_clock_does_not_make_looks_more_frequent_but_a_screen_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, screen = (np.zeros((N, ROWS, COLUMNS), bool) for _ in range(2))
    clock[:, 0:4, 0:20] = True
    screen[:, 5:12, 5:15] = True
    looks, _ = stirred(monkeypatch, restless=clock)
    assert looks.times_s[:4] == [0, 2, 22, 42]
    assert "blob" not in looks.kinds
    looks, _ = stirred(monkeypatch, restless=screen)
    assert looks.times_s[:4] == [0, 2, 6, 10]
    assert "blob" in looks.kinds


def test_who_sits_still_does_not_stir_and_who_sits_elsewhere_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    still = dict.fromkeys(TIMES_S.tolist(), 300.0)
    assert stirred(monkeypatch, x_px=still)[1] == []
    later = {**still, **{t: 400.0 for t in still if t > 60}}
    assert stirred(monkeypatch, x_px=later)[1] == [Interval(60, 64)]


def test_any_change_where_somebody_is_known_to_be_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = np.zeros((N, ROWS, COLUMNS), np.uint8)
    cells[40, 12, 18] = 20  # less than what counts elsewhere, at 300 px of 640
    still = dict.fromkeys(TIMES_S.tolist(), 300.0)
    assert stirred(monkeypatch, x_px=still, cells=cells)[1] == [Interval(78, 82)]
    assert stirred(monkeypatch, cells=cells)[1] == []
