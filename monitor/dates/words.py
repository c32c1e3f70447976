"""The words of dates: months, parts of the day, eras, said once and read from words.toml."""

from functools import cache
from typing import Any

from monitor.tomlfile import shipped

_NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")} | {
    "零": 0,
    "元": 1,
}


def table(name: str) -> dict[str, Any]:
    """Return a table of words.toml, one entry a language."""
    found: dict[str, Any] = shipped("monitor.dates", "words")[name]
    return found


def months(*languages: str) -> dict[str, int]:
    """Return the names of months, lower case, with their numbers; all languages if none given."""
    wanted = [
        names for code, names in table("months").items() if code in languages or not languages
    ]
    return {
        name: number
        for names in wanted
        for number, forms in enumerate(names, 1)
        for name in forms.split()
    }


@cache
def parts_of_day() -> dict[str, str]:
    """Return the words beside a clock of twelve hours: word -> morning, noon, afternoon, night.

    A word that begins with another comes before it, as regular expressions want it.
    """
    found = {
        word: part
        for part, languages in table("parts").items()
        for words in languages.values()
        for word in words
    }
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def hour_of_day(hour: int, word: str) -> int:
    """Return an hour on the clock of 24 from one beside a part of the day; 24 ends the day.

    Args:
        hour: as printed.
        word: the part of the day, "" for none.
    """
    part = parts_of_day().get(word, "")
    if hour > 12 or (part == "noon" and hour >= 6):
        return hour
    if part in ("afternoon", "noon"):
        return hour % 12 + 12
    if part == "night":
        return hour + 12 if hour >= 5 else hour
    return 0 if part == "morning" and hour == 12 else hour


def eras() -> dict[str, int]:
    """Return the names of eras with the year before their first."""
    return {name: year for names in table("eras").values() for name, year in names.items()}


def numeral(text: str) -> int:
    """Return the number of Chinese numerals, digit by digit (二〇二六) or with 十 (二十八).

    Raises:
        ValueError: some character is none.
    """
    try:
        values = [_NUMERALS[sign] for sign in text]
    except KeyError:
        raise ValueError(f"{text!r} is no number") from None
    tens, mark, ones = text.partition("十")
    if not mark:
        return int("".join(map(str, values)))
    return (numeral(tens) if tens else 1) * 10 + (numeral(ones) if ones else 0)
