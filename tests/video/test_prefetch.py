import threading
import time

import pytest

from gaitcheck.errors import SettingsError, VideoError
from gaitcheck.video.prefetch import prefetch

PATIENCE_S = 10.0


def running():
    return [t for t in threading.enumerate() if t.name == "gaitcheck-prefetch"]


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.001)


@pytest.mark.parametrize("depth", [1, 2, 100])
def test_gives_all_items_in_order(depth):
    assert list(prefetch(range(50), depth=depth)) == list(range(50))
    assert not running()


def test_nothing_to_read():
    assert list(prefetch([])) == []


def test_reads_in_another_thread():
    def items():
        yield threading.get_ident()

    assert list(prefetch(items())) != [threading.get_ident()]


def test_an_error_comes_out_after_the_items_before_it():
    def items():
        yield 1
        yield 2
        raise VideoError("broken")

    got = []
    with pytest.raises(VideoError, match="broken"):
        got.extend(iter_into(got, prefetch(items(), depth=8)))
    assert got == [1, 2]
    assert not running()


def iter_into(got, items):
    for item in items:
        got.append(item)
    return []


def test_holds_no_more_than_its_depth():
    read = []

    def items():
        for i in range(100):
            read.append(i)
            yield i

    ahead = prefetch(items(), depth=3)
    assert next(ahead) == 0
    wait_for(lambda: len(read) == 5)  # one given, three waiting, one in the making
    time.sleep(0.05)
    assert len(read) == 5
    ahead.close()
    assert not running()


def test_stops_when_the_consumer_stops():
    endless = iter(int, 1)
    ahead = prefetch(endless, depth=2)
    next(ahead)
    assert running()
    ahead.close()
    assert not running()


def test_stops_when_it_is_forgotten():
    ahead = prefetch(iter(int, 1), depth=2)
    next(ahead)
    del ahead
    wait_for(lambda: not running())


def test_starts_no_thread_before_the_first_item():
    ahead = prefetch(range(3))
    assert not running()
    ahead.close()


def test_depth_below_one_is_refused_at_once():
    with pytest.raises(SettingsError, match="depth"):
        prefetch([], depth=0)
