"""Models, versions and serial numbers in headlines: KF-21, Hwasong-17, iOS 17.5, 神舟二十号.

Such a number counts nothing, so that it is never a rounding of another: 17.5 is not 17, and 17 not
18. What is named is the word before it; what has the same name with other numbers alone is another
thing. A letter behind it may be left out: an F-35B is an F-35.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from monitor.dates import words
from monitor.stories.numerals import han_number
from monitor.stories.units import measure_at
from monitor.text import simplified

_Number = tuple[str, str]  # as printed, without noughts that say nothing, and letters behind it

_OF_TIME = "月월日일年년"
_FEW_LOWER = 3  # words in small letters, by which a headline is seen not to be In Title Case
_DECIMAL = " decimal"
_VERSION = r"(?P<number>\d{1,6}(?:\.\d{1,4}){0,3})"
_END = r"(?![A-Za-z0-9%-]|[.,:]\d)"
_NAME = r"(?P<name>(?<![가-힣])[가-힣]{2,20}|[㐀-鿿]{2}|(?<![ァ-ヺー])[ァ-ヺー]{2,20})"


class _Patterns(NamedTuple):
    named: re.Pattern[str]  # hyphened or in one word with it, in capitals somewhere
    after_name: re.Pattern[str]
    lower: re.Pattern[str]
    east_asian: re.Pattern[str]
    quoted: re.Pattern[str]  # all that a pair of quotation marks holds
    between_words: re.Pattern[str]  # of Korean, without a counter, not one of several (실종 30)
    in_han: re.Pattern[str]  # up to 99
    no_name: frozenset[str]


@cache
def _patterns() -> _Patterns:
    """Make them for the first headline with a number: `monitor show` takes longer with them."""
    return _Patterns(
        named=re.compile(
            rf"(?<![A-Za-z0-9.-])(?=[a-z]{{0,20}}[A-Z])(?P<tight>[A-Za-z]{{1,20}}-?){_VERSION}"
            rf"(?P<letters>[A-Za-z]{{0,2}}){_END}"
        ),
        after_name=re.compile(
            r"(?<![A-Za-z0-9.-])(?P<word>[A-Z][A-Za-z]{1,20}|[a-z]{1,2}[A-Z][A-Za-z]{0,20}) "
            rf"{_VERSION}(?P<letters>[A-Z]{{0,2}}){_END}"
        ),
        lower=re.compile(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])"),
        east_asian=re.compile(
            rf"{_NAME}(?P<gap>[- ]?){_VERSION}(?P<letters>[A-Z]{{0,2}})"
            # A kind of thing; or a particle, since what is counted would stand before it.
            r"(?P<kind>[형호型号式]|[をがは](?![ぁ-ん]))?(?![A-Za-z0-9%]|[.,:]\d)"
        ),
        quoted=re.compile(
            rf"[「『“‘\"'][㐀-鿿]{{0,4}}{_NAME} ?{_VERSION}(?P<letters>[A-Z]{{0,2}})[」』”’\"']"
        ),
        between_words=re.compile(
            rf"(?<![가-힣])(?<!\d )(?P<name>[가-힣]{{2,20}}) {_VERSION}(?P<letters>[A-Z]{{0,2}})"
            r"(?= [가-힣]{2,20}(?![가-힣 ]*\d))"
        ),
        in_han=re.compile(
            "(?<=[㐀-鿿]{2})(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
            "(?=[号型式])"
        ),
        no_name=frozenset(words.months("en")),
    )


def are_of_two(headline: str, other: str, *, toll: bool = False) -> bool:
    """Whether two headlines name one thing with different numbers, and with no number in common.

    Args:
        headline: of one article.
        other: of the other.
        toll: whether they tell how many were hurt: then a word without a mark of a name, as in
            사망 12 집계, may be what is counted.
    """
    mine = read(headline, unmarked=not toll)
    if not mine:  # as most have none, and pairs are many
        return False
    theirs = read(other, unmarked=not toll)
    return any(
        not any(_agree(one, two) for one in mine[name] for two in theirs[name])
        for name in mine.keys() & theirs.keys()
    )


def _agree(one: _Number, other: _Number) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or not one[1] or not other[1])


@lru_cache(maxsize=1 << 13)
def read(headline: str, *, unmarked: bool = True) -> Mapping[str, frozenset[_Number]]:
    """Return the numbers of each name in a headline as printed, names in small letters.

    Args:
        headline: as printed.
        unmarked: whether to read those that are told by what stands around them alone.
    """
    text = unicodedata.normalize("NFKC", headline)
    found: dict[str, set[_Number]] = {}
    if any(map(str.isnumeric, text)):
        for name, match in _matches(text, unmarked=unmarked):
            number = _shortest(match["number"])
            if number and not _has_unit(match):
                found.setdefault(name, set()).add((number, match["letters"].lower()))
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _matches(text: str, *, unmarked: bool) -> Iterator[tuple[str, re.Match[str]]]:
    patterns = _patterns()
    for match in patterns.named.finditer(text):
        yield match["tight"].rstrip("-").lower(), match
    in_title_case = text.isascii() and len(patterns.lower.findall(text)) < _FEW_LOWER
    for match in patterns.after_name.finditer(text):
        word = match["word"]
        if word[1:].islower() and (in_title_case or not match.start()):
            continue
        if _is_year(match["number"]) or (word.lower() in patterns.no_name and not match["letters"]):
            continue
        yield word.lower(), match
    if not text.isascii():
        for match in _east_asian(text, unmarked=unmarked):
            if match["name"][-1] not in _OF_TIME:
                yield match["name"], match


def _east_asian(text: str, *, unmarked: bool) -> Iterator[re.Match[str]]:
    patterns = _patterns()
    text = patterns.in_han.sub(lambda match: f"{han_number(match[0]):.0f}", simplified(text))
    for match in patterns.east_asian.finditer(text):
        if match["gap"] == "-" or match["kind"]:
            yield match
    others = (patterns.quoted, patterns.between_words) if unmarked else (patterns.quoted,)
    for match in chain.from_iterable(pattern.finditer(text) for pattern in others):
        if not _is_year(match["number"]):
            yield match


def _shortest(number: str) -> str:
    """Return a number without noughts that say nothing: 3.0 is 3, and 007 is 7."""
    parts = number.lstrip("0").split(".")
    while not parts[-1].strip("0") and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.startswith(("19", "20"))


def _has_unit(match: re.Match[str]) -> bool:
    """Whether a number counts or measures something after all."""
    text = match.string
    if text[match.start("number") - 1] == "-":
        return False
    lower = text.lower()
    if len(lower) != len(text):
        return True
    unit = measure_at(lower, match.start("number"), match.end("number"), float(1))
    return bool(unit) and not unit.endswith((_DECIMAL, " issue"))
