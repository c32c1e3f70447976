"""Which articles hold a key: a chained hash table in arrays, newest article first.

A posting is three 32-bit numbers (key, slot, the posting before it in the same chain), so a kept
shingle costs about 16 bytes where a dict of lists costs over 100. Slots are given in rising order;
whatever stands below the floor has expired, and since a chain runs from new to old, a walk stops
there. Expired postings are removed when they are half of all.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

_LEAST = 1 << 15  # chains
_SPREAD = 3  # the low bits of most kept shingles are zero, so chains are told apart above them


class Postings:
    """An index from 32-bit keys to slots."""

    def __init__(self) -> None:
        self._heads = array("I", (0,)) * _LEAST
        self._keys = array("I", (0,))
        self._slots = array("I", (0,))
        self._before = array("I", (0,))
        self._floor = 0

    def __len__(self) -> int:
        return len(self._keys) - 1

    def add(self, keys: Iterable[int], slot: int) -> None:
        """Note that `slot` (not below any earlier one) holds `keys`."""
        keys = array("I", keys)
        heads, chained = self._heads, self._before.append
        mask = len(heads) - 1
        posting = len(self._keys)
        for chain in [key >> _SPREAD & mask for key in keys]:
            chained(heads[chain])
            heads[chain] = posting
            posting += 1
        self._keys += keys
        self._slots += array("I", (slot,)) * len(keys)
        if posting > len(heads):
            self._chain_anew(4 * len(heads))

    def find(self, wanted: Sequence[int], most: int) -> list[tuple[int, list[int]]]:
        """For each wanted key that is held: the key and its newest slots (at most `most`)."""
        heads, keys, slots, before = self._heads, self._keys, self._slots, self._before
        mask, floor = len(heads) - 1, self._floor
        result: list[tuple[int, list[int]]] = []
        for key, posting in zip(wanted, [heads[k >> _SPREAD & mask] for k in wanted], strict=True):
            found: list[int] | None = None
            while posting:
                if keys[posting] == key:
                    slot = slots[posting]
                    if slot < floor:
                        break
                    if found is None:
                        found = [slot]
                        result.append((key, found))
                    elif len(found) == most:
                        break
                    else:
                        found.append(slot)
                posting = before[posting]
        return result

    def expire(self, floor: int) -> None:
        """Forget every slot below `floor`."""
        if floor <= self._floor:
            return
        self._floor = floor
        if self._slots[(len(self._slots) - 1) // 2] < floor and len(self._slots) > 1:
            self._drop_expired()

    def _drop_expired(self) -> None:
        first = max(1, bisect_left(self._slots, self._floor, 1))
        del self._keys[1:first], self._slots[1:first]
        self._chain_anew(max(_LEAST, 1 << len(self._keys).bit_length()))

    def _chain_anew(self, size: int) -> None:
        heads = array("I", (0,)) * size
        before = self._before
        del before[len(self._keys) :]
        mask = size - 1
        for posting, key in enumerate(self._keys):
            chain = key >> _SPREAD & mask
            before[posting] = heads[chain]
            heads[chain] = posting
        self._heads = heads
