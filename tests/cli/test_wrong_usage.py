"""What cannot be is one clear line and code 2, never a traceback and never a quiet nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.cli.polling_commands import print_report
from monitor.pipeline import Report
from tests.commands import environment, monitor
from tests.site import Answer, Site
from tests.wire import Outlet, config_text


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        Outlet(running, "wire").publish()
        yield running


@pytest.fixture(scope="module")
def desk(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "config.toml").write_text(config_text(site, "wire"), "utf-8")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["list", "--since", "999999999d"],
        ["list", "--since", "99999999999999999999d"],
        ["list", "--since", "0001-01-01"],
        ["digest", "--until", "9999-12-31T23:59"],
        ["rules", "backtest", "--since", "0001-01-01T00:00+14:00"],
    ],
)
def test_time_that_is_too_far_away(desk: Path, command: list[str]) -> None:
    """A time that no calendar can reckon with is told with the forms that can be read."""
    told = monitor(*command, folder=desk)
    assert (told.code, told.out) == (2, "")
    assert "is no time, or too far away" in told.err
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ["show"], ["explain"], ["mark", "--read"], ["outbox", "retry"], ["outbox", "drop"],
        ["stories", "why", "1"], ["search", "x", "--limit"],
    ],
)  # fmt: skip
def test_number_that_no_database_holds(desk: Path, command: list[str]) -> None:
    """A number beyond 64 bits is wrong usage."""
    told = monitor(*command, "99999999999999999999", folder=desk)
    assert (told.code, told.out) == (2, "")
    assert "Invalid value for" in told.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--state", ""], "--state: names no folder"),
        (["--config", "."], ".: is a folder; name the file in it"),
    ],
)
def test_path_that_names_nothing(desk: Path, given: list[str], said: str) -> None:
    """A script's unset variable, or a folder for a file, is told and makes no store anywhere."""
    told = monitor(*given, "list", folder=desk)
    assert (told.code, told.err.strip()) == (2, said)
    assert not (desk / "monitor.db").exists()


def test_desk_without_feeds(tmp_path: Path) -> None:
    """A config without feeds is no fault, and both a check and a poll say that nothing is read."""
    (tmp_path / "config.toml").write_text("[monitor]\n", "utf-8")
    for command in ("check", "poll"):
        told = monitor(command, folder=tmp_path)
        assert (told.code, "`monitor feeds add URL`" in told.err) == (0, True)


def test_check_names_what_is_wrong_with_the_mail_server(tmp_path: Path) -> None:
    """A sender who is none and certificates that are not there are told before a digest is due."""
    mail = '[email]\nhost = "mail.example.org"\nfrom = "the desk"\nca = "own.pem"\n'
    (tmp_path / "config.toml").write_text(mail, "utf-8")
    told = monitor("check", folder=tmp_path)
    assert told.code == 2
    assert 'config.toml:3: email.from: "the desk" is no mail address' in told.err
    assert f"config.toml:4: email.ca: no such file: {tmp_path / 'own.pem'}" in told.err
    (tmp_path / "own.pem").touch()
    (tmp_path / "config.toml").write_text(mail.replace("the desk", "d@example.org"), "utf-8")
    assert monitor("check", folder=tmp_path).code == 0


def test_window_that_ends_before_it_begins(desk: Path) -> None:
    """The ends of a window the wrong way round are told, not shown as an empty digest."""
    told = monitor("digest", "--since", "1h", "--until", "2h", folder=desk)
    assert (told.code, told.out) == (2, "")
    assert told.err == '--since "1h" is later than --until "2h"\n'


@pytest.mark.parametrize("command", [["digest"], ["list"], ["trends"], ["rules", "backtest"]])
def test_window_that_begins_in_the_future(desk: Path, command: list[str]) -> None:
    """What is still to come is told with the time it is, in words that were typed."""
    told = monitor(*command, "--since", "2999-01-01", folder=desk)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith('"2999-01-01" is still to come: here it is ')
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("command", [["search", "x"], ["trends"]])
@pytest.mark.parametrize("limit", ["x", "0", "-1", "1.5", ""])
def test_limit_that_is_no_number(desk: Path, command: list[str], limit: str) -> None:
    """A number of lines that cannot be is told as it was typed, with one that can."""
    told = monitor(*command, "--limit", limit, folder=desk)
    assert (told.code, told.out) == (2, "")
    assert f"'--limit': \"{limit}\" is no number from 1 on; write one such as 50" in told.err


def test_digest_of_a_past_window_is_made_now(desk: Path) -> None:
    """What `--until` moves is the window; the digest says it was made when it was."""
    before = datetime.now(UTC)
    made = monitor("digest", "--until", "3h", "--format", "json", folder=desk)
    assert made.code == 0, made.err
    record = json.loads(made.out)
    until = datetime.fromisoformat(record["until"])
    assert datetime.fromisoformat(record["made_at"]) - until >= timedelta(hours=3)
    assert datetime.fromisoformat(record["made_at"]) >= before.replace(microsecond=0)


def test_list_of_an_unknown_rule_gives_the_nearest(desk: Path) -> None:
    """A rule that does not exist is told with its nearest spelling, not as an empty list."""
    told = monitor("list", "--rule", "china-south-koree", folder=desk)
    assert (told.code, told.out) == (2, "")
    assert 'did you mean "china-south-korea"?' in told.err
    assert monitor("list", "--rule", "china-south-korea", folder=desk).code == 0


def test_feed_that_is_there_is_not_added_again(site: Site, desk: Path) -> None:
    """An address that a feed has is refused with its name, whether typed or found on a page."""
    before = (desk / "config.toml").read_text("utf-8")
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/wire.xml">'
    site.at("/", Answer(body=page + b"</head><body>Home</body></html>"))
    for url in (site.url("/wire.xml"), site.url("/wire.xml") + "?utm_source=x#top", site.url()):
        told = monitor("feeds", "add", url, "--private", folder=desk)
        assert told.code == 2
        assert 'is the feed "wire" already' in told.err
    assert (desk / "config.toml").read_text("utf-8") == before


@pytest.mark.parametrize("command", [["scrape"], ["feeds", "discover"], ["feeds", "add"]])
def test_private_address_is_refused_with_the_option_that_allows_it(
    site: Site, desk: Path, command: list[str]
) -> None:
    """On the command line the way to a private address is an option, no key of a file."""
    told = monitor(*command, site.url("/page.html"), folder=desk)
    assert (told.code, told.out) == (1, "")
    assert "; --private allows a private address" in told.err
    assert "private = true" not in told.err


@pytest.mark.parametrize("closed", [">&-", "<&- 2>&-", "| (exec <&-)"])
def test_an_output_that_nobody_reads_is_no_failure(tmp_path: Path, closed: str) -> None:
    """Where a stream is closed, or the reader of a pipe is gone, a command ends as else."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    for command in ("feeds list", "manual config"):
        said = tmp_path / "said"
        line = f'{{ "{sys.executable}" -m monitor {command}; echo $? >{said}; }} {closed}'
        subprocess.run(["sh", "-c", line], cwd=tmp_path, env=environment(), check=False)
        assert said.read_text() == "0\n", command


def test_ctrl_c_while_a_command_loads_is_no_traceback(tmp_path: Path) -> None:
    """A key pressed before there is anything to end leaves in silence, with 130."""
    program = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'monitor.cli.app': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "from monitor.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_poll_without_a_feed_to_read_says_why(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """None is due, another machine reads them, or none is configured: each has its line."""
    assert monitor("poll", folder=desk).code == 0
    assert "no feed is due" in monitor("poll", "--due", folder=desk).err
    (tmp_path / "config.toml").write_text("", "utf-8")
    assert "no feed is configured" in monitor("poll", "--due", folder=tmp_path).err
    print_report(Report(elsewhere={"wire": "example.org is asked by there"}))
    assert capsys.readouterr().err == (
        "  wire: left to another machine (example.org is asked by there)\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "status --metrics --json",
        "machines --forget north --json",
        "list --all --rule china-south-korea",
        "scrape page.html --private",
        "scrape http://localhost/ --url http://localhost/1",
        "search --count --limit 3 snow",
        "trends --svg chart.svg --csv",
        "digest --to file:out.txt --format terminal",
        "rules try http://localhost/ --date 2026-11-23",
        "rules backtest --from-marks --since 3d",
        "feeds ack wire --end --why moved",
        "--config other.toml init",
        "digest --to mailto:kim@example.org",
    ],
)
def test_option_that_another_leaves_without_a_meaning(desk: Path, line: str) -> None:
    """Two options of which one could only be ignored are refused in a line, before any work."""
    told = monitor(*line.split(), folder=desk)
    assert (told.code, told.out) == (2, "")
    assert len(told.err.splitlines()) == 1
