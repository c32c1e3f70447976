"""Feeds: bytes to entries, identity, dates, when a feed is due, what a response means.

Nothing here fetches or stores: everything is a pure function of bytes, values and a given
`now`. One reading of a feed goes

    request_for -> (`web` asks) -> parse -> identify
    -> (`store` says what is new) -> after_response or after_failure -> next_due, events, trouble

and each step's rules stand in its own module.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.feeds.discovery import Candidate, discover
    from monitor.feeds.feed_report import FeedReport, check
    from monitor.feeds.freshness import entry_time, fresh
    from monitor.feeds.identity import identify, spare_key
    from monitor.feeds.opml import OpmlFeeds, read_opml, write_opml
    from monitor.feeds.read.feed_document import parse
    from monitor.feeds.recognition import recognise, same_headline
    from monitor.feeds.state.clock_changes import differ_by_clocks
    from monitor.feeds.state.due import next_due
    from monitor.feeds.state.health import events, trouble
    from monitor.feeds.state.request import moves, request_for, wishes
    from monitor.feeds.state.response import after_failure, after_response, body_hash
else:
    __getattr__ = on_demand(
        __name__,
        {
            "discovery": (
                "Candidate",
                "discover",
            ),
            "feed_report": (
                "FeedReport",
                "check",
            ),
            "freshness": (
                "entry_time",
                "fresh",
            ),
            "identity": (
                "identify",
                "spare_key",
            ),
            "opml": (
                "OpmlFeeds",
                "read_opml",
                "write_opml",
            ),
            "read.feed_document": ("parse",),
            "recognition": (
                "recognise",
                "same_headline",
            ),
            "state.clock_changes": ("differ_by_clocks",),
            "state.due": ("next_due",),
            "state.health": (
                "events",
                "trouble",
            ),
            "state.request": (
                "moves",
                "request_for",
                "wishes",
            ),
            "state.response": (
                "after_failure",
                "after_response",
                "body_hash",
            ),
        },
    )

__all__ = [
    "Candidate",
    "FeedReport",
    "OpmlFeeds",
    "after_failure",
    "after_response",
    "body_hash",
    "check",
    "differ_by_clocks",
    "discover",
    "entry_time",
    "events",
    "fresh",
    "identify",
    "moves",
    "next_due",
    "parse",
    "read_opml",
    "recognise",
    "request_for",
    "same_headline",
    "spare_key",
    "trouble",
    "wishes",
    "write_opml",
]
