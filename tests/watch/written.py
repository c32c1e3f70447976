"""A small gazetteer, and rulebooks of rules as they are written in files."""

from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.watch import Rulebook, load
from monitor.watch.desk_tools.selftest import article_of

DAY = "2026-11-10"  # of the articles that `topics_of` makes

ENTITIES = """
[office.mayor-a]
side = "CN"
en = ["Mayor"]
[[entity]]
id = "anna-bell"
type = "person"
sides = ["CN"]
office = "mayor-a"
from = "2020-01"
until = "2024-06"
names.en = ["Anna Bell"]
short.en = ["Bell"]
[[entity]]
id = "carl-bell"
type = "person"
sides = ["CN"]
office = "mayor-a"
from = "2024-07"
names.en = ["Carl Bell"]
short.en = ["Bell"]
[[entity]]
id = "port-town"
type = "place"
sides = ["KR"]
names.en = ["Port Town"]
acronyms = ["PTN"]
"""


def book_of(*rules: str, entities: str = ENTITIES) -> Rulebook:
    """Load rules over the gazetteer."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rules.toml"
        path.write_text(entities + "\n".join(rules), encoding="utf-8")
        return load([path], builtin=False)


def rule_of(blocks: str, rule_id: str = "r", alert: str = "{ digest = 1 }") -> str:
    """Write a rule of some blocks."""
    return (
        f'[[rule]]\nid = "{rule_id}"\nalert = {alert}\n{blocks}\n'
        '[[rule.test]]\nshould = ["x"]\nshould_not = ["y"]\n'
    )


def block_of(*lines: str) -> str:
    """Write a block of some lines."""
    return "[[rule.when]]\n" + "\n".join(lines)


def topics_of(rulebook: Rulebook, text: str) -> set[str]:
    """The rules that flag a text, whose first line is its headline."""
    return {flag.rule for flag in rulebook.flags(article_of(text, DAY))}
