"""Rules with their terms as *atoms*: numbers, one for each different term of all rules.

Rules share terms, and an article's hits are kept by atom; so an atom is found once, whatever the
number of rules that ask for it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from monitor.model import Zone
from monitor.watch.engine.patterns import PatternTable, add_term
from monitor.watch.language.rules import ZONES, Block, Group, Rule, WordList
from monitor.watch.language.terms import Term, expression


class CompiledBlock(Struct, frozen=True):
    """A block with its groups as atoms; `any` stands as one more group."""

    block: Block
    groups: tuple[frozenset[int], ...]
    needs: tuple[int, ...]  # per group: how many different atoms must be hit
    none: frozenset[int]
    keep_if: frozenset[int]
    labels: tuple[str, ...]  # per group, for "what was lacking"
    named: tuple[bool, ...]  # per group: is it one of names? Only those have a `share`
    zones: frozenset[Zone] | None  # where hits count; None = everywhere
    plain: tuple[frozenset[int], ...]  # groups without expressions, which are found on demand
    counted: bool  # asks for more than one hit of each group
    anywhere: bool  # asks only that each group is hit, wherever in the article


class CompiledRule(Struct, frozen=True):
    """A rule with compiled blocks."""

    rule: Rule
    whens: tuple[CompiledBlock, ...]
    unlesses: tuple[CompiledBlock, ...]
    bound: bool  # to some languages, feeds or days


class RuleCompiler:
    """Compiles rules, numbers their terms, and adds what an automaton can find to its table.

    Attributes:
        terms: by atom; atoms: by term.
        regexes: the lists' expressions, by atom; they are found on demand.
    """

    def __init__(self, table: PatternTable, lists: Mapping[str, WordList]) -> None:
        self.terms: list[Term] = []
        self.atoms: dict[Term, int] = {}
        self.regexes: dict[int, re.Pattern[str]] = {}
        self._table = table
        self._lists = lists

    def compile(self, rule: Rule) -> CompiledRule:
        """Compile a rule."""
        return CompiledRule(
            rule,
            tuple(map(self._compile_block, rule.whens)),
            tuple(map(self._compile_block, rule.unlesses)),
            bool(rule.until or rule.languages or rule.feeds),
        )

    def _compile_block(self, block: Block) -> CompiledBlock:
        groups = [self._group(group) for group in block.all]
        needs = [1] * len(groups)
        labels = [_label(group) for group in block.all]
        named = [self._holds_names(group) for group in block.all]
        if block.any:
            groups.append(self._group(block.any))
            needs.append(block.at_least)
            some = f"{block.at_least} of " if block.at_least > 1 else ""
            labels.append(some + _label(block.any))
            named.append(self._holds_names(block.any))
        zones = _zones(block)
        plain = tuple([group for group in groups if self.regexes.keys().isdisjoint(group)])
        counted = block.times > 1 or block.at_least > 1 or block.share > 0
        return CompiledBlock(
            block, tuple(groups), tuple(needs), self._group(block.none),
            self._group(block.keep_if), tuple(labels), tuple(named),
            zones, plain, counted,
            block.scope == "story" and zones is None and len(plain) == len(groups)
            and not (counted or block.outlets or block.apart),
        )  # fmt: skip

    def _group(self, group: Group) -> frozenset[int]:
        return frozenset(map(self._atom, self._spelled_out(group)))

    def _spelled_out(self, group: Group) -> Iterator[Term]:
        """Yield the terms of a group with those of its lists, and of the lists in these."""
        waiting, seen = list(group), set()
        while waiting:
            term = waiting.pop()
            if term.kind != "list":
                yield term
            elif term.value not in seen:
                seen.add(term.value)
                waiting += self._lists[term.value].terms

    def _holds_names(self, group: Group) -> bool:
        """Is a group made of names, at least in part? Lists are looked into."""
        return any(term.raw.startswith("@") for term in self._spelled_out(group))

    def _atom(self, term: Term) -> int:
        atom = self.atoms.get(term)
        if atom is None:
            atom = self.atoms[term] = len(self.terms)
            self.terms.append(term)
            if term.kind == "pattern":
                self.regexes[atom] = expression(term.value)
            else:
                add_term(self._table, atom, term)
        return atom


def _zones(block: Block) -> frozenset[Zone] | None:
    """Return the zones that count for a block: those of `in` that have points."""
    zones = block.zones
    if block.scores is not None:
        zones = frozenset(zone for zone in zones if block.scores.get(zone))
    return None if len(zones) == len(ZONES) else zones


def _label(group: Iterable[Term]) -> str:
    raws = [term.raw for term in group]
    shown = " | ".join(raws[:4])
    return f"{shown} | … ({len(raws)} in all)" if len(raws) > 4 else shown
