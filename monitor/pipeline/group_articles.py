"""Which of some articles are one story, without a store: what they name, then what they share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from monitor import model, stories, watch


@dataclass(frozen=True, slots=True)
class Grouped:
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
        early = [one for one in rulebook.mentions(article, feed, now=now) if one.zone != "body"]
        signatures.append(
            stories.sign(
                article,
                id=number,
                seen=published if published.tzinfo else published.replace(tzinfo=UTC),
                outlet=article.source or (feed.name if feed else ""),
                entities=tuple(dict.fromkeys(one.entity for one in early)),
                headline_entities=tuple(
                    dict.fromkeys(one.entity for one in early if one.zone == "headline")
                ),
                headline_names=[
                    (one.start, one.end, one.entity, one.sides)
                    for one in early
                    if one.zone == "headline"
                ],
                sides=tuple(dict.fromkeys(side for one in early for side in one.sides)),
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
