from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from gaitcheck.doctor import (
    check_cache,
    check_encoder,
    check_mediapipe,
    check_model,
    check_opencv,
    check_packages,
    check_python,
    examine,
)

PAIR = {"opencv-python": "5.0.0.93", "opencv-contrib-python": "5.0.0.93"}


def _cv2(version="5.0.0"):
    return lambda: SimpleNamespace(__version__=version, VideoCapture=object)


def _failing(error):
    def load():
        raise error

    return load


@pytest.mark.parametrize(
    ("version", "ok"),
    [((3, 9, 18), False), ((3, 10, 0), True), ((3, 12, 9), True), ((3, 13, 0), False)],
)
def test_python(version, ok):
    finding = check_python(version)
    assert finding.ok is ok
    assert bool(finding.cure) is not ok


def test_opencv_well():
    finding = check_opencv(versions=PAIR, load=_cv2())
    assert finding.ok
    assert "5.0.0.93" in finding.what


def test_opencv_not_installed():
    finding = check_opencv(versions={}, load=_failing(ImportError("No module named 'cv2'")))
    assert not finding.ok
    assert "pip install" in finding.cure


@pytest.mark.parametrize("other", ["opencv-contrib-python", "opencv-python-headless"])
def test_two_opencvs_of_different_versions_are_brought_to_the_newer(other):
    versions = {"opencv-python": "5.0.0.93", other: "4.11.0.86"}
    finding = check_opencv(versions=versions, load=_cv2())
    assert not finding.ok
    assert "differ" in finding.what
    assert f"{other}==5.0.0.93" in finding.cure
    assert "opencv-python==5.0.0.93" in finding.cure
    assert "--force-reinstall" in finding.cure


def test_versions_are_compared_as_numbers():
    versions = {"opencv-python": "4.9.0.80", "opencv-contrib-python": "4.10.0.84"}
    assert "opencv-python==4.10.0.84" in check_opencv(versions=versions, load=_cv2()).cure


def test_an_emptied_cv2_folder_is_found():
    """After one of two OpenCV packages was uninstalled Python still finds a folder cv2."""
    finding = check_opencv(versions=PAIR, load=SimpleNamespace)
    assert not finding.ok
    assert "not whole" in finding.what
    assert "--force-reinstall" in finding.cure


def test_a_cv2_of_another_version_than_listed_is_found():
    finding = check_opencv(versions=PAIR, load=_cv2("4.11.0"))
    assert not finding.ok
    assert "4.11.0" in finding.what


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libGL.so.1", "libgl1"),
        ("libEGL.so.1", "libegl1"),
        ("libGLESv2.so.2", "libgles2"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_missing_system_library_is_named_with_its_package(library, package):
    text = f"{library}: cannot open shared object file: No such file or directory"
    for finding in (
        check_opencv(versions=PAIR, load=_failing(ImportError(text))),
        check_mediapipe(version="1.2.2", load=_failing(OSError(text))),
    ):
        assert not finding.ok
        assert library in finding.what
        assert f"apt-get install {package}`" in finding.cure


def test_an_unknown_missing_library_is_named_too():
    text = "libodd.so.7: cannot open shared object file: No such file or directory"
    finding = check_mediapipe(version="1.2.2", load=_failing(OSError(text)))
    assert "libodd.so.7" in finding.what
    assert "libodd.so.7" in finding.cure
    assert "apt-get" not in finding.cure


def test_another_failure_to_load_is_told_in_its_own_words():
    finding = check_mediapipe(version="1.2.2", load=_failing(OSError("wrong ELF class")))
    assert "wrong ELF class" in finding.what
    assert "mediapipe==1.2.2" in finding.cure


@pytest.mark.parametrize(
    ("version", "ok"),
    [("0.10.21", False), ("1.1.9", False), ("1.2.0", True), ("1.10.0", True)],
)
def test_mediapipe_must_be_new_enough(version, ok):
    finding = check_mediapipe(version=version, load=lambda: None)
    assert finding.ok is ok
    assert bool(finding.cure) is not ok


def test_what_is_installed_here_is_well():
    assert check_opencv().ok
    assert check_mediapipe().ok


@pytest.mark.parametrize(
    ("versions", "wrong"),
    [
        ({"av": "16.0.1", "jinja2": "3.1.6"}, []),
        ({"av": "9.2.0", "jinja2": "3.1.6"}, ["av>=16"]),
        ({"av": "16.0.1"}, ["jinja2>=3.1"]),
    ],
)
def test_other_packages_must_be_there_and_new_enough(versions, wrong):
    wanted = ["av>=16", "jinja2>=3.1", "mediapipe<2,>=1.2", "pandas>=2.2; extra == 'tables'"]
    finding = check_packages(wanted, version_of=versions.get)
    assert finding.ok is not bool(wrong)
    for requirement in wrong:
        assert requirement in finding.what
        assert f'"{requirement}"' in finding.cure
    assert "pandas" not in finding.what


def test_declared_packages_are_looked_at():
    assert "numpy" in check_packages().what


def test_an_encoder_that_browsers_do_not_play_is_found():
    assert check_encoder().ok
    finding = check_encoder(lambda: "mpeg4")
    assert not finding.ok
    assert "av>=16" in finding.cure


def test_a_missing_model_is_found_and_nothing_is_fetched(tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    monkeypatch.setenv("GAITCHECK_CACHE", os.fspath(cache))
    monkeypatch.delenv("GAITCHECK_MODEL", raising=False)
    finding = check_model()
    assert not finding.ok
    assert str(cache) in finding.what
    assert "gaitcheck model fetch" in finding.cure
    assert not cache.exists()


def test_a_damaged_model_is_found(tmp_path):
    path = tmp_path / "mine.task"
    path.write_bytes(b"half of a model")
    finding = check_model(path)
    assert not finding.ok
    assert "mine.task is damaged" in finding.what
    assert "--model" in finding.cure


@pytest.mark.model
def test_a_whole_model_is_found(model_path):
    finding = check_model(model_path)
    assert finding.ok
    assert str(model_path) in finding.what


def test_a_cache_folder_that_can_be_made_is_well_and_is_not_made(tmp_path):
    folder = tmp_path / "not" / "yet"
    assert check_cache(folder).ok
    assert not folder.parent.exists()


def test_a_cache_folder_below_a_file_is_found(tmp_path):
    (tmp_path / "file").write_text("")
    finding = check_cache(tmp_path / "file" / "cache")
    assert not finding.ok
    assert "cannot be written" in finding.what
    assert "GAITCHECK_CACHE" in finding.cure


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs POSIX, and not root")
def test_a_read_only_cache_folder_is_found(tmp_path):
    tmp_path.chmod(0o555)
    assert not check_cache(tmp_path / "cache").ok


def test_examine_makes_every_check_once_and_wrong_ones_name_a_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("GAITCHECK_CACHE", os.fspath(tmp_path))
    monkeypatch.delenv("GAITCHECK_MODEL", raising=False)
    findings = examine()
    assert [f.name for f in findings] == [
        "Python", "OpenCV", "MediaPipe", "packages", "video encoder", "pose model", "cache folder",
    ]  # fmt: skip
    assert [f.name for f in findings if not f.ok] == ["pose model"]
    assert all(f.ok or f.cure for f in findings)
