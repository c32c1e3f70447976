"""What one command prints as JSON Lines, given to another."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands import COMMAND, Result, environment, monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

TALKS = (
    "Officials of the two sides met behind closed doors on Monday.",
    "South Korean Foreign Minister Cho Hyun and Chinese Foreign Minister Wang Yi agreed to open a "
    "hotline between their coast guards, the foreign ministry in Seoul said.",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a story that is flagged by its text alone; nothing is written to its store."""
    folder = tmp_path_factory.mktemp("desk")
    with Site() as site:
        Outlet(site, "wire").publish(
            Item("talks", "Ministers agree on hotline", TALKS, published=None)
        )
        (folder / "config.toml").write_text(config_text(site, "wire", language="en"), "utf-8")
        assert monitor("poll", folder=folder).code == 0
    return folder


def match(desk: Path, text: str, mark: str = "") -> Result:
    (desk / "given.jsonl").write_text(mark + text, "utf-8")
    return monitor("rules", "match", "given.jsonl", "--json", folder=desk)


def test_an_export_is_matched_by_all_its_text(desk: Path) -> None:
    """Rules find in an exported article what they found when it was stored."""
    (story,) = map(json.loads, monitor("list", "--json", folder=desk).out.splitlines())
    exported = monitor("export", "hotline", "--format", "jsonl", folder=desk).out
    for mark in ("", "\ufeff"):  # as some editors begin a file
        (found,) = map(json.loads, match(desk, exported, mark).out.splitlines())
        assert found["topics"] == [flag["rule"] for flag in story["flags"]] != []
        assert [flag["score"] for flag in found["flags"]] == [
            flag["score"] for flag in story["flags"]
        ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_json_is_utf_8_whatever_the_locale(mark: str, tmp_path: Path) -> None:
    """Chinese on standard input is read as it was written where the locale is another."""
    given = mark + json.dumps({"title": "王毅同韩国外长赵显会谈"}, ensure_ascii=False)
    asked = (*COMMAND, "rules", "match", "-", "--json")
    told = subprocess.run(
        asked,
        input=given.encode(),
        capture_output=True,
        cwd=tmp_path,
        env=environment({"PYTHONIOENCODING": "latin-1"}),
        check=True,
    )
    assert json.loads(told.stdout)["topics"] == ["china-south-korea"]


def test_listed_stories_and_entries_are_read_by_their_headline(desk: Path) -> None:
    """Lines of `list --json` and `list --all` are texts to group and to match."""
    for asked in ("--json", "--all"):
        listed = monitor("list", asked, folder=desk).out
        assert match(desk, listed).code == 0
        assert monitor("stories", "group", "given.jsonl", folder=desk).code == 0


def test_an_object_on_many_lines_is_refused_with_what_is_wanted(desk: Path) -> None:
    """JSON that is no JSON Lines is told apart from what is no JSON, with the form that is read."""
    for text in (monitor("show", "1", "--json", folder=desk).out, "[1]\n"):
        refused = match(desk, text)
        assert refused.code == 2
        assert "given.jsonl:1: " in refused.err
        assert "each line must hold one whole object" in refused.err
    assert '"body" must be a list' in match(desk, '{"title": "T", "body": [1]}').err
