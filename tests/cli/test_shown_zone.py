"""The name of the reader's zone: one in all that he sees."""

from pathlib import Path

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
