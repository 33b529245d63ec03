"""The light bundle: the same landmarks, made once, and the whole model where it cannot be made."""

from __future__ import annotations

import logging
import zipfile

import numpy as np
import pytest

from gaitcheck.errors import ModelError
from gaitcheck.pose.bundle import NETWORKS, check_bundle
from gaitcheck.pose.light import light_bundle
from gaitcheck.pose.store import CACHE_VARIABLE


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    return folder


def _landmark_network(bundle) -> bytes:
    with zipfile.ZipFile(bundle) as file:
        return file.read(NETWORKS[1].name)


@pytest.mark.model
def test_the_landmarks_are_the_same_to_the_last_bit(model_path, cache, draw_person):
    from gaitcheck.pose.estimator import PoseEstimator

    light = light_bundle(model_path)
    assert light.parent == cache
    assert len(_landmark_network(light)) < len(_landmark_network(model_path))
    pictures = [draw_person(shift_px=3 * i) for i in range(6)]
    with PoseEstimator(model_path) as whole, PoseEstimator(light) as lighter:
        for i, picture in enumerate(pictures):
            (a,), (b,) = (e.estimate(picture, time_s=i / 25) for e in (whole, lighter))
            np.testing.assert_array_equal(a.points_px, b.points_px)
            np.testing.assert_array_equal(a.visibility, b.visibility)
            np.testing.assert_array_equal(a.presence, b.presence)
            np.testing.assert_array_equal(a.world_m, b.world_m)


@pytest.mark.model
def test_it_is_made_once_and_again_when_damaged(model_path, cache):
    light = light_bundle(model_path)
    made, sha256 = light.stat().st_mtime_ns, check_bundle(light)
    assert light_bundle(model_path) == light
    assert light.stat().st_mtime_ns == made
    light.write_bytes(light.read_bytes()[:-1000])
    assert light_bundle(model_path) == light
    assert check_bundle(light) == sha256
    assert [path.name for path in cache.iterdir()] == [light.name]


@pytest.mark.model
def test_a_cache_that_cannot_be_written_costs_time_alone(model_path, cache, caplog):
    cache.write_text("a file where the folder should be")
    with caplog.at_level(logging.INFO, logger="gaitcheck"):
        assert light_bundle(model_path) == model_path
    assert "cannot be kept" in caplog.text


@pytest.mark.model
def test_a_network_of_other_outputs_is_used_whole(model_path, cache, tmp_path, caplog):
    detector = NETWORKS[0].name
    other = tmp_path / "other.task"
    with zipfile.ZipFile(model_path) as bundle, zipfile.ZipFile(other, "w") as out:
        for network in NETWORKS:
            out.writestr(network.name, bundle.read(detector))
    with caplog.at_level(logging.INFO, logger="gaitcheck"):
        assert light_bundle(other) == other
    assert "not the known one" in caplog.text
    assert not cache.exists()


def test_what_is_no_bundle_is_refused(cache, tmp_path):
    path = tmp_path / "no.task"
    path.write_bytes(b"no zip")
    with pytest.raises(ModelError, match="damaged"):
        light_bundle(path)
    with pytest.raises(ModelError, match="cannot read"):
        light_bundle(tmp_path / "missing.task")
    assert not cache.exists()
