"""One body as the pose model saw it in one picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Body:
    """Landmarks of one person in one picture.

    Parameters
    ----------
    points_px : ndarray, shape (33, 2)
        px of the picture that was given; may lie outside it.
    visibility : ndarray, shape (33,)
        That the landmark is in the picture and not hidden, 0 to 1.
    presence : ndarray, shape (33,)
        That the landmark is in the picture, 0 to 1.
    world_m : ndarray, shape (33, 3)
        Metres, origin between the hips, x right, y down, z away from the camera.
    mask : ndarray of float32, shape (height, width), or None
        How surely each px of the picture is part of the body, 0 to 1; None unless asked for.
    """

    points_px: npt.NDArray[np.floating[Any]]
    visibility: npt.NDArray[np.floating[Any]]
    presence: npt.NDArray[np.floating[Any]]
    world_m: npt.NDArray[np.floating[Any]]
    mask: npt.NDArray[np.float32] | None = None
