"""Snippets show the print around what was found."""

from monitor.search import Phrase, snippet

LONG = "Nothing of note was said. " * 40


def marked(text: str, *wanted: Phrase) -> list[str]:
    shown = snippet(text, wanted)
    return [shown.text[start:end] for start, end in shown.marks]


def test_words_are_marked_as_printed() -> None:
    """The mark covers the word as it stands in the text, in any spelling."""
    text = LONG + "Both sides test-fired MISSILES, 한·중 officials said. " + LONG
    assert marked(text, Phrase(("missile",)), Phrase(("한중",))) == ["MISSILES", "한·중"]


def test_the_stretch_with_most_of_it_is_shown() -> None:
    """A place where all words stand together wins over an earlier one with one of them."""
    text = "A missile. " + LONG + "A missile and a summit. " + LONG
    assert "summit" in snippet(text, [Phrase(("missile",)), Phrase(("summit",))]).text


def test_a_single_character_is_marked_alone() -> None:
    """One Han character is found inside longer words, and only it is marked."""
    assert marked("韓國外長訪華", Phrase(("韩",), prefix=True)) == ["韓"]


def test_without_a_match_the_opening_is_shown() -> None:
    """What was found by its outlet or rule alone shows how it begins."""
    shown = snippet(LONG, [])
    assert shown.marks == ()
    assert shown.text.startswith("Nothing of note")
    assert len(shown.text) <= 242
