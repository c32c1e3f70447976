"""The keys under which the index finds an article: by its text, its words, its facts."""

from collections.abc import Mapping, Sequence
from zlib import crc32

from monitor.stories.lexicon import broad_kinds, broad_names, states_for
from monitor.stories.same_text import FEW, is_short
from monitor.stories.shingles import coarser, index_level, word_key
from monitor.stories.signature import Signature

_FACTS = 48
_LEAST_TERMS = 3
_LOOKED_UP = 48  # terms of an article by which its like are looked for, the rarest
_HEADLINE_COUNTS = 2.0
# Keys of one sort are kept from meeting those of another.
_FACT_SALT, _HEADLINE_SALT = 0x2C1B3C6D, 0x1B873593


def text_keys(signature: Signature) -> tuple[int, tuple[int, ...]]:
    """Keys under which a text is found, and their level."""
    shingles = signature.shingles
    level = index_level(shingles, signature.level)
    return level, coarser(shingles, signature.level, level)


def headline_key(signature: Signature) -> tuple[int, ...]:
    """The key of a whole headline, for an article that is little more than its headline."""
    if not is_short(signature) or len(signature.head) < 4 * _LEAST_TERMS:
        return ()
    return (crc32(signature.head) ^ _HEADLINE_SALT,)


def rarest_terms(head: Mapping[int, float], text: Mapping[int, float]) -> list[tuple[int, float]]:
    """The terms by which an article's like are looked for, with what finding one by it counts.

    The rarest of its words, those of the headline first; they count more.
    """
    rarest = [
        (-_HEADLINE_COUNTS * weight if term in head else -weight, term)
        for term, weight in text.items()
    ]
    rarest.sort()
    return [(term, -weight) for weight, term in rarest[:_LOOKED_UP]]


def fact_keys(signature: Signature) -> list[int]:
    """Keys under which the event of an article is found in other languages.

    A telling name or number; a kind of event on a day that the text names or on that of its
    publication or the one before; a kind with a small number; a kind with a name that stands in
    half of the news. So also a flash of five words has keys.
    """
    kinds = [kind for kind in signature.events if kind not in broad_kinds()]
    broad, names = broad_names(), states_for(signature.entities)
    facts = [name for name in names if name not in broad]
    facts += [f"{number:g}" for number in signature.numbers if number > FEW or number % 1]
    today = signature.when.toordinal()
    days = dict.fromkeys((*signature.days, today, today - 1))
    facts += [f"{day} {kind}" for day in days for kind in kinds]
    facts += [f"{n:g} {kind}" for n in signature.numbers if 1 < n <= FEW for kind in kinds]
    facts += [f"{name} {kind}" for name in names if name in broad for kind in kinds]
    return _facts(facts)


def _facts(facts: Sequence[str]) -> list[int]:
    return [word_key(fact) ^ _FACT_SALT for fact in dict.fromkeys(facts[:_FACTS])]
