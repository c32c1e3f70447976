"""Countries named as one of several: "China, Japan and South Korea", 中韓, 한·미·일.

What is said of a whole list is rarely about what two of its members have with one another. A comma
may stand for a particle too: in 韓国、中国に抗議 one does something to the other.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.watch.engine.document import Document
from monitor.watch.engine.found_names import Named
from monitor.watch.language.entities import Entity

Span = tuple[int, int]
_COUNTRY_LIKE = frozenset({"country", "region", "pair"})
_CAPITALS = frozenset({"seoul", "beijing", "pyongyang"})
_BETWEEN = re.compile(
    r"(?:[\s,，、·・‧･/&＆-]|\b(?:and|or|both)\b|[和与與及]|以及|와|과|및|や|と|そして){0,4}"
)
_COMMA = re.compile(r"\s?[,，、]\s?")
_OBJECT = re.compile(r"(?!など|등)[^\s、,，。・·の]{0,8}?(?:に|を|へ|と|から|에|과|와|을|를)")


def lists_of_countries(
    document: Document, named: Sequence[Named], entities: Sequence[Entity]
) -> Iterator[Sequence[Span]]:
    """Yield the places of countries, and of their capitals, that stand in one list with others.

    A pair (中韓) is a list by itself; one place alone is none.
    """
    row: list[Span] = []
    sides: set[str] = set()
    for start, end, number, _ in named:
        entity = entities[number]
        if entity.type not in _COUNTRY_LIKE and entity.id not in _CAPITALS:
            continue
        if row and (
            not _goes_on(document, row[-1][1], start)
            or (len(row) == 1 and _is_object(document, row[-1][1], start, end))
        ):
            if len(sides) > 1:
                yield row
            row, sides = [], set()
        if not row or start >= row[-1][1]:
            row.append((start, end))
        sides.update(entity.sides or (entity.id,))
    if len(sides) > 1:
        yield row


def _goes_on(document: Document, end: int, start: int) -> bool:
    return start <= end or (
        "\n" not in document.text[end:start]
        and _BETWEEN.fullmatch(document.text, end, start) is not None
    )


def _is_object(document: Document, before: int, start: int, end: int) -> bool:
    """Tell whether a country is what the one before it, set off by a comma, does something to."""
    text = document.text
    set_off = _COMMA.fullmatch(text, before, start) is not None
    return set_off and _OBJECT.match(text, end) is not None
