"""Trap sentences and news items: which sides they name, which built-in topics they belong to."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.model import Article
from monitor.watch import Rulebook, load, run_tests
from monitor.watch.desk_tools.selftest import article_of

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "trap_cases.toml").read_text("utf-8"))["case"]
ITEMS = tomllib.loads((HERE / "desk_items.toml").read_text("utf-8"))["item"]
HEADLINES = tomllib.loads((HERE / "headlines.toml").read_text("utf-8"))["headline"]
TOPICS = {"china-korea": "china-south-korea", "peninsula": "korean-peninsula"}


def _article(case: dict[str, Any]) -> Article:
    return replace(article_of(case["text"], case.get("date", "")), source=case.get("source", ""))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_sides(built_in: Rulebook, case: dict[str, Any]) -> None:
    """A story names the sides that a reader would say it names."""
    mentions = built_in.mentions(_article(case))
    assert {side for mention in mentions for side in mention.sides} == set(case["sides"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_topics(built_in: Rulebook, case: dict[str, Any]) -> None:
    """A story is flagged for the topics it is about, and for no other."""
    flags = built_in.flags(_article(case))
    assert {flag.rule for flag in flags} == {TOPICS[topic] for topic in case["topics"]}


@pytest.mark.parametrize(
    "item",
    [
        pytest.param(
            item, marks=[pytest.mark.xfail(reason=item["known"])] if item.get("known") else []
        )
        for item in ITEMS
    ],
    ids=lambda item: item["text"].splitlines()[0],
)
def test_items_as_feeds_give_them(built_in: Rulebook, item: dict[str, Any]) -> None:
    """A headline and a summary are filed as a desk editor would file them."""
    flags = built_in.flags(article_of(item["text"], ""))
    assert {flag.rule for flag in flags} == {TOPICS[topic] for topic in item["topics"]}


def test_built_in_topics_pass_their_own_tests(built_in: Rulebook) -> None:
    """Every self-test of the built-in topics passes."""
    assert [result.text for result in run_tests(built_in) if not result.ok] == []


def test_example_rules_pass_their_own_tests() -> None:
    """The six example rules of the format pass their 37 self-tests."""
    rulebook = load([HERE / "example_rules.toml"])
    results = run_tests(rulebook)
    assert len(rulebook.rules) == 6
    assert len(results) == 37
    assert [result.text for result in results if not result.ok] == []


def test_headlines_are_filed_as_a_desk_editor_would_file_them(built_in: Rulebook) -> None:
    """Terse headlines of many years get their topics, and those to be woken for level "now"."""
    wrong, mended = [], []
    for item in HEADLINES:
        flags = built_in.flags(_article(item))
        topics = {flag.rule for flag in flags} == {TOPICS[topic] for topic in item["topics"]}
        urgent = not item.get("now") or any(flag.level == "now" for flag in flags)
        if not (topics and urgent) and not item.get("known"):
            wrong.append((item["text"], [(flag.rule, flag.level) for flag in flags]))
        if topics and urgent and item.get("known"):
            mended.append(item["text"])
    assert not wrong
    assert not mended, "no longer known to be wrong"
