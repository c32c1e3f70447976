"""The section an outlet filed the story under, in the outlet's own words.

JSON-LD articleSection, then meta tags, then the last step of a breadcrumb that is neither the
front page nor the story itself (as JSON-LD, then as links on the page).
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from monitor.articles import jsonld
from monitor.articles.head import Head, shown_text
from monitor.articles.outlet import HouseNames, fold
from monitor.text import one_line

_META = (
    "article:section", "og:article:section", "og:section", "articlesection", "section",
    "parsely-section", "sailthru.section", "cxenseparse:category", "cxenseparse:recs:category",
    "dable:item:section", "page.section", "dc.subject", "article.section", "category", "subsection",
    "dcsext.articlesection", "sectionname", "channel",
)  # fmt: skip
_BREADCRUMB = (
    '[class*="breadcrumb" i] a, [id*="breadcrumb" i] a, [aria-label*="breadcrumb" i] a,'
    ' [itemtype*="BreadcrumbList"] a, [class*="nav-path" i] a, [class*="location" i] a,'
    ' [class*="crumb" i] a, [class*="position" i] a, [class*="path" i] a'
)
_FRONT = frozenset(
    {"home", "homepage", "frontpage", "start", "startseite", "accueil", "inicio", "news", "index"}
    | {"top", "nachrichten", "main", "etusivu", "hjem", "forside", "artikel", "article"}
    | {
        "首页",
        "首頁",
        "新闻",
        "新聞",
        "正文",
        "中心",
        "新闻中心",
        "ホーム",
        "トップ",
        "ニュース",
        "홈",
        "뉴스",
    }
)
_LONGEST = 60


def read_section(
    tree: LexborHTMLParser,
    head: Head,
    house: HouseNames,
    title: str,
    *,
    own: Sequence[str] = (),
) -> str:
    """Return the section's name, or "".

    Args:
        title: the headline, which a breadcrumb often repeats.
        own: what a site profile found; goes before everything else.
    """
    for name in chain(own, _declared(head), _structured_trail(head), _linked_trail(tree)):
        name = one_line(name).strip(" >›»|/-:：")
        if _is_section(name, title, house):
            return name
    return ""


def _is_section(name: str, title: str, house: HouseNames) -> bool:
    folded = fold(name)
    if not folded or len(name) > _LONGEST or name.startswith(("http", "/")) or name.isdecimal():
        return False
    if folded in _FRONT or house.is_house(name):
        return False
    return folded != fold(title) and not (len(folded) > 20 and folded in fold(title))


def _declared(head: Head) -> Iterator[str]:
    values = list(jsonld.texts(head.article.get("articleSection")))
    yield from values[:3]
    for key in _META:
        for content in head.meta.get(key, ())[:1]:
            yield content.split(",")[0] if content.count(",") > 1 else content


def _structured_trail(head: Head) -> Iterator[str]:
    for node in head.nodes:
        if "BreadcrumbList" not in jsonld.kinds(node):
            continue
        steps = sorted(jsonld.objects(node.get("itemListElement")), key=_position)
        for step in reversed(steps[:12]):
            item: Any = step.get("item")
            inner = item.get("name") if isinstance(item, dict) else None
            yield jsonld.text(step.get("name") or inner)


def _position(step: jsonld.Node) -> float:
    try:
        return float(step.get("position") or 0)
    except (TypeError, ValueError):
        return 0.0


def _linked_trail(tree: LexborHTMLParser) -> Iterator[str]:
    links = tree.css(_BREADCRUMB)[:12]
    for link in reversed(links):
        yield shown_text(link, _LONGEST + 1)
