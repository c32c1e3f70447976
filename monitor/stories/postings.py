"""Which articles hold a key: a chained hash table in arrays, newest article first.

A posting is three 32-bit numbers (key, slot, the posting before it in the same chain), so a kept
shingle costs about 16 bytes where a dict of lists costs over 100. Slots are given in rising order;
whatever stands below the floor has expired, and since a chain runs from new to old, a walk stops
there. Expired postings are removed when they are half of all.

A key that is found in many articles is taken out of its chain and gets an array of its slots: four
bytes each, and its newest are had at once.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress, islice

_LEAST = 1 << 17  # chains
_SPREAD = 3  # the low bits of most kept shingles are zero, so chains are told apart above them
_MANY = 16  # articles


class Postings:
    """An index from 32-bit keys to slots."""

    def __init__(self) -> None:
        self._heads = array("I", (0,)) * _LEAST
        self._keys = array("I", (0,))
        self._slots = array("I", (0,))
        self._before = array("I", (0,))
        self._often: dict[int, array[int]] = {}  # slots of keys that many articles hold
        self._floor = 0

    def __len__(self) -> int:
        return len(self._keys) - 1 + sum(map(len, self._often.values()))

    def add(self, keys: Iterable[int], slot: int) -> None:
        """Note that `slot` (not below any earlier one) holds `keys`."""
        often = self._often
        chained = array("I")
        for key in keys:
            if key in often:
                often[key].append(slot)
            else:
                chained.append(key)
        heads, link = self._heads, self._before.append
        mask = len(heads) - 1
        posting = len(self._keys)
        for chain in [key >> _SPREAD & mask for key in chained]:
            link(heads[chain])
            heads[chain] = posting
            posting += 1
        self._keys += chained
        self._slots += array("I", (slot,)) * len(chained)
        if posting > len(heads):
            self._chain_anew(2 * len(heads))

    def find(self, wanted: Iterable[int], most: int) -> list[tuple[int, Sequence[int]]]:
        """For each wanted key that is held: the key and its newest slots (at most `most`)."""
        often, heads, mask = self._often, self._heads, len(self._heads) - 1
        keys, before = self._keys, self._before
        result: list[tuple[int, Sequence[int]]] = []
        for key in wanted:
            slots: Sequence[int]
            if key in often:
                slots = self._newest(often[key], most)
            else:
                posting = heads[key >> _SPREAD & mask]
                while posting and keys[posting] != key:
                    posting = before[posting]
                if not posting:
                    continue
                slots = self._chained(key, posting, most)
                if len(slots) >= _MANY:
                    self._give_array(key)
            if slots:
                result.append((key, slots))
        return result

    def _newest(self, slots: "array[int]", most: int) -> Sequence[int]:
        newest = slots[: -most - 1 : -1]
        if newest and newest[-1] < self._floor:
            return [slot for slot in newest if slot >= self._floor]
        return newest

    def _chained(self, key: int, posting: int, most: int) -> list[int]:
        """The newest slots of a key, from a posting of its chain on."""
        keys, slots, before, floor = self._keys, self._slots, self._before, self._floor
        found: list[int] = []
        while posting:
            if keys[posting] == key:
                slot = slots[posting]
                if slot < floor or len(found) == most:
                    break
                found.append(slot)
            posting = before[posting]
        return found

    def _give_array(self, key: int) -> None:
        """Move all slots of a key from its chain to an array."""
        heads, keys, before = self._heads, self._keys, self._before
        chain = key >> _SPREAD & len(heads) - 1
        slots = self._chained(key, heads[chain], len(keys))
        self._often[key] = array("I", reversed(slots))
        last, posting = 0, heads[chain]  # `last` stays in the chain
        while posting:
            if keys[posting] != key:
                last = posting
            elif last:
                before[last] = before[posting]
            else:
                heads[chain] = before[posting]
            posting = before[posting]

    def expire(self, floor: int) -> None:
        """Forget every slot below `floor`."""
        if floor <= self._floor:
            return
        self._floor = floor
        if len(self._slots) > 1 and self._slots[len(self._slots) // 2] < floor:
            self._drop_expired()

    def _drop_expired(self) -> None:
        for key, slots in list(self._often.items()):
            del slots[: bisect_left(slots, self._floor)]
            if not slots:
                del self._often[key]
        first = max(1, bisect_left(self._slots, self._floor, 1))
        del self._keys[1:first], self._slots[1:first]
        self._chain_anew(max(_LEAST, 1 << len(self._keys).bit_length()))

    def _chain_anew(self, size: int) -> None:
        """Chain all postings again, without those of keys that have an array by now."""
        often = self._often
        if often:
            kept = bytearray(key not in often for key in self._keys)
            kept[0] = True  # no posting
            self._keys = array("I", compress(self._keys, kept))
            self._slots = array("I", compress(self._slots, kept))
        heads, mask = array("I", (0,)) * size, size - 1
        before = array("I", (0,))
        link = before.append
        for posting, key in islice(enumerate(self._keys), 1, None):
            chain = key >> _SPREAD & mask
            link(heads[chain])
            heads[chain] = posting
        self._heads, self._before = heads, before
