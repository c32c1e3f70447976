"""`monitor db`, `monitor service install` and warnings, as a user runs them."""

import json
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import model
from monitor.store import articles, desk_feeds, open_store, published_desks
from monitor.store.published_desks import PublishedDesk
from tests.commands import monitor
from tests.postgres import Cluster

CONFIG = '[monitor]\n[[feed]]\nname = "f"\nurl = "{url}"\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG.format(url="https://example.org/feed"))
    (tmp_path / "config.toml").chmod(0o644)
    open_store(tmp_path / "state").close()
    return tmp_path


def test_check_passes_a_sound_store_and_names_faults(desk: Path) -> None:
    """Exit 0 and one line when all is well; exit 1 with each fault on stdout when not."""
    sound = monitor("db", "check", folder=desk)
    assert (sound.code, sound.out) == (0, "")
    assert "no faults found" in sound.err
    with sqlite3.connect(desk / "state" / "monitor.db") as db:
        db.execute(
            "INSERT INTO entry (feed_id, guid, url, title, data, first_seen, fresh, work)"
            " VALUES (7, 'g', 'u', 't', '{}', '2026-11-23 00:00:00.000000', 1, 'done')"
        )
    db.close()
    broken = monitor("db", "check", folder=desk)
    assert broken.code == 1
    assert "entries done without an article: 1 (1)" in broken.out
    assert "points to a feed that is not there" in broken.out


def test_backup_is_one_private_file(desk: Path) -> None:
    """Into a file, or into a folder under a name with the time."""
    (desk / "copies").mkdir()
    assert monitor("db", "backup", "copies", folder=desk).code == 0
    (copy,) = (desk / "copies").iterdir()
    assert copy.name.startswith("monitor-2")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    done = monitor("db", "backup", "state/monitor.db", folder=desk)
    assert done.code == 2
    assert "the database itself" in done.err


def test_backup_replaces_a_backup_and_nothing_else(desk: Path) -> None:
    """A file that is there and no store of ours is left as it is."""
    (desk / "thesis.txt").write_text("ten years of work")
    done = monitor("db", "backup", "thesis.txt", folder=desk)
    assert (done.code, "thesis.txt is there and no backup" in done.err) == (2, True)
    assert (desk / "thesis.txt").read_text() == "ten years of work"
    for _ in range(2):
        assert monitor("db", "backup", "copy.db", folder=desk).code == 0


def test_vacuum_says_what_it_did(desk: Path) -> None:
    """How much was forgotten, and how large the database is now."""
    done = monitor("db", "vacuum", folder=desk)
    assert done.code == 0
    assert "forgotten: the texts of 0 articles" in done.err
    assert "MB now" in done.err


def test_vacuum_keeps_what_another_desk_wants_to_keep(desk: Path) -> None:
    """Texts go when they are older than all desks of the database want to keep them."""
    now = datetime.now(UTC)
    seen = now - timedelta(days=500)  # config.toml keeps a year
    store = open_store(desk / "state")
    with store.write() as db:
        desk_feeds.register(db, [model.Feed("f", "https://example.org/feed")], seen)
        text = model.Article(title="Talks", body=("Words.",), language="en")
        row = articles.NewArticle("f", "entry:1", "f", seen, True, "never", text)
        articles.add(db, [row])
    for days, gone in ((900, 0), (30, 1)):
        other = PublishedDesk("energy", (), str(days), "0.3.0", "there", days, now)
        with store.write() as db:
            published_desks.publish(db, other)
        done = monitor("db", "vacuum", folder=desk)
        assert f"forgotten: the texts of {gone} articles" in done.err
    store.close()


def test_damaged_database_is_told_with_what_to_do(desk: Path) -> None:
    """A file that is no database is exit 1 and one line that names it."""
    (desk / "state" / "monitor.db").write_bytes(b"scrambled " * 1000)
    for left in (desk / "state").glob("monitor.db-*"):
        left.unlink()
    done = monitor("db", "check", folder=desk)
    assert done.code == 1
    assert "restore a backup" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("user", [True, False], ids=["user", "system"])
def test_service_install_says_what_it_wrote(desk: Path, user: bool) -> None:
    """The unit is written, named, and followed by what to do next; again is no change."""
    options = ["--folder", "units", *(["--user"] if user else [])]
    if not user and desk.is_relative_to("/home"):
        pytest.skip("a system service sees no home folders")
    done = monitor("service", "install", *options, folder=desk)
    path = desk / "units" / "wire-monitor.service"
    if done.code == 2 and "sees no home folders" in done.err:
        pytest.skip("this Python is installed in a home folder")
    assert done.code == 0, done.err
    assert f"wrote  {Path('units') / 'wire-monitor.service'}" in done.err
    assert "enable --now wire-monitor.service" in done.err
    assert f"--config {desk / 'config.toml'}" in path.read_text()
    again = monitor("service", "install", *options, folder=desk)
    assert "unchanged" in again.err


def test_metrics_are_exposition_text(desk: Path) -> None:
    """Each sample stands under its HELP and TYPE, without a daemon as well."""
    lines = monitor("status", "--metrics", folder=desk).out.splitlines()
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert "wire_monitor_up" in names
    assert len(names) == len(set(names))
    samples = [line.split("{")[0].split()[0] for line in lines if not line.startswith("#")]
    assert set(samples) <= set(names)
    for line in lines:
        if not line.startswith("#"):
            float(line.rpartition(" ")[2])


def test_status_needs_nobody_while_all_is_well(desk: Path) -> None:
    """JSON for scripts: what runs, what waits, and what needs a person."""
    report = json.loads(monitor("status", "--json", folder=desk).out)
    assert report["running"] is None
    assert report["daemon"] is None
    assert report["outbox"] == {"queued": 0, "parked": 0}
    assert stat.S_IMODE((desk / "state").stat().st_mode) == 0o700


def test_copy_moves_a_store_to_a_server_and_says_what_is_next(desk: Path, cluster: Cluster) -> None:
    """What is there already is replaced only when asked; a server has tools of its own."""
    store, now = open_store(desk / "state"), datetime.now(UTC)
    told = model.Article(url="https://example.org/1", title="Envoys hold talks")
    with store.write() as db:
        desk_feeds.register(db, [model.Feed("f", "https://example.org/feed")], now)
        row = articles.NewArticle("f", told.url, "F", now, True, "never", told)
        articles.add(db, [row])
    store.close()
    url = cluster.database()
    copied = monitor("db", "copy", "--to", url, folder=desk)
    assert copied.code == 0, copied.err
    assert "rows to " in copied.err
    assert "and read them back" in copied.err
    assert "next:  database = " in copied.err
    again = monitor("db", "copy", "--to", url, folder=desk)
    assert (again.code, "holds 1 articles already" in again.err) == (1, True)
    assert monitor("db", "copy", "--to", url, "--replace", folder=desk).code == 0
    config = desk / "config.toml"
    config.write_text(config.read_text().replace("[monitor]\n", f'[monitor]\ndatabase = "{url}"\n'))
    found = monitor("search", "envoys", "--json", folder=desk)
    assert [json.loads(line)["title"] for line in found.out.splitlines()] == ["Envoys hold talks"]
    server = monitor("db", "copy", "--to", url, folder=desk)
    assert (server.code, "is a server already; pg_dump copies it" in server.err) == (2, True)
