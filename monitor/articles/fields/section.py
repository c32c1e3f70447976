"""The section an outlet filed the story under, in the outlet's own words.

In order: JSON-LD articleSection, meta tags, the last step of a breadcrumb that is neither the front
page nor the story itself (as JSON-LD, then as links), the menu entry whose url begins the
page's own, a label on the page that is called section or category, and what the title tag has
between headline and site name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from monitor import urls
from monitor.articles.fields.article_language import Language
from monitor.articles.fields.outlet import SITE_NAME, HouseNames
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.text import letters, one_line

_META = (
    "article:section", "og:article:section", "og:section", "articlesection", "section",
    "parsely-section", "sailthru.section", "cxenseparse:category", "cxenseparse:recs:category",
    "dable:item:section", "page.section", "dc.subject", "article.section", "category", "subsection",
    "dcsext.articlesection", "sectionname", "channel",
)  # fmt: skip
_BREADCRUMB = '[class*="crumb" i], [id*="crumb" i], [itemtype*="BreadcrumbList"]'
_LABEL = (
    'span[class*="section" i], a[class*="section" i], p[class*="categor" i],'
    ' span[class*="categor" i], a[class*="categor" i]'
)
_FOLDER = re.compile(r"[A-Za-z][A-Za-z0-9_\-]{3,40}")  # shorter ones are languages
_PARTS = re.compile(r"(?<!\s)\s*+(?:(?<=\s)[-–—·»](?=\s)|[|｜_]|-{2,})\s*+")
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
_LONGEST = 45
_LONGEST_EAST_ASIAN = 14


def read_section(
    tree: LexborHTMLParser,
    head: Head,
    house: HouseNames,
    title: str,
    language: Language,
    *,
    own: Sequence[str] = (),
) -> str:
    """Return the section's name, or "".

    Args:
        title: the headline, which a breadcrumb often repeats.
        language: of the article.
        own: what a site profile found; goes before everything else.
    """
    foreign = ""
    for name in chain(
        own,
        _declared(head),
        _structured_trail(head),
        _linked_trail(tree),
        _menu(tree, head),
        _labels(tree),
        _title_tail(head, title),
    ):
        name = one_line(name[:200]).strip(" >›»|/-:：")
        if not _is_section(name, title, house):
            continue
        # Meta tags of Chinese, Korean and Japanese pages hold the url's word ("politics");
        # the one that readers see stands in the breadcrumb.
        if not (name.isascii() and language.east_asian):
            return name
        foreign = foreign or name
    return foreign


def _is_section(name: str, title: str, house: HouseNames) -> bool:
    folded = letters(name)
    longest = _LONGEST if name.isascii() or name[0] < "\u3000" else _LONGEST_EAST_ASIAN
    if not folded or len(name) > longest or name.startswith(("http", "/")) or name.isdecimal():
        return False
    if folded in _FRONT or folded.endswith(("首页", "首頁", "正文")) or house.is_name(name):
        return False
    return folded != letters(title) and not (len(folded) > 20 and folded in letters(title))


def _declared(head: Head) -> Iterator[str]:
    values = list(jsonld.texts(head.article.get("articleSection")))
    yield from values[:3]
    for key in _META:
        content = head.first(key)
        if content:
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
    for trail in tree.css(_BREADCRUMB)[:3]:
        for link in reversed(trail.css("a")[:12]):
            yield shown_text(link, _LONGEST + 1)


def _menu(tree: LexborHTMLParser, head: Head) -> Iterator[str]:
    """Labels of links to the folders above the page, the nearest first."""
    path = urls.split(head.url or head.canonical).path
    folders = [part for part in path.split("/") if part][:-1][:4]
    for depth in range(len(folders), 0, -1):
        if not _FOLDER.fullmatch(folders[depth - 1]):
            continue
        folder = "/" + "/".join(folders[:depth])
        for link in tree.css(f'a[href$="{folder}"], a[href$="{folder}/"]')[:3]:
            yield shown_text(link, _LONGEST + 1)


def _labels(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_LABEL)[:4]:
        text = shown_text(node, _LONGEST + 1)
        if len(text.split()) <= 4:
            yield text


def _title_tail(head: Head, title: str) -> Iterator[str]:
    tag = head.title_tag
    if len(title) >= 8 and tag.startswith(title):
        for part in _PARTS.split(tag[len(title) :])[:4]:
            if not SITE_NAME.search(part) and not any(c.isdigit() for c in part):
                yield part
