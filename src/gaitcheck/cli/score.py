"""``gaitcheck score``: how far two accounts of one clip agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from gaitcheck.cli.codes import Code


@click.command(
    name="score",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit code: 0, or 2 if a file cannot be used.",
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def score_command(*, a: Path, b: Path, as_json: bool) -> int:
    """Compare two annotators, or machine and person, on one clip.

    A and B are analyses (JSON of gaitcheck), labels (CLIP.labels.json) or corrections
    (CLIP.corrections.json, of which only what a person has looked at counts). Feet that land are
    matched by time, people by place.
    """
    from gaitcheck.scoring.accounts import read_account
    from gaitcheck.scoring.agreement import agreement

    found = agreement(read_account(a), read_account(b))
    click.echo(json.dumps(found, indent=1) if as_json else as_text(found, str(a), str(b)))
    return Code.FOUND


def as_text(found: dict[str, Any], a: str, b: str) -> str:
    """Give the figures in lines for a reader."""
    from gaitcheck.output.text import printable

    people, off = found["people"], found["difference_ms"]
    lines = [
        f"A: {printable(a)}",
        f"B: {printable(b)}",
        "",
        f"people   {people['matched']} in both, {people['only_a']} only in A, "
        f"{people['only_b']} only in B",
        "",
        "feet that land   in both   only A   only B       F1",
    ]
    for tolerance_ms, row in found["contacts"].items():
        lines.append(
            f"within {tolerance_ms:>3} ms   {row['both']:>8} {row['only_a']:>8} {row['only_b']:>8} "
            f"{_percent(row['f1']):>8}"
        )
    if off["mean"] is not None:
        lines.append(f"B minus A: {off['mean']:+.0f} ms in the mean, {off['mean_abs']:.0f} ms off")
    lines += ["", "judged alike     compared    agree    kappa"]
    for name, what in (
        ("side", "side"), ("support", "support"), ("independent", "free or not"),
        ("posture", "posture (0.1 s)"),
    ):  # fmt: skip
        row = found[name]
        kappa = "-" if row["kappa"] is None else f"{row['kappa']:.2f}"
        lines.append(f"{what:<16} {row['n']:>8} {_percent(row['agreement']):>8} {kappa:>8}")
    apart = [pair for pair in found["support_pairs"] if pair["a"] != pair["b"]]
    lines += ["", *(f"support {p['a']} in A, {p['b']} in B: {p['n']}" for p in apart)]
    return "\n".join(lines).rstrip()


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"
