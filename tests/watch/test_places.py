"""Places in a text: which lie between, which apart, which names of those that overlap are read."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Article
from monitor.watch.engine.document import Document
from monitor.watch.engine.lists import lists_of_countries
from monitor.watch.engine.overlaps import Candidate, longest
from monitor.watch.engine.patterns import NameUse, Pattern
from monitor.watch.engine.spans import places_between, spans_apart
from monitor.watch.language.entities import Entity

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_lies_between_two_ends_lies_wholly_there() -> None:
    """From the first letter to the last; what begins before or ends behind does not."""
    places = [(0, 3, 1), (4, 6, 1), (4, 9, 2), (5, 8, 1), (7, 9, 1), (8, 9, 1)]
    assert places_between(places, 4, 8) == [(4, 6, 1), (5, 8, 1)]
    assert places_between(places, 7, 9) == [(7, 9, 1), (8, 9, 1)]
    assert places_between(places, 9, 20) == []


def test_marks_are_shown_one_after_the_other() -> None:
    """One that begins inside the last is left out; one that begins at its end is not."""
    assert list(spans_apart([(0, 3), (2, 5), (3, 4), (6, 8), (7, 9)])) == [(0, 3), (3, 4), (6, 8)]


def _name(*strengths: str, decoy: str = "") -> Pattern:
    uses = [NameUse(0, (("en", one),), capital=False) for one in strengths]  # type: ignore[arg-type]
    return Pattern("x", ("", ""), names=uses, decoy=decoy)


SURE = [_name("safe"), _name("weak", "safe"), _name(decoy="d")]
YIELDING = [_name("weak"), _name("weak", "home"), _name()]


def _read(candidates: Sequence[Candidate]) -> list[Candidate]:
    """By the rule as it is told: long before short, what yields never instead of what is sure."""
    kept: list[Candidate] = []
    for a, b, pattern in sorted(candidates, key=lambda c: (c[0] - c[1], c[0])):
        if not any(p in SURE and a < d and c < b for c, d, p in kept):
            kept.append((a, b, pattern))
    sure = [(c, d) for c, d, p in kept if p in SURE]
    return sorted(
        (
            (a, b, p)
            for a, b, p in kept
            if p in SURE or not any(c < a < d < b or a < c < b < d for c, d in sure)
        ),
        key=lambda c: c[0],
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from([*SURE, *YIELDING])),
        max_size=8,
    )
)
def test_of_names_that_overlap_the_longest_is_read(drawn: list[tuple[int, int, Pattern]]) -> None:
    """Whatever the order they were found in, and however many touch."""
    candidates = sorted([(a, a + length, p) for a, length, p in drawn], key=lambda c: c[1])
    read = list(longest(candidates))
    assert sorted(read, key=lambda c: (c[0], c[1], id(c[2]))) == sorted(
        _read(candidates), key=lambda c: (c[0], c[1], id(c[2]))
    )


COUNTRIES = {
    "China": Entity("china", "country", ("CN",)),
    "Korea": Entity("korea", "country", ("KR",)),
    "Seoul": Entity("seoul", "place", ("KR",)),
    "Busan": Entity("busan", "place", ("KR",)),
    "Beijing": Entity("beijing", "place", ("CN",)),
    "Pyongyang": Entity("pyongyang", "place", ("KP",)),
    "Japan": Entity("japan", "country"),
    "中韩": Entity("the-pair", "pair", ("CN", "KR")),
    "甲国": Entity("first", "country", ("JP",)),
    "乙国": Entity("second", "country", ("CN",)),
    "韩": Entity("southern", "country", ("KR",)),
    "和": Entity("harmony", "region", ("CN",)),
}


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("China and Korea agree", [["China", "Korea"]]),
        ("China, Japan, and Korea agree", [["China", "Japan", "Korea"]]),
        ("China asks Korea", []),
        ("China asks Japan and Korea", [["Japan", "Korea"]]),
        ("China and Korea ask Japan and Seoul", [["China", "Korea"], ["Japan", "Seoul"]]),
        ("China and Busan agree", []),  # no capital
        ("Beijing, Seoul and Pyongyang agree", [["Beijing", "Seoul", "Pyongyang"]]),
        ("China and Busan, Korea agree", []),
        ("Korea, Seoul agree", []),  # of one side
        ("中韩 agree", [["中韩"]]),
        ("中韩、Japan agree", [["中韩", "Japan"]]),  # a name inside another is no place more
        ("China/Korea · Japan", [["China", "Korea", "Japan"]]),
        ("甲国、乙国に抗議", []),  # one does something to the other
        ("甲国、乙国이 회담", [["甲国", "乙国"]]),
        ("甲国、乙国など各国に抗議", [["甲国", "乙国"]]),
        ("甲国と乙国に抗議", [["甲国", "乙国"]]),
        ("甲国、乙国、Japanに抗議", [["甲国", "乙国", "Japan"]]),
        ("China\nKorea", []),  # of two paragraphs
        ("China ,, Korea", [["China", "Korea"]]),
        ("China ,,, Korea", []),
        ("Japan, Korea\nChina and Japan", [["Japan", "Korea"], ["China", "Japan"]]),
        ("China without Korea", []),
        ("JapanKorea agree", [["Japan", "Korea"]]),  # as Han letters stand
    ],
)
def test_countries_in_one_list(text: str, lists: list[list[str]]) -> None:
    """Countries of several sides with nothing but the marks of a list between them."""
    entities, named = list(COUNTRIES.values()), []
    for number, name in enumerate(COUNTRIES):
        at = text.find(name)
        while at >= 0:
            named.append((at, at + len(name), number, "safe"))
            at = text.find(name, at + 1)
    document = Document(Article(title="x", body=tuple(text.split("\n"))), now=NOW)
    moved = [(a + 2, b + 2, n, how) for a, b, n, how in sorted(named)]
    found = lists_of_countries(document, moved, entities)  # type: ignore[arg-type]
    assert [[document.text[a:b] for a, b in row] for row in found] == lists
