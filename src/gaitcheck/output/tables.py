"""Analysis -> two CSV files: one row a step, one row a sequence.

Columns carry the names, units and order of the JSON contract, whose schema describes each:

PREFIX.steps.csv
    ``person``, ``side`` (left, right), ``lift_off_s``, ``contact_s``, ``support`` (none, person,
    object_fixed, object_moving, unknown), ``confidence`` (0 to 1), ``sequence``,
    ``held_probability`` (0 to 1).
PREFIX.sequences.csv
    ``id``, ``person``, ``start_s``, ``end_s``, ``n_steps``, ``support``, ``independent`` (true,
    false), ``confidence``, ``milestones``, ``cadence_spm``, ``evidence`` (the cues' names,
    strongest first).

An empty cell is what JSON writes as null; several values in one cell are joined by ``;``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from gaitcheck.errors import OutputError

STEP_COLUMNS: Final = (
    "person", "side", "lift_off_s", "contact_s", "support", "confidence", "sequence",
    "held_probability",
)  # fmt: skip
SEQUENCE_COLUMNS: Final = (
    "id", "person", "start_s", "end_s", "n_steps", "support", "independent", "confidence",
    "milestones", "cadence_spm", "evidence",
)  # fmt: skip


def csv_paths(prefix: Path) -> tuple[Path, Path]:
    """Name the files of steps and of sequences: ``PREFIX.steps.csv``, ``PREFIX.sequences.csv``.

    Raises
    ------
    OutputError
        If the prefix names a folder and no file in it.
    """
    if prefix.name in ("", ".."):
        raise OutputError(
            f"{prefix} is no beginning of a file name: add one, such as {prefix}/walk"
        )
    return (
        prefix.with_name(f"{prefix.name}.steps.csv"),
        prefix.with_name(f"{prefix.name}.sequences.csv"),
    )


def to_csv(document: dict[str, Any]) -> tuple[bytes, bytes]:
    """Give steps and sequences of a `gaitcheck.analysis/1` document as UTF-8 CSV (RFC 4180)."""
    sequences = ({**row, "evidence": _cues(row["evidence"])} for row in document["sequences"])
    return _table(STEP_COLUMNS, document["steps"]), _table(SEQUENCE_COLUMNS, sequences)


def _table(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return buffer.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list) else value


def _cues(evidence: list[dict[str, Any]]) -> list[str]:
    strongest = sorted(evidence, key=lambda item: -item["score"])
    return list(dict.fromkeys(item["cue"] for item in strongest))
