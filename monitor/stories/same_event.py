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

from monitor.model import Role
from monitor.stories.fingerprint import Signature
from monitor.stories.lexicon import broad_kinds, broad_names
from monitor.stories.same_text import Likeness, Overlap, is_take, title_likeness

NO_RARITY: Mapping[str, float] = MappingProxyType({})
THRESHOLD = 4.5  # points for one event in two languages
_REWRITE_CONTAINED = 0.25
_REWRITE_SHARED = 8
_REWRITE_POINTS = 5.0
SHORT = 40  # words; a text that has fewer is a flash or a summary
_ALIKE = 0.6  # headlines
_HALF_DAY = timedelta(hours=12)


class Facts:
    """The facts of a new article, made ready to be weighed against those of many others.

    Args:
        new: the article.
        rarity: for facts of it that stand in many stories of the time, how much of their weight is
            left (0 to 1).
    """

    def __init__(self, new: Signature, rarity: Mapping[str, float] = NO_RARITY) -> None:
        broad = broad_names()
        self.new = new
        self._names = {name: rarity.get(name, 1.0) for name in new.entities if name not in broad}
        self._wide = broad.intersection(new.entities)
        self._numbers = {
            number: (1.2 if number > 31 or number % 1 else 0.5)
            * rarity.get(fact_of_number(number), 1.0)
            for number in new.numbers
        }
        self._kinds = {
            kind: _breadth(kind)
            * min((rarity.get(fact_of_kind(day, kind), 1.0) for day in new.days), default=1.0)
            for kind in new.events
        }
        self._spread = {kind: _breadth(kind) for kind in new.events}

    def weigh(self, old: Signature) -> float:
        """Points for one event by the facts alone."""
        return (
            self._by_names(old) + self._by_kinds(old) + self._by_numbers(old) + self._by_times(old)
        )

    def grounds(self, old: Signature) -> list[str]:
        """What the points were given for, in words."""
        grounds: list[str] = []
        named = set(old.entities)
        if names := [name for name in self._names if name in named] or sorted(self._wide & named):
            grounds.append("names " + ", ".join(names[:3]))
        if kinds := sorted(self._kinds.keys() & set(old.events)):
            grounds.append("event " + ", ".join(kinds[:3]))
        if numbers := sorted(self._numbers.keys() & set(old.numbers)):
            grounds.append("numbers " + ", ".join(f"{number:g}" for number in numbers[-3:]))
        if set(self.new.days) & set(old.days):
            grounds.append("day")
        if set(self.new.clocks) & set(old.clocks):
            grounds.append("clock time")
        return grounds

    def _by_names(self, old: Signature) -> float:
        broad, first = broad_names(), self._names
        second = [name for name in old.entities if name not in broad]
        weight = sum([first[name] for name in second if name in first])
        points = 1.2 * min(weight, 3.0) + 0.3 * min(len(self._wide.intersection(old.entities)), 2)
        if first and second:
            opens = next(iter(first))
            points += 1.5 * weight / min(len(first), len(second)) - 0.75
            points -= 1.2 * ((opens not in second) + (second[0] not in first))
        if self.new.sides and old.sides and not set(self.new.sides).intersection(old.sides):
            points -= 1.0
        return points

    def _by_kinds(self, old: Signature) -> float:
        kinds, spread = self._kinds, self._spread
        if not kinds or not old.events:
            return 0.0
        together = 0.0
        every = sum(spread.values())  # of the kinds that either has
        for kind in old.events:
            if kind in kinds:
                together += kinds[kind]
            else:
                every += _breadth(kind)
        return 3.0 * together / every + 0.5 * min(together, 3.0) - 1.0

    def _by_numbers(self, old: Signature) -> float:
        shared = self._numbers.keys() & set(old.numbers)
        if shared:
            return min(3.0, sum([self._numbers[number] for number in shared]))
        return -1.0 if min(len(self.new.numbers), len(old.numbers)) >= 2 else 0.0

    def _by_times(self, old: Signature) -> float:
        new = self.new
        points = -abs((new.when - old.when) / _HALF_DAY)
        if new.days and old.days:
            gap = min([abs(first - second) for first in new.days for second in old.days])
            points += 1.0 if gap == 0 else -1.0 if gap == 1 else -2.5
        if new.clocks and set(new.clocks).intersection(old.clocks):
            points += 1.5
        return points


def _breadth(kind: str) -> float:
    return 0.5 if kind in broad_kinds() else 1.0


def translated(facts: Facts, old: Signature) -> Likeness | None:
    """Whether two articles in different languages report one event, by points."""
    if facts.new.roundup or old.roundup:
        return None
    points = facts.weigh(old)
    if points < THRESHOLD:
        return None
    sure = min(0.95, 0.6 + (points - THRESHOLD) / 12)
    why = "same event in another language: " + ", ".join(facts.grounds(old))
    return Likeness("translation", sure, why)


def rewritten(new: Signature, old: Signature, measured: Overlap) -> Likeness | None:
    """Whether an article of another outlet is a rewrite in the same language."""
    if new.roundup or old.roundup or (new.outlet and new.outlet == old.outlet):
        return None
    if measured.shared < _REWRITE_SHARED or measured.contained < _REWRITE_CONTAINED:
        return None
    facts = Facts(new)
    if facts.weigh(old) < _REWRITE_POINTS:
        return None
    why = ", ".join((f"{measured.contained:.0%} of the shorter text shared", *facts.grounds(old)))
    return Likeness("rewrite", min(0.9, 0.6 + measured.contained), why)


def flashed(new: Signature, old: Signature) -> Likeness | None:
    """Whether two articles in one language, one of them a few lines, are one item by headline."""
    if new.roundup or old.roundup or min(new.words, old.words) >= SHORT:
        return None
    titles = title_likeness(new, old)
    if titles < _ALIKE or (new.days and old.days and not set(new.days) & set(old.days)):
        return None
    facts = Facts(new)
    if facts.weigh(old) < 0.0:
        return None
    why = ", ".join(("like headlines, short text", *facts.grounds(old)))
    role: Role = "take" if is_take(new, old, titles) else "rewrite"
    return Likeness(role, min(0.9, 0.4 + titles / 2), why)


def fact_of_number(number: float) -> str:
    """A number as a key of `rarity`; a name is its own key."""
    return f"{number:g}"


def fact_of_kind(day: int, kind: str) -> str:
    """A kind of event on a day as a key of `rarity`."""
    return f"{day} {kind}"
