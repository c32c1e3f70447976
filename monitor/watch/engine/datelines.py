"""Datelines, bylines, agency lines and credits: words of the trade that are no part of the story.

"SEOUL, Sept. 30 (Yonhap) --" says where the reporter sat, "By Kim Soo-jin" who wrote,
"(서울=연합뉴스) 홍길동 기자 =" and "新华社北京9月30日电（记者 …）" both. Left in, they would
count as mentions of Seoul, Beijing or China. They are set apart before matching: `furniture`
returns their spans, and the story blanks them out one for one, so that every offset stays true.

Datelines stand at the head of a paragraph, but portals glue headline, editor's note, byline and
dateline into one line; so a dateline that names its agency in brackets is believed anywhere in the
first part of the text.
"""

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|"
    r"September|October|November|December)\.?"
)
_CITY = r"[A-Z][A-Za-z.'’-]+(?:[ /][A-Z][A-Za-z.'’-]+){0,3}"
_CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ /-][A-Z][A-Z.'’-]+){0,3}"
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # SEOUL, Sept. 30 (Yonhap) --   WASHINGTON (Reuters) -   BEIJING, Oct. 3 /Xinhua/ --
        rf"(?:{_CAPITALS}|{_CITY})(?:, [A-Z][\w. ]{{1,24}})?(?:, {_MONTH} \d{{1,2}})?"
        r"(?:, \d{4})?,? ?[(/][A-Z][\w .,/&'-]{1,40}[)/] ?(?:--|[-–—:])+",
        # SEOUL, South Korea —   TOKYO --   (no agency: capitals only, and a dash)
        rf"^\W*{_CAPITALS}(?:, [A-Z][\w. ]{{1,24}})?(?:, {_MONTH} \d{{1,2}})? ?(?:--|[–—])",
        # Pyongyang, August 8 (KCNA) --
        rf"^\W*{_CITY}, {_MONTH} \d{{1,2}} \([A-Z][\w ]+\)",
        # 新华社北京9月30日电（记者 某）   中新社首尔1月4日电   （央视…）
        r"(?:新华社|新華社|中新社|中新网|中新網|韩联社|韓聯社|中央社|朝中社|人民网|环球网)[^\s，。：,]{0,12}?"
        r"\d{1,2}月\d{1,2}日\s?[电電讯訊]\s?(?:[（(][^）)]{0,40}[）)])?",
        r"^[（(【［\[](?:新华社|央视|中央社|路透|美联社|法新社|记者|記者|本报)[^）)】］\]]{0,40}[）)】］\]]",
        r"央视网消息\s?[（(][^）)]{0,12}[）)]\s?[：:]?",
        # (서울=연합뉴스) 홍길동 기자 =    [서울=뉴시스] …    【서울=뉴시스】
        r"[(\[【［][가-힣A-Za-z·, ]{1,16}=[가-힣A-Za-z0-9 ]{2,14}[)\]】］]"
        r"(?:\s?[가-힣·, ]{2,24}(?:기자|특파원))?\s?=?",
        # 【ソウル＝聯合ニュース】   【北京時事】   （ワシントン共同）
        r"[【［\[（(][ぁ-ヿ一-鿿・]{1,10}[＝=][ぁ-ヿ一-鿿A-Za-z ]{2,12}[】］\]）)]",
        r"^[【［（(][ぁ-ヿ一-鿿・]{1,12}(?:聯合ニュース|時事|共同|AFP|ロイター|＝[ぁ-ヿ一-鿿]{2,8})[】］）)]",
    )
)
_DATELINE_MARKS = re.compile("[([【［（/–—电電讯訊-]")  # none of them, no dateline
_PLAIN_MARKS = ("(", "[", "/", "-")  # those of them that stand in plain ASCII
_HEAD = 500  # how far into the text a dateline may stand
_LATIN_DATELINES = _DATELINES[:3]
_BYLINE = re.compile(
    r"^(?:By|Reporting by|Written by) [A-Z][^\n]{0,120}$|"
    r"(?<![\w])By [A-Z][a-z]+ [A-Z][\w-]+(?= [A-Z]{3,}[,( ])",
    re.MULTILINE,
)
_KOREAN_BYLINE = re.compile(
    r"[가-힣]{2,4}\s?(?:기자|특파원|인턴기자|선임기자|논설위원)"
    r"(?=\s*[=(\[]|\s*[\w.]{1,40}@|[ \t]*$)",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}|https?://[^\s<>\"]{1,300}")
_TAIL = re.compile(
    r"(?:\(?END\)?|Copyright\b.*|ⓒ.*|©.*|<저작권자.*|저작권자.*|무단\s?전재.*|▶.*|☞.*|"
    r"Related (?:stories|articles|news)\b.*|RELATED .*|관련\s?기사.*|"
    r"相关阅读.*|延伸阅读.*|相關報道.*|関連記事.*|[(（]?(?:责任编辑|責任編輯|编辑)[：:].*)$"
)
_TAIL_BEGINS = frozenset("(ECRⓒ©<저무▶☞관相延関（责責编")
_TAIL_LENGTH = 1500  # copyright lines and links to other stories stand at the end
# "… - Reuters", "… | The Korea Herald": the outlet at the end of a headline.
_OUTLET_MARKS = ("|", " - ", "｜", "–", "—")
_OUTLET = re.compile(r"\s[|｜–—-]\s(?:The )?[^|｜–—]{2,40}$")
_SHORTEST_HEADLINE = 12


def furniture(text: str, headline_end: int, body: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of a story that are no part of it, in no order; they may overlap.

    Args:
        text: headline, standfirst and paragraphs, a line each.
        headline_end: where the headline ends; body: where the first body paragraph begins.
    """
    headline = text[:headline_end]
    if any(mark in headline for mark in _OUTLET_MARKS):
        found = _OUTLET.search(headline)
        if found and found.start() > _SHORTEST_HEADLINE:
            yield found.span()
    head = text[body : body + _HEAD]
    plain = head.isascii()
    marked = any(map(head.__contains__, _PLAIN_MARKS)) if plain else _DATELINE_MARKS.search(head)
    if marked:
        for pattern in _LATIN_DATELINES if plain else _DATELINES:
            if found := pattern.search(head):
                yield body + found.start(), body + found.end()
    if "By " in head and (found := _BYLINE.search(head)):
        yield body + found.start(), body + found.end()
    if "기자" in text or "특파원" in text:
        for match in _KOREAN_BYLINE.finditer(text, body):
            yield match.span()
    if "@" in text or "http" in text:
        for match in _ADDRESS.finditer(text, body):
            yield match.span()
    yield from _tail(text, max(body, len(text) - _TAIL_LENGTH))


def _tail(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the lines near the end that are copyright lines and links to other stories."""
    for line in text[start:].split("\n"):
        stripped = line.lstrip()
        if stripped[:1] in _TAIL_BEGINS and stripped and _TAIL.match(stripped):
            yield start, start + len(line)
        start += len(line) + 1
