"""How far a window of words reaches."""

import pytest

from monitor.watch.engine.spans import window


@pytest.mark.parametrize(
    ("words", "expected"),
    [(1, "three HIT four"), (2, "two three HIT four five"), (9, "one two three HIT four five six")],
)
def test_a_window_holds_so_many_words_to_each_side(words: int, expected: str) -> None:
    """Not one less, and not one more."""
    text = "one two three HIT four five six"
    start = text.index("HIT")
    left, right = window(text, start, start + 3, words, 0, len(text))
    assert text[left:right].strip() == expected


def test_two_han_characters_are_a_word() -> None:
    """A text without spaces has words all the same."""
    text = "北京首尔会谈HIT中韩外长会谈"
    start = text.index("HIT")
    left, right = window(text, start, start + 3, 2, 0, len(text))
    assert text[left:right] == "首尔会谈HIT中韩外长"
