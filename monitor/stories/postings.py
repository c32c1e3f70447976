"""Which articles hold a key: a chained hash table in arrays, newest article first.

A posting is three 32-bit numbers (key, slot, the posting before it in the same chain), so a kept
shingle costs about 16 bytes where a dict of lists costs over 100. Slots are given in rising order;
whatever stands below the floor has expired, and since a chain runs from new to old, a walk stops
there. Expired postings are removed when they are half of all.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_END = 0  # posting 0 is never used


class Postings:
    """An index from 32-bit keys to slots."""

    def __init__(self) -> None:
        self._heads = array("I", bytes(4 << 12))
        self._keys = array("I", (0,))
        self._slots = array("I", (0,))
        self._before = array("I", (0,))
        self._floor = 0

    def __len__(self) -> int:
        return len(self._keys) - 1

    def add(self, keys: Iterable[int], slot: int) -> None:
        """Note that `slot` (not below any earlier one) holds `keys`."""
        heads, all_keys, slots, before = self._heads, self._keys, self._slots, self._before
        mask = len(heads) - 1
        posting = len(all_keys)
        for key in keys:
            chain = (key ^ key >> 13) & mask
            all_keys.append(key)
            slots.append(slot)
            before.append(heads[chain])
            heads[chain] = posting
            posting += 1
        if posting > 2 * len(heads):
            self._chain_anew(4 * len(heads))

    def find(self, key: int, most: int) -> list[int]:
        """The newest slots (at most `most`) that hold `key`, newest first."""
        heads, keys, slots, before, floor = (
            self._heads, self._keys, self._slots, self._before, self._floor,
        )  # fmt: skip
        found: list[int] = []
        posting = heads[(key ^ key >> 13) & len(heads) - 1]
        while posting:
            slot = slots[posting]
            if slot < floor:
                break
            if keys[posting] == key:
                found.append(slot)
                if len(found) == most:
                    break
            posting = before[posting]
        return found

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
        self._chain_anew(max(1 << 12, 1 << (len(self._keys) // 2).bit_length()))

    def _chain_anew(self, size: int) -> None:
        heads = array("I", bytes(4 * size))
        before = array("I", (0,))
        mask = size - 1
        for posting, key in enumerate(self._keys):
            if posting:
                chain = (key ^ key >> 13) & mask
                before.append(heads[chain])
                heads[chain] = posting
        self._heads, self._before = heads, before
