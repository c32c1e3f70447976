"""Which of some articles are one story, without a store: what they name, then what they share."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from monitor import model, stories, watch
from monitor.pipeline.signing import sign


class Grouped(Struct, frozen=True):
    """Where one article stands among the others.

    Attributes:
        story: place of the first article of the same story in the same language.
        event: place of the first article of the story as a digest tells it, in any language.
        role: what the article is in it.
        sure: 0 to 1.
        why: in words.
    """

    story: int
    event: int
    role: model.Role
    sure: float
    why: str


def group(
    items: Iterable[tuple[model.Article, model.Feed | None]],
    rulebook: watch.Rulebook,
    now: datetime,
) -> list[Grouped]:
    """Group articles in the order in which they were published; see `monitor.group`."""
    signatures = []
    for number, (article, feed) in enumerate(items):
        published = article.published or now
        signatures.append(
            sign(
                article,
                rulebook.mentions(article, feed, now=now),
                seen=published if published.tzinfo else published.replace(tzinfo=UTC),
                outlet=feed.name if feed else "",
                article_id=number,
            )
        )
    placed = stories.replay(signatures)
    first: dict[tuple[int, str], int] = {}  # of each event and language
    grouped = []
    for signature in signatures:
        place = placed[signature.id]
        story = first.setdefault((place.story, signature.language), signature.id)
        grouped.append(Grouped(story, place.story, place.role, place.sure, place.why))
    return grouped
