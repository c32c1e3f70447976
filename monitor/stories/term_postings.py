"""Which articles have a term: a dict of slots, newest article first.

Most terms that are looked up stand in many articles, so they are had at once here, where a chain
(see `postings`) would be walked. A term that one article has costs no more than its place in the
dict; of others each article costs eight bytes, since all lists hold the one number that is its
slot.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence


class TermPostings:
    """An index from terms to slots."""

    def __init__(self) -> None:
        self._slots: dict[int, int | list[int]] = {}  # one slot, or several, rising
        self._floor = 0
        self._swept = 0  # the floor when expired slots were last removed
        self._end = 0  # above the last slot

    def add(self, terms: Iterable[int], slot: int) -> None:
        """Note that `slot` (above any earlier one) has `terms`, each named once."""
        known, heard_of = self._slots, self._slots.get
        for term in terms:
            slots = heard_of(term)
            if slots is None:
                known[term] = slot
            elif isinstance(slots, int):
                known[term] = [slots, slot]
            else:
                slots.append(slot)
        self._end = slot + 1

    def newest(self, term: int, most: int) -> Sequence[int]:
        """The newest slots that have a term, at most so many."""
        slots = self._slots.get(term)
        if slots is None:
            return ()
        if isinstance(slots, int):
            return (slots,) if slots >= self._floor else ()
        newest = slots[: -most - 1 : -1]
        if newest[-1] < self._floor:
            return [slot for slot in newest if slot >= self._floor]
        return newest

    def expire(self, floor: int) -> None:
        """Forget every slot below `floor`."""
        if floor <= self._floor:
            return
        self._floor = floor
        if 2 * (floor - self._swept) > self._end - self._swept:
            self._sweep()

    def _sweep(self) -> None:
        """Remove the slots that have expired."""
        self._swept = floor = self._floor
        for term, slots in list(self._slots.items()):
            if isinstance(slots, int):
                if slots < floor:
                    del self._slots[term]
            elif slots[-1] < floor:
                del self._slots[term]
            else:
                del slots[: bisect_left(slots, floor)]
