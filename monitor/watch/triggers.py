"""Which rules are worth a look in a story: those whose blocks may have all their groups hit.

A block is looked at only when an atom of the rarest group that it requires was hit, and dropped at
once when another group was not; so cost follows the story's hits, not the number of rules.
"""

from collections.abc import KeysView, Sequence
from typing import NamedTuple

from monitor.watch.compiling import CompiledBlock, CompiledRule
from monitor.watch.terms import Term

# How common a kind of atom is, for choosing the group that must be hit before a rule is looked at.
_COMMONNESS = {"side": 1000, "typed": 200, "entity": 20, "office": 20, "stem": 3, "word": 1}


class Watched(NamedTuple):
    """A block of a rule, and what must be hit before it is looked at.

    Attributes:
        rule: its number; block: one of its `whens`.
        others: the atoms of its groups without expressions, but for the rarest, which triggers it.
    """

    rule: int
    block: CompiledBlock
    others: tuple[tuple[int, ...], ...]


class Triggers:
    """The blocks of all rules that are switched on, by the atoms that make them worth a look."""

    def __init__(self, rules: Sequence[CompiledRule], terms: Sequence[Term]) -> None:
        self._watched: list[Watched] = []
        self._always: list[int] = []  # numbers in `_watched` of what has no atom to wait for
        self._by_atom: dict[int, list[int]] = {}  # numbers in `_watched`
        cost = [_COMMONNESS.get(term.kind, 1) for term in terms]
        for number, compiled in enumerate(rules):
            if not compiled.rule.enabled:
                continue
            for block in compiled.whens:
                place = len(self._watched)
                if block.plain:
                    rarest = min(block.plain, key=lambda group: sum(cost[atom] for atom in group))
                    for atom in rarest:
                        self._by_atom.setdefault(atom, []).append(place)
                    others = tuple(tuple(group) for group in block.plain if group is not rarest)
                    self._watched.append(Watched(number, block, others))
                else:
                    self._always.append(place)
                    self._watched.append(Watched(number, block, ()))

    def worth_a_look(self, hit: KeysView[int]) -> dict[int, list[CompiledBlock]]:
        """Return the blocks, by number of their rule, of which every group was hit.

        Args:
            hit: the atoms that stand in a story.
        """
        triggers = self._by_atom
        numbers = set(self._always)
        for atom in hit:
            if atom in triggers:
                numbers.update(triggers[atom])
        blocks: dict[int, list[CompiledBlock]] = {}
        for number in sorted(numbers):
            watched = self._watched[number]
            for atoms in watched.others:
                if hit.isdisjoint(atoms):
                    break
            else:
                blocks.setdefault(watched.rule, []).append(watched.block)
        return blocks
