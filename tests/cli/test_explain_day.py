"""An undated article is flagged and explained by who held an office when it was first seen."""

import json
from datetime import UTC, datetime
from pathlib import Path

from monitor.pipeline import open_pipeline, round_of
from tests.commands import monitor
from tests.site import Site
from tests.wire import Clock, Item, Outlet, config_text, desk_of

RULES = """
[office.harbour-master-kr]
side = "KR"
en = ["Harbour Master"]
[[entity]]
id = "anna-bell"
type = "person"
sides = ["KR"]
office = "harbour-master-kr"
from = "2015"
until = "2019-12-31"
names.en = ["Anna Bell"]
[[entity]]
id = "bo-ferris"
type = "person"
sides = ["KR"]
office = "harbour-master-kr"
from = "2020-01-01"
names.en = ["Bo Ferris"]
[[rule]]
id = "harbour-master"
alert = "digest"
[[rule.when]]
any = ["@office.harbour-master-kr"]
[[rule.test]]
date = 2019-05-01
should = ["Anna Bell opens the quay"]
should_not = ["Bo Ferris opens the quay"]
"""


async def test_an_undated_article_keeps_the_office_holders_of_its_day(tmp_path: Path) -> None:
    """Years later `explain` says what the flag said, and knows nothing of the successor."""
    with Site() as site:
        Outlet(site, "wire").publish(
            Item("bell", "Anna Bell opens the quay", ("A crane was raised.",), published=None),
            Item("ferris", "Bo Ferris opens the quay", ("A crane fell.",), published=None),
        )
        (tmp_path / "own.toml").write_text(RULES, "utf-8")
        text = config_text(site, "wire", language="en")
        text = text.replace("[monitor]\n", '[monitor]\nrule_files = ["own.toml"]\n')
        (tmp_path / "config.toml").write_text(text, "utf-8")
        desk = desk_of(tmp_path, text)
        async with open_pipeline(desk, clock=Clock(datetime(2019, 5, 1, tzinfo=UTC))) as pipeline:
            await round_of(pipeline, tuple(desk.feeds.values()))
        desk.close()
    tested = monitor("rules", "test", folder=tmp_path)
    assert tested.code == 0, tested.err
    rows = [
        json.loads(line)
        for line in monitor(
            "list", "--since", "2019-01-01", "--json", folder=tmp_path
        ).out.splitlines()
    ]
    assert [row["headline"] for row in rows] == ["Anna Bell opens the quay"]
    told = json.loads(monitor("explain", str(rows[0]["id"]), "--json", folder=tmp_path).out)
    levels = {rule["rule"]: rule["level"] for rule in told}
    assert levels["harbour-master"] == "digest"
