"""The figures as tables a reader can compare."""

from __future__ import annotations

ROWS = (
    ("contact F1 at 50 ms", "contact_50ms.f1", "%"),
    ("**contact F1 at 100 ms**", "contact_100ms.f1", "%"),
    ("contact F1 at 100 ms, home views", "contact_f1_home", "%"),
    ("contact F1 at 100 ms, CCTV, people of 100 px and more", "contact_f1_cctv", "%"),
    ("contact precision at 100 ms", "contact_100ms.precision", "%"),
    ("contact recall at 100 ms", "contact_100ms.recall", "%"),
    ("contact F1 at 200 ms", "contact_200ms.f1", "%"),
    ("mean absolute error, ms", "mean_abs_error_ms", ""),
    ("mean signed error, ms", "mean_signed_error_ms", ""),
    ("right side", "right_side", "%"),
    ("**false independent** (supported steps called none)", "false_independent", "%"),
    ("supported steps with the right kind", "supported_right_kind", "%"),
    ("invented independent steps a minute", "invented_independent_per_minute", ""),
    ("invented steps a minute", "invented_steps_per_minute", ""),
    ("**independent recall** (free steps called none)", "independent_recall", "%"),
    ("the same, while nobody else is held by a person", "independent_recall_walker", "%"),
    ("the same, while somebody else is (helpers)", "independent_recall_helper", "%"),
    ("free steps left unknown", "free_left_unknown", "%"),
    ("free steps called supported", "free_called_supported", "%"),
    ("independent sequences, F1 at IoU 0.5", "independent_sequence_f1", "%"),
    ("independent sequences, start within one step", "sequence_starts_within_a_step", "%"),
    ("independent sequences, end within one step", "sequence_ends_within_a_step", "%"),
    ("first independent step of each who has one: told", "first_steps_told", "%"),
    (
        "first independent steps told while somebody or something holds",
        "first_steps_told_while_held",
        "%",
    ),
    ("first independent step, median error, s", "first_step_median_error_s", ""),
    ("posture agreement", "posture_agreement", "%"),
    *(
        (f"{words}, {figure}", f"posture_events.{kind}.{figure}", "%")
        for kind, words in (
            ("rising", "rising"),
            ("sitting_down", "sitting down"),
            ("falling", "falling"),
            ("caught", "being caught"),
        )
        for figure in ("precision", "recall")
    ),
    ("expected calibration error", "expected_calibration_error", ""),
)

CATEGORY_ROWS = (
    ("contact F1", "contact_100ms.f1", "%"),
    ("right side", "right_side", "%"),
    ("false independent", "false_independent", "%"),
    ("independent recall", "independent_recall", "%"),
    ("free unknown", "free_left_unknown", "%"),
    ("invented independent/min", "invented_independent_per_minute", ""),
)


def _cell(figures: dict, path: str, unit: str) -> str:
    value: object = figures
    for key in path.split("."):
        value = value[key] if isinstance(value, dict) else None
    if value is None:
        return "-"
    number = float(value)  # type: ignore[arg-type]
    return f"{100 * number:.1f}%" if unit == "%" else f"{number:.3g}"


def comparison(columns: dict[str, dict]) -> str:
    """One row a figure, one column a contender."""
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    for title, path, unit in ROWS:
        cells = " | ".join(_cell(figures, path, unit) for figures in columns.values())
        lines.append(f"| {title} | {cells} |")
    return "\n".join(lines)


def categories(groups: dict[str, dict[str, dict]]) -> str:
    """One row a category's value."""
    lines = [
        "| category | value | clips | " + " | ".join(t for t, _, _ in CATEGORY_ROWS) + " |",
        "|---|---|---:|" + "---:|" * len(CATEGORY_ROWS),
    ]
    for kind, values in groups.items():
        for value, figures in values.items():
            cells = " | ".join(_cell(figures, path, unit) for _, path, unit in CATEGORY_ROWS)
            lines.append(f"| {kind} | {value} | {figures['clips']} | {cells} |")
    return "\n".join(lines)


def clips(rows: dict[str, dict]) -> str:
    """One row a clip, to find what went wrong."""
    lines = [
        "| clip | true | found | F1 | side | held→none | free→none | free→unknown | invented |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, figures in rows.items():
        n = figures["counts"]
        found = n.get("matched_100", 0) + n.get("false_100", 0)
        lines.append(
            f"| {name} | {n.get('true_contacts', 0)} | {found} "
            f"| {_cell(figures, 'contact_100ms.f1', '%')} | {_cell(figures, 'right_side', '%')} "
            f"| {n.get('supported_called_none', 0)}/{n.get('supported_steps', 0)} "
            f"| {n.get('free_called_none', 0)}/{n.get('free_steps', 0)} "
            f"| {n.get('free_called_unknown', 0)} | {n.get('invented_steps', 0)} |"
        )
    return "\n".join(lines)
