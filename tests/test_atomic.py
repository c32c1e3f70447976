"""Files that are written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from monitor import atomic


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """The old content stands until the new one is whole, and no scrap is left."""
    path = tmp_path / "digest.txt"
    atomic.write(path, b"old")
    with atomic.replacing(path) as part:
        part.write_bytes(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["digest.txt"]


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    """An error in the middle, of whatever kind, changes nothing."""
    path = tmp_path / "digest.txt"
    path.write_text("old")

    def break_off() -> None:
        with atomic.replacing(path) as part:
            part.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["digest.txt"]


def test_two_writers_at_once_do_not_share_a_file(tmp_path: Path) -> None:
    """Two that write one path inside one process each put their own whole content there."""
    path = tmp_path / "digest.txt"
    with atomic.replacing(path) as first:
        first.write_bytes(b"first")
        with atomic.replacing(path) as second:
            second.write_bytes(b"second")
        assert path.read_bytes() == b"second"
    assert path.read_bytes() == b"first"
    assert os.listdir(tmp_path) == ["digest.txt"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A file keeps its permissions, and a link still points to it."""
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    atomic.write(link, b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    atomic.write(tmp_path / "secret", b"", mode=0o600)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_a_long_name_of_many_bytes_is_written(tmp_path: Path) -> None:
    """A name that the file system takes is not made too long on the way."""
    path = tmp_path / ("한" * 80 + ".md")
    atomic.write(path, b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.parametrize("place", ["folder", "pipe"])
def test_what_is_no_file_is_not_replaced(tmp_path: Path, place: str) -> None:
    """A folder or a device in the place of the file stays what it is."""
    path = tmp_path / place
    if place == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(OSError, match="no regular file"):
        atomic.write(path, b"x")
    assert not path.is_file()
