"""Lines at either end of a text that say when it was published, and little more."""

from monitor import dates
from monitor.articles.body.class_hints import HEADING, LIST, QUOTE, TABLE
from monitor.articles.body.furniture import ends_sentence
from monitor.articles.body.repeats import Line

_LONGEST_SIGNATURE = 40  # characters beside a day
_LONGEST_FILED = 120  # characters


def is_dated(line: Line) -> bool:
    """Tell whether a first line says whose and of which day a story is: "Reuters | 30 May 2026"."""
    if line.prose or len(line.text) > _LONGEST_FILED or not any(map(str.isdigit, line.text)):
        return False
    reading = dates.read(line.text)
    if reading is None or len(line.text) <= _LONGEST_SIGNATURE:
        return reading is not None
    rest = line.text.replace(reading.text, "", 1)
    return len(rest) <= _LONGEST_SIGNATURE and not ends_sentence(rest)


def is_stamped(line: Line) -> bool:
    """Tell whether a first line says when a story was published and changed, and little more."""
    rest, found = line.text, 0
    if line.prose or len(rest) > _LONGEST_FILED or not any(map(str.isdigit, rest)):
        return False
    while found < 3 and (reading := dates.read(rest)) is not None:
        rest, found = rest.replace(reading.text, "", 1), found + 1
    return found > 1 and len(rest) <= _LONGEST_SIGNATURE and not ends_sentence(rest)


def is_filed_day(line: Line) -> bool:
    """Tell whether a last line is a day with the agency in brackets: "2026년 5월 30일 (통신)"."""
    return (
        line.text[-1:] in (")", "）")
        and not line.mark & (LIST | TABLE | QUOTE | HEADING)
        and is_dated(line)
    )


def without_day(text: str) -> str:
    """Return a short line without the day that stands in it."""
    reading = dates.read(text) if len(text) <= _LONGEST_SIGNATURE else None
    return text if reading is None else text.replace(reading.text, "", 1).strip()
