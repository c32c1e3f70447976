"""What two articles may score at most, known at a fraction of what judging them costs."""

from math import log1p, sqrt

from monitor.stories import same_event
from monitor.stories.rarity import NOTHING_COVERED, Rarity
from monitor.stories.same_event import (
    HEADLINE_HELD,
    HEADLINES_SHARE,
    HOURS_APART,
    KINDS_COVERED,
    LEAST,
    LONG_LEAD,
    MOST,
    MUCH,
    TEXT_AT_ALL,
    TEXT_OF_ONE_HEADLINE,
    TEXTS_ALIKE,
    is_full,
)
from monitor.stories.signature import Signature
from monitor.stories.weighed import Weighed

_SHIFT = 0.7  # what a cosine may come to less, by what words weighed at another time


def at_most(new: Weighed, old: Signature, rarity: Rarity, worth: float) -> float:
    """What `same_event.judge` may say at most, without weighing all the other's words.

    Of articles that share a few rare words nearly all come to less than what makes them one. Mostly
    their headlines alone tell that, at a twentieth of what judging costs; the texts under them tell
    it of most others.

    Args:
        new: an article.
        old: another.
        rarity: what words weigh.
        worth: a bound that is no greater than this is returned as soon as it is known.
    """
    head = new.head
    both = sum([head[key] for key in old.head_terms if key in head])
    kinds = 1.0 if _names_like_kinds(new, old) else NOTHING_COVERED
    besides = (
        same_event.START
        + HEADLINES_SHARE * min(MUCH, both / new.enough)
        + KINDS_COVERED * kinds
        + HOURS_APART * log1p(abs((new.signature.when - old.when).total_seconds()) / 3600)
    )
    total = besides + TEXTS_ALIKE + HEADLINE_HELD
    if total <= worth:
        return total if total > LEAST else LEAST
    return _by_texts(new, old, rarity, besides, worth)


def _by_texts(new: Weighed, old: Signature, rarity: Rarity, besides: float, worth: float) -> float:
    """The bound by all words that are shared; `besides` is what else the bound sums up."""
    text, head, one = new.text, new.head, new.signature
    shared = text.keys() & old.terms
    weights = [text[key] for key in shared]
    if sum(weights) < new.enough:
        return LEAST
    squares = sum([weight * weight for weight in weights])
    alike = sqrt(squares) / new.text_norm  # the other's norm is that of what is shared, at least
    if min(len(one.lead), len(old.lead)) >= 4 * LONG_LEAD:
        wanted = TEXT_OF_ONE_HEADLINE if is_full(one) and is_full(old) else TEXT_AT_ALL
        if alike < _SHIFT * wanted:
            return LEAST
    total = besides + TEXTS_ALIKE * alike + HEADLINE_HELD
    if total <= worth:
        return max(LEAST, total)
    theirs = rarity.weights(old.language, old.head_terms)
    norm = sqrt(squares + sum([w * w for key, w in theirs.items() if key not in shared]))
    held = sum([head[key] for key in shared if key in head]) / new.head_sum
    holds = sum([text[key] for key in shared if key in theirs]) / (sum(theirs.values()) or 1.0)
    total = (
        besides
        + TEXTS_ALIKE * squares / (new.text_norm * (norm or 1.0))
        + HEADLINE_HELD * max(held, holds)
    )
    return max(LEAST, min(MOST, total))


def _names_like_kinds(new: Weighed, old: Signature) -> bool:
    """Whether one of two articles names a kind of event that stands in the other's headline."""
    if not new.kinds.keys().isdisjoint(old.headline_events):
        return True
    for kind in new.signature.headline_events:
        if kind in old.events or kind in old.headline_events:
            return True
    return False
