"""How much a term, a name or a kind of event tells: the rarer it is in these days' news, the more.

What is counted are headlines, by language, of the articles that the window holds. So that the first
articles are not judged without any knowledge, counting begins as though `_START` headlines had been
read in which terms are as frequent as `common.toml` says (measured on some thousand headlines; it
lists what stands in one of a hundred or more). Names and kinds are counted over all languages.
"""

from array import array
from collections.abc import Container, Iterable, Mapping
from functools import cache, lru_cache
from math import fsum, log

from monitor.stories.term_keys import term_key
from monitor.text import simplified
from monitor.tomlfile import shipped

_CELLS = 1 << 18
_START = 200  # headlines that the shipped frequencies count for
_UNSEEN = 0.5
_PAIR = 2.0  # what two articles share was read in both: no word is rarer
# A headline that names little is taken for one of which so much is covered; the weight of that.
NOTHING_COVERED, _DOUBT = 0.3, 2.0
_ENOUGH = 1.2  # times the weight of a word that was read once
# Growth or loss of what is counted after which weights are another matter: few articles, and many.
_ERA_OF_FEW, _ERA_OF_MANY, FEW = 1.05, 1.3, 300


class Rarity:
    """Counts of terms and facts; a cell may be shared by two of them, which does little harm."""

    def __init__(self) -> None:
        self._counts = array("f", _start())
        self._headlines: dict[str, int] = {}
        self._era = float(_START)

    def count(self, language: str, terms: Iterable[int], facts: Iterable[int], by: int = 1) -> None:
        """Count the terms of a headline and the facts of its article; `by` -1 forgets them."""
        counts = self._counts
        for key in terms:
            counts[key % _CELLS] += by
        for key in facts:
            counts[key % _CELLS] += by
        for group in (language, ""):
            self._headlines[group] = self._headlines.get(group, 0) + by

    def weights(self, language: str, terms: Iterable[int]) -> dict[int, float]:
        """The weight of each term of a language: the logarithm of how rare it is."""
        counts, read = self._counts, self._read(language)
        rarest = read - log(_PAIR + _UNSEEN)  # most terms
        return {
            key: rarest if (count := counts[key % _CELLS]) <= _PAIR else read - log(count + _UNSEEN)
            for key in terms
        }

    def enough(self, language: str) -> float:
        """The least sum of weights that two articles must share to be worth measuring.

        It grows with what was read: among ten thousand headlines some share two words by chance.
        """
        return _ENOUGH * self._read(language)

    def weight(self, fact: int) -> float:
        """The weight of a name, a kind of event or a number."""
        return max(0.05, self._read("") - log(max(_PAIR, self._counts[fact % _CELLS]) + _UNSEEN))

    def has_new_era(self) -> bool:
        """Whether so much was counted or forgotten since the last time that weights are others."""
        counted = _START + self._headlines.get("", 0)
        era = _ERA_OF_FEW if counted < _START + FEW else _ERA_OF_MANY
        if self._era / era < counted < self._era * era:
            return False
        self._era = float(counted)
        return True

    def _read(self, group: str) -> float:
        return log(_START + self._headlines.get(group, 0) + 1)


def covered(
    mine: Mapping[str, float] | Iterable[str], theirs: Container[str], weights: Mapping[str, float]
) -> float:
    """How much of some facts an article names, by their weights.

    Args:
        mine: the facts, with the share of articles that name each where they are several articles'.
        theirs: what the other names.
        weights: of the facts; one that has none counts nothing.
    """
    shares = mine if isinstance(mine, Mapping) else dict.fromkeys(mine, 1.0)
    whole = fsum([share * weights.get(name, 0.0) for name, share in shares.items()])
    named = fsum([share * weights[name] for name, share in shares.items() if name in theirs])
    return (named + NOTHING_COVERED * _DOUBT) / (whole + _DOUBT)


@lru_cache(maxsize=1 << 12)
def fact_key(fact: str) -> int:
    """The number under which a name ("name kim-jong-un") or kind ("kind launch") is counted."""
    return term_key(fact, "fact")


@cache
def _start() -> "array[float]":
    counts = array("f", bytes(4 * _CELLS))
    for language, words in shipped("monitor.stories", "common").items():
        for word, share in words.items():
            known = simplified(word) if language == "zh" else word
            counts[term_key(known, language) % _CELLS] += share / 1000 * _START
    return counts
