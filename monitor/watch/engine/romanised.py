"""Korean names in Latin letters: one surname has many spellings, and given names nearly as many.

Surnames vary by habit (Lee, Yi, Rhee and the North's Ri are 李), so names of Koreans are matched
with each spelling of theirs. Given names vary by system; for finding an entity by what somebody
typed, `sound` reduces a spelling to what McCune-Reischauer, the Revised Romanization of 2000 and
newspapers' habits have in common.
"""

import re
from collections.abc import Iterator

_SURNAMES = (
    ("Lee", "Yi", "Rhee", "Ri"), ("Park", "Pak", "Bak"), ("Cho", "Jo"), ("Kim", "Gim"),
    ("Chung", "Jung", "Jeong", "Chong"), ("Choi", "Choe"), ("Yoon", "Yun"), ("Moon", "Mun"),
    ("Roh", "Noh"), ("Shin", "Sin"), ("Suh", "Seo"), ("Kang", "Gang"), ("Yoo", "Yu", "Ryu"),
    ("Chang", "Jang"), ("Lim", "Im", "Rim"), ("Kwon", "Gwon"), ("Oh", "O"), ("Ahn", "An"),
    ("Paek", "Baek", "Paik"), ("Jeon", "Chun", "Jun"), ("Woo", "Wu"), ("Koh", "Ko", "Go"),
)  # fmt: skip
_SPELLINGS = {one: [other for other in row if other != one] for row in _SURNAMES for one in row}
_SAME_SOUND = (
    (re.compile(r"^(?:lee|yi|rhee|ri|i)(?=\W)"), "i"), (re.compile(r"[^a-z]"), ""),
    (re.compile("ch"), "j"), (re.compile("k"), "g"), (re.compile("t"), "d"), (re.compile("p"), "b"),
    (re.compile("r"), "l"), (re.compile("ae|ai|e(?![ou])"), "e"),
    (re.compile("eo|eu|oo|ou|o|u"), "o"), (re.compile(r"(.)\1"), r"\1"),
)  # fmt: skip


def spellings(name: str) -> Iterator[str]:
    """Yield a Korean's name ("Lee Jae-myung") with the other spellings of its surname."""
    surname, space, given = name.partition(" ")
    if space:
        for other in _SPELLINGS.get(surname, ()):
            yield f"{other} {given}"


def sound(name: str) -> str:
    """Return what spellings of one Korean name have in common, for looking it up only."""
    key = name.lower()
    for spelled, heard in _SAME_SOUND:
        key = spelled.sub(heard, key)
    return key
