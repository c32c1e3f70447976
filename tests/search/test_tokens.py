"""What a text is found by: one token for all spellings, and places that lead back to the print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.search import terms, tokens
from monitor.search.tokenizer import singular


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("韩国", "韓國"),
        ("韓国", "韓國"),
        ("朝鮮", "朝鲜"),
        ("3000", "３０００"),
        ("3,000", "3000"),
        ("Lee Jae-myung", "Lee Jae Myung"),
        ("수출 통제", "수출통제"),
        ("한·중", "한중"),
        ("ﾐｻｲﾙ", "ミサイル"),
        ("미사일", "\u1106\u1175\u1109\u1161\u110b\u1175\u11af"),
        ("mis\u00adsile", "missile"),
        ("미\u200b사일", "미사일"),
        ("D.P.R.K.", "DPRK"),
        ("U.S.", "us"),
        ("Café", "CAFE"),
        ("Kim's", "Kim"),
        ("Kim’s", "kim"),
        ("launches", "launch"),
        ("policies", "policy"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    """Width, case, variants, composition, separators and number make no difference."""
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("한국\n중국", "한국중국"), ("韩国，中国", "韩国中国"), ("news", "new"), ("status", "statu")],
)
def test_what_is_apart_stays_apart(one: str, other: str) -> None:
    """Lines and punctuation part words, and a word that only looks like a plural is none."""
    if "\n" in one or "，" in one:
        assert terms(one) != terms(other)
    else:
        assert singular("status") == "status"
        assert singular("crisis") == "crisis"
        assert singular("class") == "class"


ANY = st.text(st.characters(codec="utf-8"), max_size=60)
WORDS = st.from_regex(r"[A-Za-z한국韓国カナ0-9'’.,\- ]{0,40}")


@given(ANY | WORDS)
def test_tokens_and_terms_agree(text: str) -> None:
    """What a snippet looks for is what the index holds, and every place is inside the text."""
    found = tokens(text)
    assert [token.text for token in found] == terms(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)


def test_places_lead_back_to_the_print() -> None:
    """A token's place is what a reader sees of it, also where folding changes lengths."""
    text = "ﬁrst ﾐｻｲﾙ, 한·중"
    shown = {token.text: text[token.start : token.end] for token in tokens(text)}
    assert shown["first"] == "ﬁrst"
    assert shown["ミサ"] == "ﾐｻ"
    assert shown["한중"] == "한·중"
