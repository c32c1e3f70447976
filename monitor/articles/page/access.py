"""Whether the page shows the whole text.

Publishers write "isAccessibleForFree": false on pages whose full text is in the markup, so the mark
alone says nothing: a text counts as cut only when it is short, or breaks off, and the page asks for
a subscription or announces more words than there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitor.articles.body.blocks import Block
from monitor.model import Access

_LONGEST_WALL = 300  # bytes
SHORT = 3000  # bytes; longer texts are taken for whole
_WALL = re.compile(
    r"\b(?:subscribe (?:now )?to (?:continue|read|unlock)|(?:already )?(?:a )?subscribers? only|"
    r"for subscribers only|reserved for (?:our )?subscribers|to (?:read|continue reading) the full|"
    r"to continue reading|continue reading with|(?:log|sign) in to (?:continue|read)|"
    r"premium (?:content|article)|"
    r"unlock this (?:article|story)|read the full (?:article|story) with|"
    r"réservé(?:e)? (?:à nos|aux) abonnés|il vous reste [\d.,]+ ?%|"
    r"nur für abonnenten|weiterlesen mit|jetzt weiterlesen|mit .{0,20}plus weiterlesen|"
    r"diesen artikel (?:weiterlesen|erwerben)|exclusivo para (?:suscriptores|assinantes)|"
    r"contenuto riservato agli abbonati|tylko dla prenumeratorów|låst artikkel|"
    r"(?:bli|logg inn) .{0,30}for å lese)|"
    r"有料(?:会員|記事)|会員限定|残り\s?\d+\s?文字|この記事は有料|続きは.{0,12}会員|"
    r"유료\s?(?:회원|구독|기사)|구독.{0,8}(?:후|하시면).{0,14}(?:읽|보)|로그인\s?후\s?(?:이용|"
    r"전문)|"
    r"付[费費](?:会员|會員|阅读|閱讀|訂閱)|订阅.{0,6}(?:后|阅读全文)|訂閱.{0,6}(?:後|閱讀全文)|"
    r"会员(?:专享|可读)|會員(?:專享|限定|獨享)|登[录入](?:后|後)?.{0,6}(?:阅读|閱讀)全文",
    re.IGNORECASE,
)
_NEEDLES = (
    *("subscri", "abonn", "log in", "sign in", "logg inn", "full story", "full article", "premium"),
    *("continue reading", "unlock", "weiterlesen", "artikel erwerben", "il vous reste", "suscrip"),
    *(
        "assinante",
        "prenumerator",
        "låst",
        "会员",
        "會員",
        "会員",
        "有料",
        "残り",
        "유료",
        "구독",
        "로그인",
    ),
    *("付费", "付費", "訂閱", "订阅", "登录", "登入"),
)
_BREAKS_OFF = re.compile(r"(?:\.{3}|…|\[…\]|\(\.\.\.\))\s*(?:more|read more)?$", re.IGNORECASE)


def judge_access(
    paragraphs: Sequence[str], blocks: Iterable[Block], jsonld: Iterable[Mapping[str, Any]]
) -> Access:
    """Tell whether `paragraphs` are the whole story.

    Args:
        paragraphs: the text found.
        blocks: all text blocks of the page.
        jsonld: the page's parsed JSON-LD objects.
    """
    size = sum(len(paragraph.encode("utf-8", "replace")) for paragraph in paragraphs)
    if size >= SHORT:
        return "full"
    breaks_off = bool(paragraphs) and _BREAKS_OFF.search(paragraphs[-1]) is not None
    declared = list(jsonld)
    closed = any(str(item.get("isAccessibleForFree")).lower() == "false" for item in declared)
    announced = max((_word_count(item) for item in declared), default=0)
    doubtful = closed or breaks_off or size < SHORT // 2
    if (closed and breaks_off) or (
        doubtful and _asks(block.text for block in blocks if block.size < _LONGEST_WALL)
    ):
        return "paywall"
    present = sum(len(paragraph.split()) for paragraph in paragraphs)
    if breaks_off or (present and announced > 3 * present and announced > 150):
        return "stub"
    return "full"


def without_wall(paragraphs: Sequence[str], access: Access) -> list[str]:
    """Return the paragraphs of a teaser without last lines that ask for a subscription."""
    end = len(paragraphs)
    while access == "paywall" and end > 1 and _is_wall(paragraphs[end - 1]):
        end -= 1
    return list(paragraphs[:end])


def _is_wall(line: str) -> bool:
    return len(line) < _LONGEST_WALL and _WALL.search(line) is not None


def _word_count(item: Mapping[str, Any]) -> int:
    words = item.get("wordCount")
    known = isinstance(words, (int, str)) and str(words).isdigit()
    return int(str(words)[:7]) if known else 0


def _asks(lines: Iterable[str]) -> bool:
    """Tell whether a line of a page asks for a subscription; cheap words go before the pattern."""
    text = "\n".join(lines).lower()
    needles = [needle for needle in _NEEDLES if needle in text]
    return bool(needles) and any(
        _WALL.search(line) is not None
        for line in text.split("\n")
        if any(needle in line for needle in needles)
    )
