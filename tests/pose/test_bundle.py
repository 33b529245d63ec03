from __future__ import annotations

import hashlib
import importlib
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from gaitcheck.errors import ModelError
from gaitcheck.pose.bundle import build_bundle, check_bundle


@pytest.fixture
def bundle(tmp_path, tiny_wheel, tiny_networks):
    path = tmp_path / "tiny.task"
    build_bundle(tiny_wheel, path, networks=tiny_networks)
    return path


def test_the_same_wheel_gives_the_same_bytes(tmp_path, tiny_wheel, tiny_networks, bundle):
    again = tmp_path / "again.task"
    build_bundle(tiny_wheel, again, networks=tiny_networks)
    assert again.read_bytes() == bundle.read_bytes()


def test_networks_lie_uncompressed_under_the_names_that_mediapipe_wants(bundle):
    with zipfile.ZipFile(bundle) as archive:
        kept = {entry.filename: entry.compress_type for entry in archive.infolist()}
    assert kept == {
        "pose_detector.tflite": zipfile.ZIP_STORED,
        "pose_landmarks_detector.tflite": zipfile.ZIP_STORED,
    }


@pytest.mark.parametrize(
    ("name", "mean", "std"),
    [("pose_detector.tflite", 127.5, 127.5), ("pose_landmarks_detector.tflite", 0.0, 255.0)],
)
def test_metadata_say_how_pixels_are_scaled(bundle, name, mean, std):
    tflite: Any = importlib.import_module("mediapipe.tasks.metadata.schema_py_generated")
    meta: Any = importlib.import_module("mediapipe.tasks.metadata.metadata_schema_py_generated")
    with zipfile.ZipFile(bundle) as archive:
        model = tflite.ModelT.InitFromObj(tflite.Model.GetRootAsModel(archive.read(name), 0))
    entry = next(e for e in model.metadata if e.name == b"TFLITE_METADATA")
    written = bytes(model.buffers[entry.buffer].data)
    read = meta.ModelMetadataT.InitFromObj(meta.ModelMetadata.GetRootAsModelMetadata(written, 0))
    options = read.subgraphMetadata[0].inputTensorMetadata[0].processUnits[0].options
    assert list(options.mean) == [mean]
    assert list(options.std) == [std]
    assert len(read.subgraphMetadata[0].outputTensorMetadata) == 1


def test_a_network_that_is_not_the_published_one_is_refused(tmp_path, tiny_wheel, tiny_networks):
    other = (tiny_networks[0], replace(tiny_networks[1], sha256="0" * 64))
    with pytest.raises(ModelError, match=r"pose_landmark_full\.tflite .* not the published one"):
        build_bundle(tiny_wheel, tmp_path / "x.task", networks=other)


def test_a_wheel_without_the_networks_is_refused(tmp_path, tiny_networks):
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("nothing", "")
    with pytest.raises(ModelError, match=r"other.whl holds no mediapipe/modules"):
        build_bundle(wheel, tmp_path / "x.task", networks=tiny_networks)


def test_a_broken_wheel_is_refused(tmp_path, tiny_networks):
    wheel = tmp_path / "half.whl"
    wheel.write_bytes(b"PK\x03\x04 and then the line went dead")
    with pytest.raises(ModelError, match=r"half.whl is damaged"):
        build_bundle(wheel, tmp_path / "x.task", networks=tiny_networks)


def test_a_whole_bundle_passes_with_its_hash(bundle):
    assert check_bundle(bundle) == hashlib.sha256(bundle.read_bytes()).hexdigest()


def test_one_changed_byte_is_found(bundle):
    data = bytearray(bundle.read_bytes())
    data[len(data) // 3] ^= 0xFF
    bundle.write_bytes(data)
    with pytest.raises(ModelError, match="damaged"):
        check_bundle(bundle)


@pytest.mark.parametrize("keep", [0, 10, -1])
def test_a_cut_off_bundle_is_found(bundle, keep):
    bundle.write_bytes(bundle.read_bytes()[:keep])
    with pytest.raises(ModelError, match="damaged"):
        check_bundle(bundle)


def test_another_zip_is_no_bundle(tmp_path):
    path = tmp_path / "holiday.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("beach.jpg", b"blue")
    with pytest.raises(ModelError, match="no pose landmarker bundle"):
        check_bundle(path)


def test_a_zip_of_other_files_under_the_right_names_is_no_bundle(tmp_path, tiny_networks):
    path = tmp_path / "fake.task"
    with zipfile.ZipFile(path, "w") as archive:
        for network in tiny_networks:
            archive.writestr(network.name, b"not a network at all")
    with pytest.raises(ModelError, match=r"bad pose_detector\.tflite"):
        check_bundle(path)


def test_a_missing_bundle_is_told(tmp_path):
    with pytest.raises(ModelError, match="cannot read"):
        check_bundle(tmp_path / "none.task")
