"""Reads a page of links as a feed, by the CSS selectors the user gave (`format = "list"`).

For sources without a feed, such as the press pages of foreign ministries. BeautifulSoup selects,
because its selectors are the ones people know and test. The day of an item may stand in its text
("(2024-09-30)"), so without a selector for dates the words around the headline are searched.
"""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.errors import NotAFeed
from monitor.feeds.read.items import Head, Item, Reading
from monitor.model import ListPage
from monitor.text.nesting import flattened

if TYPE_CHECKING:
    from bs4 import Tag

_DEEPEST = 100  # elements in each other: trees of BeautifulSoup are slow where they are deep
_NESTED_ITEMS = 8  # of which the outer have their own links


def read(text: str, page: ListPage, limit: int) -> Reading:
    """Read at most `limit` items off a page.

    Raises:
        NotAFeed: the selectors find nothing on this page, or are no CSS selectors.
    """
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
    from soupsieve import SelectorSyntaxError

    # XHTML pages look like XML read as HTML, and a page may be nothing but a url.
    for category in (XMLParsedAsHTMLWarning, MarkupResemblesLocatorWarning):
        warnings.filterwarnings("ignore", category=category)
    bare = flattened(text.encode("utf-8", "replace"), _DEEPEST)
    soup = BeautifulSoup(bare.decode("utf-8", "replace"), "lxml")
    try:
        found = _shallow(soup.select(page.item, limit=limit))
        items = tuple(item for tag in found if (item := _item(tag, page)).link)
    except SelectorSyntaxError as error:
        reason = str(error).splitlines()[0]
        raise NotAFeed(f"list_page holds what is no CSS selector: {reason}") from None
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    if not found:
        raise NotAFeed(f"the page titled “{title[:80]}” has nothing that matches “{page.item}”")
    base = soup.find("base", href=True)
    root = soup.find("html")
    head = Head(
        format="list",
        title=title,
        language=_attribute(root, "lang"),
        base=_attribute(base, "href"),
    )
    return Reading(head, items)


def _shallow(found: "Sequence[Tag]") -> "list[Tag]":
    """Leave out items in items in items: each is searched whole, so theirs would be read again."""
    levels: dict[int, int] = {}
    for tag in found:  # an item stands before those inside it
        above = (levels[id(parent)] for parent in tag.parents if id(parent) in levels)
        levels[id(tag)] = next(above, -1) + 1
    return [tag for tag in found if levels[id(tag)] < _NESTED_ITEMS]


def _item(tag: "Tag", page: ListPage) -> Item:
    link = tag if tag.name == "a" and tag.has_attr("href") else tag.select_one(page.link)
    if link is None:
        return Item()
    title = tag.select_one(page.title) if page.title else link
    date = tag.select_one(page.date) if page.date else None
    words = (title or link).get_text(" ", strip=True)
    around = tag.get_text(" ", strip=True).replace(words, " ", 1)
    # Long headlines are cut on the page and whole in the title attribute.
    whole = _attribute(link, "title")
    if whole and (not words or (words.rstrip(".… ") and whole.startswith(words.rstrip(".… ")))):
        words = whole
    return Item(
        link=_attribute(link, "href"),
        title=words,
        published=date.get_text(" ", strip=True) if date else around,
    )


def _attribute(tag: object, name: str) -> str:
    value = tag.get(name) if hasattr(tag, "get") else None
    return value.strip() if isinstance(value, str) else ""
