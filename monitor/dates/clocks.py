"""The time of day beside a date, as people print it: 9:58 AM, 오전 9시 58분, kl. 14.22, 09:58 Uhr.

The clock stands after its date or before it, a few words away at most and with no number between.
"""

import re

from msgspec import Struct

from monitor.dates import words

_DIGIT = re.compile(r"\d")


class ClockTime(Struct, frozen=True):
    """A time of day, and where it stands in the text."""

    seconds: int  # since midnight
    start: int
    end: int


_HALF = "|".join(map(re.escape, words.parts_of_day()))
_CLOCK = re.compile(
    rf"(?:(?P<half>{_HALF})\s?)?(?<!\d)"
    r"(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?(?:[.,]\d{1,9})?"
    r"|(?P<hc>\d{1,2})\s?[時时点點시](?:\s?(?P<mc>\d{1,2})\s?[分분])?(?:\s?(?P<sc>\d{1,2})\s?[秒초])?"
    r"|(?P<hf>\d{1,2})h(?P<mf>\d{2})"
    r"|\b(?:klo|kl\.?|alle|ore)\s(?P<hk>\d{1,2})[.:](?P<mk>\d{2})"
    r"|(?P<hd>\d{1,2})[.:](?P<md>\d{2})(?=\s?(?:uhr|[ap]\.?m\b|gmt|utc|bst))"
    r"|(?P<hh>\d{1,2})(?=\s?[ap]\.?m\b))(?!\d)"
    rf"(?:\s?(?:(?P<tail>{_HALF})|uhr)(?![a-z]))?",
    re.IGNORECASE,
)
_OTHER_MOMENT = re.compile(
    r"publi|updat|posted|modif|created|actuali|aktuali|입력|수정|등록|更新|发布|發布|公開",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)\s?[+-]\d{1,2}(?::\d{2})?")  # "3:41 PM GMT+9, May 30, 2026"
_GAP = 24  # characters between date and clock: "(Mon)", "at", "星期一", "| Updated:"


def find(
    text: str, start: int, end: int, *, inside: tuple[int, int] | None = None
) -> ClockTime | None:
    """Return the time of day that goes with a date.

    Args:
        text: what the date stands in.
        start: where the date begins.
        end: where it ends.
        inside: where its clock stands, for forms that have it in the middle.
    """
    if inside is not None:
        within = text[slice(*inside)]
        if within.isdecimal():
            pairs = [int(within[i : i + 2]) for i in range(0, len(within), 2)] + [0]
            return ClockTime(pairs[0] * 3600 + pairs[1] * 60 + min(pairs[2], 59), *inside)
        match = _CLOCK.match(within)
        return match and _read(match, inside[0])
    after, before = _after(text, end), None
    if after is None or _OTHER_MOMENT.search(text, end, after.start):
        before = _before(text, start)
    # "3:10 PM, March 5, 2024. Published 2:22 PM": the second clock is that of another date.
    return before or after


def _after(text: str, end: int) -> ClockTime | None:
    window = text[end : end + _GAP + 24]
    match = _CLOCK.search(window)
    if match is None:
        return None
    gap = window[: match.start()]
    return _read(match, end) if len(gap) <= _GAP and not _DIGIT.search(gap) else None


def _before(text: str, start: int) -> ClockTime | None:
    base = max(0, start - _GAP - 24)
    window = text[base:start]
    for match in reversed(list(_CLOCK.finditer(window))):
        gap = _OFFSET.sub("", window[match.end() :], count=1)
        return _read(match, base) if len(gap) <= _GAP and not _DIGIT.search(gap) else None
    return None


def _read(match: re.Match[str], base: int) -> ClockTime | None:
    parts = match.groupdict()
    hour, minute, second = (
        int(next((parts[key] for key in keys if parts.get(key)), None) or 0)
        for keys in (
            ("h", "hc", "hf", "hk", "hd", "hh"),
            ("m", "mc", "mf", "mk", "md"),
            ("s", "sc"),
        )
    )
    half = (parts["half"] or parts["tail"] or "").casefold()
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute):
        return None
    seconds = words.hour_of_day(hour, half) * 3600 + minute * 60 + min(second, 59)
    return ClockTime(seconds, base + match.start(), base + match.end())
