"""Which rules are asked about an article, where their blocks hold, and what that is worth."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model import Article, Feed
from monitor.watch import Rulebook, load
from monitor.watch.desk_tools.selftest import article_of

TESTS = '[[rule.test]]\nshould = ["x"]\nshould_not = ["y"]\n'
ENTITIES = """
[[entity]]
id = "aland"
type = "country"
sides = ["CN"]
names.en = ["Aland", "Alandic"]
[[entity]]
id = "bland"
type = "country"
sides = ["KR"]
names.en = ["Bland"]
[[entity]]
id = "cland"
type = "country"
sides = ["JP"]
names.en = ["Cland"]
[[entity]]
id = "bell"
type = "person"
sides = ["KR"]
names.en = ["Bell Bay"]
"""
Read = Callable[..., Rulebook]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads rules, each written as (keys of the rule, its blocks)."""

    def rulebook(*rules: tuple[str, str]) -> Rulebook:
        text = ENTITIES
        for number, (keys, blocks) in enumerate(rules):
            alert = "" if "alert" in keys else "alert = { digest = 1 }\n"
            text += f'[[rule]]\nid = "r{number}"\n{alert}{keys}\n{blocks}\n{TESTS}'
        path = tmp_path / "rules.toml"
        path.write_text(text, encoding="utf-8")
        return load([path], builtin=False)

    return rulebook


def fired(
    rulebook: Rulebook, text: str, day: str = "2026-03-01", feed: str = "wire", country: str = ""
) -> list[str]:
    """Return the rules that fire."""
    whence = Feed(name=feed, url="", country=country)
    return [flag.rule for flag in rulebook.flags(article_of(text, day), whence)]


QUAY = '[[rule.when]]\nany = ["quay"]'


@pytest.mark.parametrize(
    ("keys", "text", "day", "feed", "holds"),
    [
        ('languages = ["en"]', "A quay", "2026-03-01", "wire", True),
        ('languages = ["ko", "zh"]', "A quay", "2026-03-01", "wire", False),
        ('until = "2026-03-01"', "A quay", "2026-03-01", "wire", True),
        ('until = "2026-03-01"', "A quay", "2026-03-02", "wire", False),
        ('feeds = ["w*"]', "A quay", "2026-03-01", "wire", True),
        ('feeds = ["w*"]', "A quay", "2026-03-01", "paper", False),
        ('feeds = ["!wire"]', "A quay", "2026-03-01", "wire", False),
        ('feeds = ["!wire"]', "A quay", "2026-03-01", "paper", True),
        ('feeds = ["*", "!wire"]', "A quay", "2026-03-01", "wire", False),
        ('feeds = ["p*", "w*"]', "A quay", "2026-03-01", "wire", True),
        ("enabled = false", "A quay", "2026-03-01", "wire", False),
    ],
)
def test_a_rule_bound_to_something_is_left_out_elsewhere(
    read: Read, keys: str, text: str, day: str, feed: str, holds: bool
) -> None:
    """And the rules after it are asked all the same."""
    rulebook = read((keys, QUAY), ("", QUAY))
    assert fired(rulebook, text, day, feed) == (["r0", "r1"] if holds else ["r1"])


@pytest.mark.parametrize(
    ("block", "text", "holds"),
    [
        ('all = ["quay", "crane", "dock"]', "Quay, crane and dock", True),
        ('all = ["quay", "crane", "dock"]', "Quay and crane", False),
        ('all = ["quay", "crane", "dock", "ship"]', "Quay, crane, ship", False),
        ('all = ["quay"]\nany = ["dock", "ship"]', "Quay with ship", True),
        ('all = ["quay"]\nany = ["dock", "ship"]', "Quay", False),
        ('any = ["quay"]\nnone = ["dock"]', "Quay\nA dock.", False),
        ('any = ["quay"]\nnone = ["dock"]\nin = ["headline"]', "Quay\nA dock.", True),
        ('any = ["quay"]\nnone = ["dock"]\nin = ["headline"]', "Quay, dock", False),
        ('any = ["quay"]\nin = ["lede"]', "Quay", False),
        ('any = ["quay"]\nin = ["lede"]', "News\nThe quay.", True),
        ('any = ["quay"]\nin = ["body"]', "News\nThe quay.", False),
        ('any = ["quay"]\nin = ["body"]', "News\nA.\nB.\nC.\nD.\nThe quay.", True),
        ('any = ["quay"]\ntimes = 2', "Quay\nA quay.", True),
        ('any = ["quay"]\ntimes = 3', "Quay\nA quay.", False),
        ('any = ["quay", "dock"]\nat_least = 2\ntimes = 2', "Quay, quay", False),
        ('any = ["quay", "dock", "ship"]\nat_least = 2', "Quay, ship", True),
        ('all = ["@CN", "@KR"]\nshare = 0.5', "Aland, Bland\nAland.\nBland.\nX.", True),
        ('all = ["@CN", "@KR"]\nshare = 0.5', "Aland, Bland\nAland.\nX.\nY.", False),
        ('all = ["@CN", "quay"]\nshare = 0.5', "Aland quay\nAland.\nX.\nY.", True),
    ],
)
def test_where_a_block_holds(read: Read, block: str, text: str, holds: bool) -> None:
    """Every group in the zones that count, as often and as dense as it asks."""
    assert bool(fired(read(("", f"[[rule.when]]\n{block}")), text)) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Aland sells pears to Bland", True),
        ("Aland, Bland sell pears", False),
        ("Aland and Bland sell pears", False),
        ("Aland, Cland and Bland sell pears", False),
        ("Aland and Cland sell pears to Bland", True),  # a list of which one is asked for
        ("Aland, Alandic pears, Bland", True),
        ("Bell Bay and Aland, Bland", False),
        ("Aland, Bland sell pears\nAland pears go to Bland.", True),
        ("Aland\nBland", True),
        ("Aland, Aland pears reach Bland", True),
    ],
)
def test_names_of_one_list_are_not_apart(read: Read, text: str, holds: bool) -> None:
    """However many it has; a list of one country is none."""
    block = '[[rule.when]]\nall = [["@aland"], ["@bland"]]\napart = true\nwithin = "story"'
    assert bool(fired(read(("", block)), text)) is holds


def test_only_the_first_two_groups_are_to_be_apart(read: Read) -> None:
    """A third may stand in a list with either."""
    groups = '[["@aland"], ["@bland"], ["@cland"]]'
    block = f'[[rule.when]]\nall = {groups}\napart = true\nwithin = "story"'
    assert fired(read(("", block)), "Aland and Cland sell pears to Bland")


@pytest.mark.parametrize(("country", "holds"), [("KR", True), ("DE", False), ("", False)])
def test_a_block_may_be_for_outlets_of_some_countries(
    read: Read, country: str, holds: bool
) -> None:
    """What is said there needs not be said elsewhere."""
    rulebook = read(("", '[[rule.when]]\nany = ["quay"]\noutlets = ["KR"]'))
    assert bool(fired(rulebook, "A quay", country=country)) is holds


@pytest.mark.parametrize(
    ("text", "level"),
    [("Quay", "log"), ("Quay, crane", "digest"), ("Quay, crane, dock", "now"), ("Crane", "log")],
)
def test_the_highest_level_reached_counts(read: Read, text: str, level: str) -> None:
    """Each to the point: one reached exactly is reached."""
    blocks = "\n".join(f'[[rule.when]]\nany = ["{w}"]' for w in ("quay", "crane", "dock"))
    rulebook = read(("alert = { now = 3, digest = 2, log = 1 }", blocks))
    assert [flag.level for flag in rulebook.flags(article_of(text, ""))] == [level]


@pytest.mark.parametrize(
    ("headline", "body", "shown"),
    [
        ("Harbour opens its quay - The Quay Times", "Text.", 1),  # the outlet's name
        ("Quay opens | Quay Times", "Text.", 2),  # a short headline is all of it
        ("News of the day", "Write to quay@example.org or see https://quay.example/quay now.", 0),
        ("News of the day", "Copyright 2026 Quay Times. All rights reserved.", 0),
    ],
)
def test_what_is_no_part_of_the_article_is_not_read(
    read: Read, headline: str, body: str, shown: int
) -> None:
    """Outlets behind a headline, addresses, copyright lines."""
    (rulebook, article) = read(("", QUAY)), Article(title=headline, body=(body,), language="en")
    found = [hit for flag in rulebook.flags(article) for r in flag.reasons for hit in r.hits]
    assert len(found) == shown


def test_a_hit_says_its_paragraph_and_its_place_in_it(read: Read) -> None:
    """The headline is -1, the standfirst -2, paragraphs count from 0."""
    rulebook = read(("", '[[rule.when]]\nany = ["quay*"]\nscore = 1'))
    article = Article(title="The quay", standfirst="On quays.", body=("None.", "A quay!"))
    (flag,) = rulebook.flags(article)
    (reason,) = flag.reasons
    assert (reason.sentence, reason.marks) == ("The quay", ((4, 8),))
    assert reason.words == ("quay", "quays")
    places = [(hit.paragraph, hit.start, hit.end, hit.words, hit.zone) for hit in reason.hits]
    assert places == [
        (-1, 4, 8, "quay", "headline"),
        (-2, 3, 8, "quays", "lede"),
        (1, 2, 6, "quay", "lede"),
    ]
