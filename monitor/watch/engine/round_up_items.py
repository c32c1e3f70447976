"""Round-ups: newsletters, briefs, live blogs and lists, whose items are news of their own.

Such a text is about nothing as a whole, and a sentence of one item must not be joined with that of
another. So each item is judged as a little article: its first sentence is its headline.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from monitor.model import Article, Reason
from monitor.text import sentences

_TITLE = re.compile(
    r"\b(?:in brief|briefs|briefing|newsletter|round-?up|live updates|live blog|as it happened|"
    r"what to know|morning news|evening news|top articles|headlines|at a glance|this week in)\b|"
    r"단신|브리핑|뉴스레터|간추린|주요\s?뉴스|헤드라인|한눈에|뉴스\s?모음|이 시각|"
    r"简讯|簡訊|要闻|要聞|早报|早報|晚报|新闻早餐|一周|一週|国际快讯|短讯|联播快讯|"
    r"ダイジェスト|短信|まとめ読み|ニュース一覧|きょうのニュース|主なニュース",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*(?:[•●■▪▶►◆◇○◎▲△★☆※·*]|[-–—]\s|\(?\d{1,2}[.)、]\s?|[①-⑳])\s*")
_INLINE = re.compile(r"(?<=\S)\s+(?=[●■▪◆◇▲★]\s?\S)")
_BEGINS = frozenset("•●■▪▶►◆◇○◎▲△★☆※·*-–—(0123456789①②③④⑤⑥⑦⑧⑨")
_MARK = re.compile("[●■▪◆◇▲★]")
_GLUED = 4  # paragraphs of a text whose lines a portal may have glued together
_FEWEST = 3  # items of a round-up
_MOST = 200  # of a hostile one


class Item(Struct, frozen=True):
    """One piece of a round-up.

    Attributes:
        article: it as an article of its own.
        number: from 1; paragraph: the paragraph of the whole in which it stands.
        start: where it begins there; headline: how long its headline is, with the space behind.
    """

    article: Article
    number: int
    paragraph: int
    start: int
    headline: int


def is_round_up(title: str) -> bool:
    """Does a headline say that what follows is many pieces of news?"""
    return _TITLE.search(title) is not None


def items_of(article: Article) -> Sequence[Item]:
    """Return the items of a round-up; none when the article is no round-up."""
    if not (_may_be_listed(article.body) or is_round_up(article.title)):
        return ()
    pieces = list(_pieces(article.body))
    bullets = sum(bool(_BULLET.match(text)) for _, _, text in pieces)
    listed = bullets >= _FEWEST and 2 * bullets >= len(pieces)
    if not (listed or is_round_up(article.title)):
        return ()
    found = []
    for number, (paragraph, start, text) in enumerate(pieces[:_MOST], 1):
        bullet = _BULLET.match(text)
        begin = bullet.end() if bullet else 0
        first = next(iter(sentences(text, begin, len(text))), (begin, len(text)))
        rest = text[first[1] :]
        skipped = len(rest) - len(rest.lstrip())
        one = replace(
            article, title=text[first[0] : first[1]].rstrip(), standfirst="",
            body=(rest.lstrip(),) if rest.strip() else (),
        )  # fmt: skip
        found.append(Item(one, number, paragraph, start + first[0], first[1] - first[0] + skipped))
    return found


def _may_be_listed(body: Sequence[str]) -> bool:
    """Could there be enough bullets? Most articles are told by the first letters of paragraphs."""
    begun = sum([paragraph[:1] in _BEGINS for paragraph in body])
    if begun >= _FEWEST:
        return True
    return len(body) <= _GLUED and any(
        not paragraph.isascii() and len(_MARK.findall(paragraph)) >= _FEWEST - 1
        for paragraph in body
    )


def in_the_whole(reason: Reason, item: Item) -> Reason:
    """Return a reason of an item as one of the whole round-up: it says which part it means."""
    hits = tuple(
        replace(
            hit,
            paragraph=item.paragraph,
            start=hit.start + item.start + (item.headline if hit.paragraph >= 0 else 0),
            end=hit.end + item.start + (item.headline if hit.paragraph >= 0 else 0),
        )
        for hit in reason.hits
    )
    return replace(reason, block=f"part {item.number}: {reason.block}", hits=hits)


def _pieces(body: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (paragraph, start in it, text): paragraphs, and what bullets part inside them."""
    for number, paragraph in enumerate(body):
        start = 0
        for gap in _INLINE.finditer(paragraph):
            yield number, start, paragraph[start : gap.start()]
            start = gap.end()
        if paragraph[start:].strip():
            yield number, start, paragraph[start:]
