"""Names that only their place tells: lines between the headline and the text, and right below it.

Elsewhere on a page a line such as "王小明／台北報導", "Ada Lindqvist | 30 May" or "（山田太郎）"
may be anybody's; between headline and text, or under the last paragraph, it names the writer. Here
whole lines are read, with what layout has split over elements put together, and the names are
judged by the shapes that each script has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from monitor import dates
from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import (
    is_desk,
    is_latin_name,
    is_title,
    names_no_writer,
    people_among,
    people_in,
    unique,
)
from monitor.newsroom.credits import is_caption
from monitor.newsroom.reporters import names_behind_by, reporters_in, signed_by

_LONGEST = 120  # characters of a line that is a byline
_MOST_SPACES = 8  # in a byline that ends like a sentence
_EMAIL = re.compile(r"[(<\[]?\s?(?<![\w.+\-])[\w.+\-]++@[\w.\-]+\s?[)>\]]?")
_PARTS = re.compile(r"(?<!\s)\s*+(?:[|｜•·]|(?<=\s)[-–—/]\s|,\s(?=\D{3}))\s*+")
# "(Reporting by Ada Lind and Bo Novak in Seoul; Editing by Cy Park)"
_WIRE_CREDIT = re.compile(
    r"^[\W_]{0,4}(?:reporting|writing)\sby\s(?P<names>[^;()]{3,100})", re.IGNORECASE
)
_LABEL = re.compile(r"^[^\W\d_]{3,16}\s?[:：]\s(?=[^\W\d_])")  # "Interview: Ada Lindqvist"
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
    for lines, at_end in ((_with_titles(above), False), (below, True)):
        short = [line for line in lines if _may_be_byline(line)]
        found = signed_by(short, language) or unique(_names(short, language, house, at_end))
        found = tuple(name for name in found if not (is_desk(name) or house.is_house(name)))
        if found:
            return people_among(found)
    return ()


def _may_be_byline(line: str) -> bool:
    """Tell a byline from a caption or a sentence, in which "by" stands before anybody."""
    if is_caption(line):
        return False
    prose = line.count(" ") > _MOST_SPACES and line.endswith((".", "!", "?", "।"))
    return (2 <= len(line) <= _LONGEST and not prose) or _WIRE_CREDIT.match(line) is not None


def _names(lines: Iterable[str], language: str, house: HouseNames, at_end: bool) -> Iterator[str]:
    for line in lines:
        bare = _EMAIL.sub(" ", line) if "@" in line else line
        reading = dates.read(bare)
        if reading is not None:
            bare = bare.replace(reading.text, " | ")
        names = _signed(bare, language, house, at_end)
        if not names:
            parts = [part.strip(" |·•") for part in _PARTS.split(bare)]
            if at_end and _is_titled(parts):
                parts = parts[:1]
            elif label := _LABEL.match(bare):
                parts = [] if at_end or names_no_writer(bare) else [bare[label.end() :]]
            elif bare == line and not _stands_beside(parts, house):
                continue
            names = [part for part in parts if is_latin_name(part) and not house.is_house(part)]
        if names:
            yield from names[:4]
            return


def _signed(line: str, language: str, house: HouseNames, at_end: bool) -> list[str]:
    """Return the names that words or brackets in a line say are the writers'."""
    signature = _SIGNATURE.match(line) if at_end else None
    names = list(reporters_in(signature["inside"] if signature else line, language))
    if names:
        return names
    credit = _WIRE_CREDIT.match(line) if at_end else None
    named = [credit["names"]] if credit else names_behind_by(line)
    return [name for part in named for name in people_in(part, house)]


def _stands_beside(parts: Sequence[str], house: HouseNames) -> bool:
    """Tell whether one of a line's parts is a time, the outlet or a title, as beside a name."""
    return len(parts) > 1 and any(
        part[:1].isdigit() or house.is_house(part) or is_title(part) for part in parts
    )


def _with_titles(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, each with a title that stands below it in a line of its own."""
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        yield f"{line} | {following}" if is_latin_name(line) and is_title(following) else line


def _is_titled(parts: Sequence[str]) -> bool:
    """Tell "Ada Lindqvist, staff reporter": a name would have a capital where letters have them."""
    return len(parts) == 2 and len(parts[1]) > 2 and not parts[1][0].isupper()
