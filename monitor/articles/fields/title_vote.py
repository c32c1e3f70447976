"""The vote on a headline: candidates, what they stand for, and which form wins.

Each candidate stands for itself and for what is left of it without site name, section or kicker. A
form without them only counts when what was dropped is the outlet's name or when another source
bears the rest out. Of the winner's spellings the one that most declared sources share is taken.
"""

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import IntEnum

from msgspec import Struct
from msgspec.structs import replace

from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.title_parts import Stem, stems
from monitor.text import letters, one_line

LONGEST = 400  # characters; a longer "headline" is a page's text gone astray
COPY = 0.0  # weight of what repeats another source
_ESCAPED = re.compile(r"&(?:[a-z]{2,6}|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)
_SHORTEST_CUT = 15  # characters that are left of a headline


class Source(IntEnum):
    """Where a candidate stands; of two with equal votes the lower source wins."""

    HEADLINE = 0  # JSON-LD
    OPEN_GRAPH = 1
    HEADING = 2  # printed
    NAMED = 3  # printed, in an element that is called a headline
    TWITTER = 4
    TITLE_TAG = 5
    ALTERNATIVE = 6
    PROFILE = 7


class Candidate(Struct, frozen=True):
    text: str
    key: str  # folded
    weight: float
    source: Source
    stems: tuple[Stem, ...]
    kicker: str = ""  # what stood before `text` in an element of its own


# A heading without its kicker is a matter of layout; only a declared headline without it says that
# what stands before the colon is none of the headline.
_KICKER_BEARERS = frozenset({Source.HEADLINE, Source.OPEN_GRAPH})
_PRINTED_SOURCES = frozenset({Source.HEADING, Source.NAMED})


class Ballot:
    """The candidates of one page; words that several sources give are taken apart once."""

    __slots__ = ("_stems", "candidates", "house", "sections")

    def __init__(self, house: HouseNames, sections: Collection[str]) -> None:
        self.house, self.sections = house, sections
        self.candidates: list[Candidate] = []
        self._stems: dict[str, tuple[Stem, ...]] = {}

    def nominate(self, raw: str, weight: float, source: Source, kicker: str = "") -> None:
        raw = raw[: LONGEST * 2]
        # Some systems escape what is escaped already.
        text = one_line(html.unescape(raw) if _ESCAPED.search(raw) else raw)
        key = letters(text)
        if not key or len(text) > LONGEST:
            return
        if text not in self._stems:
            self._stems[text] = tuple(dict.fromkeys(stems(text, self.house, self.sections)))
        self.candidates.append(Candidate(text, key, weight, source, self._stems[text], kicker))

    def nominate_copy(self, raw: str, weight: float, source: Source) -> None:
        """Nominate what is often filled from og:title; what repeats it is no second source."""
        shared = {
            key
            for candidate in self.candidates
            if candidate.source == Source.OPEN_GRAPH
            for key in _keys(candidate)
        }
        self.nominate(raw, weight, source)
        for candidate in self.candidates[-1:]:
            if candidate.source == source and not shared.isdisjoint(_keys(candidate)):
                self.candidates[-1] = replace(candidate, weight=COPY)

    def is_declared(self) -> bool:
        """Tell whether the page declares a headline besides its title tag."""
        return any(one.source in _KICKER_BEARERS for one in self.candidates)

    def keys(self) -> set[str]:
        return {candidate.key for candidate in self.candidates}


def _keys(candidate: Candidate) -> Iterator[str]:
    """Yield a headline's letters, whole and without what is the house's at its end."""
    yield candidate.key
    yield from (stem.key for stem in candidate.stems if stem.dropped != "kicker")


def elect(candidates: Sequence[Candidate], house: HouseNames) -> str:
    candidates = _completed(candidates)
    whole, behind_kickers = _sources_of(candidates)
    votes: dict[str, float] = {}
    spelled: dict[str, dict[str, float]] = {}
    sources: dict[str, Source] = {}
    written: set[str] = set()  # as declared sources spell it
    for candidate in candidates:
        for key, text in _forms(candidate, whole, behind_kickers).items():
            if not key or house.is_house(text):
                continue
            # Of two equal in weight the one without a tail is the headline.
            bonus = 0.05 if text != candidate.text else 0.0
            votes[key] = votes.get(key, 0.0) + candidate.weight + bonus
            sources[key] = min(candidate.source, sources.get(key, candidate.source))
            if candidate.source not in _PRINTED_SOURCES:
                written.add(text)
            spellings = spelled.setdefault(key, {})
            spellings[text] = spellings.get(text, 0.0) + candidate.weight
    if not votes:
        return ""
    best = max(votes, key=lambda key: (votes[key], -sources[key]))
    spellings = spelled[best]
    # Layout drops colons and glues kickers on: a printed spelling only supports a declared one.
    declared = {text for text in spellings if text in written} or set(spellings)
    # Capitals throughout are layout as well.
    mixed = {text for text in spellings if not text.isupper()}
    return max(sorted(declared & mixed or mixed or declared), key=lambda text: spellings[text])


def _completed(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Put the whole headline in the place of its beginnings.

    Systems cut what they declare after so many characters, some with an ellipsis.
    """
    found: list[Candidate] = []
    for one in candidates:
        whole = next((other for other in candidates if _is_cut(one.text, other.text)), one)
        if whole is not one:
            one = replace(one, text=whole.text, key=whole.key, stems=whole.stems)
        found.append(one)
    return found


def _is_cut(text: str, whole: str) -> bool:
    """Tell whether a headline breaks off before the end of another, with dots or inside a word."""
    bare = text.rstrip(" .…")
    if not _SHORTEST_CUT <= len(bare) < len(whole) or not whole.startswith(bare):
        return False
    if whole[len(bare) :].lstrip().startswith(("...", "…")):
        return False
    inside = whole[len(bare) - 1].isalnum() and whole[len(bare)].isalnum()
    return len(text) > len(bare) or (inside and bare.isascii())


def _sources_of(
    candidates: Sequence[Candidate],
) -> tuple[dict[str, set[Source]], dict[str, set[str]]]:
    """Return which sources give each form whole, and the kickers that stand before each."""
    whole: dict[str, set[Source]] = {}
    behind_kickers: dict[str, set[str]] = {}
    for candidate in candidates:
        whole.setdefault(candidate.key, set()).add(candidate.source)
        if candidate.kicker:
            behind_kickers.setdefault(candidate.key, set()).add(letters(candidate.kicker))
        for stem in candidate.stems:
            if stem.dropped == "kicker":
                kicker = candidate.key.removesuffix(stem.key)
                behind_kickers.setdefault(stem.key, set()).add(kicker)
    return whole, behind_kickers


def _forms(
    candidate: Candidate,
    whole: Mapping[str, set[Source]],
    behind_kickers: Mapping[str, set[str]],
) -> dict[str, str]:
    """Return the forms a candidate stands for, by their letters: itself and what is borne out."""
    forms = {candidate.key: candidate.text}
    # Printed and declared with it: then it is no kicker to the outlet.
    kept = {Source.HEADLINE, Source.HEADING} <= whole[candidate.key]
    # Of what is the house's everything falls, and not a part of it.
    bare = min((s for s in candidate.stems if s.dropped == "house"), key=_length, default=None)
    for stem in candidate.stems:
        bearers = whole.get(stem.key, set()) - {candidate.source}
        if stem.dropped == "house":
            borne = stem == bare
        elif stem.dropped == "kicker":
            twice = _are_kickers(behind_kickers[stem.key], stem.key)
            borne = not kept and (bool(bearers & _KICKER_BEARERS) or twice)
        else:
            borne = bool(bearers)
        if borne:
            forms.setdefault(stem.key, stem.text)
    return forms


def _length(stem: Stem) -> int:
    return len(stem.key)


def _are_kickers(kickers: set[str], stem: str) -> bool:
    """Two sources with different words before the same headline: neither is part of it."""
    return len(stem) > max(map(len, kickers)) and any(
        one not in other and other not in one for one in kickers for other in kickers
    )
