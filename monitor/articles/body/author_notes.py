"""Last lines that tell who the authors are and where they were."""

import re
from collections.abc import Sequence

from monitor.articles.body.furniture import ends_sentence
from monitor.text import letters

_LONGEST = 400  # characters of what says who somebody is
_OPENING = 40  # characters in which it names whom
_LONGEST_MAKER = 60  # characters
_MADE_BY = re.compile(r"[A-Z][a-z]+(?: and [a-z]+)? by(?: [A-Z][\w.’'-]+){2,4}")
_NAME = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}")
_LONGEST_FILED = 120  # characters
# As AP closes: "Lee and Ito reported from Seoul. Novak reported from Vienna."
_FILED = re.compile(r"(?:[A-Z][\w.’'-]+[ ,]+){1,8}(?:also )?reported from [A-Z]")


def is_biography(text: str, names: Sequence[str]) -> bool:
    """Tell whether a last line says who the author is; one who signs it stands at its end.

    Args:
        names: letters of the authors' names.
    """
    opening = letters(text[: min(60, 2 * len(text) // 3)])
    return len(text) < _LONGEST and any(name in opening for name in names)


def opens_biography(text: str, names: Sequence[str]) -> bool:
    """Tell whether a last sentence begins with its author's name and is no interview's answer."""
    opening = letters(text[:_OPENING])
    name = next((name for name in names if opening.startswith(name)), "")
    speaks = any(mark in text[: 2 * len(name)] for mark in ":：")
    return bool(name) and not speaks and len(text) < _LONGEST and ends_sentence(text)


def is_card(text: str, following: str) -> bool:
    """Tell whether a first line is a name and the next one says who that is."""
    named = len(text) <= _LONGEST_MAKER and _NAME.fullmatch(text) is not None
    return named and following.startswith(f"{text} ") and len(following) < _LONGEST


def names_maker(text: str) -> bool:
    """Tell whether a first line is a word and who made it: "Pictures by Bo Ek"."""
    return len(text) <= _LONGEST_MAKER and _MADE_BY.fullmatch(text) is not None


def tells_where_filed(text: str) -> bool:
    """Tell whether a last line says where the reporters were."""
    return len(text) <= _LONGEST_FILED and _FILED.match(text) is not None
