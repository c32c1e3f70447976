"""The nouns of the desk, and nothing else.

All are frozen msgspec structs, whose classes are made and values replaced in a tenth of the time
that dataclasses take, or less; what passes from one package to the next is one of these. They hold
no logic that needs a clock, a network or a database.

Times are aware datetimes. What was read off a page or feed keeps the offset it was printed with
(so `published.isoformat()` shows the reader what the outlet wrote) and the words as printed stand
beside it; everything our own clock made (`first_seen`, `due`) is in UTC.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.model.article import Article
    from monitor.model.digest import Coverage, Digest, RuleSection, Trend, TrendLine
    from monitor.model.edition import Edition, Form, MailBodies
    from monitor.model.entry import Entry, FeedDocument, IdentifiedEntry
    from monitor.model.feed import Feed, ListPage
    from monitor.model.feed_state import FeedState, FeedTrouble, ServerWishes, TroubleKind
    from monitor.model.flag import Flag, Hit, Reason
    from monitor.model.kinds import (
        LEVELS,
        LOUDNESS,
        SEARCH_FLAG,
        Access,
        Language,
        Level,
        PageState,
        Role,
        SendState,
        WorkState,
        Zone,
    )
    from monitor.model.request_response import Request, Response
    from monitor.model.story import Change, Copy, Mark, MarkKind, NewFlag, Related, StoryView, Told
else:
    __getattr__ = on_demand(
        __name__,
        {
            "article": ("Article",),
            "digest": (
                "Coverage",
                "RuleSection",
                "Trend",
                "TrendLine",
                "Trend",
                "TrendLine",
                "Digest",
            ),
            "edition": (
                "Form",
                "MailBodies",
                "Edition",
            ),
            "entry": (
                "Entry",
                "IdentifiedEntry",
                "FeedDocument",
            ),
            "feed": (
                "ListPage",
                "Feed",
            ),
            "feed_state": (
                "FeedState",
                "ServerWishes",
                "TroubleKind",
                "FeedTrouble",
            ),
            "flag": (
                "Hit",
                "Reason",
                "Flag",
            ),
            "kinds": (
                "Access",
                "Zone",
                "Level",
                "LEVELS",
                "SEARCH_FLAG",
                "LOUDNESS",
                "Role",
                "WorkState",
                "PageState",
                "SendState",
                "Language",
            ),
            "request_response": (
                "Request",
                "Response",
            ),
            "story": (
                "Copy",
                "Change",
                "MarkKind",
                "Mark",
                "NewFlag",
                "Related",
                "StoryView",
                "Told",
            ),
        },
    )

__all__ = [
    "LEVELS",
    "LOUDNESS",
    "SEARCH_FLAG",
    "Access",
    "Article",
    "Change",
    "Copy",
    "Coverage",
    "Digest",
    "Edition",
    "Entry",
    "Feed",
    "FeedDocument",
    "FeedState",
    "FeedTrouble",
    "Flag",
    "Form",
    "Hit",
    "IdentifiedEntry",
    "Language",
    "Level",
    "ListPage",
    "MailBodies",
    "Mark",
    "MarkKind",
    "NewFlag",
    "PageState",
    "Reason",
    "Related",
    "Request",
    "Response",
    "Role",
    "RuleSection",
    "SendState",
    "ServerWishes",
    "StoryView",
    "Told",
    "Trend",
    "TrendLine",
    "TroubleKind",
    "WorkState",
    "Zone",
]
