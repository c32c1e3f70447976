"""Numbers of Chinese, Japanese and Korean texts: in digits, in Han numerals, and in both.

Up to 9,999 of 万, of 亿, of 兆 and of no unit stand beside each other, the larger first
("1조2천억", "12億3,000万", "1万五千"), each in digits or in units of its own: "2천500억" is 2,500
of 억. A larger unit behind a smaller one multiplies all before it ("1.2万亿"). Korean writes spaces
between.
"""

import re
from collections.abc import Iterator
from math import prod

_DIGITS = {c: n % 10 for n, c in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")} | {
    "两": 2,
    "兩": 2,
}
_SMALL = dict.fromkeys("십十", 1e1) | dict.fromkeys("백百", 1e2) | dict.fromkeys("천千", 1e3)
_LARGE = dict.fromkeys("만万萬", 1e4) | dict.fromkeys("억亿億", 1e8) | dict.fromkeys("조兆", 1e12)
_LONGEST = 32  # characters; 9,999,999,999,999,999 in words has 31
_TOO_MUCH = 1e18
_LONGEST_DIGITS = 17  # what has more is no number of anything
_NEAR = 100  # "1만 500명" is one number, "1억 3명" are two

_D, _S, _L = ("".join(signs) for signs in (_DIGITS, _SMALL, _LARGE))
_ARABIC = "[0-9]+(?:,[0-9]{3})*(?:[.][0-9]+)?"
_WORDED = f"[{_D}]+(?:[点點][{_D}]{{1,4}}(?=[{_L}]|$))?"  # 三点五亿; 三点五分 is a time
_PART = f"(?:{_ARABIC}|{_WORDED})"
_GAP = "(?<=천) (?=[0-9]{3}(?![0-9.,:년])|[0-9]백)"
_GROUP = re.compile(
    f"(?P<below>(?:{_PART}?[{_S}](?:{_GAP})?)*{_PART}?)"
    f"(?:[余餘多여]?(?P<large>[{_L}]+))?"  # 30多亿: and some more
)
_PLAIN = re.compile(f"{_ARABIC}(?![0-9.,{_D}{_S}{_L}余餘多여])")  # most are
_BELOW = re.compile(f"({_PART})?([{_S}]?) ?")
_SET_OFF = re.compile(f" (?={_ARABIC}(?![0-9.,:년]))")
# Where one in words begins: 数十 are some tens, and 人数十五 is rare; 万一 is no number.
_NUMERAL = f"{_D}十百千万萬亿億兆"
_IN_WORDS = re.compile(
    f"[{_D}十百千](?<![0-9{_NUMERAL}].)(?:(?=[{_NUMERAL}])(?:(?<=[{_D}])|(?<![数數几幾].))"
    f"|(?<=[{_D}])(?=[点點][{_D}]{{1,4}}[{_L}])"
    f"|(?<=[{_D}十])(?<![数數几幾].)(?=[名枚艘架发發発座国國辆隻機人]))"
)


def han_number(words: str) -> float:
    """Return the value of a Han numeral such as 二十三 or 三千五百; 0 where it is none."""
    return read_numeral(words, 0)[0]


def numbers_in_words(text: str) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the numbers of a Chinese or Japanese text that begin with a word, with their places.

    Of one sign alone only what counts something: 三星 is a name.
    """
    position = 0
    while (match := _IN_WORDS.search(text, position)) is not None:
        value, position = read_numeral(text, match.start())
        yield (match.start(), position), value


def read_numeral(text: str, start: int) -> tuple[float, int]:
    """Return the number that begins at a character, and where it and its units end.

    Args:
        text: of one width (NFKC).
        start: where a digit or a numeral stands.

    Returns:
        0 for the number where signs go on and on, or follow each other as in no numeral.
    """
    if (plain := _PLAIN.match(text, start)) is not None:
        return _digits(plain[0]), plain.end()
    parts: list[tuple[float, float]] = []  # with their large units, which grow smaller
    end = position = start
    while (group := _GROUP.match(text, position)) is not None and group["below"]:
        below, unit = _below(group["below"]), prod(_LARGE[sign] for sign in group["large"] or "")
        apart = position > end and group[0][-1].isdigit()
        if parts and not _may_follow(parts, below, unit, apart=apart):
            break
        below += sum(part for part, one in parts if one < unit)
        parts = [*((part, one) for part, one in parts if one > unit), (below * unit, unit)]
        end = position = group.end()
        if unit == 1:
            break
        if (gap := _SET_OFF.match(text, end)) is not None:
            position = gap.end()
    value = sum(part for part, _ in parts)
    return (value if end - start <= _LONGEST and value < _TOO_MUCH else 0.0), end


def _may_follow(
    parts: list[tuple[float, float]], below: float, unit: float, *, apart: bool
) -> bool:
    """Whether what has this unit is a part of the number that has these parts.

    Args:
        apart: a space stands before it, and no unit behind.
    """
    least = parts[-1][1]
    if any(one == unit for _, one in parts):
        return False
    return below * (1 if unit > least else unit) < least and not (apart and below * _NEAR < least)


def _below(words: str) -> float:
    """Return what the words before a large unit come to, 0 where they are no numeral."""
    total, last = 0.0, float("inf")
    for match in _BELOW.finditer(words):
        if not match[0]:
            break
        unit = _SMALL.get(match[2], 1.0)
        value = _digits(match[1]) if match[1] else 1.0
        if value * unit >= last or unit >= last:
            return 0.0
        total += value * unit
        last = unit
    return total


def _digits(part: str) -> float:
    """Return the value of digits, in words or not: of 三四 (three or four) the last."""
    if part[0].isascii():
        digits = part.replace(",", "")
        return float(digits) if len(digits) <= _LONGEST_DIGITS else 0.0
    figures = "".join(str(_DIGITS.get(sign, ".")) for sign in part)
    whole = figures.partition(".")[0]
    two_in_turn = len(whole) == 2 and whole[0] != "0" and int(whole[1]) == int(whole[0]) + 1
    return float(figures[two_in_turn:])
