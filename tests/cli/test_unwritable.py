"""A state folder that cannot be written: it is read all the same, and what would write says so."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.store import open_store
from tests.commands import COMMAND, Result, environment, monitor
from tests.waiting import PATIENCE

NOBODY = 65534
CONFIG = '[monitor]\n[[feed]]\nname = "wire"\nurl = "https://example.org/feed"\n'

pytestmark = pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root needs setpriv"
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG)
    open_store(tmp_path / "state").close()
    return tmp_path


def lock_up(state: Path) -> None:
    """Take the right to write from everybody, as a snapshot does."""
    for path in (state, *state.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)


def without_powers(*words: str, folder: Path) -> Result:
    """Run `monitor` as a user whom permissions bind."""
    command = [*COMMAND, *words]
    if os.geteuid() == 0:
        powers = "--bounding-set=-dac_override,-dac_read_search,-fowner"
        command = ["setpriv", powers, "--inh-caps=-all", *command]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
@pytest.mark.parametrize("folder", ["", "state"])
def test_what_root_makes_belongs_to_the_service(tmp_path: Path, folder: str) -> None:
    """Root may come before a service ever ran: database and lock are that user's to write."""
    (tmp_path / "config.toml").write_text("[monitor]\n")
    (tmp_path / folder).mkdir(exist_ok=True)
    os.chown(tmp_path / folder, NOBODY, NOBODY)
    monitor("poll", folder=tmp_path)
    made = [tmp_path / "state", *(tmp_path / "state").iterdir()]
    assert "monitor.db" in {path.name for path in made}
    assert {(path.stat().st_uid, path.stat().st_gid) for path in made} == {(NOBODY, NOBODY)}


def test_what_only_reads_works(desk: Path) -> None:
    """Lists, checks and copies do; what would write says so in one line."""
    lock_up(desk / "state")
    for words, code, said in (
        (("list", "--all"), 0, ""),
        (("db", "check"), 0, "no faults found"),
        (("db", "backup", "copy.db"), 0, "copied"),
        (("poll",), 1, "cannot be written"),
        (("db", "reindex"), 1, "cannot be written; give this user the right"),
    ):
        done = without_powers(*words, folder=desk)
        assert (done.code, said in done.err, len(done.err.splitlines()) <= 1) == (code, True, True)


def test_what_may_not_even_be_read_is_told(desk: Path) -> None:
    """Where nobody can tell what is in a state folder, nothing is said of it: a line and code 1."""
    state = desk / "state"
    lock_up(state)
    state.chmod(0)
    for word in ("list", "status", "reload"):
        done = without_powers(word, folder=desk)
        assert (done.code, "give this user the right" in done.err) == (1, True), done
        assert len(done.err.splitlines()) == 1
    state.chmod(0o755)


def test_what_was_not_taken_in_yet_is_not_passed_over(desk: Path) -> None:
    """A copy of a running daemon's files without their index is refused, and with it is read."""
    state, copy = desk / "state", desk / "copy"
    copy.mkdir()
    with contextlib.closing(sqlite3.connect(state / "monitor.db")) as db:
        db.execute(
            "INSERT INTO entry (feed_id, guid, url, title, data, first_seen, fresh, work)"
            " VALUES (7, 'g', 'u', 't', '{}', '2026-11-23 00:00:00.000000', 1, 'done')"
        )
        db.commit()
        for ending in ("", "-wal", "-shm"):
            shutil.copy(state / f"monitor.db{ending}", copy)
    lock_up(copy)
    whole = without_powers("--state", "copy", "db", "check", folder=desk)
    assert "entries done without an article: 1 (1)" in whole.out, whole
    (copy / "monitor.db-shm").unlink()
    part = without_powers("--state", "copy", "db", "check", folder=desk)
    assert (part.code, "has not taken in yet" in part.err) == (1, True), part


def test_a_store_that_cannot_be_brought_up_to_date_is_refused(desk: Path) -> None:
    """Nothing is made up where the schema is an older one, or there is no store."""
    database = desk / "state" / "monitor.db"
    with contextlib.closing(sqlite3.connect(database)) as db:
        db.execute("UPDATE alembic_version SET version_num = '0001'")
        db.commit()
    lock_up(desk / "state")
    done = without_powers("list", folder=desk)
    assert (done.code, "schema 0001" in done.err, len(done.err.splitlines())) == (1, True, 1), done
    database.unlink()
    done = without_powers("poll", folder=desk)
    assert (done.code, "cannot be written" in done.err) == (1, True), done


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", [["entities", "find", "KCNA"], ["manual", "config"]])
def test_output_to_a_full_disk_is_told(tmp_path: Path, command: list[str]) -> None:
    """Output that could not be written is one line and a failure, however short it is."""
    with open("/dev/full", "wb") as full:
        told = subprocess.run(
            [*COMMAND, *command],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
        )
    assert told.returncode == 1
    assert told.stderr.decode().splitlines() == [
        "the output: cannot be written: No space left on device"
    ]


def test_machine_without_threads_is_told_in_a_line(desk: Path) -> None:
    """A machine that gives no more of something is no fault of ours: no traceback, exit code 1."""
    starved = "import threading; threading.stack_size(2**46); from monitor.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", starved, "poll"],
        cwd=desk,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
    )
    assert (told.returncode, told.stdout) == (1, b"")
    assert told.stderr.decode().splitlines() == [
        "the machine gives no more threads; raise the limit (ulimit -u; TasksMax of a service)"
    ]
