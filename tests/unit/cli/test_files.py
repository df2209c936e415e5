"""Files that are written whole or not at all."""

import errno
import os
import sys
from pathlib import Path

import click
import pytest

from ulnlib.cli import files
from ulnlib.cli.files import refuse_twice, whole_file, write_whole

FULL = Path("/dev/full")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out.csv"


@pytest.fixture
def old(path):
    path.write_bytes(b"old")
    return path


def test_a_file_is_there_when_it_is_complete(path):
    with whole_file(path) as file:
        file.write(b"new")
        assert not path.exists()

    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["out.csv"]


def test_a_file_that_was_there_stays_until_the_new_one_is_complete(old):
    with whole_file(old) as file:
        file.write(b"new")
        file.flush()
        assert old.read_bytes() == b"old"

    assert old.read_bytes() == b"new"
    assert names(old.parent) == ["out.csv"]


def test_bytes_can_be_written_at_once(path):
    write_whole(path, b"new")

    assert path.read_bytes() == b"new"


def test_a_file_without_content_is_a_file(path):
    write_whole(path, b"")

    assert path.read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_it(path):
    write_whole(path, b"new")

    assert path.stat().st_mode & 0o777 == 0o600


def fail_half_way(path, error):
    with whole_file(path) as file:
        file.write(b"half")
        raise error


@pytest.mark.parametrize(
    "error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit]
)
def test_whatever_fails_meanwhile_leaves_nothing_behind(path, error):
    with pytest.raises(error):
        fail_half_way(path, error)

    assert names(path.parent) == []


def test_whatever_fails_meanwhile_leaves_the_old_file(old):
    with pytest.raises(ValueError, match="half way"):
        fail_half_way(old, ValueError("half way"))

    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["out.csv"]


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_the_old_file_and_names_the_one_that_was_asked_for(
    old, monkeypatch
):
    """The system's error at the last moment, when what was written goes to the disk."""
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(old, b"new")

    assert caught.value.errno == errno.ENOSPC
    assert caught.value.filename == str(old)
    assert old.read_bytes() == b"old"
    assert names(old.parent) == ["out.csv"]


def on_full_disk(handle, mode):
    os.close(handle)
    return FULL.open(mode)


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has this")
def test_a_disk_that_is_full_while_writing_leaves_nothing_behind(path, monkeypatch):
    """`/dev/full` refuses every byte, as a full disk does."""
    monkeypatch.setattr(files.os, "fdopen", on_full_disk)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(path, b"new")

    assert caught.value.filename == str(path)
    assert names(path.parent) == []


def test_a_rename_that_is_refused_leaves_nothing_behind(tmp_path):
    """A folder stands where the file should be."""
    path = tmp_path / "out.csv"
    path.mkdir()
    with pytest.raises(OSError, match=r".") as caught:
        write_whole(path, b"new")

    assert str(path) in {caught.value.filename, caught.value.filename2}
    assert ".part" not in str(caught.value.filename)
    assert names(tmp_path) == ["out.csv"]


def test_a_folder_that_is_not_there_is_named_by_the_file(tmp_path):
    path = tmp_path / "none" / "out.csv"
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(path, b"new")

    assert caught.value.filename == str(path)


def test_a_folder_that_may_not_be_written_is_named_by_the_file(path, monkeypatch):
    def refuse(**_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "other.part")

    monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
    with pytest.raises(PermissionError) as caught:
        write_whole(path, b"new")

    assert caught.value.filename == str(path)
    assert names(path.parent) == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_read_only_folder_is_left_as_it_was(path):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(PermissionError) as caught:
            write_whole(path, b"new")
    finally:
        path.parent.chmod(0o700)

    assert caught.value.filename == str(path)
    assert names(path.parent) == []


def test_an_error_about_another_file_keeps_that_file_s_name(path):
    with pytest.raises(FileNotFoundError) as caught, whole_file(path):
        (path.parent / "input.csv").read_bytes()

    assert caught.value.filename == str(path.parent / "input.csv")
    assert names(path.parent) == []


@pytest.mark.parametrize("other", ["out.csv", "./out.csv", "sub/../out.csv", "link"])
@pytest.mark.parametrize("is_there", [True, False])
def test_two_outputs_that_are_one_file_are_refused(tmp_path, other, is_there):
    (tmp_path / "sub").mkdir()
    path = tmp_path / "out.csv"
    (tmp_path / "link").symlink_to(path)
    if is_there:
        path.write_bytes(b"old")

    with pytest.raises(click.UsageError, match="written twice"):
        refuse_twice(path, None, tmp_path / "more.csv", Path(f"{tmp_path}/{other}"))


def test_another_name_of_a_file_that_is_there_is_refused(old):
    other = old.with_name("other.csv")
    other.hardlink_to(old)

    with pytest.raises(click.UsageError, match=r"other\.csv is to be written twice"):
        refuse_twice(old, other)


def test_outputs_that_are_different_files_are_not_refused(old):
    refuse_twice()
    refuse_twice(None, None)
    refuse_twice(old, old.with_name("a.csv"), None, old.with_name("b.csv"))
