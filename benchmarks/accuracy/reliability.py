"""Whether confidences are honest: how often steps were true, by how sure they were said to be."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

BINS = 10


def reliability(pairs: Iterable[tuple[float, bool]]) -> list[dict[str, float]]:
    """Give for each tenth of confidence how many steps, their mean confidence, the share true."""
    data = np.array([(stated, float(true)) for stated, true in pairs]).reshape(-1, 2)
    which = np.minimum((data[:, 0] * BINS).astype(int), BINS - 1)
    rows = []
    for k in range(BINS):
        stated, true = data[which == k].T
        if len(stated):
            rows.append(
                {
                    "from": k / BINS,
                    "n": len(stated),
                    "stated": round(float(stated.mean()), 4),
                    "true": round(float(true.mean()), 4),
                }
            )
    return rows


def expected_calibration_error(rows: Iterable[dict[str, float]]) -> float | None:
    """Mean distance of the stated from the true share, weighted by the number of steps."""
    rows = list(rows)
    total = sum(row["n"] for row in rows)
    if not total:
        return None
    return float(sum(row["n"] * abs(row["stated"] - row["true"]) for row in rows) / total)


def diagram(rows: Iterable[dict[str, float]]) -> str:
    """Draw it as a table: a bar a tenth, ``|`` where it should end."""
    lines = ["| stated | steps | mean stated | truly there | |", "|---|---:|---:|---:|---|"]
    for row in rows:
        bar = list(("#" * round(20 * row["true"])).ljust(21, "."))
        bar[round(20 * row["stated"])] = "|"
        drawn = "".join(bar).replace("|", "\\|")
        lines.append(
            f"| {row['from']:.1f} to {row['from'] + 1 / BINS:.1f} | {row['n']} "
            f"| {row['stated']:.1%} | {row['true']:.1%} | `{drawn}` |"
        )
    return "\n".join(lines)
