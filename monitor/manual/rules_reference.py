"""Every key of the rule language, and every form of a term, in words."""

from collections.abc import Iterator

from monitor.manual.meanings import key_lines, meanings

# How a table is headed in a rule file, and the chapter of `meanings.toml` on its keys.
TABLES = {
    "[[rule]]": "Rule",
    "[[rule.when]] and [[rule.unless]]": "Block",
    "[[rule.test]]": "RuleTest",
    "[list.some-name]": "WordList",
}


def reference() -> str:
    """Return the chapters on terms and tables as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    words = meanings()["rules"]
    yield from ("## Terms", "", "What stands between quotes in a block or list:", "")
    yield from (f'* **`"{one["write"]}"`**: {one["means"]}' for one in words["terms"].values())
    yield from key_lines("rules", TABLES)
