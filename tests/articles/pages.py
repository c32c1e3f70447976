"""Pages of our own wording for the tests of `monitor.articles`."""

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.block_walker import read_blocks
from monitor.articles.body.paragraphs import Body, Known, read_body
from monitor.articles.page.landmarks import Landmarks
from monitor.errors import NoArticle

PROSE = (
    "The harbour council met for three hours on Tuesday and agreed to rebuild the northern quay.",
    "Work is to begin in spring, the council said, and will take about two years to finish.",
    "Fishing crews had asked for a shorter timetable, because the quay is where they land catches.",
    "A smaller berth on the east side stays open meanwhile, with room for eleven boats at a time.",
)
KOREAN = (
    "항만위원회는 화요일 세 시간에 걸친 회의 끝에 북쪽 부두를 다시 짓기로 했다고 밝혔다.",
    "공사는 내년 봄에 시작해 약 이 년 동안 이어질 예정이라고 위원회는 설명했다.",
    "어민들은 어획물을 내리는 곳이 바로 그 부두라며 공사 기간을 줄여 달라고 요청했다.",
    "동쪽의 작은 선착장은 공사 동안에도 열려 있어 한 번에 열한 척을 댈 수 있다.",
)
CHINESE = (
    "港口委员会星期二开会三个小时，同意重建北面的码头，工程将在明年春天开始。",
    "委员会表示，整个工程大约需要两年时间才能完成，费用由市政府承担。",
    "渔民要求缩短工期，因为他们每天都在这个码头卸下捕到的鱼，没有别的地方可去。",
    "东边较小的泊位在施工期间继续开放，每次可以停靠十一条渔船。",
)

JAPANESE = (
    "港湾委員会は火曜日に三時間の会議を開き、北の岸壁を造り直すことで合意した。",
    "工事は来年の春に始まり、完成までにおよそ二年かかる見通しだという。",
    "漁師たちは水揚げの場所がなくなるとして、工期の短縮を求めている。",
)


def paragraphs(*texts: str) -> str:
    """Texts as paragraphs of a page."""
    return "".join(f"<p>{text}</p>" for text in texts)


def page(
    head: str = "",
    top: str = "",
    prose: tuple[str, ...] = PROSE,
    bottom: str = "",
    lang: str = "en",
) -> str:
    """A page with an article of `prose`; `top` stands before its paragraphs."""
    paragraphs = "\n".join(f"<p>{text}</p>" for text in prose)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/world/">World</a></nav>'
        f"<main><article>{top}{paragraphs}{bottom}</article></main>"
        "<footer>Imprint and contact</footer></body></html>"
    )


def structured(**fields: Any) -> str:
    """A JSON-LD script of a NewsArticle with these fields."""
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(**names: str) -> str:
    """Meta tags; an underscore in a name stands for a colon."""
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in names.items()
    )


def read_text(html: str | bytes, *, container: str = "", remove: str = "", **known: Any) -> Body:
    """The body of a page of which these things are known; what is sought and removed by CSS."""
    tree = LexborHTMLParser(html)
    root = tree.body or tree.root
    if root is None:
        raise NoArticle("the page is empty")
    page = read_blocks(
        root,
        Landmarks(),
        sought=tree.css_first(container) if container else None,
        removed=tree.css(remove) if remove else (),
    )
    return read_body(tree, page, Known(**known))
