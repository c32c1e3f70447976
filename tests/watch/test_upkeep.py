"""Upkeep of rules and gazetteer: what to check, what is missing, what a change would do."""

from datetime import date
from pathlib import Path

import pytest

from monitor.model import Article
from monitor.watch import Difference, Rulebook, lint, lint_rules, load, suggest, summarise

FILE = """
as_of = "2026-05"
[office.mayor]
side = "CN"
en = ["Mayor"]
ko = ["시장"]
zh = ["市长"]
ja = ["市長"]
[[entity]]
id = "anna-bell"
type = "person"
sides = ["CN"]
office = "mayor"
from = "2020-01"
names.en = ["Anna Bell"]
names.ja = ["鈴木杏"]
short.en = ["Bell"]
unverified = ["ja"]
[[entity]]
id = "old-bell"
type = "person"
sides = ["CN"]
office = "mayor"
until = "2019-12"
names.en = ["Otto Bell"]
[[entity]]
id = "bell-town"
type = "place"
sides = ["KR"]
names.en = ["Anna-Bell"]
[[decoy]]
id = "bell-film"
names.en = ["Otto Bell"]
[[rule]]
id = "bell"
alert = "digest"
[[rule.when]]
any = ["@CN"]
[[rule.test]]
should = ["Anna Bell"]
should_not = ["Rain"]
"""


def _rulebook(folder: Path, text: str = FILE) -> Rulebook:
    path = folder / "watch.toml"
    path.write_text(text)
    return load([path], builtin=False)


def test_offices_unchecked_for_ninety_days_are_listed(tmp_path: Path) -> None:
    """Only offices held today count, by the date at the top of their file."""
    rulebook = _rulebook(tmp_path)
    fresh = [f for f in lint(rulebook, date(2026, 6, 1)) if f.kind == "stale office"]
    stale = [f for f in lint(rulebook, date(2026, 11, 23)) if f.kind == "stale office"]
    assert fresh == []
    assert [f.subject for f in stale] == ["anna-bell"]
    assert "last checked 2026-05" in stale[0].message


def test_a_file_that_does_not_say_when_it_was_checked_is_stale(tmp_path: Path) -> None:
    """Without `as_of` every office of today is listed."""
    rulebook = _rulebook(tmp_path, FILE.replace('as_of = "2026-05"', ""))
    assert [f.subject for f in lint(rulebook, date(2026, 6, 1)) if f.kind == "stale office"] == [
        "anna-bell"
    ]


def test_unverified_and_clashing_names_are_listed(tmp_path: Path) -> None:
    """Names without a source, names of two sides, and decoys that are safe names are listed."""
    findings = lint(_rulebook(tmp_path), date(2026, 6, 1))
    assert [f.subject for f in findings if f.kind == "unverified"] == ["anna-bell"]
    assert {f.subject for f in findings if f.kind == "clash"} == {"annabell", "ottobell"}


def test_the_built_in_gazetteer_is_fresh_and_clear() -> None:
    """On the day it was made, no office of the package is stale."""
    kinds = {finding.kind for finding in lint(load(), date(2026, 11, 23))}
    assert "stale office" not in kinds


def test_names_beside_known_titles_are_suggested(tmp_path: Path) -> None:
    """Unknown names beside a title are counted by story; known ones are not suggested."""
    stories = [
        Article(title="One", body=("Mayor Dora Finch spoke. Mayor Anna Bell did not.",)),
        Article(title="Two", body=("Mayor Dora Finch again. Mayor Dora Finch left.",)),
        Article(title="셋", body=("김단풍 시장은 말했다.",)),
        Article(title="四", body=("高橋楓市長が述べた。とのこと",)),
        Article(title="五", body=("市长林小枫表示欢迎。",)),
    ]
    found = {(s.name, s.title, s.count) for s in suggest(_rulebook(tmp_path), stories)}
    assert ("Dora Finch", "Mayor", 2) in found
    assert ("김단풍", "시장", 1) in found
    assert ("高橋楓", "市長", 1) in found
    assert ("林小枫", "市长", 1) in found
    assert not any("Bell" in name for name, _, _ in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "市长举行会议。市长一道同去。"),
        ("ko", "우리나라 시장은 컸다. 전직 시장은 말했다."),
        ("ja", "会談市長が集まった。"),
    ],
)
def test_words_beside_titles_are_no_names(tmp_path: Path, language: str, text: str) -> None:
    """What the language has as a word is not proposed as a name."""
    rulebook = _rulebook(tmp_path)
    assert suggest(rulebook, [Article(title="x", body=(text,), language=language)]) == ()


def _difference(old: Rulebook, new: Rulebook, number: int, title: str) -> Difference:
    article = Article(title=title)
    return Difference(number, title, old.flags(article), new.flags(article))


def test_a_change_shows_what_is_gained_and_lost(tmp_path: Path) -> None:
    """Two rulebooks over the same articles differ article by article, and in sums by rule."""
    old = _rulebook(tmp_path)
    new = _rulebook(tmp_path, FILE.replace('any = ["@CN"]', 'any = ["quay"]'))
    titles = ("Anna Bell", "The quay", "Rain")
    differences = [_difference(old, new, number, title) for number, title in enumerate(titles, 1)]
    assert [(d.gained, d.lost) for d in differences] == [
        ((), ("bell",)),
        (("bell",), ()),
        ((), ()),
    ]
    (change,) = summarise(differences)
    assert (change.rule, change.before, change.after) == ("bell", 1, 1)
    assert change.gained == ((2, "The quay"),)
    assert change.lost == ((1, "Anna Bell"),)


def test_a_change_of_level_is_told(tmp_path: Path) -> None:
    """A rule that fires at another level has moved, not gained or lost."""
    old = _rulebook(tmp_path)
    new = _rulebook(tmp_path, FILE.replace('alert = "digest"', 'alert = "now"'))
    difference = _difference(old, new, 1, "Anna Bell")
    assert difference.moved == (("bell", "digest", "now"),)
    assert (difference.gained, difference.lost) == ((), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('feeds = ["yonhp-en"]', 'no feed is called "yonhp-en" (did you mean "yonhap-en"?)'),
        ('feeds = ["xinhua-*", "yonhap-*"]', 'no feed is called "xinhua-*"'),
        ('feeds = ["!*-sport"]', 'no feed is called "*-sport"'),
        ("until = 2026-11-22", "ended on 2026-11-22"),
        ("until = 2026-11-23", ""),
        ('feeds = ["yonhap-*"]', ""),
        ('feeds = ["yonhp-en"]\nenabled = false', ""),
    ],
)
def test_a_rule_that_cannot_fire_is_told(tmp_path: Path, line: str, said: str) -> None:
    """A rule bound to a feed that is not there, or past its last day, is silent."""
    rulebook = _rulebook(tmp_path, FILE.replace('alert = "digest"', f'alert = "digest"\n{line}'))
    found = lint_rules(rulebook, ["yonhap-en", "yonhap-ko"], date(2026, 11, 23))
    assert [said in finding.message for finding in found] == [True] * bool(said)
