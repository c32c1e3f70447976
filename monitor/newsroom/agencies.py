"""News agencies under one id each, however a language or an outlet spells them.

The spellings stand in agencies.toml. A credit names its agency in many ways: "Reuters",
"연합뉴스", "AFP時事", "Xinhua News Agency"; so does the dateline that opens a text.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from monitor.newsroom.word_lists import LANGUAGES, any_of, table, words_of

_CREDIT = 400  # characters of a credit that are looked at
_OPENING = 90  # characters of a paragraph in which a dateline names its agency
_FIRST_WORD = re.compile(r"[ ,/(（]")
_BRACKETED = re.compile(
    r"[(（\[【［]\s*(?:[^)）\]】］=]{1,20}=\s{0,4}-?)?([^)）\]】］=]{2,40})[)）\]】］]"
)


def spellings(*languages: str) -> tuple[str, ...]:
    """Return how these languages spell the agencies."""
    found = (words_of(names, *languages) for names in table("agencies").values())
    return tuple(dict.fromkeys(chain.from_iterable(found)))


@cache
def _ids() -> dict[str, str]:
    """Every spelling in lower case, and the id of its agency."""
    return {
        word.lower(): agency
        for agency, spellings in table("agencies").items()
        for word in words_of(spellings, *LANGUAGES, "credit")
    }


@cache
def _anywhere() -> tuple[re.Pattern[str], dict[str, str]]:
    """Names that are no other words, Latin ones between word edges, and their agencies' names."""
    names = {
        word: str(spellings["name"])
        for spellings in table("agencies").values()
        for word in words_of(spellings, *LANGUAGES)
    }
    latin = any_of(word for word in names if word.isascii())
    others = any_of(word for word in names if not word.isascii())
    return re.compile(rf"(?<![A-Za-z0-9_])(?:{latin})(?![A-Za-z0-9_])|{others}"), names


@cache
def _alone() -> re.Pattern[str]:
    """A line of nothing but agencies: "(dpa)", "Mit Material von dpa/AFP", "AP, Reuters"."""
    return re.compile(
        r"[(\[（]?(?:(?:mit|von|quelle:?|avec|con|with)\s)?(?:material von\s)?"
        rf"(?>(?:{any_of(_ids())}|red)(?:[/, \-]++(?>und |and )?+|$|(?=[)\]）.])))++[)\]）.]*+$",
        re.IGNORECASE,
    )


def names_agencies(line: str) -> bool:
    """Tell whether a line names agencies and nothing else."""
    return _alone().match(line) is not None


@lru_cache(maxsize=4096)
def agency_id(credit: str) -> str:
    """Return the id of the agency that `credit` (an outlet, a credit line) is, or ""."""
    ids = _ids()
    folded = " ".join(credit.lower().split())
    return ids.get(folded, "") or ids.get(_FIRST_WORD.split(folded, maxsplit=1)[0], "")


def agency_in(credits: Iterable[str]) -> str:
    """Return the name of the agency that the first of these credits to name one names, or ""."""
    pattern, names = _anywhere()
    for credit in credits:
        if match := pattern.search(credit[:_CREDIT]):
            return names[match[0]]
    return ""


def bracketed_agency(paragraph: str) -> str:
    """Return the name of the agency in brackets near the head of a paragraph, or ""."""
    ids = _ids()
    for match in _BRACKETED.finditer(paragraph[:_OPENING].lstrip().lower()):
        inner = match[1].strip()
        if inner in ids:
            return _name(ids[inner])
        for word, agency in ids.items():
            if not word.isascii() and (inner.startswith(word) or inner.endswith(word)):
                return _name(agency)
    return ""


def _name(agency: str) -> str:
    return str(table("agencies")[agency]["name"])
