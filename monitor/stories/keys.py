"""The keys under which the index finds an article: by its text, its headline, its facts."""

from collections.abc import Sequence
from itertools import pairwise

from monitor.stories.fingerprint import Signature
from monitor.stories.lexicon import broad_kinds, broad_names
from monitor.stories.same_event import fact_of_kind, fact_of_number
from monitor.stories.shingles import coarser, index_level, word_key

_FEW = 31  # numbers up to here stand in every story
_FACTS = 48
# Keys of one sort are kept from meeting those of another.
_SHORT_SALT, _LONG_SALT, _FACT_SALT = 0x5BD1E995, 0x1B873593, 0x2C1B3C6D


def text_keys(signature: Signature) -> tuple[int, tuple[int, ...]]:
    """Keys under which a text is found, and their level."""
    shingles = signature.shingles
    level = index_level(shingles, signature.level)
    return level, coarser(shingles, signature.level, level)


def headline_keys(signature: Signature, *, short: bool) -> list[int]:
    """Keys under which a headline is found: its pairs of words running.

    Those of short texts are kept apart, since a long text looks for short ones only.
    """
    words = signature.title_words
    salt = _SHORT_SALT if short else _LONG_SALT
    return [(first * 0x9E3779B1 + second) & 0xFFFFFFFF ^ salt for first, second in pairwise(words)]


def facts_of(signature: Signature) -> list[str]:
    """What an event is found by: names, telling numbers, a kind of event on a day."""
    facts = [name for name in signature.entities if name not in broad_names()]
    facts += [fact_of_number(number) for number in signature.numbers if number > _FEW]
    kinds = [kind for kind in signature.events if kind not in broad_kinds()]
    facts += [fact_of_kind(day, kind) for day in signature.days for kind in kinds]
    return facts[:_FACTS]


def fact_keys(facts: Sequence[str]) -> list[int]:
    """The keys of such facts, in order."""
    return [word_key(fact) ^ _FACT_SALT for fact in facts]
