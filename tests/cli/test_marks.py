"""`monitor mark` as a user types it, and where marks are seen."""

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"

HOTLINE = """
[[rule]]
id = "hotline"
name = "Hotline"
alert = "now"
[[rule.when]]
any = ["hotline"]
[[rule.test]]
should = ["A hotline"]
should_not = ["A line"]
"""


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that holds one flagged story."""
    folder = tmp_path_factory.mktemp("polled")
    with Site() as site:
        Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
        (folder / "config.toml").write_text(config_text(site, "wire", language="en"), "utf-8")
        assert monitor("poll", folder=folder).code == 0
    return folder


@pytest.fixture
def desk(polled: Path, tmp_path: Path) -> Path:
    """The same, to be marked."""
    return shutil.copytree(polled, tmp_path, dirs_exist_ok=True)


def lines(text: str) -> str:
    """Return what a table says, without its columns and line breaks."""
    return " ".join(text.split())


def test_marks_are_seen_where_stories_are(desk: Path) -> None:
    """What was written on a story stands in list, show and digest; list can be narrowed to it."""
    assert HEADLINE[:20] not in monitor("list", "--starred", folder=desk).out
    assert monitor("mark", "1", "--star", "--taken", "kim", folder=desk).code == 0
    assert "taken by kim" in lines(monitor("list", folder=desk).out)
    assert "taken by kim" in monitor("show", "1", folder=desk).err
    assert "taken by kim" in lines(monitor("digest", folder=desk).out)
    told = json.loads(monitor("digest", "--format", "json", folder=desk).out)["rules"][0]["stories"]
    assert ("taken", "kim") in [(one["kind"], one["text"]) for one in told[0]["marks"]]
    assert HEADLINE[:20] in monitor("list", "--starred", "--unread", folder=desk).out
    assert monitor("mark", "1", "--read", "--free", folder=desk).code == 0
    assert HEADLINE[:20] not in monitor("list", "--unread", folder=desk).out
    (line,) = monitor("list", "--json", folder=desk).out.splitlines()
    assert [mark["kind"] for mark in json.loads(line)["marks"]] == ["star", "read"]


def test_a_note_stands_in_a_text_digest_as_it_was_written(desk: Path) -> None:
    """A note is called one once, and what was seen before is no note."""
    monitor("mark", "1", "--note", "call the ministry", folder=desk)
    told = monitor("digest", "--format", "text", folder=desk).out
    assert "    note: call the ministry\n" in told
    assert told.casefold().count("note:") == 1


def test_a_narrowed_list_without_stories_says_what_it_looked_for(desk: Path) -> None:
    """Where no story is starred the list does not claim that none was flagged."""
    assert monitor("list", "--starred", folder=desk).out.startswith("No starred stories")
    monitor("mark", "1", "--read", folder=desk)
    told = monitor("list", "--unread", "--starred", folder=desk).out
    assert told.startswith("No unread starred stories")


def test_judgements_are_held_against_the_rules(desk: Path) -> None:
    """`rules test --from-marks` names the stories that the rules in force judge otherwise."""
    monitor("mark", "1", "--wanted", folder=desk)
    assert monitor("rules", "test", "--from-marks", folder=desk).code == 0
    monitor("mark", "1", "--unwanted", folder=desk)
    tested = monitor("rules", "test", "--from-marks", folder=desk)
    assert tested.code == 1
    assert "not wanted, but flagged by china-south-korea" in tested.out


def test_other_rules_are_held_against_judgements(desk: Path) -> None:
    """`rules backtest --from-marks` says rule by rule what the desk wanted, now and by others."""
    monitor("mark", "1", "--wanted", folder=desk)
    (desk / "own.toml").write_text(HOTLINE, encoding="utf-8")
    tried = ("rules", "backtest", "--from-marks", "--rules", "own.toml")
    told = monitor(*tried, folder=desk)
    assert told.code == 0
    assert "hotline: 0 wanted, 0 unwanted flagged now, 1 wanted, 0 unwanted by these" in told.out
    assert f"  +      1  wanted: {HEADLINE}" in told.out
    assert "1 wanted and 0 unwanted stories" in told.err
    (line,) = monitor(*tried, "--json", folder=desk).out.splitlines()
    one = json.loads(line)
    assert (one["wanted"], "hotline" in one["after"], "hotline" in one["before"]) == (
        True, True, False,
    )  # fmt: skip
    assert monitor(*tried, "--apply", folder=desk).code == 2


def test_wrong_marks_are_one_line(desk: Path) -> None:
    """A mark that says nothing, contradicts itself or names no story ends with code 2."""
    wrong = {
        ("1",): "say which mark",
        ("999", "--star"): "no story has the id 999",
        ("1", "--taken", "kim", "--free"): "contradict each other",
        ("--star",): "Missing argument",
        ("1", "--taken="): "names nobody",
    }
    for options, said in wrong.items():
        done = monitor("mark", *options, folder=desk)
        assert (done.code, said in done.err) == (2, True), done.err


def test_a_story_named_twice_is_marked_once(desk: Path) -> None:
    """What is counted and printed are stories, however often they are named."""
    assert monitor("mark", "1", "1", "--star", folder=desk).err == "marked 1 story\n"
    assert len(monitor("mark", "1", "1", "--json", folder=desk).out.splitlines()) == 1


def test_a_hostile_note_is_shown_harmlessly(desk: Path) -> None:
    """Control and bidi characters of a note do not reach the terminal."""
    monitor("mark", "1", "--note", "red\x1b[31m\u202eflag", folder=desk)
    assert "note: red[31mflag" in lines(monitor("list", folder=desk).out)
