"""Times, and names nobody chose with care, as text that is safe to write and to show."""

from __future__ import annotations

import re
from typing import Final

_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# C0 and C1 controls, line separators, and the marks that turn or hide the text after them.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)


def valid(text: str) -> str:
    """Make valid Unicode of a file name that is not: each undecodable byte becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def printable(text: str) -> str:
    r"""Write what would steer a terminal as an escape (``\x1b``), on one line."""
    return _UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], valid(text))


def clock(time_s: float) -> str:
    """Give a time as ``m:ss.cc``, from one hour on as ``h:mm:ss.cc``.

    Examples
    --------
    >>> clock(3.24), clock(59.999), clock(3723.5)
    ('0:03.24', '1:00.00', '1:02:03.50')
    """
    sign = "-" if round(time_s * 100) < 0 else ""
    seconds, hundredths = divmod(abs(round(time_s * 100)), 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{sign}{head}:{seconds:02d}.{hundredths:02d}"
