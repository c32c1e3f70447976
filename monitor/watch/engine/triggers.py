"""Which rules are worth a look in an article: those whose blocks may have all their groups hit.

A block is looked at only when an atom of the rarest group that it requires was hit, and dropped at
once when another group was not; so cost follows the article's hits, not the number of rules.
"""

from collections.abc import KeysView, Sequence
from typing import NamedTuple

from monitor.watch.engine.compiling import CompiledBlock, CompiledRule
from monitor.watch.language.terms import Term

# How common a kind of atom is, for choosing the group that must be hit before a rule is looked at.
_COMMONNESS = {"side": 1000, "typed": 200, "entity": 20, "office": 20, "stem": 3, "word": 1}


class Watched(NamedTuple):
    """A block of a rule, and what must be hit beside the group that triggers it.

    Attributes:
        rule: its number; block: one of its `whens`.
        others: the atoms of its groups without expressions, but for the two rarest.
    """

    rule: int
    block: CompiledBlock
    others: tuple[tuple[int, ...], ...]


class Triggers:
    """The blocks of all rules that are switched on, by the atoms that make them worth a look."""

    def __init__(self, rules: Sequence[CompiledRule], terms: Sequence[Term]) -> None:
        self._watched: list[Watched] = []
        self._second: list[tuple[int, ...]] = []  # by place in `_watched`: the next rarest group
        self._always: list[int] = []  # places in `_watched` of what has no atom to wait for
        self._by_atom: dict[int, list[int]] = {}  # places in `_watched`
        cost = [_COMMONNESS.get(term.kind, 1) for term in terms]
        for number, compiled in enumerate(rules):
            if not compiled.rule.enabled:
                continue
            for block in compiled.whens:
                place = len(self._watched)
                groups = [tuple(group) for group in block.plain]
                groups.sort(key=lambda group: sum([cost[atom] for atom in group]))
                if groups:
                    for atom in groups[0]:
                        self._by_atom.setdefault(atom, []).append(place)
                    self._second.append(groups[min(1, len(groups) - 1)])
                else:
                    self._always.append(place)
                    self._second.append(())
                self._watched.append(Watched(number, block, tuple(groups[2:])))

    def worth_a_look(self, hit: KeysView[int]) -> dict[int, list[CompiledBlock]]:
        """Return the blocks, by number of their rule, of which every group was hit.

        Args:
            hit: the atoms that stand in an article.
        """
        triggers, second, lacks = self._by_atom, self._second, hit.isdisjoint
        triggered = set().union(*map(triggers.__getitem__, hit & triggers.keys()))
        places = [place for place in triggered if not lacks(second[place])]
        blocks: dict[int, list[CompiledBlock]] = {}
        for place in sorted(places + self._always):
            rule, block, others = self._watched[place]
            if others and any(map(lacks, others)):
                continue
            if rule in blocks:
                blocks[rule].append(block)
            else:
                blocks[rule] = [block]
        return blocks
