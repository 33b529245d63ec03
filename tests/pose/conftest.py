"""A drawn person that the pose model finds, and a made-up wheel of a few hundred bytes."""

from __future__ import annotations

import hashlib
import importlib
import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from gaitcheck.pose.bundle import NETWORKS, Network

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHEEL_NAME = "mediapipe-0.10.21-cp311-cp311-manylinux_2_28_x86_64.whl"

SKIN, SHIRT, TROUSERS, SHOE = (150, 180, 225), (60, 60, 170), (110, 70, 50), (30, 30, 30)


def _draw_person(*, shift_px: int = 0) -> np.ndarray:
    """Draw someone who faces the camera, 480 x 480 px; the own left foot at x 280 + shift."""
    picture = np.full((480, 480, 3), (190, 200, 205), np.uint8)
    picture[384:] = (120, 140, 150)
    cx = 240 + shift_px

    def limb(a: tuple[int, int], b: tuple[int, int], colour: tuple[int, ...], width: int) -> None:
        cv2.line(picture, a, b, colour, width, cv2.LINE_AA)

    for side in (-1, 1):
        knee, ankle = (cx + side * 20 + 6, 325), (cx + side * 40, 395)
        limb((cx + side * 8, 250), knee, TROUSERS, 34)
        limb(knee, ankle, TROUSERS, 24)
        limb(ankle, (ankle[0], 405), SKIN, 14)
        limb((ankle[0] - 4, 412), (ankle[0] + 22, 412), SHOE, 14)
    cv2.ellipse(picture, (cx, 190), (36, 75), 0, 0, 360, SHIRT, -1, cv2.LINE_AA)
    limb((cx - 26, 140), (cx + 26, 140), SHIRT, 34)
    for side in (-1, 1):
        elbow, wrist = (cx + side * 55, 200), (cx + side * 58, 255)
        limb((cx + side * 38, 140), elbow, SHIRT, 22)
        limb(elbow, wrist, SKIN, 15)
        cv2.circle(picture, (wrist[0], wrist[1] + 10), 10, SKIN, -1, cv2.LINE_AA)
        cv2.circle(picture, (cx + side * 9, 80), 3, (20, 20, 20), -1, cv2.LINE_AA)
    limb((cx, 105), (cx, 125), SKIN, 22)
    cv2.ellipse(picture, (cx, 80), (24, 32), 0, 0, 360, SKIN, -1, cv2.LINE_AA)
    cv2.ellipse(picture, (cx, 68), (26, 26), 0, 180, 360, (30, 45, 60), -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.circle(picture, (cx + side * 9, 80), 3, (20, 20, 20), -1, cv2.LINE_AA)
    limb((cx - 7, 97), (cx + 7, 97), (90, 90, 180), 2)
    limb((cx, 82), (cx, 89), (120, 150, 200), 3)
    return cv2.GaussianBlur(picture, (5, 5), 0)


@pytest.fixture
def draw_person() -> Callable[..., np.ndarray]:
    return _draw_person


@pytest.fixture(scope="session")
def tiny_tflite() -> bytes:
    """Give the smallest network that has an input and an output."""
    flatbuffers: Any = importlib.import_module("flatbuffers")
    schema: Any = importlib.import_module("mediapipe.tasks.metadata.schema_py_generated")
    tensors = [schema.TensorT(), schema.TensorT()]
    for tensor in tensors:
        tensor.shape = [1]
    graph = schema.SubGraphT()
    graph.tensors, graph.inputs, graph.outputs = tensors, [0], [1]
    model = schema.ModelT()
    model.version, model.subgraphs, model.buffers = 3, [graph], [schema.BufferT()]
    builder = flatbuffers.Builder(64)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


@pytest.fixture
def tiny_networks(tiny_tflite: bytes) -> tuple[Network, ...]:
    sha256 = hashlib.sha256(tiny_tflite).hexdigest()
    return tuple(replace(network, sha256=sha256) for network in NETWORKS)


@pytest.fixture
def tiny_wheel(tmp_path: Path, tiny_tflite: bytes) -> Path:
    """Give a wheel that pip accepts as mediapipe 0.10.21, with two tiny networks in it."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel = folder / WHEEL_NAME
    info = "mediapipe-0.10.21.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        for network in NETWORKS:
            archive.writestr(network.in_wheel, tiny_tflite)
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: mediapipe\nVersion: 0.10.21\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\n"
            "Tag: cp311-cp311-manylinux_2_28_x86_64\n",
        )
        archive.writestr(f"{info}/RECORD", "")
    return wheel


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache folder of the test's own; no model is named by the environment."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("GAITCHECK_CACHE", os.fspath(folder))
    monkeypatch.delenv("GAITCHECK_MODEL", raising=False)
    return folder
