"""Numbers written in Han characters."""

_DIGITS = {c: n % 10 for n, c in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")} | {
    "两": 2,
    "兩": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LONGEST_NUMERAL = 32  # characters; 9,999,999,999,999,999 has 31


def han_number(words: str) -> float:
    """The value of a Han numeral such as 二十三 or 三千五百; 0 for signs that go on and on."""
    if len(words) > _LONGEST_NUMERAL:
        return 0.0
    above = total = section = digit = 0  # what 亿 has closed; what 万 has; what no unit has yet
    for character in words:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "万亿":
            total = (total + section + digit) * _UNITS[character]
            section = digit = 0
            if character == "亿":
                above, total = above + total, 0
        else:
            section += (digit or 1) * _UNITS[character]
            digit = 0
    return float(above + total + section + digit)
