"""A rule that is renamed or taken away between two digests."""

import json
from pathlib import Path

from tests.commands import monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

TALKS = "South Korea, China foreign ministers agree on coast guard hotline talks"
RULE = """
[[rule]]
id = "%s"
name = "Ports"
alert = "digest"
[[rule.when]]
any = ["harbour", "hotline"]
[[rule.test]]
should = ["A harbour"]
should_not = ["A line"]
"""


def test_what_a_renamed_rule_flagged_is_named_until_it_is_judged_anew(tmp_path: Path) -> None:
    """A digest tells how many stories only a rule that is gone had flagged, and which rule."""
    rules = tmp_path / "rules.toml"
    rules.write_text(RULE % "ports", "utf-8")
    with Site() as site:
        items = [Item("port", "New harbour opens", ("A harbour.",), None), Item("talks", TALKS)]
        items[1].published = None
        Outlet(site, "wire").publish(*items)
        text = config_text(site, "wire", language="en")
        text = text.replace("[monitor]", '[monitor]\nrule_files = ["rules.toml"]', 1)
        (tmp_path / "config.toml").write_text(text, "utf-8")
        assert monitor("poll", folder=tmp_path).code == 0

    def left_out() -> tuple[int, str]:
        told = monitor("digest", "--format", "json", folder=tmp_path).out
        behind = json.loads(told)["coverage"]
        return behind["left_out"], behind["left_out_why"]

    assert left_out() == (0, "")
    rules.write_text(RULE % "harbours", "utf-8")
    assert left_out() == (1, "1 flagged by ports, which is no rule any more")  # not the talks
    assert monitor("rules", "backtest", "--apply", folder=tmp_path).code == 0
    assert left_out() == (0, "")
    assert "New harbour opens" in monitor("digest", folder=tmp_path).out
