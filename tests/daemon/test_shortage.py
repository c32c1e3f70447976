"""A machine that gives no more files while pages are read: what was not done is done later."""

import json
import subprocess
from pathlib import Path

from tests.commands import COMMAND, environment, monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.site import Site
from tests.waiting import PATIENCE, until
from tests.wire import Item, Outlet

# What Python runs first: it finds no file to open when pages are first to be read. (Which file is
# the first to fail beneath a real limit hangs on the moment.)
SHORT = """
import errno, sys
class Short:
    def find_spec(self, name, path=None, target=None):
        if name == "monitor.articles.extraction":
            raise OSError(errno.EMFILE, "Too many open files")
sys.meta_path.insert(0, Short())
"""
TOLD = "too many files are open; raise the limit"


def short_of_files(folder: Path) -> dict[str, str]:
    (folder / "short").mkdir()
    (folder / "short" / "sitecustomize.py").write_text(SHORT)
    return {"PYTHONPATH": str(folder / "short")}


def waiting(folder: Path) -> tuple[int, int]:
    """The pages that wait, and what is left aside for a person."""
    said = json.loads(monitor("status", "--json", folder=folder).out)
    return said["pages_waiting"], said["left_aside"]


def test_pages_that_a_poll_had_no_files_for_are_read_by_the_next(
    site: Site, tmp_path: Path, write_config: WriteConfig
) -> None:
    """The poll says in a line what is missing; nothing is left aside for a person to try again."""
    Outlet(site, "wire").publish(
        *(Item(f"a{n}", f"Envoys meet in hall {n}", published=None) for n in range(3))
    )
    write_config(tmp_path, site, "wire", workers=None)
    told = subprocess.run(
        [*COMMAND, "poll"],
        cwd=tmp_path,
        env=environment(short_of_files(tmp_path)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert told.returncode == 1
    assert [TOLD in line for line in told.stderr.splitlines()] == [True]
    assert waiting(tmp_path) == (3, 0)
    assert monitor("poll", folder=tmp_path).code == 0
    assert waiting(tmp_path) == (0, 0)


def test_daemon_without_files_for_a_page_lets_its_server_be(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """It says what is missing, and goes on with its feeds without asking for the page each time."""
    Outlet(site, "wire").publish(Item("a", "Envoys meet", published=None))
    write_config(tmp_path, site, "wire", workers=None)
    daemon = start(variables=short_of_files(tmp_path))
    daemon.wait_for(TOLD)
    seen = site.paths().count("/wire.xml")
    until(lambda: site.paths().count("/wire.xml") >= seen + 2)
    assert daemon.end() == 0
    assert site.paths().count("/a.html") == 1
    assert not daemon.has_said("left aside")
    assert not daemon.has_said("Traceback")
