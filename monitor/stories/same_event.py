"""Whether two articles in one language report the same event, by the words that both have.

Eight measures of two articles, each weighted and summed: how alike headline and first sentences
are, how much of a headline the other article has at all, how much in all both headlines have, how
much of the kinds of event that either headline names the other article names, how many hours lie
between them, whether their headlines name different steps of a happening (departs, arrives;
announces, protests), whether one explains and the other reports, and whether one outlet has both.
Words and kinds weigh by their rarity, so that 北朝鮮 and 미사일 count for little on a day full of
them. A sum of 0 is as likely as not; what joins is decided over whole groups (see `clusters`).
Names, numbers, the cosine of the headlines and the longest run of characters that both have were
tried too and added nothing.

The weights are those of a logistic regression over pairs of labelled feed items within 40 hours;
`tests/benchmarks/fit_events.py` fits them anew and says how it does on days it was not fitted on.
"""

from collections.abc import Mapping, Set
from datetime import timedelta
from itertools import pairwise
from math import log1p, sqrt

from monitor.stories.lexicon import fates_differ, states_differ, telling_little
from monitor.stories.rarity import covered
from monitor.stories.same_text import figures_differ, is_next_issue, is_one_form, is_standing
from monitor.stories.signature import Signature
from monitor.stories.weighed import Weighed

TEXTS_ALIKE = 1.72  # cosine of the weighted terms of headline and first sentences
HEADLINE_HELD = 2.9  # share of a headline that the other article has: the greater of the two
HEADLINES_SHARE = 1.85  # weight of the terms that both have, by what two articles must share
KINDS_COVERED = 4.5  # share of the kinds in either headline that the other names: the mean
HOURS_APART = -1.41  # for each e-fold of hours, counted from 1
OTHER_STEP = -1.26  # the headlines name steps, and none in common
OTHER_SORT = -0.98  # one explains or comments, the other reports
ONE_OUTLET = -0.65  # an outlet seldom tells of an event twice
START = -5.46  # what two articles begin with
LEAST, MOST = -6.0, 6.0  # bounds of a sum, so that one pair does not outweigh a group

MUCH = 6.0  # times what two articles must share, that their headlines share at most

_IN_ONE_WORD = 0.6

_ONE_HEADLINE = 0.8  # cosine of two headlines that are one
_ONE_DEED = 0.55  # cosine of two headlines that tell one deed, above which other states did another
_FORM = 0.1  # cosine of two headlines that may be one form: what fills them is rarer than the form
_NEXT_FLASH = 1.5
# What is told half a day later is mostly the next of its kind, and needs so much more.
_NEXT_DAY, _MORE_NEXT_DAY = timedelta(hours=12), 1.5
# Headlines that share so few pieces, of so little weight, and little beside, are at most this sure
# to be of one event: by themselves they do not join.
_FEW_PHRASES, _FEW, _OF_ONE_THING = 3, 3.5, 0.3
STILL_NEW = timedelta(hours=10)  # after a report, within which a flash may be of the same event
LONG_LEAD = 24  # terms: some sentences
# Characters of a page's text; what a feed gives is shorter.
_FULL, _FULLS = 900, {"ko": 500, "zh": 350, "ja": 400}
TEXT_AT_ALL, TEXT_OF_ONE_HEADLINE = 0.18, 0.3  # cosine that two such texts have at least
# Of two whole pages, what they share beyond their headlines: the least cosine, as a part of what
# two articles must share to be worth measuring, and how often that where the headlines are unlike.
_BEYOND_HEADLINES, _WITHOUT_HEADLINES, _HEADLINES_UNLIKE = 0.02, 2.0, 0.1

NAMES = (
    "texts alike",
    "headline held",
    "headlines share",
    "kinds of event",
    "hours",
    "step",
    "sort",
    "outlet",
)
WEIGHTS = (
    TEXTS_ALIKE,
    HEADLINE_HELD,
    HEADLINES_SHARE,
    KINDS_COVERED,
    HOURS_APART,
    OTHER_STEP,
    OTHER_SORT,
    ONE_OUTLET,
)


def measure(new: Weighed, old: Weighed, shared: Set[int] | None = None) -> tuple[float, ...]:
    """The eight measures of two articles, as `NAMES` names them; symmetric."""
    texts = new.text.keys() & old.text.keys() if shared is None else shared
    first, second = new.head, old.head
    held = sum([first[key] for key in texts if key in first]) / new.head_sum
    holds = sum([second[key] for key in texts if key in second]) / old.head_sum
    one, other = new.signature, old.signature
    both = _shared_weight(first, second) if one.id < other.id else _shared_weight(second, first)
    hours = abs((one.when - other.when).total_seconds()) / 3600
    return (
        sum([new.text[key] * old.text[key] for key in texts]) / (new.text_norm * old.text_norm),
        max(held, holds),
        min(MUCH, both / new.enough),
        (
            covered(one.headline_events, old.kinds, new.kinds)
            + covered(other.headline_events, new.kinds, old.kinds)
        )
        / 2,
        log1p(hours),
        1.0 if new.steps and old.steps and not new.steps & old.steps else 0.0,
        1.0
        if ("analysis" in one.headline_events) != ("analysis" in other.headline_events)
        else 0.0,
        1.0 if one.outlet and one.outlet == other.outlet else 0.0,
    )


def _shared_weight(first: Mapping[int, float], second: Mapping[int, float]) -> float:
    """The weight of the terms that two headlines share.

    Pairs of characters that follow one another are mostly of one word, so that each but the
    weightiest counts less.
    """
    total = best = 0.0
    for key, weight in first.items():
        if key in second:
            total += _IN_ONE_WORD * min(weight, best)
            best = max(weight, best)
        elif best:
            total, best = total + best, 0.0
    return total + best


def headlines_alike(new: Weighed, old: Weighed) -> float:
    """The cosine of the weighted terms of two headlines."""
    dot = sum([weight * old.head[key] for key, weight in new.head.items() if key in old.head])
    return dot / (new.head_norm * old.head_norm)


def score(measures: tuple[float, ...]) -> float:
    """How much speaks for one event, as the logarithm of odds."""
    total = START + sum([weight * value for weight, value in zip(WEIGHTS, measures, strict=True)])
    return max(LEAST, min(MOST, total))


def is_full(article: Signature) -> bool:
    """Whether an article has a whole page's text, not the sentence or two that feeds give."""
    return article.length >= _FULLS.get(article.language[:2], _FULL)


def judge(new: Weighed, old: Weighed) -> float:
    """The score of two articles, with what a score cannot know.

    Of a word or two that many articles have nothing follows, however short the headlines are. What
    an outlet flashes next is the next thing, and so is what anybody flashes a day after a report;
    what comes half a day later needs more to be the same.
    """
    shared = new.text.keys() & old.text.keys()
    if sum([new.text[key] for key in shared]) < new.enough:
        return LEAST
    measures = measure(new, old, shared)
    total = score(measures)
    one, other, alike = new.signature, old.signature, headlines_alike(new, old)
    if total <= LEAST or _contradict(new, old, shared, measures[0], alike):
        return LEAST
    few = measures[2] < _FEW
    if few and total > _OF_ONE_THING and _share_some_phrases(new, old, shared):
        total = min(total, _OF_ONE_THING)
    if measures[-1] and one.rank == other.rank == 1:
        total -= _NEXT_FLASH
    if abs(one.when - other.when) > _NEXT_DAY:
        total -= _MORE_NEXT_DAY
    return max(LEAST, total)


def _share_some_phrases(new: Weighed, old: Weighed, shared: Set[int]) -> bool:
    """Whether two headlines have some phrases in common, and each as much that the other lacks.

    One phrase says what both are about; a few say also that the like was done ("City council
    extends its … plan"). Without a like kind of event, or more of it in the texts under them, the
    headlines do not say that one thing happened.
    """
    both = new.head.keys() & old.head.keys()
    phrases = max(_runs(new.head, both), _runs(old.head, both))
    if phrases > _FEW_PHRASES:
        return False
    told_alike = (
        bool(
            set(new.signature.headline_events)
            & set(old.signature.headline_events) - telling_little()
        )
        or sum([new.text[key] for key in shared if key not in both]) >= new.enough
    )
    if phrases > 1 and told_alike:
        return False
    own = min(
        new.head_sum - sum([new.head[key] for key in shared if key in new.head]),
        old.head_sum - sum([old.head[key] for key in shared if key in old.head]),
    )
    return own >= new.enough


def _runs(head: Mapping[int, float], shared: Set[int]) -> int:
    """The number of pieces of a headline that another has."""
    held = [False, *(key in shared for key in head)]
    return sum([now and not before for before, now in pairwise(held)])


def _contradict(
    new: Weighed, old: Weighed, shared: Set[int], texts_alike: float, alike: float
) -> bool:
    """Whether two articles are of two events, whatever their score.

    Headlines that differ in an exact figure, name other fates (a boat sinks, a boat is seized) or
    other states where they are alike beside them, or are one form filled otherwise, are. Two texts
    of some sentences that report one event share some of their words, all the more if they share a
    headline: one that stands over every issue of a series says nothing. Two whole pages share more
    than a headline, or a sentence that is one's headline (see `_pages_agree`).
    """
    one, other = new.signature, old.signature
    full = is_full(one) and is_full(other)
    if figures_differ(one, other) or _is_flashed_later(one, other):
        return True
    if fates_differ(one.headline_events, other.headline_events):
        return True
    if alike > _ONE_DEED and states_differ(one.headline_entities, other.headline_entities):
        return True
    if not full and alike > _FORM and is_one_form(one, other):
        return True
    wanted = TEXT_OF_ONE_HEADLINE if alike > _ONE_HEADLINE or full else TEXT_AT_ALL
    if texts_alike < wanted and min(len(one.lead), len(other.lead)) >= 4 * LONG_LEAD:
        return True
    if full and not _pages_agree(new, old, shared, alike):
        return True
    if alike > _ONE_HEADLINE:
        return is_next_issue(one, other)
    return bool(one.outlet) and one.outlet == other.outlet and is_standing(one, other, alike)


def _is_flashed_later(one: Signature, other: Signature) -> bool:
    first, second = sorted((one, other), key=lambda article: article.when)
    return second.rank == 1 and second.when - first.when > STILL_NEW


def _pages_agree(new: Weighed, old: Weighed, shared: Set[int], alike: float) -> bool:
    """Whether what two whole pages share beyond their headlines is more than chance.

    The bar rises with the number of articles read, among which more pairs share words by chance.
    """
    heads = new.head.keys() | old.head.keys()
    dot = sum([new.text[key] * old.text[key] for key in shared if key not in heads])
    wanted = _BEYOND_HEADLINES * new.enough
    if alike < _HEADLINES_UNLIKE:
        wanted *= _WITHOUT_HEADLINES
    return dot >= wanted * _norm_beyond(new, heads) * _norm_beyond(old, heads)


def _norm_beyond(article: Weighed, heads: Set[int]) -> float:
    return sqrt(sum([w * w for key, w in article.text.items() if key not in heads]))
