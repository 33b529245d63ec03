from __future__ import annotations

import pytest

from gaitcheck.output.text import clock, printable, valid


@pytest.mark.parametrize(
    ("time_s", "shown"),
    [
        (0.0, "0:00.00"),
        (3.24, "0:03.24"),
        (59.994, "0:59.99"),
        (59.996, "1:00.00"),
        (60.0, "1:00.00"),
        (3599.999, "1:00:00.00"),
        (3723.5, "1:02:03.50"),
        (-0.001, "0:00.00"),
        (-1.5, "-0:01.50"),
    ],
)
def test_clock(time_s: float, shown: str) -> None:
    assert clock(time_s) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Löwe 歩く.mp4", "Löwe 歩く.mp4"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("two\nlines", "two\\nlines"),
        ("\u202egpm.exe", "\\u202egpm.exe"),
        ("bad \udcff", "bad \ufffd"),
    ],
)
def test_nothing_printable_steers_a_terminal(name: str, shown: str) -> None:
    assert printable(name) == shown


def test_valid_text_can_always_be_encoded() -> None:
    assert valid("a\ud800\udcffb").encode() == "a\ufffd\ufffdb".encode()
