"""The query language: what people type into a search box, as a tree.

    missile launch          both words, anywhere in the text
    "joint statement"       a phrase
    missile OR rocket       either; AND may be written, too
    -drill  -"joint drill"  without
    ( … )                   as one
    sanction*               words that begin so
    Wang near/5 Cho         at most five words between them, in any order
    title:summit            in the headline; title:"…" and title:@… as well
    @wang-yi                any name of an entity, in all languages; @office.foreign-minister-kr
    @chips                  a saved search, by its name
    outlet: feed: lang: rule: level: story: since: until: has:

A fault says at which character it stands. Nesting and the number of terms are bounded, so that no
query can cost more than the index can bear.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import product

from monitor.errors import QueryError, UsageError
from monitor.model import LEVELS
from monitor.search.query_tree import And, Field, Named, Near, Node, Not, Or, Phrase
from monitor.search.tokenizer import tokens
from monitor.tomlfile import nearest

_MOST_TERMS = 300
_DEEPEST = 40
FIELDS = ("outlet", "feed", "lang", "rule", "level", "story", "since", "until", "has")
_PLAIN_QUOTES = str.maketrans("“”„‟«»「」『』", '"' * 10)
_PART = re.compile(r'\s*(?:(?P<mark>[()])|(?P<minus>-)(?=[^\s-])|(?P<quote>")|(?P<word>[^\s()"]+))')
_NEAR = re.compile(r"near/(\d{1,3})", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z]+):(?!//)(.*)", re.DOTALL)

HAS = ("flag", "page", "update", "correction", "withdrawal")


Names = Callable[[str], Sequence[Named]]
Moment = Callable[[str], datetime]


def parse(query: str, names: Names, moment: Moment, saved: Mapping[str, str] | None = None) -> Node:
    """Read a query.

    Args:
        query: as typed.
        names: who "@id" stands for, of an entity or an "office.…"; nobody when it is unknown.
        moment: the aware time that somebody means by "24h" or "2026-11-22"; raises UsageError.
        saved: queries by name, for which "@name" stands; a name wins over an entity's id.

    Raises:
        UsageError: the query cannot be read, or asks for nothing; says where.
    """
    return _Parser(query.translate(_PLAIN_QUOTES), names, moment, saved or {}).whole()


def fault(query: str, at: int, what: str) -> QueryError:
    """Return the error for a place in a query."""
    before, after = query[max(0, at - 30) : at], query[at : at + 30]
    message = f"{what} (character {at + 1} of the query: {before}»{after})"
    return QueryError(message, what=what, at=at)


class _Parser:
    """Recursive descent over the parts of one query."""

    def __init__(self, query: str, names: Names, moment: Moment, saved: Mapping[str, str]) -> None:
        self.query, self.names, self.moment, self.saved = query, names, moment, saved
        self.at = 0
        self.terms = 0

    def whole(self) -> Node:
        found = self.either(0)
        if self.peek() == ")":
            raise self.fault("this bracket was never opened")
        if found is None:
            raise UsageError('nothing to search for; give a word, a "phrase" or a field')
        return found

    def either(self, depth: int) -> Node | None:
        if depth > _DEEPEST:
            raise self.fault(f"brackets more than {_DEEPEST} deep")
        parts: list[Node] = []
        while True:
            start = self.at
            part = self.every(depth)
            if part is not None:
                parts.append(part)
            if self.peek() != "OR":
                break
            if part is None:
                self.at = start
                raise self.fault("OR has nothing before it")
            self.take()
            if self.peek() in ("", ")", "OR"):
                raise self.fault("OR has nothing after it")
        if len(parts) < 2:
            return parts[0] if parts else None
        return Or(tuple(parts))

    def every(self, depth: int) -> Node | None:
        parts: list[Node] = []
        while (following := self.peek()) not in ("", ")", "OR"):
            if following == "AND":
                self.take()
                continue
            part = self.part(depth)
            if part is not None:
                parts.append(part)
        if len(parts) < 2:
            return parts[0] if parts else None
        return And(tuple(parts))

    def part(self, depth: int) -> Node | None:
        following = self.peek()
        if following == "-":
            self.take()
            negated = self.part(depth)
            return Not(negated) if negated is not None else None
        if following == "(":
            return self.bracketed(depth)
        left = self.term()
        near = _NEAR.fullmatch(self.peek()) if left is not None else None
        if left is None or near is None:
            return left
        self.take()
        place = self.skip(self.at)
        right = self.term()
        if right is None:
            raise fault(self.query, place, "near has nothing after it")
        return self.near(left, right, int(near[1]), place)

    def bracketed(self, depth: int) -> Node | None:
        opened = self.at
        self.take()
        inner = self.either(depth + 1)
        if self.peek() != ")":
            raise fault(self.query, self.skip(opened), "this bracket is never closed")
        self.take()
        return inner

    def near(self, left: Node, right: Node, distance: int, at: int) -> Node:
        pairs = list(product(_alternatives(left), _alternatives(right)))
        if not pairs or _NEAR.fullmatch(self.peek()):
            raise fault(self.query, at, "near stands between two words, phrases or entities")
        self.count(len(pairs), at)
        joined = tuple(Near(pair, distance) for pair in pairs)
        return joined[0] if len(joined) == 1 else Or(joined)

    def term(self) -> Node | None:
        """Read a word, phrase, entity or field."""
        place = self.skip(self.at)
        kind = self.take()
        if kind in ("", ")", "(", "-"):
            raise fault(self.query, place, "a word, phrase or entity is missing here")
        if kind == '"':
            return self.phrase(self.quoted(place), place)
        if kind[1:] in self.saved and kind.startswith("@"):
            return self.saved_search(kind[1:], place)
        if kind.startswith("@"):
            return self.entity(kind, place)
        field = _FIELD.fullmatch(kind)
        if field is None:
            return self.phrase(kind, place)
        name, value = field[1].lower(), field[2]
        if not value and self.query[self.at : self.at + 1] == '"':
            opened = self.at
            self.take()
            value = self.quoted(opened)
        if name == "title":
            if value.startswith("@"):
                return self.entity(value, place, title=True)
            return self.phrase(value, place, title=True)
        self.count(1, place)
        return self.field(name, value, place)

    def field(self, name: str, value: str, place: int) -> Field:
        if name not in FIELDS:
            hint = nearest(name, (*FIELDS, "title")) or f"known: title, {', '.join(FIELDS)}"
            what = f'no field is called "{name}" ({hint}; in quotes it is searched for)'
            raise fault(self.query, place, what)
        if not value:
            raise fault(self.query, place, f"{name}: has nothing after it")
        if name in ("since", "until"):
            try:
                return Field(name, self.moment(value))
            except UsageError as error:
                raise fault(self.query, place, str(error)) from None
        if name == "story":
            if not value.isdecimal() or len(value) > 18:
                raise fault(self.query, place, "a story is a number")
            return Field(name, int(value))
        allowed = {"level": LEVELS, "has": HAS}.get(name)
        if allowed and value not in allowed:
            raise fault(self.query, place, f"{name}: is one of {', '.join(allowed)}")
        return Field(name, value)

    def phrase(self, text: str, place: int, *, title: bool = False) -> Phrase | None:
        self.count(1, place)
        return _phrase(text, title)

    def saved_search(self, name: str, place: int) -> Node:
        # Without its own name, so that a search that names itself ends.
        others = {known: query for known, query in self.saved.items() if known != name}
        try:
            return parse(self.saved[name], self.names, self.moment, others)
        except UsageError as error:
            raise fault(self.query, place, f'in the saved search "{name}": {error}') from None

    def entity(self, word: str, place: int, *, title: bool = False) -> Node:
        found: dict[Node, None] = {}
        for named in self.names(word[1:]):
            read = (_phrase(name, title) for name in named.names)
            parts: dict[Node, None] = {part: None for part in read if part is not None}
            bounds = (("since", named.since), ("until", named.until))
            limits = [Field(name, moment) for name, moment in bounds if moment is not None]
            if limits and parts:
                found[And((Or(tuple(parts)), *limits))] = None
            else:
                found.update(parts)
        if not found:
            what = f"no entity or office is called {word}; `monitor entities find NAME` finds one"
            raise fault(self.query, place, what)
        self.count(1, place)
        alternatives = tuple(found)
        return alternatives[0] if len(alternatives) == 1 else Or(alternatives)

    def quoted(self, opened: int) -> str:
        end = self.query.find('"', self.at)
        if end < 0:
            raise fault(self.query, opened, "this quote is never closed")
        text = self.query[self.at : end]
        self.at = end + 1
        return text

    def count(self, more: int, at: int) -> None:
        self.terms += more
        if self.terms > _MOST_TERMS:
            raise fault(self.query, at, f"more than {_MOST_TERMS} words; search for fewer")

    def peek(self) -> str:
        match = _PART.match(self.query, self.at)
        return match[match.lastgroup or 0] if match else ""

    def take(self) -> str:
        match = _PART.match(self.query, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[match.lastgroup or 0]

    def skip(self, at: int) -> int:
        while at < len(self.query) and self.query[at].isspace():
            at += 1
        return at

    def fault(self, what: str) -> QueryError:
        return fault(self.query, self.skip(self.at), what)


def _phrase(text: str, title: bool) -> Phrase | None:
    found = tokens(text)
    if not found:
        return None
    words = [token.text for token in found]
    prefix = text.endswith("*")
    if found[-1].closes:
        if len(found) > 1 and found[-2].end == found[-1].end:
            del words[-1]  # the pair before it says as much, and matches inside longer words
        else:
            prefix = True
    return Phrase(tuple(words), prefix, title)


def _alternatives(node: Node) -> tuple[Phrase, ...]:
    """Return the phrases that a side of near stands for; none when it is something else."""
    match node:
        case Phrase():
            return (node,)
        case Or():
            return tuple(part for part in node.parts if isinstance(part, Phrase))
    return ()
