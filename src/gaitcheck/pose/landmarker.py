"""The border to MediaPipe: its landmarker started and closed, its results as plain arrays."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gaitcheck.errors import ModelError, PoseError
from gaitcheck.pose.body import Body
from gaitcheck.pose.landmarks import N_LANDMARKS

if TYPE_CHECKING:
    from pathlib import Path

MEDIAPIPE_ERRORS: Final = (
    RuntimeError,
    ValueError,
    IndexError,
    FileExistsError,
    FileNotFoundError,
    PermissionError,
    TimeoutError,
)
"""What MediaPipe raises for what it calls a status."""


def load_mediapipe() -> Any:
    """Import MediaPipe, late and with the cure if it fails."""
    try:
        return importlib.import_module("mediapipe")
    except (ImportError, OSError) as error:
        raise _not_loaded(error) from error


def start(mp: Any, path: Path, *, max_bodies: int, following: bool, with_mask: bool) -> Any:
    """Make a landmarker; the parameters are those of `gaitcheck.pose.estimator.PoseEstimator`."""
    asset = _asset(path)
    vision = mp.tasks.vision
    mode = vision.RunningMode.VIDEO if following else vision.RunningMode.IMAGE
    try:
        return vision.PoseLandmarker.create_from_options(
            vision.PoseLandmarkerOptions(
                base_options=mp.tasks.BaseOptions(**asset),
                running_mode=mode,
                num_poses=max_bodies,
                output_segmentation_masks=with_mask,
            )
        )
    except MEDIAPIPE_ERRORS as error:
        raise ModelError(
            f"{path} is no usable pose landmarker bundle: {in_short(error)}; "
            "`gaitcheck model fetch --anew` gets the one that gaitcheck knows"
        ) from error
    except OSError as error:  # its native library is loaded only now
        raise _not_loaded(error) from error


def shut(landmarker: Any) -> None:
    """Close a landmarker, as far as the interpreter still can."""
    try:
        landmarker.close()
    except RuntimeError:
        # The interpreter is ending and MediaPipe's thread is gone: nothing can be closed any more,
        # and its destructor must not try again, or a traceback is the last thing the user sees.
        landmarker._handle = None


def to_bodies(result: Any, *, width: int, height: int) -> tuple[Body, ...]:
    """Turn a landmarker's result for a picture of that many px into bodies."""
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


def in_short(error: Exception) -> str:
    """Give MediaPipe's message as one line, without its trace of C++ sources."""
    return " ".join(str(error).partition("=== Source Location Trace")[0].split())


def _asset(path: Path) -> dict[str, Any]:
    """Say where the bundle is, in the words of MediaPipe's options."""
    try:
        with path.open("rb") as file:
            if os.name != "nt" or str(path).isascii():
                return {"model_asset_path": str(path)}
            # MediaPipe on Windows opens no path beyond ASCII. Not so everywhere: from bytes each
            # estimator holds 40 MB more, from a path the file is mapped.
            return {"model_asset_buffer": file.read()}
    except OSError as error:
        raise ModelError(
            f"cannot read the pose model {path}: {error.strerror}; "
            "`gaitcheck model` shows which model is used and fetches it"
        ) from error


def _not_loaded(error: Exception) -> PoseError:
    return PoseError(
        f"MediaPipe cannot be loaded: {error}; `gaitcheck doctor` says what is missing"
    )
