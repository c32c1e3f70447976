"""A source as it is configured."""

from datetime import timedelta
from typing import Literal

from msgspec import Struct

from monitor.model.kinds import Language


class ListPage(Struct, frozen=True):
    """CSS selectors that read a page of links as if it were a feed (`format = "list"`)."""

    item: str  # one element an entry
    link: str = "a"  # inside the item; its href
    title: str = ""  # inside the item; the link's text when empty
    date: str = ""  # inside the item


class Feed(Struct, frozen=True):
    """One source as the user configured it."""

    name: str
    url: str
    kind: Literal[
        "wire", "paper", "broadcaster", "government", "think-tank", "aggregator", "other"
    ] = "other"
    language: Language = ""
    country: str = ""  # ISO 3166 alpha-2; says what "Korea" alone means and the zone of bare clocks
    timezone: str = ""  # IANA name; empty: by country, else UTC
    every: timedelta = timedelta(minutes=15)
    pages: Literal["all", "hits", "none"] = "all"
    format: Literal["feed", "list", "sitemap"] = "feed"
    list_page: ListPage | None = None
    private: bool = False
    user_agent: str = ""
    max_items: int = 2000
    vantage: str = ""  # read only by machines that stand there; "": by any
