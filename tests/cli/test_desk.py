"""Small things that a desk met in daily use."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from monitor import deploy
from monitor.cli.session import in_lines
from tests.commands import COMMAND, environment, monitor
from tests.feeds.documents import item, rss
from tests.site import Answer, Site
from tests.waiting import PATIENCE
from tests.wire import config_text

NOBODY = 65534


def test_no_network_is_told_once(tmp_path: Path) -> None:
    """Of feeds that cannot be reached at all one line is said, and JSON names each."""
    rows = "".join(
        f'[[feed]]\nname = "f{n}"\nurl = "https://f{n}.invalid/rss.xml"\n' for n in range(12)
    )
    (tmp_path / "config.toml").write_text(rows, "utf-8")
    told = monitor("poll", folder=tmp_path)
    assert told.code == 1
    assert "no network: none of 12 feeds" in told.err
    assert len(told.err.splitlines()) == 3  # the log, the sum, the reason
    report = json.loads(monitor("poll", "--json", folder=tmp_path).out)
    assert (report["offline"], len(report["failed"])) == (True, 12)


def test_one_feed_that_answers_shows_that_there_is_a_network(tmp_path: Path) -> None:
    """Then each feed that fails is named."""
    with Site() as site:
        site.at("/wire.xml", Answer(body=rss(item("Envoys meet"))))
        away = "".join(
            f'[[feed]]\nname = "f{n}"\nurl = "https://f{n}.invalid/r"\n' for n in range(2)
        )
        (tmp_path / "config.toml").write_text(config_text(site, "wire", extra=away), "utf-8")
        told = monitor("poll", folder=tmp_path)
    assert told.err.count("  f0: no such host") == 1
    assert told.err.count("  f1: no such host") == 1


def test_feeds_that_our_guard_refuses_are_no_missing_network(tmp_path: Path) -> None:
    """Each private address is told; where the others are away as well, it is the network."""
    rows = "".join(f'[[feed]]\nname = "p{n}"\nurl = "http://127.0.0.{n}/r"\n' for n in (1, 2, 3))
    config = tmp_path / "config.toml"
    config.write_text(rows, "utf-8")
    told = monitor("poll", folder=tmp_path)
    assert "no network" not in told.err
    for n in (1, 2, 3):
        assert f"  p{n}: 127.0.0.{n} is a private address" in told.err
    away = "".join(f'[[feed]]\nname = "a{n}"\nurl = "https://a{n}.invalid/r"\n' for n in (1, 2))
    config.write_text(rows + away, "utf-8")
    told = monitor("poll", folder=tmp_path)
    assert "  no network: none of 5 feeds could be reached (a" in told.err


def test_how_far_it_is_is_said_each_minute_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A poll of a thousand pages beneath cron says where it is; a short one says nothing."""
    seconds = iter([0.0, 5.0, 59.0, 61.0, 62.0, 121.5, 122.0])
    show = in_lines(lambda: next(seconds))
    for done in (1, 2, 30, 31, 60, 61):
        show("pages", done, 1000)
    assert capsys.readouterr().err.splitlines() == ["pages: 30 of 1000", "pages: 60 of 1000"]


def test_folder_as_a_target_takes_a_file_for_each_digest(tmp_path: Path) -> None:
    """`file:digests/` is made, and no digest takes the place of another."""
    digests = "".join(
        f'[[digest]]\nname = "{name}"\nto = ["file:{tmp_path}/digests/"]\n'
        for name in ("morning", "evening")
    )
    (tmp_path / "config.toml").write_text(digests, "utf-8")
    for name in ("morning", "evening"):
        assert monitor("digest", name, "--send", folder=tmp_path).code == 0
    names = sorted(path.name for path in (tmp_path / "digests").iterdir())
    assert [name.partition("-")[0] for name in names] == ["evening", "morning"]
    assert all("<html" in (tmp_path / "digests" / name).read_text("utf-8") for name in names)


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_any_locale_is_printed_in(tmp_path: Path, locale: dict[str, str]) -> None:
    """Neither what is printed nor what is typed makes a traceback."""
    (tmp_path / "config.toml").write_text('[[feed]]\nname = "통신"\nurl = "https://x.invalid/"\n')
    for words in (["feeds", "list"], ["feeds", "ack", "통신사"], ["search", "미사일"]):
        done = subprocess.run(
            [*COMMAND, *words],
            cwd=tmp_path,
            env=environment(locale),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr
    if locale.get("LC_ALL"):
        assert "통신" in monitor("feeds", "list", folder=tmp_path).out


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root and setpriv"
)
@pytest.mark.parametrize("words", [["status"], ["poll"], ["check"], ["feeds", "list"]])
def test_home_that_may_not_be_read_is_one_line(tmp_path: Path, words: list[str]) -> None:
    """A service user whose HOME is somebody else's folder is told what is missing."""
    home = tmp_path / "home"
    (home / ".config" / "wire-monitor").mkdir(parents=True)
    home.chmod(0o700)
    os.chown(home, NOBODY, NOBODY)
    powers = "--bounding-set=-dac_override,-dac_read_search"
    done = subprocess.run(
        ["setpriv", powers, "--inh-caps=-all", *COMMAND, *words],
        cwd="/",
        env=environment({"HOME": str(home)}),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1), done.stderr


def test_backtest_that_only_compares_says_so(tmp_path: Path) -> None:
    """It tells losses without saying that nothing changed."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    said = monitor("rules", "backtest", folder=tmp_path).err
    assert "--apply" in said
    assert "nothing changed" not in said


def test_service_says_where_the_state_moves(tmp_path: Path) -> None:
    """A system service writes under /var/lib; what is in the old folder can be taken along."""
    (tmp_path / "config.toml").write_text('[monitor]\nstate = "mine"\n', "utf-8")
    said = monitor("service", "install", "--folder", str(tmp_path), folder=tmp_path).err
    assert f"cp -a {tmp_path}/mine/. /var/lib/wire-monitor/" in said
    user = monitor("service", "install", "--user", "--folder", str(tmp_path), folder=tmp_path).err
    assert "cp -a" not in user


def test_container_mounts_the_whole_folder() -> None:
    """Rules and entities lie beside config.toml, and editors put new files in its place."""
    text = (Path(deploy.__file__).parent / "Containerfile").read_text("utf-8")
    assert "-v ./:/config:ro" in text
    assert "config.toml:/config/config.toml" not in text
