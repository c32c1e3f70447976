"""Whether two articles in one language report the same event, by the words that both have.

Seven measures of two articles, each weighted and summed: how alike their headlines are, how alike
headline and first sentences are, how much of either headline the other article has at all, how
many hours lie between them, whether their headlines name different steps of a happening (departs,
arrives; announces, protests), and whether one outlet has both. Words weigh by their rarity, so
that 北朝鮮 and 미사일 count for little on a day full of them. A sum of 0 is as likely as not; what
joins is decided over whole groups (see `clusters`). Names, kinds of event and numbers were tried
too: in one language the words say it better, and these made it worse.

The weights are those of a logistic regression over pairs of labelled feed items within 40 hours;
`tests/benchmarks/fit_events.py` fits them anew and says how it does on days it was not fitted on.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from math import log1p, sqrt

from monitor.stories.fingerprint import Signature
from monitor.stories.lexicon import step_kinds
from monitor.stories.rarity import Rarity

HEADLINES_ALIKE = 3.5  # cosine of the weighted terms of the headlines
TEXTS_ALIKE = 2.41  # the same of headline and first sentences
HEADLINE_HELD = 4.42  # share of a headline that the other article has: the lesser of the two
HEADLINE_HELD_MOST = 5.15  # and the greater
HOURS_APART = -1.42  # for each e-fold of hours, counted from 1
OTHER_STEP = -2.1  # the headlines name steps, and none in common
ONE_OUTLET = -0.7  # an outlet seldom tells of an event twice
START = -3.46  # what two articles begin with
LEAST, MOST = -6.0, 6.0  # bounds of a sum, so that one pair does not outweigh a group

_ONE_HEADLINE, _OTHER_HEADLINE = 0.8, 0.25  # cosine of two headlines that are one; are two
_STANDING = 0.6  # share of an opening that is the outlet's, where the headlines are two
_NEXT_FLASH = 1.5
LONG_LEAD = 24  # terms: some sentences
# Characters of a page's text; what a feed gives is shorter.
_FULL, _FULLS = 900, {"ko": 500, "zh": 350, "ja": 400}
_TEXT_AT_ALL, _TEXT_OF_ONE_HEADLINE = 0.18, 0.3  # cosine that two such texts have at least
_ONE_ISSUE = timedelta(hours=12)
# Of two whole pages, what they share beyond their headlines: the least cosine, as a part of what
# two articles must share to be worth measuring, and how often that where the headlines are unlike.
_BEYOND_HEADLINES, _WITHOUT_HEADLINES, _HEADLINES_UNLIKE = 0.02, 2.0, 0.1

NAMES = (
    "headlines alike",
    "texts alike",
    "headline held",
    "headline held (most)",
    "hours",
    "step",
    "outlet",
)
WEIGHTS = (
    HEADLINES_ALIKE,
    TEXTS_ALIKE,
    HEADLINE_HELD,
    HEADLINE_HELD_MOST,
    HOURS_APART,
    OTHER_STEP,
    ONE_OUTLET,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An article with the weight that each of its terms has these days."""

    signature: Signature
    head: dict[int, float]
    text: dict[int, float]  # headline and first sentences
    head_sum: float
    head_norm: float
    text_norm: float
    steps: frozenset[str]
    enough: float  # the least weight that it must share with another


def weigh(signature: Signature, rarity: Rarity) -> Weighed:
    """Give an article's terms their weights."""
    head = rarity.weights(signature.language, signature.head_terms)
    lead = rarity.weights(signature.language, signature.lead_terms)
    squares = sum([weight * weight for weight in head.values()])
    all_squares = squares + sum([weight * weight for weight in lead.values()])
    return Weighed(
        signature=signature,
        head=head,
        text=head | lead,
        head_sum=sum(head.values()) or 1.0,
        head_norm=sqrt(squares) or 1.0,
        text_norm=sqrt(all_squares) or 1.0,
        steps=step_kinds().intersection(signature.headline_events),
        enough=rarity.enough(signature.language),
    )


def measure(new: Weighed, old: Weighed, shared: Set[int] | None = None) -> tuple[float, ...]:
    """The seven measures of two articles, as `NAMES` names them; symmetric."""
    texts = new.text.keys() & old.text.keys() if shared is None else shared
    first, second = new.head, old.head
    heads = [key for key in texts if key in first and key in second]
    held = sum([first[key] for key in texts if key in first]) / new.head_sum
    holds = sum([second[key] for key in texts if key in second]) / old.head_sum
    hours = abs((new.signature.when - old.signature.when).total_seconds()) / 3600
    return (
        sum([first[key] * second[key] for key in heads]) / (new.head_norm * old.head_norm),
        sum([new.text[key] * old.text[key] for key in texts]) / (new.text_norm * old.text_norm),
        min(held, holds),
        max(held, holds),
        log1p(hours),
        1.0 if new.steps and old.steps and not new.steps & old.steps else 0.0,
        1.0 if new.signature.outlet and new.signature.outlet == old.signature.outlet else 0.0,
    )


def score(measures: tuple[float, ...]) -> float:
    """How much speaks for one event, as the logarithm of odds."""
    total = START + sum([weight * value for weight, value in zip(WEIGHTS, measures, strict=True)])
    return max(LEAST, min(MOST, total))


def is_full(article: Signature) -> bool:
    """Whether an article has a whole page's text, not the sentence or two that feeds give."""
    return article.length >= _FULLS.get(article.language[:2], _FULL)


def judge(new: Weighed, old: Weighed) -> float:
    """The score of two articles, with what a score cannot know.

    Of a word or two that many articles have nothing follows, however short the headlines are. Two
    texts of some sentences that report one event share some of their words, all the more if they
    share a headline: one that stands over every issue of a series says nothing. Two whole pages
    share more than a headline, or a sentence that is one's headline (see `_pages_agree`).
    """
    shared = new.text.keys() & old.text.keys()
    if sum([new.text[key] for key in shared]) < new.enough:
        return LEAST
    measures = measure(new, old, shared)
    one, other = new.signature, old.signature
    one_headline = measures[0] > _ONE_HEADLINE
    full = is_full(one) and is_full(other)
    wanted = _TEXT_OF_ONE_HEADLINE if one_headline or full else _TEXT_AT_ALL
    if measures[1] < wanted and min(len(one.lead), len(other.lead)) >= 4 * LONG_LEAD:
        return LEAST
    if full and not _pages_agree(new, old, shared, measures[0]):
        return LEAST
    if one.outlet and one.outlet == other.outlet and _is_standing(one, other, measures[0]):
        return LEAST
    total = score(measures)
    # An outlet flashes a thing once; its next flash is of the next thing.
    if measures[6] and one.rank == other.rank == 1:
        total = max(LEAST, total - _NEXT_FLASH)
    return total


def _pages_agree(new: Weighed, old: Weighed, shared: Set[int], headlines_alike: float) -> bool:
    """Whether what two whole pages share beyond their headlines is more than chance.

    The bar rises with the number of articles read, among which more pairs share words by chance.
    """
    heads = new.head.keys() | old.head.keys()
    dot = sum([new.text[key] * old.text[key] for key in shared if key not in heads])
    wanted = _BEYOND_HEADLINES * new.enough
    if headlines_alike < _HEADLINES_UNLIKE:
        wanted *= _WITHOUT_HEADLINES
    return dot >= wanted * _norm_beyond(new, heads) * _norm_beyond(old, heads)


def _norm_beyond(article: Weighed, heads: Set[int]) -> float:
    return sqrt(sum([w * w for key, w in article.text.items() if key not in heads]))


def _is_standing(one: Signature, other: Signature, headlines_alike: float) -> bool:
    """Whether two items of one outlet share only what it prints again and again."""
    if headlines_alike > _ONE_HEADLINE:
        apart = abs(one.when - other.when) > _ONE_ISSUE
        return apart and not _say_the_same_figure(one, other)
    leads = set(one.lead_terms), set(other.lead_terms)
    shared = len(leads[0] & leads[1])
    return headlines_alike < _OTHER_HEADLINE and shared > _STANDING * min(map(len, leads))


def _say_the_same_figure(one: Signature, other: Signature) -> bool:
    return bool(set(one.numbers) & set(other.numbers) or set(one.days) & set(other.days))
