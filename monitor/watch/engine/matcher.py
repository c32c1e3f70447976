"""One compiled matcher for all rules: one Aho-Corasick pass over the folded text.

Every name and every term of every rule is one pattern of one automaton. A hit is tested on the text
as printed; names go through the mentions' resolver. What is left is a map from *atoms* (a term, an
entity, a side, a type of a side, an office) to places. Rules are looked at only when an atom of the
rarest group that one of their blocks requires was hit, so cost follows the text and its hits, not
the number of rules.

The automaton is built once per rulebook and never changed, so that many threads may match at once.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from monitor.watch.engine.compiling import CompiledBlock, RuleCompiler
from monitor.watch.engine.document import MAX_CHARACTERS, Document
from monitor.watch.engine.found_names import Named
from monitor.watch.engine.mentions import Resolver
from monitor.watch.engine.naming import add_names
from monitor.watch.engine.overlaps import Candidate
from monitor.watch.engine.patterns import Pattern, PatternTable
from monitor.watch.engine.scanning import FormHit, Scanner, Span
from monitor.watch.engine.triggers import Triggers
from monitor.watch.language.gazetteer import Gazetteer
from monitor.watch.language.rules import Rule, WordList
from monitor.watch.language.terms import NO_SIDE, Term

_MAX_REGEX_TEXT = 20_000  # users' expressions are tried on no more of an article than this


class Found(Struct, frozen=True):
    """What stands in one article: places by atom, in order, and the entities named."""

    places: Mapping[int, Sequence[Span]]
    named: Sequence[Named]


class Matcher:
    """The compiled automaton and the tables around it."""

    def __init__(
        self, gazetteer: Gazetteer, rules: Sequence[Rule], lists: Mapping[str, WordList]
    ) -> None:
        table = PatternTable()
        self.resolver = Resolver(gazetteer)
        add_names(table, gazetteer)
        compiler = RuleCompiler(table, lists)
        self.rules = [compiler.compile(rule) for rule in rules]
        self.terms, self.regexes = compiler.terms, compiler.regexes  # by atom
        self.triggers = Triggers(self.rules, self.terms)
        for pattern in table.by_key.values():
            pattern.finish(self.resolver.entities)
        self._scanner = Scanner(table)
        self._atoms_of = [
            tuple(
                atom
                for term in _entity_terms(e.id, e.type, e.sides)
                if (atom := compiler.atoms.get(term)) is not None
            )
            for e in self.resolver.entities
        ]
        self._held = [  # by entity: its tenures of offices that some rule asks for
            tuple(
                (tenure, atom)
                for tenure in e.tenures
                if (atom := compiler.atoms.get(_office_term(tenure.office))) is not None
            )
            for e in self.resolver.entities
        ]
        self._wanted = self._find_wanted()
        patterns = table.by_key.values()
        self.outlets = {p.key: p.country for p in patterns if p.country}
        for pattern in patterns:  # KCNA and others are entities, not decoys
            for use in pattern.names:
                entity = self.resolver.entities[use.entity]
                if entity.type == "media" and len(entity.sides) == 1:
                    self.outlets[pattern.key] = entity.sides[0]

    def find(self, document: Document) -> Found:
        """Find every name and term in an article."""
        return self._find(document, self._scanner.hits(document))

    def find_all(self, documents: Sequence[Document]) -> list[Found]:
        """Find every name and term in some articles: quicker than in one after the other."""
        hits = [self._scanner.hits(document) for document in documents]
        return list(map(self._find, documents, hits))

    def _find(self, document: Document, hits: Sequence[FormHit]) -> Found:
        candidates, places = self._scanner.sift(document, hits)
        if hidden := _hidden_by_decoys(candidates):
            seen = {
                atom: [span for span in spans if not hidden(*span)]
                for atom, spans in places.items()
            }
            places = {atom: spans for atom, spans in seen.items() if spans}
        named: list[Named] = []
        if candidates:
            named = self.resolver.resolve(document, candidates)
            atoms_of = self._atoms_of
            for start, end, number, _ in named:
                span = (start, end)
                for atom in atoms_of[number]:
                    if atom in places:
                        places[atom].append(span)
                    else:
                        places[atom] = [span]
                for tenure, atom in self._held[number]:
                    if tenure.held(document.day):
                        places.setdefault(atom, []).append(span)
        return Found(places, named)

    def hits_anything(self, document: Document) -> bool:
        """Could this be the beginning of an article that a rule wants, however weak the name?"""
        candidates, places = self._scanner.sift(document, self._scanner.hits(document))
        if not self._wanted.isdisjoint(places):
            return True
        if any(self._names_something_wanted(pattern) for _, _, pattern in candidates):
            return True
        return any(
            regex.search(document.text)
            for atom, regex in self.regexes.items()
            if atom in self._wanted
        )

    def _names_something_wanted(self, pattern: Pattern) -> bool:
        numbers = [use.entity for use in pattern.names]
        numbers += (*pattern.headline, *pattern.leaders)
        if pattern.titled:
            numbers += [number for number, _ in pattern.titled.holders]
        return any(
            not self._wanted.isdisjoint(self._atoms_of[n])
            or any(atom in self._wanted for _, atom in self._held[n])
            for n in numbers
        )

    def _find_wanted(self) -> frozenset[int]:
        """Return the atoms that may begin an article some rule wants.

        Those of the blocks that give points, but for small ones that all together give too few; of
        a block that asks for names and words, the names: a missile alone is no reason to read on, a
        country may be.
        """
        wanted: set[int] = set()
        for compiled in self.rules:
            lowest = compiled.rule.thresholds[-1][1]
            small = 0.0
            for block in sorted(compiled.whens, key=_most) if compiled.rule.enabled else ():
                points = _most(block)
                if small + points < lowest:
                    small += max(points, 0.0)
                    continue
                named = any(block.named)
                for atoms, of_names in zip(block.groups, block.named, strict=True):
                    if of_names or not named:
                        wanted |= atoms
        return frozenset(wanted)

    def find_regex(self, atom: int, document: Document) -> list[Span]:
        """Find a list's regular expression, on the text as printed."""
        text = document.text[:_MAX_REGEX_TEXT]
        return [match.span() for match in self.regexes[atom].finditer(text) if match[0]]


def _hidden_by_decoys(candidates: Sequence[Candidate]) -> Callable[[int, int], bool] | None:
    """Return a test whether a term lies inside a longer decoy; None when there is no decoy."""
    decoys = sorted((start, end) for start, end, pattern in candidates if pattern.decoy)
    if not decoys:
        return None
    longest = max(end - start for start, end in decoys)

    def hidden(start: int, end: int) -> bool:
        at = bisect_right(decoys, (start, MAX_CHARACTERS)) - 1
        while at >= 0 and decoys[at][0] > start - longest:
            a, b = decoys[at]
            if end <= b and b - a > end - start:
                return True
            at -= 1
        return False

    return hidden


def _most(compiled: CompiledBlock) -> float:
    """Return the most points that a block can give."""
    scores = compiled.block.scores
    if scores is None:
        return 0.0 if compiled.block.level else 1.0
    return max(scores.values(), default=0.0)


def _entity_terms(entity_id: str, kind: str, sides: Sequence[str]) -> Iterable[Term]:
    yield Term(f"@{entity_id}", "entity", entity_id)
    for side in sides:
        yield Term(f"@{side}", "side", side)
        yield Term(f"@{kind}.{side}", "typed", f"{kind}.{side}")
    if not sides:
        yield Term(f"@{kind}.{NO_SIDE}", "typed", f"{kind}.{NO_SIDE}")


def _office_term(office: str) -> Term:
    return Term(f"@office.{office}", "office", office)
