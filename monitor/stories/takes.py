"""What a headline says about itself: which take of a developing item, a correction, a round-up.

Agencies send a developing item several times and mark each sending: "(URGENT)", "(LEAD)",
"(2nd LD)" (Yonhap), "UPDATE 3-" (Reuters), "快讯" (Xinhua), "[속보]", "[2보]", "[종합]",
"[종합2보]" (Korean agencies), "【速報】", "（第２報）" (Japanese). The mark is no part of the
headline and is taken off before headlines are compared.
"""

import re
from functools import cache

from msgspec import Struct

from monitor.stories.lexicon import alternation, words_of
from monitor.text import fold_width

_LONGEST = 400  # characters of a headline that are read
_TAIL_ROOM = 24
_LIVE = ("live:", "live |", "live -")
_MARKS = 4  # marks in front of one headline


class Take(Struct, frozen=True):
    """A headline without its marks, and what the marks said.

    `rank` orders the takes of one item: 0 no mark, 1 a flash ("URGENT", "快讯", "[속보]"), then one
    more for each lead ("(LEAD)" 2, "(2nd LD)" 3; "[2보]" 2; "[종합]" 2, "[종합2보]" 3).
    """

    headline: str
    rank: int = 0
    correction: bool = False
    withdrawal: bool = False
    roundup: bool = False  # a list of many stories: agenda, live blog, summary of the day


class _Mark(Struct, frozen=True):
    rank: int = 0
    correction: bool = False
    withdrawal: bool = False


_BRACKETS = re.compile(r"\s*[(\[【［（<〈]([^)\]】］）>〉]{1,24})[)\]】］）>〉]\s*")
_NUMBERED = re.compile(
    r"(?P<lead>\d)(?:st|nd|rd|th) (?:ld|lead)|update ?(?P<update>\d)|종합 ?(?P<summary>\d)보"
    r"|(?P<report>\d)보|第(?P<ja>\d)報"
)
_TAIL = re.compile(
    r"(?<!\s)\s*+(?:[(\[【（]([^)\]】）]{1,16})[)\]】）]|[-–—|]\s*+([^\s|–—-]{2,12}))\s*+$"
)


def take_of(title: str) -> Take:
    """Read the marks of a headline. Never fails; a headline that is all mark keeps its words."""
    whole = " ".join(title[:_LONGEST].split())
    marks: list[_Mark] = []
    rest = whole
    for _ in range(_MARKS):
        match = _BRACKETS.match(rest) or _bare().match(rest)
        mark = _read(match[1]) if match is not None else None
        if match is None or mark is None:
            break
        marks.append(mark)
        rest = rest[match.end() :]
    tail = _TAIL.search(rest[-_TAIL_ROOM:])
    mark = _read(tail[1] or tail[2]) if tail is not None and len(tail[0]) < len(rest) else None
    if tail is not None and mark is not None:
        marks.append(mark)
        rest = rest[: -len(tail[0])]
    return Take(
        headline=rest.strip() or whole,
        rank=max((mark.rank for mark in marks), default=0),
        correction=any(mark.correction for mark in marks),
        withdrawal=any(mark.withdrawal for mark in marks),
        roundup=_is_roundup(fold_width(whole)),
    )


def _is_roundup(headline: str) -> bool:
    # Most headlines hold none of the words, and `in` finds that out faster than the pattern does.
    for word in words_of("roundup"):
        if word in headline:
            return _roundup().search(headline) is not None or headline.startswith(_LIVE)
    return headline.startswith(_LIVE)


@cache
def _roundup() -> re.Pattern[str]:
    return re.compile(alternation("roundup"))


@cache
def _bare() -> re.Pattern[str]:
    """A mark without brackets, set off by a colon, a bar or a dash."""
    words = "|".join(
        alternation(f"mark.{kind}", edges=False)
        for kind in ("flash", "lead", "correction", "withdrawal")
    )
    return re.compile(rf"\s*({words}|update ?\d)\s*(?:[:：|丨｜!！]|[-–—]+)\s*", re.IGNORECASE)


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(alternation(f"mark.{kind}", edges=False))


def _read(words: str) -> _Mark | None:
    """What one mark says; None when the brackets hold something else."""
    words = fold_width(words).strip()
    if _words("flash").fullmatch(words):
        return _Mark(rank=1)
    if _words("lead").fullmatch(words):
        return _Mark(rank=2)
    numbered = _NUMBERED.fullmatch(words)
    if numbered is not None:
        number = int(next(digit for digit in numbered.groups() if digit))
        is_report = numbered["report"] or numbered["ja"]
        return _Mark(rank=number if is_report else number + 1)
    if _words("correction").fullmatch(words):
        return _Mark(correction=True)
    if _words("withdrawal").fullmatch(words):
        return _Mark(withdrawal=True)
    return _Mark() if _words("other").fullmatch(words) else None
