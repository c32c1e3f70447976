"""A term or name is found where its borders allow it, whatever script the text around it is in."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.model import Article
from monitor.text import edges_of, name_edges, word_edges
from monitor.watch import Rulebook
from tests.watch.written import block_of, book_of, rule_of

TERMS = ("quay", "q2", "항구", "港口", "quay항", "口quay", "항quay")
AROUND = ("s", "'s", "’S", "-", " ", ".", "x", "1", "_", "é", "ß", "Ā", "가", "는", "船", "の", "“")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """A rule for each term, and one for the name."""
    rules = [
        rule_of(block_of(f'any = ["{term}"]'), f"r{number}") for number, term in enumerate(TERMS)
    ]
    return book_of(*rules, rule_of(block_of('any = ["@port-town"]'), "name"))


LATIN = st.lists(st.sampled_from([*AROUND[:12], *TERMS[:2], "Port Town"]), max_size=8)
MIXED = st.lists(st.sampled_from([*AROUND, *TERMS, "Port Town", "PTN"]), max_size=8)


@settings(max_examples=150)
@given(st.one_of(LATIN, MIXED).map("".join))
@example("quays").via("a plural")
@example("xquay")
@example("quayx")
@example("quay-x").via("a hyphen is no letter")
@example("x-quay")
@example("ßquay").via("one letter that folds to two")
@example("quayĀ")
@example("船quay")
@example("quays船")
@example("xquay船")
@example("quayx船")
@example("가항quay")
@example("가 항quay")
@example("q2q")
@example("q23")
def test_a_word_is_found_where_its_borders_allow(book: Rulebook, text: str) -> None:
    """The quick look at the marks around a hit says what a look at the printed text says."""
    text = f"so {text}"  # in a line of capitals PTN would be a word
    article = Article(title="News", body=("Lead.", text), language="en")
    found = {flag.rule for flag in book.flags(article)}
    for number, term in enumerate(TERMS):
        places = [match.span() for match in re.finditer(re.escape(term), text)]
        fits = any(word_edges(text, a, b, edges_of(term)) for a, b in places)
        assert (f"r{number}" in found) is fits, term
    names = [match.span() for match in re.finditer("Port Town|PTN", text)]
    fits = any(name_edges(text, a, b, ("latin", "latin")) for a, b in names)
    assert ("name" in found) is fits


@pytest.mark.parametrize(
    ("term", "text", "hit"),
    [
        ("fire* missile*", "He fired a missile", False),
        ("fire* missile*", "He fired-missiles", True),
        ("fire* missile*", "A campfire missile", False),
        ("fire* missile", "Firing? Fire missiles", True),
        ("fire* missile", "Fire missilery", False),
        ("fire missile*", "Fire's missilery", True),
        ("fire missile*", "Fires missilery", True),
        ("fire missile*", "Fired missilery", False),
        ("ballistic missile*", "ballistic  - missiles", False),
        ("ballistic missile*", "ballistic - missiles", True),
        ("=ROK", "ROK", True),
        ("=ROK", "xROK", False),
        ("=Rok", "ROK", False),
        ("dock*", "docking", True),
        ("dock*", "undock", False),
        ("zh:港口", "港口开放", True),
        ("ja:港口", "港口开放", False),
    ],
)
def test_stems_exact_words_and_languages(term: str, text: str, hit: bool) -> None:
    """A stem takes any ending where it is starred, an exact word none and no other case."""
    assert bool(book_of(rule_of(block_of(f'any = ["{term}"]'))).flags(Article(title=text))) is hit


@pytest.mark.parametrize(
    ("text", "rules"), [("docks", {"word", "stem"}), ("docking", {"stem"}), ("undock", set())]
)
def test_a_word_and_a_stem_of_one_form_are_told_apart(text: str, rules: set[str]) -> None:
    """Each asks for borders of its own."""
    book = book_of(
        rule_of(block_of('any = ["dock"]'), "word"), rule_of(block_of('any = ["dock*"]'), "stem")
    )
    assert {flag.rule for flag in book.flags(Article(title=text))} == rules


def test_a_hostile_form_is_found_like_any_other() -> None:
    """A term of more letters than any word has."""
    long = "quay" * 400
    book = book_of(rule_of(block_of(f'any = ["{long}"]')))
    assert book.flags(Article(title=f"A {long} b"))
    assert not book.flags(Article(title=f"A {long}x b"))
