"""What may stand inside quotes in a rule: the forms of a term.

"free trade"     phrase: any case, hyphen and space variants, plural and possessive s
"missile*"       stem: any ending (Latin: four letters or more; Hangul and Han: two, anywhere)
"fire* missile*" several words, each with any ending
"=ROK"           exactly so, upper and lower case count, whole token
"ko:방중"         only in stories of that language (zh covers both scripts)
"@wang-yi"       an entity, by any of its names in any language
"@CN"            any entity that stands for that side
"@weapon.KP"     any entity of that type and side
"@country.other" any entity of that type that stands for no side
"@office.foreign-minister-kr"   whoever held it on the story's date
"#sports"        a named list of words
"""

import re
import warnings
from typing import Literal, get_args

from msgspec import Struct

from monitor.text import fold_key
from monitor.tomlfile import nearest
from monitor.watch.language.codes import RULE_LANGUAGES, SIDES, language_meant, side_meant
from monitor.watch.language.entities import Type

Kind = Literal["word", "stem", "exact", "entity", "side", "typed", "office", "list", "pattern"]
NO_SIDE = "other"  # in place of a side, for what has none
TYPES: tuple[str, ...] = get_args(Type)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?):(\s*)")
_LETTER = re.compile(r"[^\W_]")
_LATIN_LETTERS = re.compile(r"[a-z0-9\u00c0-\u024f]+")


class Term(Struct, frozen=True):
    """One term as written, and what it asks for.

    Attributes:
        raw: as written.
        kind: see the module's docstring; "pattern" is a regular expression of a list.
        value: the phrase, id, side, "type.SIDE", "type.other", office id, list name or expression.
        language: only in stories of this language, "" for all.
    """

    raw: str
    kind: Kind
    value: str
    language: str = ""


def expression(raw: str) -> re.Pattern[str]:
    """Compile a pattern of a list.

    "[[" in it is read as Python reads it now; that a later one may read it otherwise, of which it
    warns, is for nobody to act on.

    Raises:
        re.error, OverflowError, RecursionError: it is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(raw)


class BadTerm(ValueError):
    """A term that cannot be; the message says why, `hint` what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def parse_term(raw: str) -> Term:
    """Read one term.

    Raises:
        BadTerm: when nothing could ever match it, or far too much would.
    """
    if raw.startswith("#"):
        return Term(raw, "list", raw[1:])
    if raw.startswith("@"):
        return _entity_term(raw)
    language = _language(raw)
    text = raw[len(language) + 1 :] if language else raw
    if text.startswith("="):
        if not _LETTER.search(text) and not fold_key(text[1:]):
            raise BadTerm("nothing is left of this term once it is folded")
        return Term(raw, "exact", text[1:].strip(), language)
    text = text.strip()
    if not _LETTER.search(text) and not fold_key(text.replace("*", "")):
        raise BadTerm("nothing is left of this term once it is folded")
    if "*" not in text:
        return Term(raw, "word", text, language)
    for word in text.split():
        if "*" in word.rstrip("*") or word.endswith("**"):
            raise BadTerm("a star may only end a word")
        stem = fold_key(word)
        if word.endswith("*"):
            latin = _LATIN_LETTERS.fullmatch(stem[:-1])
            if latin and len(stem) < 5:
                raise BadTerm(
                    f'the stem "{word}" is too short: it would match far too much',
                    "stems need at least four letters; list the forms instead",
                )
            if not latin and len(stem) < 3:
                raise BadTerm(
                    f'the stem "{word}" is too short: it would match far too much',
                    "stems need at least two characters",
                )
    return Term(raw, "stem", text, language)


def _language(raw: str) -> str:
    """Return the language that stands before a term, or "" for none.

    Small letters right before the term can be nothing else; capitals ("UN:…") may be words.
    """
    marked = _LANGUAGE.match(raw)
    if not marked or marked.end() == len(raw):
        return ""
    code, space = marked[1], marked[2]
    if code in RULE_LANGUAGES:
        return code
    meant = language_meant(code)
    if not meant and (space or not code.islower()):
        return ""
    hint = f'did you mean "{meant}:"?' if meant else f"one of {', '.join(RULE_LANGUAGES)}"
    raise BadTerm(f'unknown language "{code}:"', hint)


def _entity_term(raw: str) -> Term:
    value = raw[1:]
    if value in SIDES:
        return Term(raw, "side", value)
    if value.upper() in SIDES:
        raise BadTerm("a side is written in capitals", f'write "@{value.upper()}"')
    if value.isupper() and (meant := side_meant(value)):
        raise BadTerm(f'unknown side "{value}"', f'write "@{meant}"')
    if value.startswith("office."):
        return Term(raw, "office", value[len("office.") :])
    kind, dot, side = value.partition(".")
    if dot:
        if kind not in TYPES:
            hint = nearest(kind, TYPES) or f"one of {', '.join(TYPES)}"
            raise BadTerm(f'unknown entity type "{kind}"', hint)
        if side not in SIDES and side != NO_SIDE:
            meant = side_meant(side)
            hint = f'write "@{kind}.{meant}"' if meant else f"one of {', '.join((*SIDES, NO_SIDE))}"
            raise BadTerm(f'unknown side "{side}"', hint)
        return Term(raw, "typed", value)
    return Term(raw, "entity", value)
