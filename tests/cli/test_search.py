"""`monitor search` as a user types it."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.site import Site
from tests.wire import WEATHER, Item, Outlet, config_text

SAVED = '[[search]]\nname = "weather"\nquery = "snow OR rain"\n'
HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a store that holds two articles."""
    folder = tmp_path_factory.mktemp("searched")
    with Site() as site:
        Outlet(site, "wire").publish(
            Item("talks", HEADLINE, published=None),
            Item("snow", "First snow in the valleys", WEATHER, published=None),
        )
        (folder / "config.toml").write_text(
            config_text(site, "wire", language="en") + SAVED, "utf-8"
        )
        assert monitor("poll", folder=folder).code == 0
        yield folder


def test_hits_show_headline_place_and_snippet(desk: Path) -> None:
    """A hit says what was found where, with the ids that other commands take."""
    shown = monitor("search", "winter tyres", folder=desk)
    assert shown.code == 0
    assert "First snow in the valleys" in shown.out
    assert "article 2" in shown.out
    assert "winter tyres" in shown.out.replace("\n", " ").lower()


def test_entries_of_a_time(desk: Path) -> None:
    """`list --all` heeds `--since` where it is given."""
    assert len(monitor("list", "--all", "--since", "1h", folder=desk).out.splitlines()) == 2
    assert monitor("list", "--all", "--since", "now", folder=desk).out == ""


def test_names_that_nobody_knows_are_told_where_nothing_is_found(desk: Path) -> None:
    """A misspelt rule, feed or language is no quiet nothing; what is known finds in silence."""
    for query, said in (
        ("rule:korean-peninsulla", 'did you mean "korean-peninsula"?'),
        ("feed:wirre", 'did you mean "wire"?'),
        ("snow -lang:kr lang:jp", '"jp" is a country; its language is "ja"'),
    ):
        told = monitor("search", query, folder=desk)
        assert (told.code, told.out) == (1, "")
        assert said in told.err
    told = monitor("search", "snow feed:w*", folder=desk)
    assert (told.code, told.err) == (0, "")


def test_json_has_marks_in_the_snippet(desk: Path) -> None:
    """`--json` writes a line a hit, and its marks are the words that were asked for."""
    (line,) = monitor("search", "--json", "snow -hotline", folder=desk).out.splitlines()
    hit = json.loads(line)
    assert hit["title"] == "First snow in the valleys"
    words = {hit["snippet"][start:end].lower() for start, end in hit["marks"]}
    assert words == {"snow"}


def test_an_entity_is_found_by_all_its_names(desk: Path) -> None:
    """`@ID` searches for the names of the gazetteer."""
    assert HEADLINE in monitor("search", "title:@south-korea title:@china", folder=desk).out


def test_a_saved_search_is_asked_by_name(desk: Path) -> None:
    """`@name` asks what `[[search]]` says."""
    assert monitor("search", "--count", "@weather", folder=desk).out == "1\n"


def test_a_saved_search_that_cannot_be_read_is_a_fault(desk: Path, tmp_path: Path) -> None:
    """`check` names the search and the place in its query."""
    wrong = (desk / "config.toml").read_text("utf-8").replace("snow OR rain", "snow OR")
    (tmp_path / "config.toml").write_text(wrong, "utf-8")
    done = monitor("check", folder=tmp_path)
    assert done.code == 2
    assert "search weather: OR has nothing after it" in done.err
    assert re.search(r"config\.toml:\d+: search\[1\]\.query: ", done.err)


def test_count_and_limit(desk: Path) -> None:
    """`--count` says how many there are; a limit that cuts says so."""
    assert monitor("search", "--count", "snow OR hotline", folder=desk).out == "2\n"
    cut = monitor("search", "--limit", "1", "snow OR hotline", folder=desk)
    assert "--limit shows more" in cut.err


@pytest.mark.parametrize("query", ['"snow', "(snow", "autlet:x", "", "since:2026-99-99"])
def test_a_wrong_query_is_one_line(desk: Path, query: str) -> None:
    """A query that cannot be read ends with code 2 and one line."""
    done = monitor("search", query, folder=desk)
    assert done.code == 2
    assert done.out == ""
    assert len(done.err.strip().splitlines()) == 1


def test_nothing_found_is_said(desk: Path) -> None:
    """Nothing found is code 1 with a word on it."""
    done = monitor("search", "zeppelin", folder=desk)
    assert (done.code, done.out) == (1, "")
    assert "nothing found" in done.err


def test_what_is_found_can_be_exported(desk: Path) -> None:
    """`export` writes all that a search finds to standard output or a file."""
    assert (
        "TI  - First snow in the valleys"
        in monitor("export", "snow", "--format", "ris", folder=desk).out
    )
    assert monitor("export", "snow", "--out", "snow.csv", folder=desk).code == 0
    assert "First snow" in (desk / "snow.csv").read_text("utf-8-sig")
    assert monitor("export", "snow", "--format", "docx", folder=desk).code == 2
    assert monitor("export", "snow", "--out", "snow.ris", folder=desk).code == 0
    assert "TI  - First snow in the valleys" in (desk / "snow.ris").read_text("utf-8")
    assert monitor("export", "snow", "--out", "snow.pdf", folder=desk).code == 2
    assert not (desk / "snow.pdf").exists()
    assert monitor("export", "zeppelin", folder=desk).code == 1


def test_reindex_mends_an_index_that_lost_an_article(desk: Path) -> None:
    """`db check` finds the difference, `db reindex` ends it."""
    with sqlite3.connect(desk / "state" / "monitor.db") as db:
        db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert "the search index lacks 2 articles" in monitor("db", "check", folder=desk).out
    assert monitor("db", "reindex", folder=desk).code == 0
    assert monitor("db", "check", folder=desk).code == 0
    assert monitor("search", "snow", folder=desk).code == 0
