"""Do some Han letters stand as a word of their own, or across two others?

Chinese and Japanese put no spaces between words, and any name of two letters also lies across the
border of two others: 中韩 in 其中韩国, 日朝 in 今日朝. So the few letters around a short name are
divided into words in the cheapest way that keeps the name whole, and in the cheapest way that does
not; the name stands when the first costs no more. A word's cost is the logarithm of how rare it is
(words_zh.txt, words_ja.txt beside the gazetteer). That is the unigram model of word segmentation
(Sproat et al., "A stochastic finite-state word-segmentation algorithm for Chinese", 1996), on a
window instead of a sentence; the lists are read when the first such name is met.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from monitor.text import fold_key

_DATA = Path(__file__).parent.parent / "data"
_LETTERS = "0-9０-９々\u3041-\u30ff\u3400-\u9fff"
_LEFT = re.compile(f"[{_LETTERS}]{{0,4}}$")
_RIGHT = re.compile(f"[{_LETTERS}]{{0,4}}")
_LONGEST_WORD = 4
_BRIEFEST = 2  # letters up to which single ones are no words of a text
_LONGEST_NAME = 3  # longer ones hardly ever lie across others
_COSTS = {"country": 8.0, "term": 11.5}  # what names cost: a country's is a common word
_NAME = 10.3
_UNKNOWN = {"zh": 12.0, "ja": 9.5}  # a Han letter that is no word of the lists
_KANA, _DIGIT = 6.0, 3.0
_DATE_LETTERS = frozenset("日月年时時分号號人名回番国國")
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇一二三四五六七八九十百千万")


def stands(text: str, start: int, end: int, language: str, *, kind: str) -> bool:
    """Is text[start:end], in Han letters, a word where it stands?

    Args:
        language: "zh" or "ja"; any other is not asked about words.
        kind: type of the entity; names of countries are more common than others.
    """
    if text[start] in _DATE_LETTERS and start and text[start - 1] in _NUMERALS:
        return False  # 12日朝 is the morning of the 12th
    if end - start > _LONGEST_NAME or language not in _UNKNOWN:
        return True
    left = _LEFT.search(text, max(0, start - _LONGEST_WORD), start)
    right = _RIGHT.match(text, end)
    before, after = left[0] if left else "", right[0] if right else ""
    if not before and not after:
        return True
    return _stands(before, text[start:end], after, language, kind)


def made_of_words(text: str, language: str) -> bool:
    """Is a text in Han letters a common word, or two in a row?"""
    words, key = _words(language), fold_key(text)
    return key in words or any(
        key[:at] in words and key[at:] in words for at in range(1, len(key)) if len(key) > _BRIEFEST
    )


def is_word(text: str, language: str) -> bool:
    """Is a text one common word?"""
    return fold_key(text) in _words(language)


def longest_word(text: str, language: str) -> int:
    """Return how many letters the longest common word has that a text begins with."""
    words, key = _words(language), fold_key(text)
    return max((n for n in range(1, _LONGEST_WORD + 1) if key[:n] in words), default=0)


@lru_cache(maxsize=4096)
def _stands(before: str, name: str, after: str, language: str, kind: str) -> bool:
    words = _words(language)
    left, middle, right = fold_key(before), fold_key(name), fold_key(after)
    if not (_joins(words, left, middle) or _joins(words, middle, right)):
        return True
    cost = _COSTS.get(kind, _NAME)
    cost = min(cost, words.get(middle, cost))
    whole = left + middle + right
    start, end = len(left), len(left) + len(middle)
    kept = _cheapest(left, words, language) + cost + _cheapest(right, words, language)
    return kept <= _cheapest(whole, words, language, without=(start, end))


def _joins(words: Mapping[str, float], left: str, right: str) -> bool:
    """Is there a word that holds the last letters of one and the first of the other?"""
    return any(
        left[-a:] + right[:b] in words
        for a in range(1, min(len(left), _LONGEST_WORD - 1) + 1)
        for b in range(1, min(len(right), _LONGEST_WORD - a) + 1)
    )


def _cheapest(
    text: str, words: Mapping[str, float], language: str, *, without: tuple[int, int] = (-1, 99)
) -> float:
    """Return what the cheapest division of a text costs without words that hold a span of it."""
    costs = [0.0]
    for end in range(1, len(text) + 1):
        best = costs[end - 1] + words.get(text[end - 1], _single(text[end - 1], language))
        for start in range(max(0, end - _LONGEST_WORD), end - 1):
            covers = start <= without[0] and without[1] <= end  # 中国人 holds 中国 rightly
            if not covers and (cost := words.get(text[start:end])) is not None:
                best = min(best, costs[start] + cost)
        costs.append(best)
    return costs[-1]


def _single(letter: str, language: str) -> float:
    if letter.isdigit():
        return _DIGIT
    return _KANA if "\u3041" <= letter <= "\u30ff" else _UNKNOWN[language]


@cache
def _words(language: str) -> Mapping[str, float]:
    costs: dict[str, float] = {}
    for line in (_DATA / f"words_{language}.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            cost, *words = line.split(" ")
            costs.update(dict.fromkeys(words, float(cost)))
    return costs
