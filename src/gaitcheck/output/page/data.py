"""An Analysis as the page's scripts read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gaitcheck.gait.milestones import CRITERIA
from gaitcheck.output.page.poses import poses
from gaitcheck.output.verdict import SUPPORT_WORDS, verdict

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis

_LEFT_OUT: Final = ("settings", "model", "reasons", "support_reasons", "warnings", "schema")
"""Fields of the JSON contract that the scripts do not need."""


def page_data(analysis: Analysis, *, video_name: str | None) -> dict[str, Any]:
    """Give what the scripts need: the JSON contract, skeletons, and the words for both.

    Steps carry an ``id``: ``m`` and their number in the analysis, from 0.
    """
    document = analysis.to_dict()
    skeletons = poses(analysis.tracks)
    drawn = {pose["person"] for pose in skeletons}
    found = {key: value for key, value in document.items() if key not in _LEFT_OUT}
    found["people"] = [
        {**person, "boxes": [] if person["id"] in drawn else person["boxes"]}
        for person in document["people"]
    ]
    found["steps"] = step_rows(document["steps"])
    return {
        "analysis": found,
        "poses": skeletons,
        "supports": dict(SUPPORT_WORDS),
        "milestones": {name: f"{one.text} ({one.source})" for name, one in CRITERIA.items()},
        "verdict": verdict(analysis),
        "video": video_name,
        "review": None,
    }


def step_rows(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the contract's steps with the ids that the page and corrections call them by."""
    return [{"id": f"m{number}", **step} for number, step in enumerate(steps)]
