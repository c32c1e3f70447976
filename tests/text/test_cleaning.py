"""Cleaning and guessing the language."""

import pytest

from monitor.text import clean, guess_language, one_line


def test_clean_removes_what_fools_the_eye_and_keeps_lines() -> None:
    """Controls, bidi overrides and unpaired surrogates go; newlines and emoji joiners stay."""
    assert clean("a\x1b[31mb\u202ec\ud800\r\nd\U0001f469\u200d\U0001f680") == (
        "a[31mbc\nd\U0001f469\u200d\U0001f680"
    )


def test_one_line_joins_lines() -> None:
    """White space of any kind becomes one space."""
    assert one_line(" a\n\tb\u3000c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("Ministers meet in Seoul", "", "en"),
        ("Minister treffen sich", "de", "de"),
        ("한국과 中國", "", "ko"),
        ("日本の首相", "", "ja"),
        ("外相会談", "ja", "ja"),
        ("外长会谈", "", "zh"),
        ("2026 — 3", "ko", "ko"),
    ],
)
def test_language_by_script(text: str, hint: str, language: str) -> None:
    """Script decides; the feed's claim is the tie-break."""
    assert guess_language(text, hint) == language
