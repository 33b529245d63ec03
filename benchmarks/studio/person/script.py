"""From a script of tables to a plan. The words are told in the package's docstring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.studio.person.builds import Build
from benchmarks.studio.person.plan import Leader, Plan, ScriptError
from benchmarks.studio.person.words_postures import Postures
from benchmarks.studio.person.words_upright import Upright


class _Words(Upright, Postures):
    """All words together."""


def read_script(
    build: Build,
    script: Sequence[Mapping[str, Any]],
    *,
    start: tuple[float, float],
    heading: float,
    seed: int,
    others: Mapping[str, Leader],
) -> Plan:
    """Read a script.

    Raises
    ------
    ScriptError
        A word, a key or a name is unknown, or an entry cannot follow the one before.
    """
    if not script:
        raise ScriptError("the script is empty")
    reader = _Words(build, start=start, heading=heading, seed=seed, others=others)
    for entry in script:
        reader.read(entry)
    return reader.plan()
