"""Whether two articles that share little or no text report the same event.

**In one language** shared text is still asked for, only less of it: two newsrooms that report one
event each in its own words are two stories. A rewrite shares a quarter of the shorter text, comes
from another outlet and agrees on the facts. A flash or a headline with a line of text has hardly
any text to share: its headline must be alike, and the facts must not speak against it.

**Across languages** no text is shared, and the facts decide by points: names (gazetteer ids), kinds
of event, numbers, days, clock times; points off for days that exclude each other, numbers without
one in common, no kind of event in common, hours apart, and for a person or body that opens one
report and is missing in the other, which is how a reaction differs from the event it reacts to.
Names that stand in half of the desk's news (countries, capitals) count little, and so does what
stands in many stories of these days: a president's name on the day of his summit. Round-ups are
never bridged.

The weights were set by hand on the public half of the labelled articles and on the pairs of
`tests/stories`; `sure` is a rank, not a probability.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from monitor.stories.lexicon import broad_kinds, broad_names
from monitor.stories.likeness import Likeness, Overlap, is_take, title_likeness
from monitor.stories.signature import Signature

NO_RARITY: Mapping[str, float] = MappingProxyType({})
THRESHOLD = 4.5  # points for one event in two languages
_REWRITE_CONTAINED = 0.25
_REWRITE_SHARED = 8
_REWRITE_POINTS = 5.0
SHORT = 40  # words; a text that has fewer is a flash or a summary
_ALIKE = 0.6  # headlines


def translated(
    new: Signature, old: Signature, rarity: Mapping[str, float] = NO_RARITY
) -> Likeness | None:
    """Whether two articles in different languages report one event, by points.

    Args:
        new: one article.
        old: the other.
        rarity: for facts of `new` that stand in many stories of the time, how much of their weight
            is left (0 to 1).
    """
    if new.roundup or old.roundup:
        return None
    points, grounds = weigh(new, old, rarity)
    if points < THRESHOLD:
        return None
    sure = min(0.95, 0.6 + (points - THRESHOLD) / 12)
    return Likeness("translation", sure, "same event in another language: " + ", ".join(grounds))


def rewritten(new: Signature, old: Signature, measured: Overlap) -> Likeness | None:
    """Whether an article of another outlet is a rewrite in the same language."""
    if new.roundup or old.roundup or (new.outlet and new.outlet == old.outlet):
        return None
    if measured.shared < _REWRITE_SHARED or measured.contained < _REWRITE_CONTAINED:
        return None
    points, grounds = weigh(new, old)
    if points < _REWRITE_POINTS:
        return None
    why = f"{measured.contained:.0%} of the shorter text shared, " + ", ".join(grounds)
    return Likeness("rewrite", min(0.9, 0.6 + measured.contained), why)


def flashed(new: Signature, old: Signature) -> Likeness | None:
    """Whether two articles in one language, one of them a few lines, are one item by headline."""
    if new.roundup or old.roundup or min(new.words, old.words) >= SHORT:
        return None
    titles = title_likeness(new, old)
    if titles < _ALIKE or (new.days and old.days and not set(new.days) & set(old.days)):
        return None
    points, grounds = weigh(new, old)
    if points < 0.0:
        return None
    why = "like headlines, short text" + (", " + ", ".join(grounds) if grounds else "")
    role = "take" if is_take(new, old, titles) else "rewrite"
    return Likeness(role, min(0.9, 0.4 + titles / 2), why)


def fact_of_number(number: float) -> str:
    """A number as a key of `rarity`; a name is its own key."""
    return f"{number:g}"


def fact_of_kind(day: int, kind: str) -> str:
    """A kind of event on a day as a key of `rarity`."""
    return f"{day} {kind}"


def weigh(
    new: Signature, old: Signature, rarity: Mapping[str, float] = NO_RARITY
) -> tuple[float, list[str]]:
    """Points for one event by the facts alone, and what they were given for."""
    grounds: list[str] = []
    points = (
        _names(new, old, rarity, grounds)
        + _kinds(new, old, rarity, grounds)
        + _numbers(new, old, rarity, grounds)
        + _times(new, old, grounds)
    )
    return points, grounds


def _names(
    new: Signature, old: Signature, rarity: Mapping[str, float], grounds: list[str]
) -> float:
    broad = broad_names()
    first = [name for name in new.entities if name not in broad]
    second = [name for name in old.entities if name not in broad]
    shared = [name for name in first if name in second]
    wide = set(new.entities) & set(old.entities) & broad
    weight = sum(rarity.get(name, 1.0) for name in shared)
    points = 1.2 * min(weight, 3.0) + 0.3 * min(len(wide), 2)
    if shared or wide:
        grounds.append("names " + ", ".join((shared or sorted(wide))[:3]))
    if first and second:
        points += 1.5 * weight / min(len(first), len(second)) - 0.75
        points -= 1.2 * ((first[0] not in second) + (second[0] not in first))
    if new.sides and old.sides and not set(new.sides) & set(old.sides):
        points -= 1.0
    return points


def _kinds(
    new: Signature, old: Signature, rarity: Mapping[str, float], grounds: list[str]
) -> float:
    if not new.events or not old.events:
        return 0.0
    shared = set(new.events) & set(old.events)
    if shared:
        grounds.append("event " + ", ".join(sorted(shared)[:3]))
    together = sum(_weight(kind, new.days, rarity) for kind in shared)
    apart = sum(_weight(kind, (), rarity) for kind in set(new.events) ^ set(old.events))
    alike = together / (sum(_weight(kind, (), rarity) for kind in shared) + apart)
    return 3.0 * alike + 0.5 * min(together, 3.0) - 1.0


def _weight(kind: str, days: tuple[int, ...], rarity: Mapping[str, float]) -> float:
    left = min((rarity.get(fact_of_kind(day, kind), 1.0) for day in days), default=1.0)
    return (0.5 if kind in broad_kinds() else 1.0) * left


def _numbers(
    new: Signature, old: Signature, rarity: Mapping[str, float], grounds: list[str]
) -> float:
    shared = set(new.numbers) & set(old.numbers)
    if shared:
        grounds.append("numbers " + ", ".join(f"{number:g}" for number in sorted(shared)[-3:]))
        return min(
            3.0,
            sum(
                (1.2 if number > 31 or number % 1 else 0.5)
                * rarity.get(fact_of_number(number), 1.0)
                for number in shared
            ),
        )
    return -1.0 if min(len(new.numbers), len(old.numbers)) >= 2 else 0.0


def _times(new: Signature, old: Signature, grounds: list[str]) -> float:
    points = -abs((new.when - old.when) / timedelta(hours=12))
    if new.days and old.days:
        gap = min(abs(first - second) for first in new.days for second in old.days)
        points += 1.0 if gap == 0 else -1.0 if gap == 1 else -2.5
        if gap == 0:
            grounds.append("day")
    if set(new.clocks) & set(old.clocks):
        points += 1.5
        grounds.append("clock time")
    return points
