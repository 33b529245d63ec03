"""One picture in, the bodies in it out: MediaPipe's pose landmarker behind plain arrays."""

from __future__ import annotations

import contextlib
import importlib
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from gaitcheck.errors import ModelError, PoseError
from gaitcheck.pose.body import Body
from gaitcheck.pose.landmarks import N_LANDMARKS
from gaitcheck.pose.quiet import native_chatter_hushed

if TYPE_CHECKING:
    from types import TracebackType

Image = npt.NDArray[np.uint8]

_BLANK_PX: Final = 64
"""Side of the picture shown to forget a person; MediaPipe scales any picture to 224 or 256 px."""


class PoseEstimator:
    """Finds bodies in pictures, one after another.

    Parameters
    ----------
    model_path : Path
        A pose landmarker bundle (``.task``), as `gaitcheck.pose.store.find_model` gives.
    max_bodies : int
        At most so many bodies are looked for in one picture.
    following : bool
        True: pictures are consecutive frames of one scene. A body once found is followed, which
        costs about half, and its landmarks are smoothed over time (see `estimate`). False: every
        picture stands alone.
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
    Close it, best by ``with``: it holds about 100 MB and a thread of its own.
    """

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
        self._with_mask = with_mask
        self._clock = _Clock()
        self._someone_followed = False
        self._hushed_until_found = True
        with native_chatter_hushed():
            self._mp = _load_mediapipe()
            self._landmarker = _start(
                self._mp,
                Path(model_path),
                max_bodies=max_bodies,
                following=following,
                with_mask=with_mask,
            )
        self._finalizer = weakref.finalize(self, _shut, self._landmarker)

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
            When it was taken, s. Matters only when following: smoothing weighs by it. Need not
            increase from call to call; going back in time does not by itself forget the person
            followed, `reset` does.

        Returns
        -------
        tuple of Body
            Landmarks in px of the picture given; empty where nobody was found.

        Raises
        ------
        PoseError
            If the picture is no colour picture of 8 bits, or the estimator is closed or broke off.
        """
        _check(image_bgr)
        if not np.isfinite(time_s):
            raise PoseError(f"the time of a picture must be a finite number of s, not {time_s}")
        result = self._detect(image_bgr, time_s)
        bodies = _bodies(result, width=image_bgr.shape[1], height=image_bgr.shape[0])
        self._someone_followed = self._following and bool(bodies)
        if bodies:
            self._hushed_until_found = False
        return bodies

    def reset(self) -> None:
        """Forget the person followed, so that the next picture is searched afresh.

        Cheaper than a new estimator: one blank picture drops both the person and the memory of the
        smoothing. Free of cost when nobody is followed.
        """
        if self._someone_followed:
            blank = np.zeros((_BLANK_PX, _BLANK_PX, 3), dtype=np.uint8)
            self._detect(blank, None)
            self._someone_followed = False

    def _detect(self, image_bgr: Image, time_s: float | None) -> Any:
        if not self._finalizer.alive:
            raise PoseError("the pose estimator is closed; make a new one")
        rgb = cv2.cvtColor(image_bgr, cv2.COLOR_BGR2RGB)
        picture = self._mp.Image(image_format=self._mp.ImageFormat.SRGB, data=rgb)
        # The first inferences, and the first that finds somebody, each have a warning to write.
        quiet = native_chatter_hushed() if self._hushed_until_found else contextlib.nullcontext()
        try:
            with quiet:
                if self._following:
                    return self._landmarker.detect_for_video(picture, self._clock.tick_ms(time_s))
                return self._landmarker.detect(picture)
        except (RuntimeError, ValueError) as error:
            raise PoseError(
                f"the pose estimator broke off on a picture of {image_bgr.shape[1]} x "
                f"{image_bgr.shape[0]} px at {time_s} s: {error}"
            ) from error


class _Clock:
    """Turns any run of seconds into the strictly increasing whole ms that MediaPipe demands."""

    def __init__(self) -> None:
        self._last_ms = -1
        self._offset_ms: float | None = None

    def tick_ms(self, time_s: float | None) -> int:
        """Give the next timestamp, ms; ``None`` is the shortest while after the last."""
        after = self._last_ms + 1
        if time_s is None:
            self._offset_ms = None
            self._last_ms = after
            return after
        if self._offset_ms is None:
            self._offset_ms = after - time_s * 1000.0
        now = round(time_s * 1000.0 + self._offset_ms)
        if now < after - 1:  # back in time, another person's turn: go on from here
            self._offset_ms = after - time_s * 1000.0
        self._last_ms = max(now, after)
        return self._last_ms


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


def _read_bundle(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"cannot read the pose model {path}: {error.strerror}; "
            "`gaitcheck model` shows which model is used and fetches it"
        ) from error


def _load_mediapipe() -> Any:
    try:
        return importlib.import_module("mediapipe")
    except (ImportError, OSError) as error:
        raise PoseError(
            f"MediaPipe cannot be loaded: {error}; `gaitcheck doctor` says what is missing"
        ) from error


def _start(mp: Any, path: Path, *, max_bodies: int, following: bool, with_mask: bool) -> Any:
    bundle = _read_bundle(path)
    vision = mp.tasks.vision
    mode = vision.RunningMode.VIDEO if following else vision.RunningMode.IMAGE
    try:
        return vision.PoseLandmarker.create_from_options(
            vision.PoseLandmarkerOptions(
                # The bytes, not the path: MediaPipe fails on some paths that Python can open.
                base_options=mp.tasks.BaseOptions(model_asset_buffer=bundle),
                running_mode=mode,
                num_poses=max_bodies,
                output_segmentation_masks=with_mask,
            )
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelError(
            f"{path} is no usable pose landmarker bundle: {error}; "
            "`gaitcheck model` verifies it and fetches it anew"
        ) from error


def _shut(landmarker: Any) -> None:
    try:
        landmarker.close()
    except RuntimeError:
        # The interpreter is ending and MediaPipe's thread is gone: nothing can be closed any more,
        # and its destructor must not try again, or a traceback is the last thing the user sees.
        landmarker._handle = None


def _bodies(result: Any, *, width: int, height: int) -> tuple[Body, ...]:
    masks = result.segmentation_masks or [None] * len(result.pose_landmarks)
    bodies = []
    for landmarks, world, mask in zip(
        result.pose_landmarks, result.pose_world_landmarks, masks, strict=True
    ):
        table = np.array([(p.x, p.y, p.visibility, p.presence) for p in landmarks])
        if table.shape != (N_LANDMARKS, 4):
            raise PoseError(f"the pose model gave {len(landmarks)} landmarks, not {N_LANDMARKS}")
        bodies.append(
            Body(
                points_px=table[:, :2] * (width, height),
                visibility=table[:, 2],
                presence=table[:, 3],
                world_m=np.array([(p.x, p.y, p.z) for p in world]),
                mask=None if mask is None else mask.numpy_view().reshape(height, width).copy(),
            )
        )
    return tuple(bodies)
