from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import FrozenInstanceError

import pytest

from gaitcheck.errors import ModelError, ModelMissingError
from gaitcheck.pose import store
from gaitcheck.pose.bundle import build_bundle
from gaitcheck.pose.channels import Channel


@pytest.fixture
def bundle(tmp_path, tiny_wheel, tiny_networks):
    path = tmp_path / "given.task"
    build_bundle(tiny_wheel, path, networks=tiny_networks)
    return path


@pytest.fixture
def good(bundle):
    return Channel("a friend", 1, lambda path: path.write_bytes(bundle.read_bytes()))


def _fail(path):
    path.write_bytes(b"half of")
    raise ModelError("the line went dead")


pytestmark = pytest.mark.usefixtures("own_cache")

BAD = Channel("a broken line", 1, _fail)


@pytest.fixture
def use(monkeypatch):
    """Replace the channels that are used by default."""

    def put(*channels):
        monkeypatch.setattr(store, "CHANNELS", channels)

    return put


@pytest.fixture(autouse=True)
def _nothing_is_fetched_unasked(use):
    use()


def test_the_named_model_comes_first(bundle, monkeypatch):
    monkeypatch.setenv("GAITCHECK_MODEL", "/nowhere")
    model = store.find_model(bundle)
    assert (model.path, model.name, model.source) == (bundle, "given", "option")
    with pytest.raises(FrozenInstanceError):
        model.path = None


def test_then_the_one_named_by_the_environment(bundle, good, monkeypatch):
    store.fetch_model(channels=(good,))
    monkeypatch.setenv("GAITCHECK_MODEL", str(bundle))
    assert store.find_model().source == "environment"
    assert store.find_model().path == bundle


def test_then_the_cache_without_fetching(good):
    fetched = store.fetch_model(channels=(good,))
    assert fetched.source == "fetched"
    found = store.find_model()
    assert found.source == "cache"
    assert (found.path, found.sha256) == (fetched.path, fetched.sha256)


def test_then_it_is_fetched_and_said_aloud(use, good, own_cache):
    use(good)
    said = []
    model = store.find_model(announce=said.append)
    assert model.name == "pose_landmarker_full"
    assert model.path.parent == own_cache
    assert model.sha256 in model.path.name
    assert len(said) == 1
    assert "about 1 MB from a friend" in said[0]
    assert str(own_cache) in said[0]


def test_a_failing_channel_gives_way_to_the_next_and_leaves_nothing(good, own_cache):
    model = store.fetch_model(channels=(BAD, good))
    assert {p.name for p in own_cache.iterdir()} <= {model.path.name, "fetch.lock"}


def test_offline_both_cures_are_named_and_nothing_is_left(use, own_cache):
    use(BAD, BAD)
    with pytest.raises(ModelMissingError) as caught:
        store.find_model()
    text = str(caught.value)
    assert "the line went dead" in text
    assert "gaitcheck model fetch" in text
    assert "--model or GAITCHECK_MODEL" in text
    assert {p.name for p in own_cache.iterdir()} <= {"fetch.lock"}


def test_without_leave_nothing_is_fetched(use, good, own_cache):
    use(good)
    with pytest.raises(ModelMissingError, match="there is no pose model in"):
        store.find_model(fetch=False)
    assert not own_cache.exists()


def test_a_channel_that_delivers_rubbish_is_not_believed(own_cache):
    rubbish = Channel("a stranger", 1, lambda path: path.write_bytes(b"rubbish"))
    with pytest.raises(ModelMissingError, match=r"damaged or no \.task bundle"):
        store.fetch_model(channels=(rubbish,))
    assert list(own_cache.glob("*.task")) == []


def _damage(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def test_a_damaged_model_in_the_cache_is_fetched_again_aloud(use, good):
    kept = store.fetch_model(channels=(good,))
    _damage(kept.path)
    use(good)
    said = []
    model = store.find_model(announce=said.append)
    assert model.sha256 == kept.sha256
    assert "is damaged" in said[0]
    assert "fetched again" in said[0]
    assert store.verify_model(model.path) == kept.sha256


def test_another_whole_bundle_under_a_kept_name_is_damage_too(good):
    kept = store.fetch_model(channels=(good,))
    wrong = kept.path.with_name(f"pose_landmarker_full.{'0' * 64}.task")
    kept.path.rename(wrong)
    with pytest.raises(ModelError, match=f"its SHA-256 is {kept.sha256}"):
        store.verify_model(wrong)


def test_a_damaged_model_is_told_where_nothing_may_be_fetched(good):
    _damage(store.fetch_model(channels=(good,)).path)
    with pytest.raises(ModelError, match=r"damaged.*gaitcheck model fetch") as caught:
        store.find_model(fetch=False)
    assert not isinstance(caught.value, ModelMissingError)


def test_a_damaged_named_model_is_an_error_and_not_replaced(use, good, bundle):
    use(good)
    _damage(bundle)
    with pytest.raises(ModelError, match="leave --model out"):
        store.find_model(bundle)


@pytest.mark.parametrize("how", ["option", "environment"])
def test_a_named_model_that_is_not_there(use, good, tmp_path, monkeypatch, how):
    use(good)
    path = tmp_path / "none.task"
    monkeypatch.setenv("GAITCHECK_MODEL", str(path))
    word = "--model" if how == "option" else "GAITCHECK_MODEL"
    with pytest.raises(ModelMissingError, match=f"{word}, does not exist"):
        store.find_model(path if how == "option" else None)


def test_fetching_anew_replaces_and_drops_what_was_left_behind(good, own_cache):
    store.fetch_model(channels=(good,))
    (own_cache / f"pose_landmarker_full.{'1' * 64}.task").write_bytes(b"of an older version")
    (own_cache / "fetch-killed").mkdir()
    (own_cache / "notes.txt").write_text("not ours")
    calls = []

    def fetch(path):
        calls.append(path)
        good.fetch(path)

    model = store.fetch_model(anew=True, channels=(Channel("again", 1, fetch),))
    assert len(calls) == 1
    assert {p.name for p in own_cache.iterdir()} - {"fetch.lock"} == {model.path.name, "notes.txt"}


def test_a_cache_that_cannot_be_written_is_told_with_the_cure(tmp_path, monkeypatch, good):
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    monkeypatch.setenv("GAITCHECK_CACHE", str(blocked / "cache"))
    with pytest.raises(ModelError, match=r"cannot be kept in .*GAITCHECK_CACHE"):
        store.fetch_model(channels=(good,))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs POSIX, and not root")
def test_a_read_only_cache_is_told_with_the_cure(own_cache, good):
    own_cache.mkdir(mode=0o555)
    with pytest.raises(ModelError, match="cannot be kept in"):
        store.fetch_model(channels=(good,))


def test_the_cache_is_the_users_own_unless_named(monkeypatch):
    monkeypatch.delenv("GAITCHECK_CACHE")
    assert store.model_location().name in ("gaitcheck", "Cache")
    monkeypatch.setenv("GAITCHECK_CACHE", "~/models")
    assert "~" not in str(store.model_location())


def test_two_processes_that_start_at_once_fetch_once(tmp_path, bundle):
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from gaitcheck.pose.channels import Channel
        from gaitcheck.pose.store import fetch_model
        bundle, log = map(Path, sys.argv[1:])
        def fetch(path):
            with log.open("a") as file:
                file.write("fetch\\n")
            time.sleep(0.5)  # long enough for the other to come meanwhile
            path.write_bytes(bundle.read_bytes())
        print(fetch_model(announce=print, channels=(Channel("a friend", 1, fetch),)).source)
        """
    )
    log = tmp_path / "log"
    command = [sys.executable, "-c", script, str(bundle), str(log)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0].splitlines() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert log.read_text() == "fetch\n"
    assert sorted(lines[-1] for lines in outputs) == ["cache", "fetched"]
