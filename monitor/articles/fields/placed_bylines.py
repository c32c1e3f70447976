"""Names that only their place tells: lines between the headline and the text, and right below it.

Elsewhere on a page a line such as "王小明／台北報導", "Ada Lindqvist | 30 May" or "（山田太郎）"
may be anybody's; between headline and text, or under the last paragraph, it names the writer. Here
whole lines are read, with what layout has split over elements put together, and the names are
judged by the shapes that each script has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor import dates
from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import is_desk, is_latin_name, people_in, unique
from monitor.newsroom.reporters import names_behind_by, reporters_in, signed_by

_LONGEST = 120  # characters of a line that is a byline
_EMAIL = re.compile(r"[(<\[]?\s?(?<![\w.+\-])[\w.+\-]++@[\w.\-]+\s?[)>\]]?")
_PARTS = re.compile(r"(?<!\s)\s*+(?:[|｜•·]|(?<=\s)[-–—/]\s|,\s(?=\D{3}))\s*+")
_SIGNATURE = re.compile(r"^[（(【\[＝=/\s]+(?P<inside>[^（()）【】\[\]]{2,24})[)）】\]]?$")


def placed_byline(
    above: Sequence[str], below: Sequence[str], language: str, house: HouseNames
) -> tuple[str, ...]:
    """Return the names in the lines above and below a text, or none.

    Args:
        above: lines between the headline and the text.
        below: the text's last lines and those right after it.
        language: ISO 639-1 code of the text.
    """
    for lines, at_end in ((above, False), (below, True)):
        short = [line for line in lines if 2 <= len(line) <= _LONGEST]
        found = signed_by(short, language) or unique(_names(short, language, house, at_end))
        found = tuple(name for name in found if not is_desk(name))
        if found:
            return found
    return ()


def _names(lines: Iterable[str], language: str, house: HouseNames, at_end: bool) -> Iterator[str]:
    for line in lines:
        bare = _EMAIL.sub(" ", line) if "@" in line else line
        reading = dates.read(bare)
        if reading is not None:
            bare = bare.replace(reading.text, " | ")
        signature = _SIGNATURE.match(bare) if at_end else None
        names = list(reporters_in(signature["inside"] if signature else bare, language))
        if not names:
            names = [name for part in names_behind_by(bare) for name in people_in(part, house)]
        parts = [part.strip(" |·•") for part in _PARTS.split(bare)]
        beside = len(parts) > 1 and any(part[:1].isdigit() for part in parts)
        if not names and (reading is not None or beside or bare != line):
            names = [part for part in parts if is_latin_name(part) and not house.is_house(part)]
        if names:
            yield from names[:4]
            return
