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
_HEAD = 500  # how far into the text a dateline may stand
_ASCII_DATELINES = _DATELINES[:3]
_BYLINE = re.compile(
    r"^(?:By|Reporting by|Written by) [A-Z][^\n]{0,120}$|"
    r"(?<![\w])By [A-Z][a-z]+ [A-Z][\w-]+(?= [A-Z]{3,}[,( ])"
)
_KOREAN_BYLINE = re.compile(
    r"[가-힣]{2,4}\s?(?:기자|특파원|인턴기자|선임기자|논설위원)(?=\s*[=(\[]|\s*[\w.]+@|\s*$)"
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}|https?://[^\s<>\"]{1,300}")
_TAIL = re.compile(
    r"^\s*(?:\(?END\)?|Copyright\b.*|ⓒ.*|©.*|<저작권자.*|저작권자.*|무단\s?전재.*|▶.*|☞.*|"
    r"Related (?:stories|articles|news)\b.*|관련\s?기사.*|相关阅读.*|延伸阅读.*|相關報道.*|"
    r"関連記事.*|"
    r"[(（]?(?:责任编辑|責任編輯|编辑)[：:].*)$",
    re.IGNORECASE,
)
# "… - Reuters", "… | The Korea Herald", "…：朝日新聞": the outlet at the end of a headline.
_OUTLET = re.compile(r"\s[|｜–—-]\s(?:The )?[^|｜–—]{2,40}$")


def furniture(paragraph: str, position: int, *, start: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of `paragraph` that are not part of the story.

    Args:
        paragraph: text as printed.
        position: -1 headline, -2 standfirst, else number of the body paragraph.
        start: how many characters of body stand before it.
    """
    if position == -1:
        if (found := _OUTLET.search(paragraph)) and found.start() > 12:
            yield found.span()
        return
    if start < _HEAD:
        for pattern in _ASCII_DATELINES if paragraph.isascii() else _DATELINES:
            if found := pattern.search(paragraph, 0, _HEAD):
                yield found.span()
        if found := _BYLINE.search(paragraph):
            yield found.span()
    if "기자" in paragraph or "특파원" in paragraph:
        for match in _KOREAN_BYLINE.finditer(paragraph):
            yield match.span()
    if "@" in paragraph or "http" in paragraph:
        for match in _ADDRESS.finditer(paragraph):
            yield match.span()
    if found := _TAIL.match(paragraph):
        yield found.span()
