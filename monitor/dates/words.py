"""The words of dates: months, parts of the day and eras, said once and read from words.toml."""

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


def halves(kind: str) -> tuple[str, ...]:
    """Return the words for "before_noon" or "after_noon", all languages."""
    return tuple(word for words in table(kind).values() for word in words)


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
