"""The cheap look at long footage that says which parts of it are followed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from gaitcheck.footage import motion
from gaitcheck.footage.changes import compare
from gaitcheck.footage.checks import Quiet, quiet_parts, stirring
from gaitcheck.footage.index import FileIndex
from gaitcheck.footage.samples import Sample, read_samples, sample_times_s
from gaitcheck.footage.windows import length_s, windows
from gaitcheck.people.estimators import Estimator, EstimatorFactory
from gaitcheck.time import Interval

_log = logging.getLogger(__name__)

WHOLE: Final = Interval(0.0, float("inf"))
_WORTHWHILE: Final = 0.7
"""Where more than this share is to be followed all of it is (arbitrary)."""
_BODIES_A_SEARCH: Final = 3


def scan(
    path: Path,
    index: FileIndex,
    *,
    width_px: int,
    min_height_px: float,
    estimators: EstimatorFactory,
    workers: int,
    on_sample: Callable[[float], None] | None = None,
) -> tuple[Interval, ...]:
    """Say which parts of a video may show somebody who walks.

    Samples are compared with each other; where nothing moves people are looked for in some of
    them. A moving camera changes everything, so all of it is followed then.

    Parameters
    ----------
    path : Path
        Video file or folder of frames.
    index : FileIndex
        Its times.
    width_px : int
        Width of its upright pictures, px.
    min_height_px : float
        Height of the smallest person looked for, px.
    estimators : callable
        Makes pose estimators.
    workers : int
        Threads that look for people; the result does not depend on it.
    on_sample : callable, optional
        Called with the time of each sample, s, for progress; what it raises ends the scan.

    Returns
    -------
    tuple of Interval
        In order, not touching each other; with their margins. Empty where nobody can be walking.
    """
    changes = compare(
        _watched(read_samples(path, index, sample_times_s(index)), on_sample),
        width_px=width_px,
        min_height_px=min_height_px,
    )
    duration_s = index.duration_s
    restless = motion.restless_cells(changes)
    stirs = motion.moved(changes, restless=restless)
    times_s = changes.times_s.tolist()
    active = [
        Interval(before_s, time_s)
        for before_s, time_s, stirred in zip(times_s, times_s[1:], stirs[1:], strict=False)
        if stirred
    ]
    followed = windows(active, duration_s=duration_s)
    if not _nearly_all(followed, duration_s):

        def check(part: Quiet, searcher: Estimator) -> list[Interval]:
            return stirring(
                part, path=path, index=index, changes=changes, restless=restless,
                searcher=searcher, min_height_px=min_height_px, width_px=width_px,
            )  # fmt: skip

        active += _in_threads(check, quiet_parts(changes, followed), estimators, workers)
        followed = windows(active, duration_s=duration_s)
    if _nearly_all(followed, duration_s):
        _log.info("something moves nearly everywhere in %s: all of it is followed", path.name)
        return (WHOLE,)
    share = length_s(followed, duration_s=duration_s) / duration_s
    _log.info("%d parts of %s, %.1f%% of it, are followed", len(followed), path.name, 100 * share)
    return tuple(followed)


def _watched(
    samples: Iterable[Sample], on_sample: Callable[[float], None] | None
) -> Iterator[Sample]:
    for sample in samples:
        if on_sample is not None:
            on_sample(sample.time_s)
        yield sample


def _nearly_all(followed: list[Interval], duration_s: float) -> bool:
    return length_s(followed, duration_s=duration_s) > _WORTHWHILE * duration_s


def _in_threads(
    check: Callable[[Quiet, Estimator], list[Interval]],
    parts: list[Quiet],
    estimators: EstimatorFactory,
    workers: int,
) -> list[Interval]:
    """Check all parts, each thread with an estimator of its own."""
    if not parts:
        return []
    n = min(workers, len(parts))
    searchers = [estimators(_BODIES_A_SEARCH, False) for _ in range(n)]
    idle: SimpleQueue[Estimator] = SimpleQueue()
    for searcher in searchers:
        idle.put(searcher)

    def work(part: Quiet) -> list[Interval]:
        searcher = idle.get()
        try:
            return check(part, searcher)
        finally:
            idle.put(searcher)

    try:
        with ThreadPoolExecutor(n, thread_name_prefix="scan") as threads:
            jobs = [threads.submit(work, part) for part in parts]
            try:
                return [interval for job in jobs for interval in job.result()]
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise
    finally:
        for searcher in searchers:
            searcher.close()
