"""Moments as the reader sees them: one name of his zone, and the year where it is not clear."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.cli.shown_clock import day_and_clock
from tests.commands import monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


def test_a_zone_without_letters_is_called_alike_everywhere(tmp_path: Path) -> None:
    """A reader in Kathmandu sees UTC+5:45 in lists, status, digest and export, never +0545."""
    with Site() as site:
        Outlet(site, "wire").publish(Item("talks", HEADLINE, published=None))
        text = config_text(site, "wire", extra='[[digest]]\nname = "morning"\nat = "07:30"\n')
        text = text.replace("Asia/Seoul", "Asia/Kathmandu")
        (tmp_path / "config.toml").write_text(text, "utf-8")
        assert monitor("poll", folder=tmp_path).code == 0
    for asked in (
        ("list",),
        ("status",),
        ("feeds", "list"),
        ("digest",),
        ("digest", "--format", "text"),
    ):
        told = monitor(*asked, folder=tmp_path).out
        assert "UTC+5:45" in told, asked
        assert "+0545" not in told, asked


def test_the_newest_item_of_a_feed_that_stands_still_has_its_year(tmp_path: Path) -> None:
    """`feeds check` shows how old it is: a day without a year could be last week's."""
    old = datetime.now(UTC) - timedelta(days=700)
    with Site() as site:
        Outlet(site, "wire").publish(Item("talks", HEADLINE, published=old))
        (tmp_path / "config.toml").write_text(config_text(site, "wire"), "utf-8")
        told = monitor("feeds", "check", folder=tmp_path).out
    assert f"{old.astimezone(ZoneInfo('Asia/Seoul')):%Y-%m-%d %H:%M}" in told


def test_a_moment_is_told_with_its_year_where_that_is_not_clear() -> None:
    """What is months away keeps to the day; a year away, it could be another year's."""
    now, zone = datetime.now(UTC), ZoneInfo("Asia/Seoul")
    for days in (0, 100, -100):
        assert len(day_and_clock(now - timedelta(days=days), zone)) == len("11-28 07:30")
    for days in (200, 400, -200):
        when = now - timedelta(days=days)
        assert day_and_clock(when, zone).startswith(f"{when.astimezone(zone):%Y-%m-%d }")
