"""Analysis -> the report page."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gaitcheck import __version__
from gaitcheck.output.page.assemble import assemble
from gaitcheck.output.page.charts import charts
from gaitcheck.output.page.data import page_data
from gaitcheck.output.text import clock, printable
from gaitcheck.output.verdict import DISCLAIMER, SUPPORT_WORDS, what_happened

if TYPE_CHECKING:
    from gaitcheck.answer import Analysis


def report_page(
    analysis: Analysis, *, video_name: str | None, review: dict[str, Any] | None = None
) -> bytes:
    """Give one HTML file that shows the analysis in step with the video beside it.

    It loads nothing but that video: scripts, styles and charts are in it. Skeletons are drawn where
    the analysis has tracks, boxes elsewhere.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    video_name : str or None
        Where the video is, relative to the page, with ``/`` between folders; one that a browser can
        play (`gaitcheck.output.browser.browser_copy` makes one). None if there is none: a reader
        can still choose a file.
    review : dict, optional
        What the review server tells the page; only `gaitcheck.review` gives it.

    Returns
    -------
    bytes
        UTF-8 HTML.

    Raises
    ------
    OutputError
        If a number of the analysis is not finite.
    """
    address = None if video_name is None else quote(video_name, safe="/", errors="replace")
    data = page_data(analysis, video_name=address) | {"review": review}
    # Why it is so stands in a list of its own.
    headline, _, rest = data["verdict"].partition(" Why: ")[0].partition(". ")
    video = analysis.video
    fps = f", {video.mean_fps:.4g} frames a second" if video.mean_fps else ""
    return assemble(
        "page.html.j2",
        data=data,
        title=printable(PurePath(video.path).name or video.path),
        facts=f"{clock(video.duration_s)}, {video.width}×{video.height}{fps}",  # noqa: RUF001
        found=analysis.first_independent_step is not None,
        headline=headline if headline.endswith(".") else f"{headline}.",
        rest=rest,
        happened=what_happened(analysis),
        reasons=[printable(reason.text) for reason in analysis.reasons],
        warnings=[printable(warning) for warning in analysis.warnings],
        disclaimer=DISCLAIMER,
        supports=SUPPORT_WORDS,
        charts=charts(analysis),
        video_shown=printable(video_name or video.path),
        version=__version__,
        reviewing=review is not None,
    )
