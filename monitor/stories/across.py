"""Whether groups of articles in two languages report the same event, by the facts they name.

No words are shared, so a group is what its articles name together: people, bodies and places of the
gazetteer, kinds of event (`events.toml`, the same in four languages), numbers, and when it was
told. Names and kinds weigh by their rarity these days: on the day of a summit the two presidents
say nothing.

A sum above the threshold does not join by itself. Reports of a long affair all name the same, so a
group is linked with its best partner in another language only where it is that partner's best too,
and both by a margin, unless the next best is near the best one itself: what is ambiguous stays
apart.

The weights are those of a logistic regression over groups of labelled items and of the reports in
`tests/stories/pairs_*.toml`; `tests/benchmarks/fit_events.py` fits them anew.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import fsum, log1p

from msgspec import Struct
from msgspec.structs import replace

from monitor.stories.lexicon import (
    affairs,
    broad_names,
    fates_differ,
    home_of,
    states_for,
    step_kinds,
    telling_little,
    toll_kinds,
)
from monitor.stories.rarity import Rarity, covered, fact_key
from monitor.stories.same_event import STILL_NEW
from monitor.stories.same_text import ONE_ISSUE
from monitor.stories.signature import Signature
from monitor.stories.units import differ

KINDS_COVERED = 2.43  # share of the kinds in either headline that the other names: the mean
NAMES_COVERED = 3.42  # the same of names
NUMBERS_SHARED = 0.85  # their rarity, up to two
HOURS_APART = -1.22  # for each e-fold of hours, counted from 1
OPENING_MISSING = -1.03  # for each group whose first name the other does not name
FACTS_SHARED = 1.38  # rarity of all names, kinds and numbers in common, up to four
OTHER_STEP = -0.68  # the headlines name steps, and none in common
COMMENT = -2.12  # one explains or comments: another outlet's report is of something else
START = -4.49
LEAST = -0.1  # the sum above which two groups may be linked
RELATED = -1.0  # above which they likely tell of one happening, whichever is the best partner
MARGIN = 2.2  # by which a partner must be better than the next one

NAMES = (
    "kinds of event",
    "names",
    "numbers",
    "hours",
    "opening name missing",
    "facts",
    "step",
    "comment",
)
WEIGHTS = (
    KINDS_COVERED,
    NAMES_COVERED,
    NUMBERS_SHARED,
    HOURS_APART,
    OPENING_MISSING,
    FACTS_SHARED,
    OTHER_STEP,
    COMMENT,
)
_OTHER_STEP_OF_OTHERS = 1.0
# What is told half a day later is mostly the next of its kind, as in one language.
_NEXT_DAY, _MORE_NEXT_DAY = log1p(ONE_ISSUE / timedelta(hours=1)), 1.5
_FEW_FACTS = 2
_COUNTERS_DIFFER = timedelta(hours=2)  # after a report; then all give the same count of one thing
# Where headlines name few of the same people and places, what else they share is the affair's.
_FEW_NAMES, _OF_THE_AFFAIR = 0.5, 1.5


class Pool(Struct, frozen=True):
    """What the articles of a group name together; counts are shares of its articles."""

    language: str
    first: datetime
    last: datetime
    flashed: datetime | None  # at the latest
    names: Mapping[str, float]
    headline_names: Mapping[str, float]
    kinds: Mapping[str, float]
    headline_kinds: Mapping[str, float]
    numbers: frozenset[float]
    headline_measures: frozenset[str]
    steps: frozenset[str]
    opening: str
    comments: bool


def pool(articles: Sequence[Signature]) -> Pool:
    """Put together what some articles of one language name."""
    size = len(articles)

    def shares(lists: Sequence[tuple[str, ...]]) -> dict[str, float]:
        return {name: n / size for name, n in Counter(x for one in lists for x in one).items()}

    times = [article.when for article in articles]
    kinds = shares([article.headline_events for article in articles])
    openings = Counter(sorted(filter(None, map(_opening, articles))))
    return Pool(
        language=articles[0].language,
        first=min(times),
        last=max(times),
        flashed=max((one.when for one in articles if one.rank == 1), default=None),
        names=shares([states_for(article.entities) for article in articles]),
        headline_names=shares([states_for(article.headline_entities) for article in articles]),
        kinds=shares([tuple({*article.events, *article.headline_events}) for article in articles]),
        headline_kinds=kinds,
        numbers=frozenset(number for article in articles for number in article.numbers),
        headline_measures=frozenset(m for one in articles for m in one.headline_measures),
        steps=frozenset(k for k, share in kinds.items() if share >= 0.5 and k in step_kinds()),
        opening=openings.most_common(1)[0][0] if openings else "",
        comments=kinds.get("analysis", 0.0) >= 0.5,
    )


def _opening(article: Signature) -> str:
    names = states_for(article.headline_entities)
    return next((name for name in names if name not in broad_names()), names[0] if names else "")


def measure(one: Pool, other: Pool, rarity: Rarity) -> tuple[float, ...]:
    """The eight measures of two groups, as `NAMES` names them; symmetric.

    An affair that one group alone names stands for its states, and what is told in the language of
    a state need not name it.
    """
    one, other = _beside(one, other), _beside(other, one)
    kind_weight = {k: rarity.weight(fact_key(f"kind {k}")) for k in {*one.kinds, *other.kinds}}
    name_weight = {n: rarity.weight(fact_key(f"name {n}")) for n in {*one.names, *other.names}}
    numbers = [
        rarity.weight(fact_key(f"number {number:g}")) for number in one.numbers & other.numbers
    ]
    # Exact sums: the order of a set is another in every process, and a last digit decides a tie.
    shared = fsum([name_weight[name] for name in one.names.keys() & other.names.keys()])
    shared += fsum([kind_weight[kind] for kind in one.kinds.keys() & other.kinds.keys()])
    shared += fsum(numbers)
    gap = max(one.first, other.first) - min(one.last, other.last)
    return (
        (
            covered(one.headline_kinds, other.kinds, kind_weight)
            + covered(other.headline_kinds, one.kinds, kind_weight)
        )
        / 2,
        (
            covered(one.headline_names, other.names, name_weight)
            + covered(other.headline_names, one.names, name_weight)
        )
        / 2,
        min(8.0, fsum(numbers)) / 4,
        log1p(max(0.0, gap.total_seconds() / 3600)),
        float(
            (bool(one.opening) and one.opening not in other.names)
            + (bool(other.opening) and other.opening not in one.names)
        ),
        min(20.0, shared) / 5,
        1.0 if one.steps and other.steps and not one.steps & other.steps else 0.0,
        1.0 if one.comments or other.comments else 0.0,
    )


def _beside(group: Pool, other: Pool) -> Pool:
    """A group as it is held against another."""
    left_out = affairs().intersection(group.names).difference(other.names)
    home = home_of(group.language)
    implied = {home: 1.0} if home in other.headline_names else {}
    if not left_out and not implied:
        return group
    headline = {n: share for n, share in group.headline_names.items() if n not in left_out}
    return replace(
        group,
        names=implied | {n: share for n, share in group.names.items() if n not in left_out},
        headline_names=headline,
        opening="" if group.opening in left_out else group.opening,
    )


def score(measures: tuple[float, ...]) -> float:
    """How much speaks for one event, as the logarithm of odds.

    Another step told of somebody else, or explained, is another event, however much else they
    share; so mostly are reports that name few of the same.
    """
    total = START + sum([weight * value for weight, value in zip(WEIGHTS, measures, strict=True)])
    if measures[1] < _FEW_NAMES:
        total -= _OF_THE_AFFAIR
    if measures[3] > _NEXT_DAY:
        total -= _MORE_NEXT_DAY
    return total - _OTHER_STEP_OF_OTHERS if measures[6] and (measures[4] or measures[7]) else total


def contradict(one: Pool, other: Pool) -> bool:
    """Whether two groups are of two events, whatever their score.

    Headlines that differ in an exact figure or name other fates are, and a report and what is
    flashed long after it.
    Groups that have no more than one name in common, and no number and no telling kind of event,
    are two things that happened in one place.
    """
    earlier, later = sorted((one, other), key=lambda group: group.first)
    agreed = later.first - earlier.last > _COUNTERS_DIFFER
    toll = not toll_kinds().isdisjoint({*one.headline_kinds, *other.headline_kinds})
    if differ(earlier.headline_measures, later.headline_measures, next_day=agreed, toll=toll):
        return True
    if fates_differ(one.headline_kinds, other.headline_kinds):
        return True
    for flashed, first in ((one.flashed, other.first), (other.flashed, one.first)):
        if flashed is not None and flashed - first > STILL_NEW:
            return True
    names = one.names.keys() & other.names.keys()
    kinds = (one.kinds.keys() & other.kinds.keys()) - telling_little() - names
    return not kinds and not one.numbers & other.numbers and len(names) < _FEW_FACTS


def grounds(one: Pool, other: Pool) -> list[str]:
    """What two groups have in common, in words."""
    found = []
    names = [name for name in one.names if name in other.names]
    telling = [name for name in names if name not in broad_names()]
    if names:
        found.append("names " + ", ".join((telling or names)[:3]))
    if kinds := sorted(one.kinds.keys() & other.kinds.keys()):
        found.append("event " + ", ".join(kinds[:3]))
    if numbers := sorted(one.numbers & other.numbers):
        found.append("numbers " + ", ".join(f"{number:g}" for number in numbers[-3:]))
    return found
