"""Whether two articles are one story, and how sure that is.

Two rules, both symmetric in the articles:

1. **Same text.** At least six sampled shingles in common, and they are at least 40 % of the
   shorter sample (containment: a copy cut to half is still wholly contained). Fewer are enough
   where a text is short and almost all of it is shared. Three guards keep unrelated pages apart.
   The shared part must lie in the *head* of the longer text, since wires are cut from the end:
   what lies deep inside it is a quotation, an item of a round-up or the outlet's boilerplate. It
   must reach into the first half of the shorter text. And two pages of one outlet, which share
   its boilerplate, must share 75 % or have like headlines.
2. **Same event.** Points for what survives retelling: entities, kinds of event, numbers, days,
   clock times, likeness of headlines (in one language) and of text; points off for what speaks
   against it: days that exclude each other, no kind of event in common, hours apart. Round-ups
   are never bridged by an event.
"""

from dataclasses import dataclass
from datetime import timedelta

from monitor.stories.shingles import coarser
from monitor.stories.signature import Signature

CONTAINED = 0.4
SHARED = 6
FEWEST = 3  # shared shingles below which texts are not compared


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two articles are one story: in what way, how sure (0 to 1), and why in a few words."""

    role: str  # copy, rewrite, take, translation
    sure: float
    why: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share of their samples, at the coarser level of both."""

    shared: int
    contained: float  # of the shorter sample
    head: float  # of the longer sample's first part, as long as the shorter
    front: float  # of the shorter sample's first half
    shorter: int


def overlap(new: Signature, old: Signature, common_place: frozenset[int] = frozenset()) -> Overlap:
    """Measure the shared shingles, leaving out those that stand in many stories."""
    level = max(new.level, old.level)
    a = [k for k in coarser(new.shingles, new.level, level) if k not in common_place]
    b = [k for k in coarser(old.shingles, old.level, level) if k not in common_place]
    if len(a) > len(b):
        a, b = b, a
    if not a:
        return Overlap(0, 0.0, 0.0, 0.0, 0)
    shared = set(a).intersection(b)
    size = len(a)
    head = b[: size + size // 4 + 2]
    front = a[: (size + 1) // 2]
    return Overlap(
        shared=len(shared),
        contained=len(shared) / size,
        head=len(shared.intersection(head)) / size,
        front=len(shared.intersection(front)) / len(front),
        shorter=size,
    )


def title_likeness(a: Signature, b: Signature) -> float:
    """Share of the words of the shorter headline that stand in the longer one; 0 under 3 words."""
    first, second = set(a.title_words), set(b.title_words)
    smaller = min(len(first), len(second))
    if smaller < 3:
        return 1.0 if first and first == second else 0.0
    shared = len(first & second)
    return (shared / smaller + shared / len(first | second)) / 2


def same_text(new: Signature, old: Signature, measured: Overlap) -> Likeness | None:
    """Rule 1."""
    enough = measured.shared >= SHARED or (
        measured.shared >= FEWEST and measured.contained >= 0.6 and measured.shorter <= 10
    )
    if not enough or measured.contained < CONTAINED:
        return None
    if measured.head < 0.3 or measured.front < 0.25:
        return None
    titles = title_likeness(new, old)
    if new.outlet and new.outlet == old.outlet and measured.contained < 0.75 and titles < 0.5:
        return None
    if (new.roundup or old.roundup) and (measured.contained < 0.75 or measured.shorter < 10):
        return None
    percent = f"{measured.contained:.0%} of the shorter text shared"
    if _is_take(new, old, titles):
        return Likeness("take", 0.97, f"take of one item; {percent}")
    sure = min(0.99, 0.75 + measured.contained / 4)
    if measured.contained >= 0.7:
        return Likeness("copy", sure, percent)
    return Likeness("rewrite", sure, percent)


def _is_take(new: Signature, old: Signature, titles: float) -> bool:
    marked = new.rank != old.rank or new.correction != old.correction
    one_house = (new.agency and new.agency == old.agency) or new.outlet == old.outlet
    return bool(marked and one_house and titles >= 0.4)


def hours_apart(a: Signature, b: Signature) -> float:
    """Hours between the two articles' times."""
    return abs((a.when - b.when) / timedelta(hours=1))


def same_event(new: Signature, old: Signature) -> Likeness | None:
    """Rule 2; the caller has seen to the bridge's time limit."""
    if new.roundup or old.roundup:
        return None
    points, grounds = event_points(new, old)
    if points < THRESHOLD:
        return None
    sure = min(0.95, 0.6 + (points - THRESHOLD) / 12)
    why = ", ".join(grounds)
    if new.language != old.language:
        return Likeness("translation", sure, f"same event in another language: {why}")
    titles = title_likeness(new, old)
    if _is_take(new, old, titles):
        return Likeness("take", sure, f"take of one item: {why}")
    return Likeness("rewrite", sure, f"same event: {why}")


THRESHOLD = 5.0
_TEXT_POINTS = 4.0
_COUNTRIES = frozenset(
    {"china", "south-korea", "north-korea", "united-states", "japan", "russia", "taiwan"}
)


def event_points(new: Signature, old: Signature) -> tuple[float, list[str]]:
    """Points for one event and what they were given for."""
    points = 0.0
    grounds: list[str] = []

    names = set(new.entities) & set(old.entities)
    strong = sorted(names - _COUNTRIES)
    points += 1.3 * min(len(strong), 3) + 0.4 * min(len(names) - len(strong), 2)
    if names:
        grounds.append("names " + ", ".join((strong or sorted(names))[:3]))
    smaller = min(len(set(new.entities)), len(set(old.entities)))
    if smaller:
        points += 1.5 * len(names) / smaller - 0.75

    kinds = set(new.events) & set(old.events)
    if new.events and old.events:
        union = len(set(new.events) | set(old.events))
        points += 3.0 * len(kinds) / union + 0.5 * min(len(kinds), 3) - 1.0
        if kinds:
            grounds.append("event " + ", ".join(sorted(kinds)[:3]))

    numbers = set(new.numbers) & set(old.numbers)
    points += min(3.0, sum(1.2 if number > 31 else 0.5 for number in numbers))
    if numbers:
        grounds.append("numbers " + ", ".join(f"{number:g}" for number in sorted(numbers)[-3:]))
    elif len(new.numbers) >= 2 and len(old.numbers) >= 2:
        points -= 1.0

    if new.days and old.days:
        gap = min(abs(a - b) for a in new.days for b in old.days)
        if gap == 0:
            points += 1.0
            grounds.append("day")
        elif gap > 1:
            points -= 2.5
        else:
            points -= 1.0
    if set(new.clocks) & set(old.clocks):
        points += 1.5
        grounds.append("clock time")

    if new.language == old.language:
        titles = title_likeness(new, old)
        points += 4.0 * titles
        if titles >= 0.5:
            grounds.append("headline")
    points -= hours_apart(new, old) / 12.0
    if new.language == old.language and points > THRESHOLD - _TEXT_POINTS:
        text = overlap(new, old)
        points += min(_TEXT_POINTS, 10.0 * text.contained) if text.shared >= 2 else 0.0
    return points, grounds
