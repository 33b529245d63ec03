from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from gaitcheck.errors import OutputError
from gaitcheck.output import files
from gaitcheck.output.files import check_targets, write_files

posix_only = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
HOSTILE = ["-rf", "$(id)", "a b'\"c", "歩く\U0001f476", "[red]x[bold]", ".hidden", "x" * 250]


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_names(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    check_targets([target], source=tmp_path / "clip.mp4")
    write_files({target: b"whole"})
    assert target.read_bytes() == b"whole"
    assert names(tmp_path) == [name]


def test_checking_leaves_nothing_behind_and_touches_nothing(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text("old")
    check_targets([old, tmp_path / "new.json"], source=tmp_path / "clip.mp4")
    assert names(tmp_path) == ["old.json"]
    assert old.read_text() == "old"


def test_a_missing_folder_is_known_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no folder"):
        check_targets([tmp_path / "nowhere" / "out.json"], source=tmp_path / "clip.mp4")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        check_targets([tmp_path], source=tmp_path / "clip.mp4")


def test_an_unwritable_folder_is_known_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Permissions do not bind the superuser, who runs many CI machines: refuse as the system would.
    real_open = Path.open

    def refuse(self: Path, mode: str = "r", *args: object, **kwargs: object) -> object:
        if "x" in mode:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return real_open(self, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        check_targets([tmp_path / "out.json"], source=tmp_path / "clip.mp4")


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_known_before_the_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            check_targets([tmp_path / "out.json"], source=tmp_path / "clip.mp4")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("name", ["nul\0byte.json", "x" * 300 + "/out.json"])
def test_an_impossible_name_is_a_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        check_targets([tmp_path / name], source=tmp_path / "clip.mp4")


def test_a_name_too_long_is_known_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        check_targets([tmp_path / ("x" * 300)], source=tmp_path / "clip.mp4")


def test_one_name_for_two_outputs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="twice"):
        check_targets([tmp_path / "a", tmp_path / "." / "a"], source=tmp_path / "clip.mp4")


@pytest.mark.parametrize("way", ["same", "link", "hard"])
def test_the_video_is_never_overwritten(tmp_path: Path, way: str) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"video")
    target = clip
    if way != "same":
        target = tmp_path / "out.json"
        if way == "link":
            target.symlink_to(clip)
        else:
            target.hardlink_to(clip)
    with pytest.raises(OutputError, match="the video itself"):
        check_targets([target], source=clip)


def test_no_frame_of_a_folder_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "0001.png").write_bytes(b"picture")
    with pytest.raises(OutputError, match="one of the frames"):
        check_targets([tmp_path / "0001.png"], source=tmp_path)
    (tmp_path / "out.json").write_text("an earlier result")
    check_targets([tmp_path / "out.json"], source=tmp_path)


def test_a_full_disk_leaves_the_old_files_and_no_scraps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.csv"
    first.write_text("old a")
    synced = []

    def full_at_the_second(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full_at_the_second)
    with pytest.raises(OutputError, match=r"b\.csv.*No space left"):
        write_files({first: b"new a", second: b"new b"})
    assert names(tmp_path) == ["a.json"]
    assert first.read_text() == "old a"


def test_an_interrupt_leaves_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files({tmp_path / "a.json": b"new"})
    assert names(tmp_path) == []


@posix_only
def test_permissions_are_the_users_usual_or_those_of_the_file_replaced(tmp_path: Path) -> None:
    usual, new, old = tmp_path / "usual", tmp_path / "new", tmp_path / "old"
    usual.write_text("")
    old.write_text("")
    old.chmod(0o640)
    write_files({new: b"", old: b"x"})
    assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@posix_only
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    link.symlink_to(real)
    write_files({link: b"new"})
    assert link.is_symlink()
    assert real.read_text() == "new"


@posix_only
def test_a_device_is_written_to_and_not_replaced() -> None:
    null = Path("/dev/null")
    check_targets([null], source=Path("clip.mp4"))
    write_files({null: b"gone"})
    assert stat.S_ISCHR(null.stat().st_mode)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is Linux's")
def test_a_full_device_is_a_clear_error() -> None:
    with pytest.raises(OutputError, match="No space left"):
        write_files({Path("/dev/full"): b"x"})
