"""The landmark network without what nobody asks for: its segmentation branch.

Of the network's five outputs the segmentation mask is the dearest: a decoder of 256 x 256 px, which
MediaPipe runs and copies also where no mask is wanted. Left out, an inference takes two thirds of
the time, and the landmarks are the same to the last bit, for what they come from stays as it was.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import secrets
import zipfile
from pathlib import Path
from typing import Any, Final

from gaitcheck.errors import ModelError
from gaitcheck.pose.bundle import check_bundle, tflite_schema
from gaitcheck.pose.store import LIGHT_PREFIX, model_location

_log = logging.getLogger(__name__)

_LANDMARKER: Final = "pose_landmarks_detector.tflite"
_MASK: Final = 2
"""Place of the mask among the outputs."""
_KNOWN_OUTPUTS: Final = ((1, 195), (1, 1), (1, 256, 256, 1), (1, 64, 64, 39), (1, 117))
"""Shapes of the outputs of the network that is known here: landmarks, presence, mask, heat maps,
landmarks in metres. One of another shape is left as it is."""
_VERSION: Final = 1
"""Counts the ways of making it, so that a kept one of an older way is not taken."""


def light_bundle(path: Path) -> Path:
    """Give a bundle that finds the same landmarks in less time, but gives no masks.

    It is kept beside the fetched model in the user's cache (`gaitcheck.pose.store.model_location`),
    9 MB, made once in about a second. Where it cannot be made or kept, for another network or a
    cache that cannot be written, the bundle itself is given: slower, with the same landmarks.

    Parameters
    ----------
    path : Path
        A pose landmarker bundle (``.task``).

    Returns
    -------
    Path
        The light bundle, or ``path``.

    Raises
    ------
    ModelError
        If ``path`` cannot be read or is no bundle.
    """
    kept = model_location() / f"{LIGHT_PREFIX}{_VERSION}.{check_bundle(path)}.task"
    if _is_whole(kept):
        return kept
    data = _lightened(path)
    if data is None:
        _log.info("the landmark network of %s is not the known one: it is used whole", path)
        return path
    try:
        _keep(kept, data)
    except OSError as error:
        _log.info("the light pose model cannot be kept in %s: %s", kept.parent, error)
        return path
    return kept


def _is_whole(kept: Path) -> bool:
    if not kept.is_file():
        return False
    try:
        check_bundle(kept)
    except ModelError:
        return False  # damaged: it is made again
    return True


def _keep(kept: Path, data: dict[str, bytes]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"{kept.name}.{secrets.token_hex(8)}.tmp")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as out:
            for name, network in data.items():
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.create_system = 3
                out.writestr(entry, network)
        # Whoever makes it at the same time makes the same bytes: the last one stays.
        fresh.replace(kept)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _lightened(path: Path) -> dict[str, bytes] | None:
    """Give the files of the light bundle; None where the network is not the known one."""
    with zipfile.ZipFile(path) as bundle:
        files = {name: bundle.read(name) for name in bundle.namelist()}
    network = _without_mask(files[_LANDMARKER])
    return None if network is None else {**files, _LANDMARKER: network}


def _without_mask(tflite: bytes) -> bytes | None:
    """Give the network without the operators that only the mask needs."""
    flatbuffers, schema = tflite_schema()
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    graph = model.subgraphs[0]
    shapes = tuple(tuple(int(n) for n in graph.tensors[i].shape) for i in graph.outputs)
    if len(model.subgraphs) != 1 or shapes != _KNOWN_OUTPUTS:
        return None
    outputs = list(graph.outputs)
    wanted = [tensor for place, tensor in enumerate(outputs) if place != _MASK]
    needed = _needed(graph.operators, wanted)
    graph.operators = [op for i, op in enumerate(graph.operators) if i in needed]
    # MediaPipe counts five outputs. In the mask's place comes the presence once more, whose shape
    # is no picture's: whoever asks for masks gets MediaPipe's error and no false mask.
    outputs[_MASK] = outputs[1]
    graph.outputs = outputs
    _free_unused(model)
    builder = flatbuffers.Builder(len(tflite) + 65536)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _needed(operators: list[Any], wanted: list[int]) -> set[int]:
    """Give the places of the operators that the tensors wanted come from."""
    maker = {int(tensor): i for i, op in enumerate(operators) for tensor in op.outputs}
    needed: set[int] = set()
    asked = [int(tensor) for tensor in wanted]
    while asked:
        made_by = maker.get(asked.pop())
        if made_by is not None and made_by not in needed:
            needed.add(made_by)
            asked += [int(tensor) for tensor in operators[made_by].inputs if tensor >= 0]
    return needed


def _free_unused(model: Any) -> None:
    """Empty the weights that no operator reads any more."""
    graph = model.subgraphs[0]
    read = {int(i) for op in graph.operators for i in (*op.inputs, *op.outputs) if i >= 0}
    read |= {int(i) for i in (*graph.inputs, *graph.outputs)}
    held = {graph.tensors[i].buffer for i in read}
    held |= {entry.buffer for entry in model.metadata or []}
    for place, buffer in enumerate(model.buffers):
        if place not in held and buffer.data is not None:
            model.buffers[place] = copy.copy(buffer)
            model.buffers[place].data = None
