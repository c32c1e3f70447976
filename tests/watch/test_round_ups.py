"""How a round-up is taken apart, and that its parts know where they stand."""

import pytest

from monitor.model import Article
from monitor.watch.engine.round_up_items import items_of

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
