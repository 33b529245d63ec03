"""The JSON document -> pandas tables; pandas loads late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gaitcheck.optional import optional

if TYPE_CHECKING:
    import pandas as pd

_N, _X, _S, _B = "Int64", "Float64", "string", "boolean"

COLUMNS: Final[dict[str, dict[str, str]]] = {
    "people": {"id": _N, "start_s": _X, "end_s": _X, "height_px": _X, "stature": _S},
    "steps": {
        "person": _N, "side": _S, "lift_off_s": _X, "contact_s": _X, "support": _S,
        "confidence": _X, "sequence": _N, "held_probability": _X,
    },
    "sequences": {
        "id": _N, "person": _N, "start_s": _X, "end_s": _X, "n_steps": _N, "support": _S,
        "independent": _B, "confidence": _X, "milestones": _S, "cadence_spm": _X,
    },
    "evidence": {
        "sequence": _N, "cue": _S, "start_s": _X, "end_s": _X, "side": _S, "other_person": _N,
        "score": _X,
    },
    "postures": {"person": _N, "posture": _S, "start_s": _X, "end_s": _X, "milestones": _S},
    "events": {"person": _N, "event": _S, "start_s": _X, "end_s": _X, "confidence": _X},
    "badly_seen": {"person": _N, "start_s": _X, "end_s": _X, "reason": _S, "score": _X},
    "rejected": {"person": _N, "start_s": _X, "end_s": _X, "reason": _S},
}  # fmt: skip
"""Each table's columns with their kinds: those that can say "unknown"."""


def to_pandas(document: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Give the lists of a ``gaitcheck.analysis/1`` document as tables.

    The evidence of all sequences is one table, each row with the number of its sequence; several
    milestones in one cell are joined by ``;``. Empty tables have their columns too.

    Raises
    ------
    MissingPackageError
        Without pandas.
    """
    pd = optional("pandas", extra="tables")
    evidence = [
        {"sequence": sequence["id"], **row}
        for sequence in document["sequences"]
        for row in sequence["evidence"]
    ]
    lists = {**document, "evidence": evidence}
    return {
        name: pd.DataFrame(
            {
                column: pd.array([_cell(row[column]) for row in lists[name]], dtype=kind)
                for column, kind in columns.items()
            }
        )
        for name, columns in COLUMNS.items()
    }


def _cell(value: Any) -> Any:
    return ";".join(value) if isinstance(value, list) else value
