"""One picture in, the bodies in it out: MediaPipe's pose landmarker behind plain arrays."""

from __future__ import annotations

import contextlib
import itertools
import weakref
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.errors import PoseError
from gaitcheck.pose import landmarker
from gaitcheck.pose.quiet import native_chatter_hushed

if TYPE_CHECKING:
    from types import TracebackType

    from gaitcheck.pose.body import Body

Image = npt.NDArray[np.uint8]

_BLANK_PX: Final = 64
"""Side of the picture shown to forget a person; MediaPipe scales any picture to 224 or 256 px."""

_TICK_MS: Final = 1_000_000
"""Time between two pictures as MediaPipe is told, ms; far longer than it is.

Following one body, MediaPipe smooths its landmarks by a One-Euro filter, which is causal and so
comes late: by 5 to 20 ms in side views, by up to 50 ms where the feet move little in the picture,
as in frontal views (rendered walks with known truth, 25 Hz): half of what a contact may be off.
There is no switch for it. The longer the time between two pictures, the less the filter holds back;
after 1000 s it passes on what the network saw (measured: the feet within 15 ms either way, as in
single pictures), and the following itself does not depend on time. Whoever wants the landmarks
smooth can do so later, with the whole clip in view and without delay.
"""


class PoseEstimator:
    """Finds bodies in pictures, one after another.

    Parameters
    ----------
    model_path : Path
        A pose landmarker bundle (``.task``), as `gaitcheck.pose.store.find_model` gives.
    max_bodies : int
        At most so many bodies are looked for in one picture.
    following : bool
        True: pictures are consecutive frames of one scene, or crops of them in which the body
        stays about where it was. A body once found is looked for there, without a new search over
        the picture, which costs about 0.6 times as much. False: every picture stands alone.
    with_mask : bool
        Whether each body comes with its segmentation mask.

    Raises
    ------
    ModelError
        If the bundle is missing or is no pose landmarker bundle.
    PoseError
        If MediaPipe cannot be loaded or started.

    Notes
    -----
    One estimator is used by one thread at a time; several estimators may run in several threads.
    Close it, best by ``with``: it holds 80 MB and a thread of its own.

    Several people can share one following estimator, picture by picture in turn, if each is shown
    in a crop that holds them alike (same margin, same size, body upright and in the middle): all
    that it keeps from one picture to the next is where in the picture to look. Measured on rendered
    walks, two people in turn: the error of the feet is at most 0.5 % of body height above that of
    two estimators, and no more legs are exchanged.
    """

    _warned: ClassVar[bool] = False
    """Whether MediaPipe has written the warning that it writes when it first finds somebody, once
    in the life of a process."""

    def __init__(
        self,
        model_path: Path,
        *,
        max_bodies: int = 1,
        following: bool = True,
        with_mask: bool = False,
    ) -> None:
        if max_bodies < 1:
            raise PoseError(f"max_bodies must be at least 1, not {max_bodies}")
        self._following = following
        self._ticks = itertools.count(0, _TICK_MS)
        # MediaPipe smooths the visibility only where it follows a single body.
        self._visibility = _Visibility() if following and max_bodies == 1 else None
        self._someone_followed = False
        with native_chatter_hushed():
            self._mp = landmarker.load_mediapipe()
            self._landmarker = landmarker.start(
                self._mp,
                Path(model_path),
                max_bodies=max_bodies,
                following=following,
                with_mask=with_mask,
            )
        self._finalizer = weakref.finalize(self, landmarker.shut, self._landmarker)

    def __enter__(self) -> PoseEstimator:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the model. May be called more than once."""
        self._finalizer()

    def estimate(self, image_bgr: Image, *, time_s: float) -> tuple[Body, ...]:
        """Find the bodies in one picture.

        Parameters
        ----------
        image_bgr : ndarray of uint8, shape (height, width, 3)
            The picture or a part of it, OpenCV's channel order.
        time_s : float
            When it was taken, s; for messages. The order of the calls is the order of the
            pictures, and a jump in time does not by itself forget the person followed: `reset`
            does.

        Returns
        -------
        tuple of Body
            Landmarks in px of the picture given, as the network saw them in this one, not smoothed
            over time; empty where nobody was found.

        Raises
        ------
        PoseError
            If the picture is no colour picture of 8 bits, or the estimator is closed or broke off.
        """
        _check(image_bgr)
        result = self._detect(image_bgr, f"at {time_s:.3f} s")
        bodies = landmarker.to_bodies(result, width=image_bgr.shape[1], height=image_bgr.shape[0])
        self._someone_followed = self._following and bool(bodies)
        if bodies:
            PoseEstimator._warned = True
        return self._as_seen(bodies)

    def reset(self) -> None:
        """Forget the person followed, so that the next picture is searched afresh.

        One blank picture does it, at about the cost of any other; a new estimator costs about 20
        times as much. Free when nobody is followed.
        """
        if self._someone_followed:
            blank = np.zeros((_BLANK_PX, _BLANK_PX, 3), dtype=np.uint8)
            self._detect(blank, "shown to forget a person")
            self._someone_followed = False

    def _as_seen(self, bodies: tuple[Body, ...]) -> tuple[Body, ...]:
        if self._visibility is None:
            return bodies
        return tuple(replace(b, visibility=self._visibility.undo(b.visibility)) for b in bodies)

    def _detect(self, image_bgr: Image, which: str) -> Any:
        if not self._finalizer.alive:
            raise PoseError("the pose estimator is closed; make a new one")
        rgb = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB)
        at_ms = next(self._ticks) if self._following else None
        quiet = contextlib.nullcontext() if PoseEstimator._warned else native_chatter_hushed()
        try:
            with quiet:
                return landmarker.look(self._mp, self._landmarker, rgb, at_ms=at_ms)
        except landmarker.MEDIAPIPE_ERRORS as error:
            raise PoseError(
                f"the pose estimator broke off on a picture of {image_bgr.shape[1]} x "
                f"{image_bgr.shape[0]} px {which}: {landmarker.in_short(error)}"
            ) from error


class _Visibility:
    """Takes out the smoothing over frames that MediaPipe puts on the visibility.

    When it follows one body it gives 0.1 of the new value and 0.9 of the last it gave, whatever the
    time between (measured on 1.2.2: undone so, every value falls within 0 to 1 to six digits, and
    agrees with that of the single picture). The last it gave is kept also while nobody is seen.
    At 30 Hz a foot hidden at once would count as seen for another 0.2 s.
    """

    _KEPT: Final = 0.9

    def __init__(self) -> None:
        self._last: npt.NDArray[np.floating[Any]] | None = None

    def undo(self, smoothed: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.floating[Any]]:
        """Give the visibility of this frame alone, shape (33,)."""
        last, self._last = self._last, smoothed
        if last is None:
            return smoothed
        return np.clip((smoothed - self._KEPT * last) / (1.0 - self._KEPT), 0.0, 1.0)


def _check(image_bgr: Image) -> None:
    if not isinstance(image_bgr, np.ndarray):
        raise PoseError(f"a picture must be a numpy array, not {type(image_bgr).__name__}")
    if image_bgr.ndim != 3 or image_bgr.shape[2] != 3:
        raise PoseError(
            f"a picture must have shape (height, width, 3), not {image_bgr.shape}; "
            "turn a grey one to colour with cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)"
        )
    if image_bgr.dtype != np.uint8:
        raise PoseError(f"a picture must hold 8-bit values (uint8), not {image_bgr.dtype}")
    if image_bgr.size == 0:
        raise PoseError(f"the picture is empty: shape {image_bgr.shape}")
