"""Wire-story monitor: feeds in, flagged stories out.

A story passes one stage after another. Each is a package that imports what all share (nouns,
errors, text, dates, urls, charset, the newsroom's trade, settings) and no other stage:

    web ─▶ feeds ─▶ articles ─▶ watch ─▶ stories ─▶ digest ─▶ deliver
                        (store remembers all of it)

`pipeline` knows their order, `daemon` knows the time, `cli` knows the user.

For programs that build on it, this package offers `extract` (a page to an article), `parse_feed`,
`load_rules` and its `Rulebook` (flags, and why), `group` (which articles are one story), the values
`Article`, `Feed`, `FeedDocument`, `Entry`, `Flag`, `Grouped`, and the errors; see `monitor.public`.
They are imported when first asked for, so that `import monitor` costs next to nothing.
What is not named here may change with any version.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.errors import ConfigError, MonitorError, NoArticle, NotAFeed
    from monitor.model import Article, Entry, Feed, FeedDocument, Flag
    from monitor.pipeline.group_articles import Grouped
    from monitor.public import extract, group, load_rules, parse_feed
    from monitor.watch import Rulebook

__version__ = "0.3.0"

__all__ = [
    "Article",
    "ConfigError",
    "Entry",
    "Feed",
    "FeedDocument",
    "Flag",
    "Grouped",
    "MonitorError",
    "NoArticle",
    "NotAFeed",
    "Rulebook",
    "extract",
    "group",
    "load_rules",
    "parse_feed",
]

if not TYPE_CHECKING:
    __getattr__ = on_demand(
        __name__,
        {
            "errors": ("ConfigError", "MonitorError", "NoArticle", "NotAFeed"),
            "model": ("Article", "Entry", "Feed", "FeedDocument", "Flag"),
            "public": ("Grouped", "Rulebook", "extract", "group", "load_rules", "parse_feed"),
        },
    )


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
