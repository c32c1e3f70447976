"""`monitor` alone, and `monitor init` at a terminal and elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.settings import load_config
from tests.commands import monitor
from tests.site import Site
from tests.terminal import Terminal
from tests.wire import Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"
DIGEST = '\n[[digest]]\nname = "morning"\nat = "07:30"\n'


@pytest.fixture
def site() -> Iterator[Site]:
    """A wire with one story on the two countries."""
    with Site() as running:
        Outlet(running, "wire").publish(Item("talks", HEADLINE, published=None))
        yield running


def test_without_a_config_it_says_how_to_make_one(tmp_path: Path) -> None:
    """Six lines name demo, init and help; that is no error, and nothing is written."""
    shown = monitor(folder=tmp_path)
    assert shown.code == 0
    assert len(shown.out.splitlines()) == 6
    assert "monitor init" in shown.out
    assert list(tmp_path.iterdir()) == []


def test_with_a_config_it_says_where_one_stands(tmp_path: Path, site: Site) -> None:
    """Before the first round nothing is read and no store is made; after it, today's count."""
    text = config_text(site, "wire", language="en", extra=DIGEST)
    (tmp_path / "config.toml").write_text(text, "utf-8")
    before = monitor(folder=tmp_path)
    assert (before.code, len(before.out.splitlines())) == (0, 6)
    assert "read     nothing yet" in before.out
    assert not (tmp_path / "state").exists()
    assert monitor("poll", folder=tmp_path).code == 0
    after = monitor(folder=tmp_path).out
    assert "1 of 1 feed answered" in after
    assert "1 story flagged, 1 unread" in after
    assert "morning is next" in after
    assert "not running" in after
    assert monitor("mark", "1", "--read", folder=tmp_path).code == 0
    assert "1 story flagged, 0 unread" in monitor(folder=tmp_path).out


@pytest.mark.parametrize(
    ("command", "code"),
    [("list", 0), ("status", 1), ("search reactor", 1), ("feeds list", 0), ("digest --plain", 0)],
)
def test_who_only_reads_makes_no_store(tmp_path: Path, command: str, code: int) -> None:
    """Before anything was read, a look finds nothing, says how to begin, and leaves no file."""
    (tmp_path / "config.toml").write_text(
        '[[feed]]\nname = "wire"\nurl = "https://wire.example/feed"\n', "utf-8"
    )
    done = monitor(*command.split(), folder=tmp_path)
    assert done.code == code
    assert "no store in" in done.err
    assert "`monitor poll` reads the feeds once" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


@pytest.mark.parametrize(
    "command",
    [
        "mark 1 --read", "feeds ack wire", "mcp", "stories join 1 2", "stories rebuild", "db check",
        "db backup copy.db", "outbox drop 1", "machines --forget x", "rules backtest --apply",
    ],
)  # fmt: skip
def test_who_works_on_what_is_stored_is_told_that_nothing_is(tmp_path: Path, command: str) -> None:
    """Where nothing was read yet, one line says how to begin; exit code 2, and no file is left."""
    (tmp_path / "config.toml").write_text(
        '[[feed]]\nname = "wire"\nurl = "https://wire.example/feed"\n', "utf-8"
    )
    done = monitor(*command.split(), folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert "nothing was read yet" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_config_with_faults_is_told(tmp_path: Path) -> None:
    """A fault of the config stands there with its line; exit code 2."""
    (tmp_path / "config.toml").write_text('[monitor]\ntimezone = "Asia/Soul"\n', "utf-8")
    shown = monitor(folder=tmp_path)
    assert shown.code == 2
    assert "config.toml:2" in shown.err


def test_init_asks_at_a_terminal(tmp_path: Path) -> None:
    """Zone, contact and language are asked, once more where an answer cannot be."""
    zone = {"TZ": "Europe/Berlin"}
    with Terminal("init", folder=tmp_path, extra=zone) as terminal:
        terminal.until("[Europe/Berlin]")
        terminal.press("Asia/Soul\r")
        terminal.until("Asia/Seoul")
        terminal.until("[Europe/Berlin]")
        terminal.press("\r")
        terminal.until("Contact")
        terminal.press("nobody\r")
        terminal.until("expected a mail address")
        terminal.press("kim@desk.example\r")
        terminal.until("Language")
        terminal.press("ko\r")
        assert terminal.ended() == 0
        assert "monitor check" in terminal.text
    made = load_config(tmp_path / "config.toml").monitor
    assert (made.timezone, made.contact) == ("Europe/Berlin", "kim@desk.example")
    assert made.reader_language == "ko"


def test_init_that_is_broken_off_writes_nothing(tmp_path: Path) -> None:
    """Ctrl-C at a question leaves the folder as it was."""
    with Terminal("init", folder=tmp_path) as terminal:
        terminal.until("Time zone")
        assert terminal.interrupted() != 0
        assert "Traceback" not in terminal.text
    assert list(tmp_path.iterdir()) == []


def test_init_of_an_example_desk_passes_check(tmp_path: Path) -> None:
    """A desk's rules are written beside its config, never over a file that is there."""
    made = monitor("init", "here", "--desk", "chips", folder=tmp_path)
    assert made.code == 0
    assert "cd here && monitor check" in made.err
    checked = monitor("check", folder=tmp_path / "here")
    assert checked.code == 0, checked.err
    assert "5 rules" in checked.err
    (tmp_path / "here" / "config.toml").unlink()
    again = monitor("init", "here", "--desk", "chips", folder=tmp_path)
    assert again.code == 2
    assert "chips.toml is there already" in again.err
    assert not (tmp_path / "here" / "config.toml").exists()
    wrong = monitor("init", "--desk", "chip", folder=tmp_path)
    assert wrong.code == 2
    assert 'did you mean "chips"' in wrong.err
