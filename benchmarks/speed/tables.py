"""The speed report as tables: for the screen, and for benchmarks/README.md."""

from __future__ import annotations

from typing import Any

_DECODE_ALONE = "decode"


def as_text(clip: dict[str, Any]) -> str:
    """Give the figures of one clip, a line a contender."""
    lines = [f"{clip['clip']}: {clip['frames']} frames"]
    for name, told in clip["contenders"].items():
        lines.append(
            f"  {name:12} {told['frames_per_second']:8.1f} frames/s"
            f" {clip['duration_s'] / told['seconds']:7.1f} x real time"
            f" {told['ratio']:6.2f} x {clip['ratios_to']} {told['peak_mb']:6} MB"
        )
    if "sequences" in clip:
        lines.append(f"  sequences: {_agreement(clip)}")
    return "\n".join(lines)


def as_markdown(report: dict[str, Any]) -> str:
    """Give all tables of a report."""
    parts = [_clips(report["clips"])]
    parts += [
        f"{clip['clip']}: {_agreement(clip)}." for clip in report["clips"] if "sequences" in clip
    ]
    if "start_up_s" in report:
        seconds = ", ".join(f"{name} {s:.2f}" for name, s in report["start_up_s"].items())
        parts.append(f"Start-up, s: {seconds}.")
        cores = ", ".join(f"{n}: {ratio:.2f}" for n, ratio in report["by_cores"].items())
        parts.append(f"Times as fast as on one core (57 s, one man, 640x480), by cores: {cores}.")
        parts.append(_memory(report["clips"]))
    if "stages" in report:
        parts.append(_stages(report["stages"]))
    return "\n\n".join(parts)


def _clips(clips: list[dict[str, Any]]) -> str:
    rows = [
        "| clip | | frames/s | x real time | x plain | peak memory |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for clip in clips:
        for name, told in clip["contenders"].items():
            plain = f"{told['ratio']:.2f}" if clip["ratios_to"] == "plain" else "-"
            rows.append(
                f"| {clip['clip'] if name == _DECODE_ALONE else ''} | {name}"
                f" | {told['frames_per_second']:.0f} | {clip['duration_s'] / told['seconds']:.1f}"
                f" | {plain} | {told['peak_mb']} MB |"
            )
    return "\n".join(rows)


def _agreement(clip: dict[str, Any]) -> str:
    """Say how what a scan led to differs from what one reading of everything finds."""
    scanned, whole = clip["sequences"]["gaitcheck"], clip["sequences"]["exhaustive"]
    if [s[2:] for s in scanned] != [s[2:] for s in whole]:
        return f"{len(scanned)} sequences with the scan, {len(whole)} without, not all alike"
    apart_s = max(
        (abs(a[k] - b[k]) for a, b in zip(scanned, whole, strict=True) for k in (0, 1)), default=0.0
    )
    return f"the same {len(whole)} sequences with the scan as without, times within {apart_s:.3f} s"


def _memory(clips: list[dict[str, Any]]) -> str:
    rows = ["Memory of gaitcheck and its processes over the run, MB:", ""]
    for clip in clips:
        told = clip["contenders"].get("gaitcheck")
        if told and clip["duration_s"] > 30:
            rows.append(f"- {clip['clip']}: {', '.join(map(str, told['memory_mb']))}")
    return "\n".join(rows)


def _stages(stages: list[dict[str, Any]]) -> str:
    names = list(stages[0]["stages"])
    rows = [
        "ms a frame (stages overlap; one reading of the whole, on all cores):",
        "",
        f"| clip | people a frame | in all | {' | '.join(names)} | the model alone, a picture "
        "| following, of that | finding people |",
        f"|---|---:|---:|{'---:|' * (len(names) + 3)}",
    ]
    for told in stages:
        costs = " | ".join(f"{told['stages'][name]['ms_a_frame']:.1f}" for name in names)
        head = f"{told['clip']} | {told['people_a_frame']} | {told['whole_ms_a_frame']:.1f}"
        model = f"{told['model_ms_a_picture']:.1f} | {told['following_by_model']:.2f}"
        rows.append(f"| {head} | {costs} | {model} | {told['finding_ms_a_frame']:.1f} |")
    return "\n".join(rows)
