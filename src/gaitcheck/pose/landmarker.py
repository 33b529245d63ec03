"""The border to MediaPipe: its landmarker started and closed, its results as plain arrays."""

from __future__ import annotations

import importlib
import os
import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gaitcheck.errors import ModelError, PoseError
from gaitcheck.pose.body import Body
from gaitcheck.pose.gate import Gate
from gaitcheck.pose.landmarks import N_LANDMARKS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

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

# MediaPipe (1.2.2) tells ctypes the argument types of its native functions anew whenever it makes a
# landmarker, those of pictures whenever it makes a picture, and frees what other threads' calls may
# be reading. Once in some ten thousand clips a call broke off, "argument 5: 'cell' object is not
# callable"; never again on purpose, but nothing else here frees argument types.
_LANDMARKERS: Final = Gate()
_PICTURES: Final = threading.Lock()


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
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(**asset),
        running_mode=mode,
        num_poses=max_bodies,
        output_segmentation_masks=with_mask,
    )
    try:
        with _LANDMARKERS.alone():
            return vision.PoseLandmarker.create_from_options(options)
    except MEDIAPIPE_ERRORS as error:
        raise ModelError(
            f"{path} is no usable pose landmarker bundle: {in_short(error)}; "
            "`gaitcheck model fetch --anew` gets the one that gaitcheck knows"
        ) from error
    except OSError as error:  # its native library is loaded only now
        raise _not_loaded(error) from error


def look(mp: Any, landmarker: Any, rgb: npt.NDArray[Any], *, at_ms: int | None) -> Any:
    """Give the landmarker's result for a picture; ``at_ms`` where it follows, None where not."""
    with _PICTURES:
        picture = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
    try:
        with _LANDMARKERS.side_by_side():
            if at_ms is None:
                return landmarker.detect(picture)
            return landmarker.detect_for_video(picture, at_ms)
    finally:
        with _PICTURES:
            del picture  # freed by a call, too


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
