"""`monitor stories`: which texts are one story, from a file and over the archive."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

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
    assert "copy is a" in monitor("stories", "group", "-", folder=tmp_path, given=given).out


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
    assert rebuilt.err.strip() == "2 articles in 1 stories"
    assert monitor("list", "--articles", folder=tmp_path).out == before
