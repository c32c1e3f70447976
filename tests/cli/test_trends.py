"""`monitor trends` as a user types it."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.site import Site
from tests.wire import WEATHER, Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a store that holds one flagged story and one that is not."""
    folder = tmp_path_factory.mktemp("trends")
    with Site() as site:
        Outlet(site, "wire").publish(
            Item("talks", HEADLINE, published=None),
            Item("snow", "First snow in the valleys", WEATHER, published=None),
        )
        (folder / "config.toml").write_text(config_text(site, "wire", language="en"), "utf-8")
        assert monitor("poll", folder=folder).code == 0
        yield folder


@pytest.mark.parametrize(
    ("by", "name"),
    [
        (["--by", "rule"], "China and South Korea"),
        (["--by", "language"], "en"),
        (["--by", "entity"], "China"),
        (["--by", "entity", "--pairs"], "China + South Korea"),
        (["--search", "snow"], "snow"),
    ],
)
def test_counts_are_those_of_the_store(desk: Path, by: list[str], name: str) -> None:
    """Today's one story counts one, by whatever it is counted; two entries were read."""
    found = json.loads(monitor("trends", "--json", *by, folder=desk).out)
    series = {one["name"]: one for one in found["series"]}
    assert series[name]["total"] == 1
    assert sum(found["entries_read"]) == 2


def test_shapes_agree(desk: Path) -> None:
    """Terminal, CSV and picture show the same counts."""
    assert "China and South Korea" in monitor("trends", folder=desk).out
    rows = list(csv.DictReader(io.StringIO(monitor("trends", "--csv", folder=desk).out)))
    assert sum(int(row["stories"] or 0) for row in rows if "China" in row["rule"]) == 1
    assert monitor("trends", "--svg", "trend.svg", folder=desk).code == 0
    assert "China and South Korea" in (desk / "trend.svg").read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ["--by", "colour"],
        ["--per", "hour"],
        ["--since", "2026-11-02", "--until", "2026-11-01"],
        ["--since", "1950-01-01"],
        ["--search", '"open'],
        ["--svg", "no/such/folder.svg"],
    ],
)
def test_wrong_usage_is_one_line(desk: Path, options: list[str]) -> None:
    """What cannot be shown ends with code 2 and one line."""
    done = monitor("trends", *options, folder=desk)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.strip().splitlines()) == 1
