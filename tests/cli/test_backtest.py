"""`monitor rules backtest --apply`: new rules over what is stored already."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import model
from monitor.desk import Desk
from monitor.pipeline import open_pipeline, raise_alerts, round_of
from monitor.store import articles, desk_feeds
from monitor.store import flags as flag_store
from tests.commands import monitor
from tests.site import Site
from tests.wire import WEATHER, Clock, Item, Outlet, config_text, desk_of

SNOW = (
    '[[rule]]\nid = "snow"\nname = "Snow"\nalert = "now"\n[[rule.when]]\nany = ["snow"]\n'
    '[[rule.test]]\nshould = ["Snow falls"]\nshould_not = ["Rain falls"]\n'
)
BACKTEST = ("rules", "backtest", "--rules", "snow.toml", "--apply", "--json")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Iterator[Desk]:
    alert = f'[[alert]]\nto = ["file:{tmp_path}/{{time}}.txt"]\n'
    text = config_text(site, "wire", pages="none", extra=alert)
    (tmp_path / "config.toml").write_text(text, "utf-8")
    (tmp_path / "snow.toml").write_text(SNOW, "utf-8")
    desk = desk_of(tmp_path, text)
    yield desk
    desk.close()


def rules_of(desk: Desk) -> list[list[str]]:
    with desk.store.read() as db:
        found = flag_store.of_articles(db, list(range(1, 10)))
    return [[flag.rule for flag in flags] for flags in found.values()]


async def test_applied_rule_raises_no_alert_for_old_news(
    site: Site, desk: Desk, tmp_path: Path
) -> None:
    """The flags have the time at which their articles came, so that they are no news."""
    long_ago = datetime.now(UTC) - timedelta(days=20)
    snow = Item("snow", "First snow", WEATHER, published=long_ago)
    Outlet(site, "wire").publish(snow)
    async with open_pipeline(desk, clock=Clock(long_ago)) as pipeline:
        await round_of(pipeline, tuple(desk.feeds.values()))
    applied = monitor(*BACKTEST, folder=tmp_path)
    assert applied.code == 0, applied.err
    assert rules_of(desk) == [["snow"]]
    assert raise_alerts.send_alerts(desk, datetime.now(UTC)) == 0
    assert raise_alerts.send_alerts(desk, long_ago + timedelta(hours=1)) == 1


async def test_article_in_no_story_yet_is_left_to_the_filing(
    site: Site, desk: Desk, tmp_path: Path
) -> None:
    """What waits for its story is compared and not flagged: nothing could be told of it."""
    now = datetime.now(UTC)
    with desk.store.write() as db:
        desk_feeds.register(db, list(desk.feeds.values()), now)
        new = articles.NewArticle(
            "wire", "x", "Wire", now, fresh=True, page="todo", text=_weather("First snow")
        )
        articles.add(db, [new])
    applied = monitor(*BACKTEST, folder=tmp_path)
    assert applied.code == 0, applied.err
    (change,) = map(json.loads, applied.out.splitlines())
    assert change["gained"] == [[1, "First snow"]]
    assert rules_of(desk) == []


def test_archive_is_compared_part_by_part(desk: Desk, tmp_path: Path) -> None:
    """More articles than are held at once are all compared, and counted once."""
    now = datetime.now(UTC)
    with desk.store.write() as db:
        desk_feeds.register(db, list(desk.feeds.values()), now)
        for number in range(901):
            text = _weather("First snow" if number % 300 == 0 else "Rain")
            new = articles.NewArticle("wire", f"{number}", "Wire", now, True, "never", text)
            articles.set_story(db, articles.add(db, [new])[0], number + 1, "original")
    applied = monitor(*BACKTEST, folder=tmp_path)
    assert "901 articles compared; flagged anew" in applied.err
    (change,) = map(json.loads, applied.out.splitlines())
    assert [number for number, _ in change["gained"]] == [1, 301, 601, 901]
    (change,) = map(json.loads, monitor(*BACKTEST, folder=tmp_path).out.splitlines())
    assert (change["before"], change["after"], change["gained"]) == (4, 4, [])


def _weather(title: str) -> model.Article:
    return model.Article(url="https://example.org/", title=title, body=("The weather.",))
