"""Reads sitemaps as feeds, above all Google-News sitemaps (sitemaps.org 0.9, sitemap-news 0.9).

A news sitemap gives url, title, publication and date of the last two days' stories; for
outlets without a feed it is the best list there is. A plain sitemap has no titles: the page gives
them later. An index of sitemaps is refused with the urls it lists, since only one of them is
the news.
"""

from typing import TYPE_CHECKING

from monitor.errors import NotAFeed
from monitor.feeds.read.items import Head, Item, Reading

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(text: str, limit: int) -> Reading:
    """Read a sitemap of at most `limit` urls.

    Raises:
        NotAFeed: an index of sitemaps, or no sitemap at all.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise NotAFeed("this sitemap cannot be read as XML")
    name = etree.QName(root).localname
    if name == "sitemapindex":
        listed = [loc.strip() for loc in root.itertext("{*}loc") if loc.strip()]
        raise NotAFeed(
            "this is an index of sitemaps, not a sitemap; use one of those it lists: "
            + ", ".join(listed[:5])
        )
    if name != "urlset":
        raise NotAFeed(f"this is no sitemap (its root element is <{name}>)")
    items: list[Item] = []
    language = outlet = ""
    for url in root.iterchildren("{*}url"):
        if len(items) >= limit:
            break
        link = _text(url, "loc")
        if not link:
            continue
        news = url.find("{*}news")
        modified = _text(url, "lastmod")
        if news is None:
            items.append(Item(link=link, published=modified))
            continue
        outlet = outlet or _text(news, "name")
        language = language or _text(news, "language")
        published = _text(news, "publication_date") or modified
        items.append(
            Item(link=link, title=_text(news, "title"), published=published, updated=modified)
        )
    return Reading(Head(format="sitemap", title=outlet, language=language), tuple(items))


def _text(element: "_Element", name: str) -> str:
    """The text of the first descendant of that local name, "" if there is none."""
    found = next(element.iterdescendants("{*}" + name), None)
    return (found.text or "").strip() if found is not None else ""
