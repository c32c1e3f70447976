"""Kinds of event that the top of a story names, the same in four languages.

`events.toml` holds for each kind (a missile launch, a summit, a phone call, a sentence in court …)
the words that name it in English, Korean, Chinese (both scripts) and Japanese. They tell two
reports apart that name the same people on the same day, and bring together two that name the same
event in different languages. One Aho-Corasick pass over the top of the story finds them.
"""

from functools import cache

import ahocorasick_rs

from monitor.tomlfile import shipped


def events_in(top: str) -> tuple[str, ...]:
    """The kinds named in a folded (lower case, NFKC) text, sorted.

    A Latin word must start at a word edge; a word that ends in "." in the list is a stem, any
    other must also end at an edge (a plural or past "s", "d", "ed" and "es" allowed).
    """
    finder, kinds, words, stems = _lexicon()
    found = set()
    for number, start, end in finder.find_matches_as_indexes(top, overlapping=True):
        kind = kinds[number]
        if kind in found:
            continue
        if words[number].isascii():
            if start and top[start - 1].isalnum() and top[start - 1].isascii():
                continue
            if not stems[number] and not _ends_word(top, end):
                continue
        found.add(kind)
    return tuple(sorted(found))


def _ends_word(text: str, end: int) -> bool:
    rest = text[end : end + 3]
    for suffix in ("es", "ed", "s", "d", ""):
        if rest.startswith(suffix):
            following = rest[len(suffix) : len(suffix) + 1]
            if not (following.isascii() and following.isalnum()):
                return True
    return False


def _with_digits(word: str) -> list[str]:
    """Return what a word stands for: itself, or as many as there are digits for its last "#"."""
    return [word[:-1] + digit for digit in "0123456789"] if word.endswith("#") else [word]


@cache
def _lexicon() -> tuple[ahocorasick_rs.AhoCorasick, list[str], list[str], list[bool]]:
    kinds, words, stems = [], [], []
    for kind, names in shipped("monitor.stories", "events").items():
        for listed in names.values():
            for listed_word in listed:
                for word in _with_digits(listed_word):
                    kinds.append(kind)
                    words.append(word.removesuffix(".").lower())
                    stems.append(word.endswith("."))
    return ahocorasick_rs.AhoCorasick(words), kinds, words, stems
