"""`monitor stories`: which texts are one story, from a file and over the archive."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.store import open_store
from tests.commands import monitor
from tests.site import Site
from tests.wire import TALKS, WEATHER, Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def row(key: str, title: str, paragraphs: tuple[str, ...]) -> dict[str, str]:
    text = "\n".join(paragraphs)
    return {"id": key, "title": title, "text": text, "published": "2026-11-23T06:00:00+00:00"}


def test_group_writes_story_and_event_in_input_order(tmp_path: Path) -> None:
    """A cut and re-headlined copy has its original's story; another text has its own."""
    rows = [
        row("talks", HEADLINE, TALKS),
        row("snow", "First snow in the valleys", WEATHER),
        row("copy", "Seoul and Beijing ministers meet", TALKS[:2]),
    ]
    given = "".join(json.dumps(one) + "\n" for one in rows)
    grouped = monitor("stories", "group", "-", "--json", folder=tmp_path, given=given)
    assert grouped.code == 0, grouped.err
    answers = [json.loads(line) for line in grouped.out.splitlines()]
    assert [(one["id"], one["story"]) for one in answers] == [
        ("talks", "talks"),
        ("snow", "snow"),
        ("copy", "talks"),
    ]
    printed = monitor("stories", "group", "-", folder=tmp_path, given=given).out
    assert printed.startswith("copy (copy) is of the story of talks: ")


def test_a_pair_of_states_is_the_two_of_them(tmp_path: Path) -> None:
    """A headline on 한중 and one on Seoul and Beijing are one story, told of the earlier one."""
    later = row("ko", "한중 수출통제 대화 다음 주 재개…자석 허가 논의", ())
    later |= {"published": "2026-11-23T06:20:00+00:00", "language": "ko"}
    earlier = row("en", "Seoul, Beijing to resume talks on export controls next week", ())
    given = "".join(json.dumps(one) + "\n" for one in (later, earlier))
    printed = monitor("stories", "group", "-", folder=tmp_path, given=given).out
    assert printed.startswith("ko (translation) is of the story of en: "), printed


def test_rebuild_gives_the_same_stories(site: Site, tmp_path: Path) -> None:
    """Grouping the archive anew finds the stories that were found as the articles came."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
    Outlet(site, "paper").publish(
        Item("cut", "Seoul and Beijing ministers meet", TALKS[:2], published=None)
    )
    (tmp_path / "config.toml").write_text(config_text(site, "wire", "paper"), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 0
    before = monitor("list", "--articles", folder=tmp_path).out
    rebuilt = monitor("stories", "rebuild", folder=tmp_path)
    assert rebuilt.err.strip() == "2 articles in 1 story"
    assert monitor("list", "--articles", folder=tmp_path).out == before


def test_what_a_person_joins_and_parts_stays_when_the_archive_is_grouped_anew(
    site: Site, tmp_path: Path
) -> None:
    """Two stories joined are one, an article parted is one of its own, now and after a rebuild."""
    wire = Outlet(site, "wire")
    wire.publish(Item("talks", HEADLINE, published=None))
    wire.publish(Item("snow", "First snow in the valleys", WEATHER, published=None))
    Outlet(site, "paper").publish(
        Item("cut", "Seoul and Beijing ministers meet", TALKS[:2], published=None)
    )
    (tmp_path / "config.toml").write_text(config_text(site, "wire", "paper"), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 0

    def story_of(word: str) -> tuple[int, int]:
        with contextlib.closing(sqlite3.connect(tmp_path / "state" / "monitor.db")) as db:
            rows = db.execute("SELECT title, id, story_id FROM article").fetchall()
        return next((id_, story) for title, id_, story in rows if word in title)

    (talks, home), (snow, other), (cut, same) = map(story_of, ("agree", "snow", "meet"))
    assert home == same != other
    assert "one text" in monitor("stories", "why", str(talks), str(cut), folder=tmp_path).out
    reasons = monitor("stories", "why", str(talks), str(snow), folder=tmp_path).out
    assert "two stories" in reasons
    assert "headline" in reasons
    assert monitor("stories", "join", str(talks), str(snow), folder=tmp_path).code == 0
    assert monitor("stories", "part", str(cut), folder=tmp_path).code == 0
    assert "of its own already" in monitor("stories", "part", str(cut), folder=tmp_path).err
    assert story_of("snow")[1] == story_of("agree")[1] != story_of("meet")[1]
    assert monitor("stories", "rebuild", folder=tmp_path).code == 0
    assert story_of("snow")[1] == story_of("agree")[1] != story_of("meet")[1]


def test_marks_stay_when_the_archive_is_grouped_anew(site: Site, tmp_path: Path) -> None:
    """What a desk wrote stays with the story, and what was left aside is a story as before."""
    wire = Outlet(site, "wire")
    wire.publish(Item("talks", HEADLINE, published=None))
    wire.publish(Item("launch", "North Korea fires a ballistic missile", WEATHER, published=None))
    (tmp_path / "config.toml").write_text(config_text(site, "wire"), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 0

    def listed() -> list[dict[str, Any]]:
        lines = monitor("list", "--json", folder=tmp_path).out.splitlines()
        return [json.loads(line) for line in lines]

    first, second = (str(story["id"]) for story in listed())
    assert monitor("mark", first, "--taken", "kim", "--note", "call", folder=tmp_path).code == 0
    assert monitor("mark", second, "--star", "--read", folder=tmp_path).code == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "state" / "monitor.db")) as db:
        db.execute("DELETE FROM signature WHERE article_id = ?", (second,))  # as if left aside
        db.commit()
    before = listed()
    assert [len(story["marks"]) for story in before] == [2, 2]
    rebuilt = monitor("stories", "rebuild", folder=tmp_path)
    assert (rebuilt.code, listed()) == (0, before), rebuilt.err
    assert monitor("db", "check", folder=tmp_path).code == 0


@pytest.mark.parametrize("command", [("join", "1", "99"), ("why", "99", "98")])
def test_an_article_that_is_not_there_is_said(
    site: Site, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """An id that no article has is one clear line and a wrong use, as everywhere."""
    (tmp_path / "config.toml").write_text(config_text(site, "wire"), "utf-8")
    open_store(tmp_path / "state").close()
    answer = monitor("stories", *command, folder=tmp_path)
    assert answer.code == 2
    assert answer.err.strip().startswith(f"no article has the id {command[1]}; ")
    assert len(answer.err.strip().splitlines()) == 1
