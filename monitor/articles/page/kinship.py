"""Whether a page is the story that a feed announced, or something else at the same url.

Consent walls, bot checks, "not found" with status 200, log-in forms and front pages come in any
words and any language, so nothing here knows what they say. What a story's page has in common with
its item is what they lack: the words of the headline and of the text. A page may have another
headline than the feed, or a text that the feed's teaser does not quote; one that shares neither is
not the story.
"""

import re
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from monitor import url_keys, urls
from monitor.model import Article
from monitor.text import guess_language, telling_words

_INDEX = re.compile(r"(?:index|main|home|default)\.\w{2,5}|index|main|home", re.IGNORECASE)
# Shares of words, measured on 595 saved news pages: of a story's own headline more than these are
# found on 99.5 % of the pages, of other stories' headlines on 0.5 %.
_HEADLINE_IN_HEADLINE = 0.34
_HEADLINE_IN_PAGE = 0.5
_TEXT_IN_PAGE = 0.34
_ELSEWHERE = 0.25  # share of a headline that a story without it on top has beside one paragraph
_STRANGE = 0.15  # share of headline or text below which a body has nothing to do with it
_WITH_URL = (
    0.2  # share of either that is enough on a long page that calls itself by the story's url
)
_ENOUGH = 6  # words of a feed's text that can speak for themselves
_SHORT_BODY = 1500  # bytes; a wall that repeats the story's headline says no more than that

Kinship = Literal["story", "headline", "none"]


class Told(Struct, frozen=True):
    """What is known of a story before its page is read: a headline and a text, each may be ""."""

    title: str
    text: str = ""


def kinship(page: Article, told: Sequence[Told], *, asked: str) -> Kinship:
    """Say what a page has to do with a story.

    Args:
        page: as it was read; its `url` is where it came from after redirects.
        told: what is known of the story; one of these that fits is enough.
        asked: the url that was asked for.

    Returns:
        "story": the page is it, or nothing is known to hold the page against. "headline": the page
        has the story's headline over a short text that has nothing to do with it. "none": it is
        something else.
    """
    found = [_held_against(page, one, asked) for one in told]
    known = [one for one in found if one is not None]
    if not known or "story" in known:
        return "story"
    return "headline" if "headline" in known else "none"


def _held_against(page: Article, told: Told, asked: str) -> Kinship | None:
    headline, text = telling_words(told.title), telling_words(told.text)
    if not headline and len(text) < _ENOUGH:
        return None
    body = telling_words("\n".join((page.standfirst, page.caption, *page.body)))
    heading = telling_words(page.title)
    whole = body | heading
    title_fits = _share(headline, heading) >= _HEADLINE_IN_HEADLINE
    text_fits = len(text) >= _ENOUGH and _share(text, whole) >= _TEXT_IN_PAGE
    if title_fits:
        strange = max(_share(headline, body), _share(text, body)) < _STRANGE
        size = len("".join(page.body).encode("utf-8", "replace"))
        return "headline" if strange and 0 < size < _SHORT_BODY else "story"
    if _is_above(page.url, asked) or _is_above(page.canonical, asked):
        return "none"  # a front page names many stories
    if page.url != asked and _is_front(page.url) and not _is_front(asked):
        return "none"
    if text_fits:
        return "story"
    named = _share(headline, whole) >= _HEADLINE_IN_PAGE
    named = named and _share(headline, _without_best(page, headline)) >= _ELSEWHERE
    if named and (len(text) < _ENOUGH or _share(text, whole) >= _STRANGE):
        return "story"
    weak = max(_share(headline, whole), _share(text, whole)) >= _WITH_URL
    own = _calls_itself(page, asked)
    return "story" if own and (weak or _in_another_language(page, told)) else "none"


def _without_best(page: Article, headline: frozenset[str]) -> frozenset[str]:
    """Return the words of a page but for the paragraph that holds most of a headline.

    A front page says a headline once; a story comes back to its words.
    """
    paragraphs = [telling_words(line) for line in (page.standfirst, page.caption, *page.body)]
    best = max(paragraphs, key=lambda one: len(one & headline), default=frozenset())
    return frozenset().union(*(one for one in paragraphs if one is not best))


def _is_front(url: str) -> bool:
    """Tell whether a url is that of a front page or section: "/", "/en/", "/politics"."""
    parts = urls.split(url)
    names = [part for part in parts.path.split("/") if part and not _INDEX.fullmatch(part)]
    plain = all(re.fullmatch(r"[A-Za-z]{1,12}", name) for name in names)
    return bool(parts.netloc) and not parts.query and len(names) <= 1 and plain


def _share(of: frozenset[str], among: frozenset[str]) -> float:
    return len(of & among) / len(of) if of else 0.0


def _is_above(url: str, asked: str) -> bool:
    """Tell whether a url is the front page, or a section, that another one lies under."""
    here, there = urls.split(url), urls.split(asked)
    if not here.netloc or here.query:
        return False
    above = [part for part in here.path.split("/") if part and not _INDEX.fullmatch(part)]
    below = [part for part in there.path.split("/") if part]
    return len(above) < len(below) + bool(there.query) and above == below[: len(above)]


def _calls_itself(page: Article, asked: str) -> bool:
    """Tell whether a page of some length names the url that was asked for as its own."""
    size = len("".join(page.body).encode("utf-8", "replace"))
    named = url_keys.item_key(page.canonical or page.url)
    return size >= _SHORT_BODY and bool(named) and named == url_keys.item_key(asked)


def _in_another_language(page: Article, told: Told) -> bool:
    """Tell whether the words of a page and of its feed cannot be compared."""
    return bool(page.language) and guess_language(f"{told.title} {told.text}") != page.language
