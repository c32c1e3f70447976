"""The terms of a headline and a first sentence, as numbers that can be weighed and compared.

A term is a word of a spaced script cut to its stem (seven letters, without -s, -ed, -ing), a pair
of Hangul or Han characters running, three of katakana, or a run of digits. Hiragana, Latin words of
one or two letters and the commonest English words are no terms. A term's number holds the language
too: what is common in Japanese may be rare in Chinese. Chinese is read in simplified characters.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise

from monitor.newsroom import dateline_spans
from monitor.stories.signature import HEADLINE, LEAD
from monitor.stories.term_keys import FIRST, MASK, SECOND, THIRD, salt, term_key
from monitor.text import fold_width, simplified

_STEM = 7
_RUNS = re.compile(
    "[0-9]+|[a-z]+|[가-힣]+|[\u30a1-\u30fa\u30fc-\u30ff]+|[\u3400-\u9fff]+|[\u00c0-\u024f\u0370-\u1fff]+"
)
_ENDINGS, _LAST_LETTERS = ("ing", "ed", "es", "s"), "gds"
_ASCII_EDGES = {code: " " for code in range(128) if not chr(code).isalnum()}
_COMMON_WORDS = (
    "the and for with from that this has have had are was were will not its his her their after"
    " over into amid say says said but who they been would about more than"
)
_COMMON = frozenset(re.findall("[a-z]+", _COMMON_WORDS))
_REPORTER = re.compile("[^=]{0,40}= ")
# Characters of text that hold so many terms, and a dateline: a sentence or two in any script.
_READ = {"ko": 200, "zh": 120, "ja": 140}
_READ_SPACED = 420
_REPEATED = 12  # characters of a run that may come again
_LANGUAGES, _KEPT = 8, 1 << 12  # of which runs are kept, and so many of each


def headline_terms(headline: str, language: str) -> tuple[int, ...]:
    """The terms of a headline without its marks, in order, each once."""
    return tuple(dict.fromkeys(_terms(fold_width(headline), language[:2])))[:HEADLINE]


def lead_terms(body: str, language: str, known: tuple[int, ...]) -> tuple[int, ...]:
    """The terms of the first sentences that the headline (`known`) does not have."""
    lead = body[: _READ.get(language[:2], _READ_SPACED)]
    end = max((end for start, end in dateline_spans(lead[:120]) if start < 8), default=0)
    if end and (reporter := _REPORTER.match(lead, end)) is not None:
        end = reporter.end()
    terms = dict.fromkeys(_terms(fold_width(lead[end:]), language[:2]))
    for term in known:
        terms.pop(term, None)
    return tuple(terms)[:LEAD]


def _terms(folded: str, language: str) -> list[int]:
    if language == "zh":
        folded = simplified(folded)
    terms, known = list[int](), _known_terms(language)
    # Same terms either way; splitting ASCII costs half of what the pattern does.
    runs = folded.translate(_ASCII_EDGES).split() if folded.isascii() else _RUNS.findall(folded)
    for run in runs:
        terms += known(run) if len(run) <= _REPEATED else _terms_of(run, language)
    return terms


@lru_cache(maxsize=_LANGUAGES)
def _known_terms(language: str) -> Callable[[str], tuple[int, ...]]:
    return lru_cache(maxsize=_KEPT)(partial(_terms_of, language=language))


def _terms_of(run: str, language: str) -> tuple[int, ...]:
    """The terms of one run of letters, syllables or digits, or of ASCII letters and digits."""
    if run.isascii() and not run.isalpha() and not run.isdigit():
        return tuple([term for part in _RUNS.findall(run) for term in _terms_of(part, language)])
    first = run[0]
    if first < "\u3000":
        key = _word(run, language)
        return (key,) if key else ()
    size = 3 if "\u30a1" <= first <= "\u30ff" else 2
    if len(run) <= size:
        return (term_key(run, language),)
    codes, own = list(map(ord, run)), salt(language)
    if size == 2:
        return tuple([(a * FIRST + b * SECOND + own) & MASK for a, b in pairwise(codes)])
    return tuple(
        [
            (a * FIRST + b * SECOND + c * THIRD + own) & MASK
            for a, b, c in zip(codes, codes[1:], codes[2:], strict=False)
        ]
    )


def _word(word: str, language: str) -> int:
    if word.isalpha():
        if len(word) < 3 or word in _COMMON:
            return 0
        for ending in _ENDINGS if word[-1] in _LAST_LETTERS else ():
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word.removesuffix(ending)
                break
    return term_key(word[:_STEM], language)
