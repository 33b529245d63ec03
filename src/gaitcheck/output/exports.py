"""Every file for another tool, by name: what ``gaitcheck export`` and ``-o FOLDER`` write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from gaitcheck.output.captions import to_srt, to_webvtt
from gaitcheck.output.coding.audacity import to_labels
from gaitcheck.output.coding.bids import to_events_json, to_events_tsv
from gaitcheck.output.coding.boris import to_boris
from gaitcheck.output.coding.datavyu import to_datavyu
from gaitcheck.output.coding.elan import to_eaf


class Format(NamedTuple):
    """How one kind of file is called and made.

    Parameters
    ----------
    suffix : str
        What follows the stem in the file's name.
    write : callable
        Makes the file's bytes of a ``gaitcheck.analysis/1`` document.
    """

    suffix: str
    write: Callable[[dict[str, Any]], bytes]


FORMATS: Final[dict[str, Format]] = {
    "vtt": Format(".vtt", to_webvtt),
    "srt": Format(".srt", to_srt),
    "elan": Format(".eaf", to_eaf),
    "boris": Format(".boris.xlsx", to_boris),
    "datavyu": Format(".datavyu.csv", to_datavyu),
    "bids": Format("_events.tsv", to_events_tsv),
    "bids-sidecar": Format("_events.json", to_events_json),
    "audacity": Format(".labels.txt", to_labels),
}
"""Name of the format -> ending and maker of its file."""


def all_exports(document: dict[str, Any], stem: str) -> dict[str, bytes]:
    """Give every file for other tools: name, begun with ``stem``, -> content."""
    return {f"{stem}{form.suffix}": form.write(document) for form in FORMATS.values()}
