"""Names in the texts between headline and story, told by what stands beside them.

Layout sets a byline in pieces: "von" | "Ada Lindqvist" | "30 May 2026, 9:15". None of them need be
called anything. A piece with the shape of a name is the writer's behind a preposition or a label,
beside a time, or before an outlet or a title; beside a picture's credit, or where the story speaks
of who has the name, it is not. Where nobody signs so, an agency or the outlet itself may.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile

from msgspec import Struct

from monitor import dates
from monitor.articles.body.furniture import is_time
from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import (
    JOINS,
    is_desk,
    is_latin_name,
    is_title,
    names_no_writer,
    people_in,
    signed_part,
    unique,
)
from monitor.newsroom import agency_id, agency_in
from monitor.newsroom.credits import is_caption
from monitor.newsroom.reporters import behind_by
from monitor.text import letters
from monitor.text.language import EAST_ASIAN

_LONGEST = 90  # characters of a piece that may be a byline or stand beside one
_LONGEST_HOUSE = 40
_ROW = 2  # labels and names side by side at most
_REACH = 2  # pieces from names to the time or outlet beside them
_MOST_BLOCKS = 60
_LONGEST_TIME = 60
_SEPARATORS = "|•·-–—/,; "
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d[:.][0-5]\d(?!\d)")
_AGE = re.compile(r"(?:[^\W\d]{1,4} ){0,3}\d{1,2} [^\W\d]+(?: [^\W\d]{1,5})?")  # "vor 3 Stunden"
_EAST = re.compile(f"[{EAST_ASIAN}]")
_CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}")
_LABELLED = re.compile(r"[^\W\d_]{2,16}\s?[:：]\s?")
_PREPOSITION = re.compile(r"[^\W\d_]{2,4}")
_JOINING = re.compile(rf"[\W_]*(?:(?:{JOINS})[\W_]*)?", re.IGNORECASE)


class HeadByline(Struct, frozen=True):
    """Names in page order; `people` is False for an agency or the outlet."""

    names: tuple[str, ...] = ()
    people: bool = False


def byline_in_head(
    blocks: Sequence[Sequence[str]],
    house: HouseNames,
    *,
    section: str = "",
    told: Sequence[str] = (),
    sure: bool = False,
) -> HeadByline:
    """Return who signs in the texts between a headline and its story.

    Args:
        blocks: those texts in page order, each as its elements divide it.
        house: the outlet's names.
        section: the story's; it has the shape of a name at times.
        told: the headline and the first paragraphs.
        sure: whether a name beside a time is not enough, since the page declares another.
    """
    reader = _Reader(blocks[:_MOST_BLOCKS], house, section, told)
    people = unique(reader.people(sure=sure))
    return HeadByline(people or tuple(reader.houses())[:1], people=bool(people))


class _Reader:
    """The pieces with runs of names, each run with what stands before and behind it."""

    def __init__(
        self,
        blocks: Sequence[Sequence[str]],
        house: HouseNames,
        section: str,
        told: Sequence[str],
    ) -> None:
        self.house, self.section = house, letters(section)
        self.told = letters(" ".join(told))
        self.texts: list[str] = []
        self.openings: set[int] = set()  # places of texts behind a block's border or a separator
        for block in blocks:
            self.openings.add(len(self.texts))
            for text in block:
                if text.strip(_SEPARATORS):
                    self.texts.append(text)
                else:
                    self.openings.add(len(self.texts))

    def people(self, *, sure: bool) -> Sequence[str]:
        """Return the names of the first byline with a preposition, else of the first at all."""
        for at, text in enumerate(self.texts):
            if names := self._led(at, text):
                return [*names, *self._run(at + 1, joined=True)[0]]
        for at in () if sure else range(len(self.texts)):
            names, end = self._run(at)
            if names and self._is_borne_out(names, at, end):
                return names
        return ()

    def houses(self) -> Iterator[str]:
        """Yield agencies and the outlet where they stand as writers do."""
        for at, text in enumerate(self.texts):
            named = behind_by(text) or text
            if not 1 < len(named) <= _LONGEST_HOUSE or is_time(named):
                continue
            led = named != text or self._is_led(at)
            placed = led or (self._is_dated(at, at + 1) and not is_caption(named))
            if placed and (agency_id(named) or agency_in([named]) or self.house.signs(named)):
                yield named

    def _led(self, at: int, text: str) -> Sequence[str]:
        """Return the names that a preposition or a label stands before, in a text or by itself."""
        if len(text) > _LONGEST or names_no_writer(text) or is_caption(text):
            return ()
        if self._is_credit(at - 1):
            return ()
        if self._is_led(at):
            named = people_in(text, self.house, trusted=True)
            return [name for name in named if not agency_in([name])]
        # "Words: …" beside "Photos: …"
        label = _LABELLED.match(text) if self._is_credit(at + 1) else None
        return people_in(text[label.end() :] if label else signed_part(text), self.house)

    def _is_led(self, at: int) -> bool:
        before = self.texts[at - 1] if at else ""
        if behind_by(before) == "":
            return True
        if at - 1 not in self.openings or not before.islower() or _JOINING.fullmatch(before):
            return False
        return bool(_PREPOSITION.fullmatch(before)) and self._may_be_name(self.texts[at])

    def _run(self, at: int, *, joined: bool = False) -> tuple[Sequence[str], int]:
        """Return names that stand one behind the other, and the place behind the last of them."""
        names: list[str] = []
        end, apart = at, not joined
        for number, text in enumerate(self.texts[at:], at):
            if _JOINING.fullmatch(text):
                if not (names or joined):
                    break
                apart = True
                continue
            bare = text.strip(_SEPARATORS)
            # Behind "By" and a name a title or a place may follow in the same block.
            apart = apart or not joined or number in self.openings
            if not apart or not self._may_be_name(bare):
                break
            names.append(bare)
            end = number + 1
            apart = text[-1] in _SEPARATORS
        return names, end

    def _is_borne_out(self, names: Sequence[str], at: int, end: int) -> bool:
        """Tell whether a time, an outlet, an agency or a title stands beside a run of names."""
        if self._is_credit(at - 1) or self._is_credit(end):
            return False
        if any(letters(name) in self.told for name in names) or self._is_row(at, end):
            return False
        if end < len(self.texts) and self.texts[end].startswith(f"{names[-1]} "):
            return True  # who that is stands below the name
        return self._is_dated(at, end) or any(
            self.house.is_name(text) or agency_in([text]) or is_title(text)
            for text in self.texts[end : end + _REACH]
            if len(text) <= _LONGEST
        )

    def _is_row(self, at: int, end: int) -> bool:
        """Tell whether other labels in capitals follow one another: a name stands in a toolbar."""
        beside = chain(
            takewhile(self._is_label, reversed(self.texts[:at])),
            takewhile(self._is_label, self.texts[end:]),
        )
        labels = len(list(islice(beside, _ROW)))
        return labels > 0 and labels + end - at > _ROW

    def _is_label(self, text: str) -> bool:
        bare = text.strip(_SEPARATORS)
        named = is_desk(bare) or self.house.is_house(bare) or agency_in([bare])
        return _CAPITALS.fullmatch(bare) is not None and not named

    def _is_dated(self, at: int, end: int) -> bool:
        before = list(takewhile(_is_short, reversed(self.texts[max(0, at - _REACH) : at])))[::-1]
        behind = list(takewhile(_is_short, self.texts[end : end + _REACH]))
        # Layout divides times too.
        together = (" ".join(before), " ".join(behind))
        return any(_tells_when(text) for text in (*before, *behind, *together))

    def _is_credit(self, at: int) -> bool:
        """Tell whether a piece speaks of who took a picture."""
        return 0 <= at < len(self.texts) and names_no_writer(self.texts[at])

    def _may_be_name(self, text: str) -> bool:
        return (
            is_latin_name(text)
            and not _EAST.search(text)
            and not self.house.is_house(text)
            and not agency_in([text])
            and letters(text) != self.section
        )


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST_TIME


def _tells_when(text: str) -> bool:
    """Tell whether a short text holds a day or a clock."""
    if is_time(text) or _CLOCK.search(text) or _AGE.fullmatch(text):
        return True
    return dates.read(text) is not None
