"""Commands that look for something and find nothing: each says so."""

from pathlib import Path

import pytest

from tests.commands import monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

LINES = '{"id": 1, "title": "Snow falls in the valley"}\n{"id": 2, "title": "A ferry sails"}\n'
RULE = """
[[rule]]
id = "ports"
name = "Ports"
alert = "digest"
[[rule.when]]
any = ["harbour"]
[[rule.test]]
should = ["A harbour"]
should_not = ["A line"]
"""


def test_texts_that_no_rule_flags_are_counted(tmp_path: Path) -> None:
    """`rules match` and `stories group` say how many texts they saw, beside standard output."""
    matched = monitor("rules", "match", "-", folder=tmp_path, given=LINES)
    assert (matched.code, matched.out, matched.err) == (0, "", "2 texts, 0 flagged\n")
    grouped = monitor("stories", "group", "-", folder=tmp_path, given=LINES)
    assert (grouped.code, grouped.out, grouped.err) == (0, "", "2 texts in 2 stories\n")
    asked = ("rules", "match", "-", "--json")
    assert monitor(*asked, folder=tmp_path, given=LINES).err == ""


def test_a_text_that_meets_no_rule_is_told_of_no_other(tmp_path: Path) -> None:
    """`rules try` speaks of other rules only where it has shown one."""
    told = monitor("rules", "try", "Snow falls", folder=tmp_path).out
    assert "\n2 rules met none of their words" in told
    (tmp_path / "ports.toml").write_text(RULE, "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nrule_files = ["ports.toml"]\n', "utf-8")
    told = monitor("rules", "try", "Ferry from Incheon to Qingdao", folder=tmp_path).out
    assert "\n1 other rule met none of its words" in told


@pytest.mark.parametrize("command", ["list", "check"])
def test_a_desk_without_feeds_is_told_how_to_add_one(command: str, tmp_path: Path) -> None:
    """`feeds list` and `feeds check` print no empty table."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    told = monitor("feeds", command, folder=tmp_path)
    assert told.out == ""
    assert "no feed is configured: `monitor feeds add URL`" in told.err


def test_an_archive_without_unknown_names_says_so(tmp_path: Path) -> None:
    """`entities suggest` tells nothing found from nothing done."""
    with Site() as site:
        Outlet(site, "wire").publish(Item("snow", "First snow", ("It snowed.",), None))
        (tmp_path / "config.toml").write_text(config_text(site, "wire"), "utf-8")
        assert monitor("poll", folder=tmp_path).code == 0
    told = monitor("entities", "suggest", folder=tmp_path)
    assert (told.code, told.out) == (0, "")
    assert "no name that the gazetteer lacks" in told.err
