"""An answer read to the end, in one step that can be handed to another process."""

from dataclasses import dataclass
from datetime import datetime

from monitor.feeds.identity import identify
from monitor.feeds.read.feed_document import parse
from monitor.model import Feed, FeedDocument, FeedState, IdentifiedEntry, Response


@dataclass(frozen=True, slots=True)
class IdentifiedDocument:
    """A document whose entries have their keys.

    Attributes:
        found: see `identify`.
        distrust_guid: likewise.
    """

    document: FeedDocument
    found: tuple[IdentifiedEntry, ...]
    distrust_guid: bool


def read_response(
    response: Response, feed: Feed, state: FeedState, now: datetime
) -> IdentifiedDocument:
    """Read what a feed answered; raises NotAFeed."""
    document = parse(
        response.body,
        feed,
        url=response.url,
        content_type=response.headers.get("content-type", ""),
        now=now,
        known=state.segment_hashes,
    )
    return IdentifiedDocument(document, *identify(document, state))
