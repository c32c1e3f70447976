"""Whether Han letters stand as a word, by the word lists that are shipped."""

import pytest

from monitor.watch.engine.han_words import made_of_words, stands


@pytest.mark.parametrize(
    ("text", "name", "language", "is_word"),
    [
        ("其中韩国代表", "中韩", "zh", False), ("中韩会谈", "中韩", "zh", True),
        ("集中韩国", "中韩", "zh", False), ("集中韩国", "韩国", "zh", True),
        ("今年中韩", "中韩", "zh", True), ("对中韩关系", "中韩", "zh", True),
        ("今日朝方表示", "日朝", "zh", False), ("日朝", "日朝", "zh", True),
        ("高中美术", "中美", "zh", False), ("去年中日", "中日", "zh", True),
        ("日朝首脳", "日朝", "ja", True), ("日中に首脳", "日中", "ja", True),
        ("夢中韓国", "中韓", "ja", False), ("カナダ中韓", "中韓", "ja", True),
        ("12日朝方", "日朝", "ja", False), ("十日朝", "日朝", "ja", False),
        ("日中韓首脳", "日中韓", "ja", True),
        ("其中韩国代表", "其中韩国", "zh", True),  # long ones hardly ever lie across others
        ("其中韩国代表", "中韩", "ko", True),  # of other languages there are no lists
    ],
)  # fmt: skip
def test_a_name_stands_when_it_costs_no_more_than_other_words(
    text: str, name: str, language: str, is_word: bool
) -> None:
    """A name across the border of two other words is none."""
    start = text.index(name)
    found = stands(text, start, start + len(name), language, kind="pair")
    assert found is is_word


@pytest.mark.parametrize(
    ("text", "name", "language", "kinds"),
    [
        ("西征同行", "征同", "zh", ["country"]),
        ("根植田主", "植田", "zh", ["country", "pair"]),
        ("相接清道", "接清", "zh", ["country", "pair", "term"]),
        ("承建目光", "建目", "zh", []), ("国籍安め", "籍安", "ja", ["country"]),
    ],
)  # fmt: skip
def test_a_country_is_a_commoner_word_than_a_term(
    text: str, name: str, language: str, kinds: list[str]
) -> None:
    """So it stands where another name of the same letters does not."""
    at = text.index(name)
    every = ("country", "pair", "term")
    assert [
        kind for kind in every if stands(text, at, at + len(name), language, kind=kind)
    ] == kinds


@pytest.mark.parametrize(
    ("text", "language", "is_made"),
    [
        ("中国", "zh", True), ("会谈中国", "zh", True), ("會談中國", "zh", True),
        ("会谈首尔", "zh", False), ("首尔会谈", "zh", False), ("京首", "zh", False),
        ("東京会談", "ja", True),
    ],
)  # fmt: skip
def test_what_is_made_of_common_words(text: str, language: str, is_made: bool) -> None:
    """One, or two in a row, both of them known."""
    assert made_of_words(text, language) is is_made
