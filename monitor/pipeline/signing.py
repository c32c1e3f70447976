"""The signature of a text: what its grouping goes by, given what the rules found named in it."""

from collections.abc import Sequence
from datetime import datetime

from monitor import model, stories, watch


def sign(
    text: model.Article,
    mentions: Sequence[watch.Mention],
    *,
    seen: datetime,
    outlet: str,
    article_id: int = 0,
) -> stories.Signature:
    """Return the signature by which copies of a text are known."""
    # What a story names first tells it from others; the body names everybody.
    early = [mention for mention in mentions if mention.zone != "body"]
    return stories.sign(
        text,
        id=article_id,
        seen=seen,
        outlet=text.source or outlet,
        entities=tuple(dict.fromkeys(mention.entity for mention in early)),
        headline_entities=tuple(
            dict.fromkeys(mention.entity for mention in early if mention.zone == "headline")
        ),
        headline_names=[
            (mention.start, mention.end, mention.entity, mention.sides)
            for mention in early
            if mention.zone == "headline"
        ],
        sides=tuple(dict.fromkeys(side for mention in early for side in mention.sides)),
    )
