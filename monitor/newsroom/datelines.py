"""Datelines: place, day and agency before the first sentence of a text.

"SEOUL, Sept. 30 (Yonhap) --", "新华社北京9月30日电（记者 …）", "(서울=연합뉴스) 홍길동 기자 =",
"【ソウル聯合ニュース】", "（中央社記者王小明台北30日電）". A dateline stands at the head of a
paragraph. But portals glue headline, editor's note, byline and dateline into one line; so one that
names its agency in brackets is believed anywhere in the first part of a text.

`dateline_of` returns the one that opens a paragraph; `dateline_spans` finds all near the head of a
text, for who must read past them: left in, Seoul and Beijing would be part of the story.
"""

import re
from collections.abc import Iterator
from functools import cache

from monitor.dates import words
from monitor.newsroom.word_lists import any_of, table, words_of

_OPENING = 160  # characters of a paragraph in which its dateline ends
_MARKS = re.compile("[([【［（/–—电電讯訊-]")  # none of them, no dateline
_PLAIN_MARKS = ("(", "[", "/", "-")  # those of them that stand in plain ASCII
_BEFORE = re.compile(r"[^\w（(【［\[]*")

_MONTHS = any_of(name.capitalize() for name in words.months("en"))
_HAN = "\u4e00-\u9fff"
_OPEN, _CLOSE = r"[(\[（【［]", r"[)\]）】］]"
_INSIDE = r"[^()\[\]（）【】［］=＝\n]"
_CITY = r"[A-Z][A-Za-z.'’-]+(?:[ /][A-Z][A-Za-z.'’-]+){0,3}"
_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ /-][A-Z][A-Z.'’-]+){0,3}"


def dateline_of(paragraph: str) -> str:
    """Return the dateline that a paragraph opens with, as printed, or ""."""
    opening = paragraph[:_OPENING].strip()
    plain = opening.isascii()
    for shapes in (_opening_shapes(plain), _inner_shapes(plain)):
        for shape in shapes:
            if match := shape.match(opening):
                return match[0].strip()
    return ""


def dateline_spans(head: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of datelines in the first part of a text; they may overlap."""
    plain = head.isascii()
    marked = any(map(head.__contains__, _PLAIN_MARKS)) if plain else _MARKS.search(head)
    if not marked:
        return
    before = _BEFORE.match(head)
    start = before.end() if before else 0
    for shape in _opening_shapes(plain):
        if match := shape.match(head, start):
            yield match.span()
    for shape in _inner_shapes(plain):
        if match := shape.search(head):
            yield match.span()


@cache
def _opening_shapes(plain: bool) -> tuple[re.Pattern[str], ...]:
    """What is a dateline at the head of a paragraph only; `plain`: in ASCII text."""
    month = rf"(?:{_MONTHS})\.?"
    latin = (
        # WASHINGTON, Sept 30 (Reuters) -   Rio de Janeiro, 30 Sept. (EFE).-   BEIJING (AP) —
        r"[A-Z][\w.'’/ \-]{1,40}(?:, [A-Z][\w.'’/ \-]{1,30}){0,2}?"
        rf"(?:, (?:{month} \d{{1,2}}|\d{{1,2}} {month})(?:, \d{{4}})?)?"
        r"\s?\((?=[^()\n]*[A-Z]|dpa)[^()\n]{2,40}\)\s?(?:\.?--?|[–—:])",
        # SEOUL, South Korea —   TOKYO --   BEIJING, Sept. 30 -- (no agency: capitals, and a dash)
        rf"{_CAPITALS}(?:, [A-Z][\w.'’ ]{{1,30}}){{0,2}} ?(?:--|[–—])",
        # Pyongyang, August 8 (KCNA)
        rf"{_CITY}, {month} \d{{1,2}} \([A-Z][\w ]+\)",
    )
    others = (
        # 新华社北京9月30日电（记者…）   （某某社台北30日電）
        rf"[（(【\[]?[{_HAN}]{{2,8}}?(?:社|网|報|报|通讯社)[^，。、\n]{{1,24}}?\d{{1,2}}日"
        rf"(?:{_words('filed')}|{_words('reported')})(?:\s?[（(](?:记者|記者)[^）)]{{1,30}}[）)])?[）)】\]]?",
        # （中央社記者王小明台北30日電）   （記者王小明／台北報導）   （央视…）
        rf"{_OPEN}(?:[{_HAN}]{{2,6}}(?:记者|記者)|{_words('brackets')})"
        rf"[^）)】］\]\n]{{0,40}}{_CLOSE}",
        # 【ソウル聯合ニュース】   【北京時事】   （ワシントン共同）
        rf"{_OPEN}{_INSIDE}{{1,20}}(?:{_words('endings')}){_CLOSE}",
    )
    return tuple(map(re.compile, latin if plain else latin + others))


@cache
def _inner_shapes(plain: bool) -> tuple[re.Pattern[str], ...]:
    """What is a dateline wherever it stands, since it names its agency."""
    month = rf"(?:{_MONTHS})\.?"
    agencies = {
        word
        for spellings in table("agencies").values()
        for word in words_of(spellings, "zh")
        if len(word) > 2
    }
    agencies.update(words_of(table("datelines")["houses"]))
    latin = (
        # SEOUL, Sept. 30 (Yonhap) --   WASHINGTON (Reuters) -   BEIJING, Oct. 3 /Xinhua/ --
        rf"(?:{_CAPITALS}|{_CITY})(?:, [A-Z][\w. ]{{1,24}})?(?:, {month} \d{{1,2}})?"
        r"(?:, \d{4})?,? ?[(/][A-Z][\w .,/&'-]{1,40}[)/] ?(?:--|[-–—:])+",
    )
    others = (
        # 新华社北京9月30日电（记者 某）   中新社首尔1月4日电
        rf"(?:{any_of(agencies)})[^\s，。：,]{{0,12}}?\d{{1,2}}月\d{{1,2}}日\s?"
        rf"(?:{_words('filed')})\s?(?:[（(][^）)\n]{{0,40}}[）)])?",
        r"央视网消息\s?[（(][^）)\n]{0,12}[）)]\s?[：:]?",
        # (서울=연합뉴스) 홍길동 기자 =   [서울=뉴시스]홍길동 기자   【ソウル＝聯合ニュース】
        rf"{_OPEN}{_INSIDE}{{1,20}}[=＝]\s?{_INSIDE}{{2,20}}{_CLOSE}"
        rf"(?:\s?[^=\n]{{2,40}}(?:{_words('reporters')})(?=\s?=)"
        rf"|\s?[가-힣]{{2,4}} (?:{_words('reporters')}))?(?:\s?=)?",
    )
    return tuple(map(re.compile, latin if plain else latin + others))


def _words(kind: str) -> str:
    return any_of(words_of(table("datelines")[kind]))
