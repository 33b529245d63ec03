from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gaitcheck.pose.gate import Gate

SOON_S = 10.0
"""Longer than any machine takes for what must happen."""
NOT_YET_S = 0.05


@pytest.fixture
def threads():
    with ThreadPoolExecutor(4) as pool:
        yield pool


class Visit:
    """One thread's stay behind the gate, which ends when it is told to."""

    def __init__(self, threads, way_in):
        self.entered, self.leave = threading.Event(), threading.Event()
        self.done = threads.submit(self._stay, way_in)

    def _stay(self, way_in):
        with way_in():
            self.entered.set()
            assert self.leave.wait(SOON_S)

    def end(self):
        self.leave.set()
        self.done.result(SOON_S)


def test_several_pass_side_by_side(threads):
    gate = Gate()
    first, second = (Visit(threads, gate.side_by_side) for _ in range(2))
    assert first.entered.wait(SOON_S)
    assert second.entered.wait(SOON_S)
    first.end()
    second.end()


def test_whoever_wants_to_be_alone_waits_until_all_have_left(threads):
    gate = Gate()
    others = [Visit(threads, gate.side_by_side) for _ in range(2)]
    for other in others:
        assert other.entered.wait(SOON_S)
    alone = Visit(threads, gate.alone)
    others[0].end()
    assert not alone.entered.wait(NOT_YET_S)
    others[1].end()
    assert alone.entered.wait(SOON_S)
    alone.end()


@pytest.mark.parametrize("way", ["side_by_side", "alone"])
def test_nobody_enters_where_somebody_is_alone(threads, way):
    gate = Gate()
    alone = Visit(threads, gate.alone)
    assert alone.entered.wait(SOON_S)
    other = Visit(threads, getattr(gate, way))
    assert not other.entered.wait(NOT_YET_S)
    alone.end()
    assert other.entered.wait(SOON_S)
    other.end()


def test_nobody_passes_whoever_waits_to_be_alone(threads):
    gate = Gate()
    inside = Visit(threads, gate.side_by_side)
    assert inside.entered.wait(SOON_S)
    alone = Visit(threads, gate.alone)
    assert not alone.entered.wait(NOT_YET_S)
    late = Visit(threads, gate.side_by_side)
    assert not late.entered.wait(NOT_YET_S)
    inside.end()
    assert alone.entered.wait(SOON_S)
    assert not late.entered.wait(NOT_YET_S)
    alone.end()
    assert late.entered.wait(SOON_S)
    late.end()


@pytest.mark.parametrize("way", ["side_by_side", "alone"])
def test_an_error_inside_leaves_the_gate_open(threads, way):
    gate = Gate()
    with pytest.raises(ValueError, match="broken"), getattr(gate, way)():
        raise ValueError("broken")
    for after in (gate.side_by_side, gate.alone):
        visit = Visit(threads, after)
        assert visit.entered.wait(SOON_S)
        visit.end()
