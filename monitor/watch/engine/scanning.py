"""One Aho-Corasick pass over a folded text, and which of its hits are words there.

The two are apart so that the pass may be made over many articles in a row: an automaton is larger
than the processor's nearest memory, and finds its way faster where nothing else came between.

Most hits are parts of longer words. In a text of spaced words those are told apart all at once:
every character is marked beforehand, as a letter or none, and a hit stays only if the marks at its
two ends agree with what its form asks. Of what stays, most stands clear between spaces and needs
no more; the rest is tested on the text as printed.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import ahocorasick_rs

from monitor.text import LATIN_LETTERS, Folded, name_edges, word_edges
from monitor.watch.engine.borders import may_count
from monitor.watch.engine.document import Document
from monitor.watch.engine.overlaps import Candidate
from monitor.watch.engine.patterns import Pattern, PatternTable, WordUse, may_be_printed

Span = tuple[int, int]
FormHit = tuple[int, int, int]  # number of the form, start and end in the folded text
_LONG = 1000  # characters of a form; nobody writes such a word
_SHAPE_REACH = 60  # characters around one word of a term of several stems

# What a form asks of its surroundings, and the marks that deny it.
_OPENS_A_WORD, _CLOSES_A_WORD = 1, 2
_PERHAPS = 4  # a letter s or a squashed hyphen after a word: only the text as printed can tell
_EXTENDED_LATIN = re.compile("[\u0100-\u024f]")  # letters that have no mark
_BEFORE = bytes(_OPENS_A_WORD if chr(code) in LATIN_LETTERS else 0 for code in range(256))
_AFTER = bytes(
    _PERHAPS if chr(code) == "s" else _CLOSES_A_WORD if chr(code) in LATIN_LETTERS else 0
    for code in range(256)
)


class Form(NamedTuple):
    """One form of a pattern, with what every hit of it asks, beside one another in memory.

    Attributes:
        swift: nothing is asked of a hit that stands clear.
        anywhere: Han or kana at both ends, which stand clear beside anything.
        atoms: what a swift hit means.
        is_name, has_words: as the pattern's.
    """

    pattern: Pattern
    swift: bool
    anywhere: bool
    atoms: tuple[int, ...]
    is_name: bool
    has_words: bool

    @classmethod
    def of(cls, form: str, pattern: Pattern) -> "Form":
        """Look at a form once and for all; the pattern must be finished."""
        swift = pattern.swift and (bool(pattern.swift_atoms) or not pattern.words)
        at = 0
        for word in form.split(" ")[:-1]:  # a space that no written form has is asked in print
            at += len(word)
            swift = swift and at in pattern.spaces
        return cls(
            pattern, swift, pattern.edges == ("", ""), pattern.swift_atoms,
            pattern.is_name, bool(pattern.words),
        )  # fmt: skip


class Scanner:
    """The automaton of all forms of a table; the patterns must be finished."""

    def __init__(self, table: PatternTable) -> None:
        self._forms = [Form.of(form, pattern) for form, pattern in table.by_form.items()]
        self._asked = bytes(
            (_OPENS_A_WORD if pattern.latin else 0) | (_CLOSES_A_WORD if pattern.closed else 0)
            for pattern in table.by_form.values()
        )
        # By itself it makes a small table the fastest automaton, which takes the square of a form's
        # length to make.
        is_long = any(len(form) > _LONG for form in table.by_form)
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(table.by_form), matchkind=ahocorasick_rs.MatchKind.Standard,
            store_patterns=False,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA if is_long else None,
        )  # fmt: skip

    def hits(self, document: Document) -> Sequence[FormHit]:
        """Return every form that stands in the folded text, in words or across them."""
        found: Sequence[FormHit] = self._automaton.find_matches_as_indexes(
            document.folded.text, overlapping=True
        )
        return found

    def sift(
        self, document: Document, hits: Sequence[FormHit]
    ) -> tuple[list[Candidate], dict[int, list[Span]]]:
        """Return name candidates, and the places of terms by atom."""
        candidates: list[Candidate] = []
        places: dict[int, list[Span]] = {}
        if not hits:
            return candidates, places
        forms, folded = self._forms, document.folded
        span, aligned = folded.span, folded.aligned
        hits, after = self._words(folded, hits)
        for number, start, end in hits:
            pattern, swift, anywhere, atoms, is_name, has_words = forms[number]
            clear = swift and (anywhere or not after[end])
            if not aligned:
                length = end - start
                start, end = span(start, end)
                clear = clear and end - start == length
            if clear:
                for atom in atoms:
                    if atom in places:
                        places[atom].append((start, end))
                    else:
                        places[atom] = [(start, end)]
                if is_name:
                    candidates.append((start, end, pattern))
                continue
            if has_words:
                for a, b, atom in _places(document, start, end, pattern):
                    places.setdefault(atom, []).append((a, b))
            if is_name and may_count(document, start, end, pattern):
                candidates.append((start, end, pattern))
        return candidates, places

    def _words(
        self, folded: Folded, hits: Sequence[FormHit]
    ) -> tuple[list[FormHit], bytes | bytearray]:
        """Return the hits that are no parts of longer words, and what stands after each place."""
        asked = self._asked
        if not folded.spaceless:
            before, after = _marks(folded)
            kept = [hit for hit in hits if not asked[hit[0]] & (before[hit[1]] | after[hit[2]])]
            return kept, after
        unmarked = bytes([_PERHAPS]) * (len(folded.text) + 1)
        kept = [
            hit
            for hit in hits
            if not asked[hit[0]] or not _inside_a_word(folded, asked[hit[0]], hit[1], hit[2])
        ]
        return kept, unmarked


def _marks(folded: Folded) -> tuple[bytes | bytearray, bytes | bytearray]:
    """Return what stands before each place of a folded text, and what after."""
    letters = folded.text.encode("latin-1", "replace")
    before, after = b"\0" + letters.translate(_BEFORE), letters.translate(_AFTER) + b"\0"
    if not folded.text.isascii() and _EXTENDED_LATIN.search(folded.text):
        after = after.translate(bytes(code or _PERHAPS for code in range(256)))
    if folded.aligned:
        return before, after
    opened, closed = bytearray(before), bytearray(after)
    for seam in folded.seams():
        opened[seam], closed[seam] = 0, _PERHAPS
    return opened, closed


def _inside_a_word(folded: Folded, asked: int, start: int, end: int) -> bool:
    """Is a hit surely a part of a longer word, in a text of few Latin letters?"""
    text = folded.text
    joined = asked & _OPENS_A_WORD and start and text[start - 1] in LATIN_LETTERS
    if joined and not folded.is_seam(start):
        return True
    if asked & _CLOSES_A_WORD and end < len(text) and text[end] in LATIN_LETTERS:
        return text[end] != "s" and not folded.is_seam(end)
    return False


def _places(
    document: Document, start: int, end: int, pattern: Pattern
) -> list[tuple[int, int, int]]:
    """Return (start, end, atom) for the terms that a hit is on the text as printed."""
    text, uses = document.text, pattern.words
    places: list[tuple[int, int, int]] = []
    if pattern.plain_word:
        fits = word_edges(text, start, end, pattern.edges) and (
            end - start == len(pattern.key) or may_be_printed(pattern, text[start:end])
        )
        if not fits:
            if len(uses) == pattern.plain_word:
                return places
            uses = tuple([use for use in uses if use.kind != "word"])
    for use in uses:
        if use.language and use.language != document.language:
            continue
        if use.kind == "word":
            places.append((start, end, use.atom))
        elif place := _special_place(text, start, end, pattern, use):
            places.append((*place, use.atom))
    return places


def _special_place(text: str, start: int, end: int, pattern: Pattern, use: WordUse) -> Span | None:
    """Return where a stem or an exact term stands, or None."""
    if use.shape:
        for match in use.shape.finditer(text, max(0, start - _SHAPE_REACH), end + _SHAPE_REACH):
            if match.start() <= start and end <= match.end():
                return match.span()
        return None
    if use.kind == "exact":
        fits = text[start:end] == use.exact and name_edges(text, start, end, pattern.edges)
        return (start, end) if fits else None
    # A stem takes any ending; in Latin letters it starts a word, Hangul and Han may stand inside.
    return (start, end) if may_be_printed(pattern, text[start:end]) else None
