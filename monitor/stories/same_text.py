"""Whether two articles are one story because they share their text.

At least six sampled shingles in common, and they are at least 40 % of the shorter sample
(containment: a copy cut to half is still wholly contained). Fewer are enough where a text is short
and most of it is shared. Five guards keep unrelated pages apart:

- The shared part must lie in the *head* of the longer text, since wires are cut from the end: what
  lies deep inside is a quotation, an item of a round-up or the outlet's boilerplate.
- It must reach into the first half of the shorter text.
- Two pages of one outlet, which share its boilerplate, must share 75 % or have like headlines.
- Texts that share less than 60 % and carry only different numbers under unlike headlines are two
  items of one form (yesterday's and today's market report).
- What is no more than a line or two must have a like headline too, or be copied nearly whole by
  another outlet: agencies open all reports of an affair with one sentence, and what an outlet
  prints under several headlines is its standing text. Nor may the headlines be those of two
  events, however like they are (see `is_of_another`).

Of articles that are little more than a headline, the headline is the text (`same_headline`).

The relation is symmetric, and it depends on nothing but the two articles and the set of shingles
that stand everywhere.
"""

from datetime import timedelta

from msgspec import Struct

from monitor.model import Role
from monitor.stories import designations
from monitor.stories.lexicon import broad_names, states_for, toll_kinds
from monitor.stories.rewording import headline_numbers
from monitor.stories.shingles import coarser
from monitor.stories.signature import Signature
from monitor.stories.units import counts_people, differ
from monitor.stories.wording import is_filled_otherwise

CONTAINED = 0.4
SHARED = 6
SHORT = 40  # words; a text that has fewer is a flash or a summary
_SHORT_UNSPACED = 120  # characters
FEW = 31  # numbers up to here count what stands in every story
_ONE_WORDING = timedelta(hours=6)  # within which one report is worded otherwise
_STANDING = 0.6  # share of an opening that is the outlet's, where the headlines are two
_OTHER_HEADLINE = 0.25  # cosine of two headlines that are two
ONE_ISSUE = timedelta(hours=12)  # within which two like headlines are one item


class Likeness(Struct, frozen=True):
    """Two articles are one story: in what way, how sure (0 to 1), and why in a few words."""

    role: Role
    sure: float
    why: str


class Overlap(Struct, frozen=True):
    """What two texts share of their samples, at the coarser level of both."""

    shared: int
    contained: float  # of the shorter sample
    head: float  # of the longer sample's first part, as long as the shorter
    front: float  # of the shorter sample's first half
    shorter: int


def overlap(
    new: Signature, old: Signature, level: int = 0, common: frozenset[int] = frozenset()
) -> Overlap:
    """Measure the shared shingles.

    Args:
        new: one article.
        old: the other.
        level: the finest level to compare at.
        common: shingles of that level which stand in many stories and count for nothing.
    """
    level = max(level, new.level, old.level)
    a = [key for key in coarser(new.shingles, new.level, level) if key not in common]
    b = [key for key in coarser(old.shingles, old.level, level) if key not in common]
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
    first, second = set(a.head_terms), set(b.head_terms)
    smaller = min(len(first), len(second))
    if smaller < 3:
        return 1.0 if first and first == second else 0.0
    shared = len(first & second)
    return (shared / smaller + shared / len(first | second)) / 2


def same_text(new: Signature, old: Signature, measured: Overlap) -> Likeness | None:
    """The rule of this module; None when the texts are not one story."""
    if not _is_shared(measured):
        return None
    titles = title_likeness(new, old)
    if not _is_told(new, old, measured, titles):
        return None
    percent = f"{measured.contained:.0%} of the shorter text shared"
    if is_take(new, old, titles):
        return Likeness("take", 0.97, f"take of one item; {percent}")
    sure = min(0.99, 0.75 + measured.contained / 4)
    if measured.contained >= 0.7:
        return Likeness("copy", sure, percent)
    return Likeness("rewrite", sure, percent)


def _is_shared(measured: Overlap) -> bool:
    """Whether enough is shared, and where a copy shares it."""
    enough = measured.shared >= SHARED or (
        measured.shared >= 3 and measured.contained >= 0.6 and measured.shorter <= 10
    )
    placed = measured.head >= 0.3 and measured.front >= 0.25
    return enough and placed and measured.contained >= CONTAINED


def _is_told(new: Signature, old: Signature, measured: Overlap, titles: float) -> bool:
    """Whether what is shared is the story, and not a form, a summary or an outlet's own lines."""
    contained = measured.contained
    one_outlet = bool(new.outlet) and new.outlet == old.outlet
    if one_outlet and contained < 0.75 and titles < 0.5:
        return False
    if is_short(new) or is_short(old):
        if titles < 0.4 and (one_outlet or contained < 0.8):
            return False
        if is_of_another(new, old):
            return False
    if contained < 0.6 and titles < 0.5 and _only_other_numbers(new, old):
        return False
    roundup = new.roundup or old.roundup
    return not roundup or (contained >= 0.75 and measured.shorter >= 10)


def is_short(article: Signature) -> bool:
    """Whether a text is a line or two: a flash, a summary, what stands under everything."""
    return article.words < (_SHORT_UNSPACED if article.language[:2] in {"zh", "ja"} else SHORT)


def same_headline(new: Signature, old: Signature) -> Likeness | None:
    """Whether two short articles carry one headline, and it is no series."""
    if new.head != old.head or new.language != old.language or new.roundup or old.roundup:
        return None
    if is_next_issue(new, old) or designations.are_of_two(new.headline, old.headline):
        return None
    if new.rank != old.rank or new.correction != old.correction:
        return Likeness("take", 0.95, "take of one item; the same headline")
    return Likeness("copy", 0.95, "the same headline")


def is_of_another(one: Signature, other: Signature) -> bool:
    """Whether two short texts are of two events by their headlines, however like these are.

    They give other figures, are one form filled otherwise, or issues of a series.
    """
    one_series = one.head == other.head or (bool(one.outlet) and one.outlet == other.outlet)
    if one_series and is_next_issue(one, other):
        return True
    if figures_differ(one, other):
        return True
    return is_one_form(one, other, of_one_series=bool(one.outlet) and one.outlet == other.outlet)


def figures_differ(one: Signature, other: Signature) -> bool:
    """Whether the figures of two headlines cannot be of one event."""
    toll = _is_toll(one) or _is_toll(other)
    if designations.are_of_two(one.headline, other.headline, toll=toll):
        return True
    first, second = sorted((one, other), key=lambda article: article.when)
    next_day = second.when - first.when > ONE_ISSUE
    return differ(
        first.headline_measures,
        second.headline_measures,
        next_day=next_day,
        toll=toll,
    )


def _is_toll(article: Signature) -> bool:
    """Whether a headline is of what people are counted of while it goes on."""
    return not toll_kinds().isdisjoint(article.headline_events)


def is_one_form(one: Signature, other: Signature, *, of_one_series: bool = False) -> bool:
    """Whether the headlines are one form of words that is filled otherwise (see `wording`).

    `of_one_series`: whether one outlet has both, with one text under them.
    """
    measures = one.headline_measures, other.headline_measures
    toll = _is_toll(one) or _is_toll(other)
    return is_filled_otherwise(
        one.marked or one.headline,
        other.marked or other.headline,
        later=of_one_series or abs(one.when - other.when) > _ONE_WORDING,
        counted=all(map(counts_people, measures)) and toll,
        # What both measure alike is not what differs, unless it is a toll and grows beside others.
        measured=set(measures[0]) != set(measures[1]) or (toll and any(measures)),
        grows=toll,
    )


def is_next_issue(one: Signature, other: Signature) -> bool:
    """Whether two items under like headlines are issues of a series: today's, yesterday's weather.

    What is told again half a day later is the same only where it names the same day or telling
    figure: a small count is the next one's too, and one outlet's figure must stand in its headline.
    """
    if abs(one.when - other.when) <= ONE_ISSUE:
        return False
    if set(one.days) & set(other.days):
        return False
    if one.outlet and one.outlet == other.outlet:  # the text may hold figures
        figures = headline_numbers(one.headline), headline_numbers(other.headline)
    else:
        figures = set(one.numbers), set(other.numbers)
    return not any(number > FEW or number % 1 for number in figures[0] & figures[1])


def is_standing(one: Signature, other: Signature, alike: float) -> bool:
    """Whether two items of one outlet share only what it prints again and again.

    One text under two headlines that name the same person or thing is one report. `alike`: the
    cosine of the headlines.
    """
    names = set(states_for(one.headline_entities)).intersection(states_for(other.headline_entities))
    if names - broad_names():
        return False
    leads = set(one.lead_terms), set(other.lead_terms)
    shared = len(leads[0] & leads[1])
    return alike < _OTHER_HEADLINE and shared > _STANDING * min(map(len, leads))


def _only_other_numbers(new: Signature, old: Signature) -> bool:
    return min(len(new.numbers), len(old.numbers)) >= 3 and not set(new.numbers) & set(old.numbers)


def is_take(new: Signature, old: Signature, titles: float) -> bool:
    """Whether two articles of one house are sendings of one item, by their marks and headlines."""
    marked = new.rank != old.rank or new.correction != old.correction
    one_house = (new.agency and new.agency == old.agency) or new.outlet == old.outlet
    return bool(marked and one_house and titles >= 0.4)
