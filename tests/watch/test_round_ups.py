"""How a round-up is taken apart, and that its parts know where they stand."""

import pytest

from monitor.model import Article
from monitor.watch import Rulebook
from monitor.watch.engine.round_up_items import items_of
from tests.watch.written import block_of, book_of, rule_of

Row = tuple[int, int, int, int, str, tuple[str, ...]]


def items(title: str, *body: str) -> list[Row]:
    """Return (number, paragraph, start, length of the headline, headline, rest) of each item."""
    return [
        (one.number, one.paragraph, one.start, one.headline, one.article.title, one.article.body)
        for one in items_of(Article(title=title, body=body))
    ]


def test_paragraphs_of_what_calls_itself_a_round_up_are_its_items() -> None:
    """The first sentence is an item's headline; bullets and blanks are none of it."""
    body = ("One falls.  Then it rains. And snows.", "Two", "• Three rises. It shines.", " ")
    assert items("World in brief", *body) == [
        (1, 0, 0, 12, "One falls.", ("Then it rains. And snows.",)),
        (2, 1, 0, 3, "Two", ()),
        (3, 2, 2, 13, "Three rises.", ("It shines.",)),
    ]


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        (("• One", "Prose", "• Two", "(3) Three", "More", "Most"), [1, 2, 3, 4, 5, 6]),
        (("• One", "Prose", "• Two", "(3) Three", "More", "Most", "Even more"), []),  # under half
        (("• One", "• Two"), []),
        (("● One. ● Two. ● Three.",), [1, 2, 3]),
        (("● One. ● Two.",), []),
        (("1) One. ● Two. ● Three.",), [1, 2, 3]),
        (("One is glued. ● Two. ● Three. ● Four.",), [1, 2, 3, 4]),
        (("A", "B", "C", "D", "● One ● Two ● Three ● Four ● Five ● Six ● Seven"), []),
    ],
)
def test_a_list_is_a_round_up_when_half_of_it_is_items(
    body: tuple[str, ...], numbers: list[int]
) -> None:
    """Three at least, each a paragraph, or glued together in a text of few."""
    assert [number for number, *_ in items("A day", *body)] == numbers


@pytest.mark.parametrize("body", [("• One falls.  Then more.", "● Two. ● Three; so.", "- Four ")])
def test_an_item_lies_where_it_says(body: tuple[str, ...]) -> None:
    """Headline and rest are found in the whole at the places that are given."""
    found = items_of(Article(title="News briefing", body=body))
    assert len(found) == 4
    for item in found:
        there = body[item.paragraph][item.start :]
        assert there.startswith(item.article.title)
        assert there[item.headline :].startswith("".join(item.article.body))


def test_a_hostile_list_has_an_end() -> None:
    """Two hundred items are read, and no more."""
    assert len(items("A day", *["• x"] * 300)) == 200


BOOK = (
    rule_of(
        "\n".join(
            (
                block_of(
                    'name = "quay"',
                    'any = ["quay"]',
                    "score = { headline = 3, lede = 1, body = 1 }",
                ),
                block_of('name = "crane"', 'any = ["crane"]', "score = 2"),
                '[[rule.unless]]\nany = ["toy"]',
            )
        ),
        "harbour",
        "{ now = 3, log = 1 }",
    ),
    rule_of(block_of('any = ["bread"]', 'in = ["lede"]'), "bakery", "{ digest = 1 }"),
    rule_of(block_of('any = ["rain"]'), "weather", "{ log = 1 }"),
)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """A rule that wakes people, one that looks at the lede, one that only logs."""
    return book_of(*BOOK)


def told(
    book: Rulebook, *body: str, title: str = "News in brief"
) -> list[tuple[str, str, list[str]]]:
    """Return (rule, level, blocks) of what a round-up is flagged for; verdicts say the same."""
    article = Article(title=title, body=body, language="en")
    flags = book.flags(article)
    assert [(f.rule, f.level, f.score) for f in flags] == [tuple(v) for v in book.verdicts(article)]
    for flag in flags:
        for hit in (hit for reason in flag.reasons for hit in reason.hits):
            text = body[hit.paragraph] if hit.paragraph >= 0 else title
            assert text[hit.start : hit.end] == hit.words
    return [(f.rule, f.level, [reason.block for reason in f.reasons]) for f in flags]


def test_nobody_is_woken_for_a_list(book: Rulebook) -> None:
    """The level of an item is "digest" at most, and what is only logged stays so."""
    assert told(book, "Paris sings.", "A quay falls. It was old.", "Rain in Rome.") == [
        ("harbour", "digest", ["part 2: quay"]), ("weather", "log", ["part 3: when 1"]),
    ]  # fmt: skip
    assert told(book, "A quay falls. It was old.", title="Storm") == [("harbour", "log", ["quay"])]


def test_the_best_item_is_the_reason(book: Rulebook) -> None:
    """With all that holds in it, in its headline and in its rest."""
    body = ("• A quay opens.", "• The quay fell. Its crane, too.", "• A quay closes.", "More.")
    assert told(book, *body) == [("harbour", "digest", ["part 2: quay", "part 2: crane"])]
    alike = ("• Rome sings.", "• A quay opens.", "• A quay closes.", "More.")
    assert told(book, *alike) == [("harbour", "digest", ["part 2: quay"])]  # the first of them


def test_the_first_sentence_of_an_item_must_do(book: Rulebook) -> None:
    """What stands in its rest alone is of the whole, where that is enough."""
    assert told(book, "Rome sings. A crane fell.", "Two.", "Three.") == [
        ("harbour", "log", ["crane"])
    ]
    assert told(book, "Rain in Rome. A crane fell.", "Two.", "Three.") == [
        ("weather", "log", ["part 1: when 1"]), ("harbour", "log", ["crane"])
    ]  # fmt: skip
    assert told(book, "Rome sings. Then bread.", "Two.", "Three.") == [
        ("bakery", "digest", ["when 1"])
    ]


def test_what_silences_the_whole_silences_its_items(book: Rulebook) -> None:
    """Wherever it stands."""
    assert told(book, "A quay falls.", "Two.", "A toy.") == []


def test_an_explanation_is_of_the_item_that_decided(book: Rulebook) -> None:
    """Not of the whole, in which other items lie between."""
    article = Article(title="News in brief", body=("Rome sings.", "A quay falls.", "Three."))
    explained = book.explain_rule("harbour", article)
    assert explained.blocks[0].found == ("quay: quay (headline)",)
