"""Which zone a clock belongs to: the one printed beside it, or the one its outlet's country keeps.

Printed zones are offsets ("+0900", "+9", "GMT+8"), IANA names ("Asia/Seoul"), abbreviations (KST)
and words (北京时间, "Beijing time"). An abbreviation that names several zones (CST, IST, BST) is
settled by the zone the outlet is known to keep. Every zone given back has a fixed offset, so that
it prints as it was read.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from monitor import urls
from monitor.dates import words


def zone_for(country: str, url: str = "") -> str:
    """Return the IANA zone to assume for an outlet, or "" when nothing tells.

    Args:
        country: ISO 3166 alpha-2 code, or "" to go by the last label of the host in `url`.
        url: absolute address; labels that are sold as words (.tv, .io) say nothing.

    Where a country has several zones, the one its national media print is returned.
    """
    code = country.strip().upper()
    if not code and url:
        label = urls.host(url).rpartition(".")[2]
        code = "" if len(label) != 2 or label in _SOLD_AS_WORDS else label.upper()
    code = "GB" if code == "UK" else code
    return _MAIN_ZONE.get(code) or _first_zones().get(code, "")


_LONGEST = 60  # letters of a name; the zones' library follows each slash into a folder


@lru_cache(maxsize=256)
def named(name: str) -> ZoneInfo | None:
    """Return the zone of an IANA name, or None when there is none of that name."""
    if not name or len(name) > _LONGEST:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def meant_by(text: str) -> str:
    """Return the IANA name that people mean by "KST", "UTC+9", "Seoul" or "asia/seoul", or ""."""
    from zoneinfo import available_timezones  # reads hundreds of files, so only for a hint

    said = re.sub(r"[\s_]+", "_", text.strip()).casefold()
    shift = re.fullmatch(r"(?:utc|gmt)?_?([+-])0?(\d{1,2})(?::?00)?", said)
    if shift:
        return _ZONE_OF_HOUR.get(int(shift[1] + shift[2]), "")
    if meant := _ZONE_MEANT.get(said.upper()):
        return meant
    known = sorted(available_timezones())
    whole = [name for name in known if name.casefold() == said]
    return next(iter(whole or [n for n in known if n.casefold().rpartition("/")[2] == said]), "")


def fixed(moment: datetime, zone: tzinfo) -> datetime:
    """Return the naive `moment` with the offset, in whole minutes, that `zone` has then."""
    offset = moment.replace(tzinfo=zone).utcoffset() or timedelta(0)
    # Old local mean times have seconds, which no printed offset can show.
    return moment.replace(tzinfo=timezone(timedelta(minutes=round(offset.total_seconds() / 60))))


def after_clock(text: str, at: int, moment: datetime, expected: str) -> tuple[tzinfo, int] | None:
    """Read a zone that begins at offset `at`, right after a clock.

    Args:
        text: the line; at: where the clock ends.
        moment: what the clock says, for zones that have summer time ("ET").
        expected: IANA name of the outlet's zone, or "".

    Returns:
        The zone and the offset in `text` where its words end, or None.
    """
    match = _OFFSET.match(text, at)
    if match:
        zone = _offset(next(filter(None, match.groups())))
        if zone is not None:
            return zone, match.end()
    match = _IANA.match(text, at)
    if match:
        place = named(match[1])
        if place is not None:
            return fixed(moment, place).tzinfo or UTC, match.end()
    match = _NAME.match(text, at)
    if match:
        zone = _abbreviation((match[1] or "UTC").upper(), expected, moment)
        if zone is not None:
            return zone, match.end()
    return None


def in_words(text: str, start: int, end: int, moment: datetime) -> tuple[tzinfo, int, int] | None:
    """Read words such as 北京时间 or "Korea time" between two offsets.

    Args:
        text: the line; start, end: where to look.
        moment: what the clock says, for zones that have summer time.

    Returns:
        The zone and where its words start and end, or None.
    """
    if not any(mark in text for mark in _IN_WORDS):
        return None
    pattern, places = _words()
    match = pattern.search(text, start, end)
    if match is None:
        return None
    zone = fixed(moment, ZoneInfo(places[(match.lastindex or 1) - 1])).tzinfo or UTC
    return zone, match.start(), match.end()


@cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with a group for each zone, and the zones in that order."""
    zones = words.table("zones")
    pattern = "|".join(f"({expression})" for expression in zones.values())
    return re.compile(pattern, re.IGNORECASE), tuple(zones)


# "+9" and "+900" are written by formatters that trim zeros.
_OFFSET = re.compile(
    r"\s?[(\[]?(?:(?:GMT|UTC|Z)\s?([+-]\s?\d{1,2}(?:[:.]?\d{2})?)"
    r"|((?:[+-]|\+\s)\d{2}[:.]?\d{2}|[+-]\d[:.]?\d{2})|([+-]\d{1,2})(?![.:]))(?!\d)(?:\s?\([A-Z]{2,5}\))?[)\]]?",
    re.IGNORECASE,
)
# One of these is in every zone that is written in words; the search for the words is dear.
_IN_WORDS = (
    "ime", "시간", "시각", "표준시", "세계시", "时间", "時間", "準時", "界时", "界時", "времен",
)  # fmt: skip
_IANA = re.compile(r"\s?[(\[]?([A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]*\d{0,2}){1,2})\b[)\]]?")
_NAME = re.compile(r"\s?,?\s?[(\[]?(?:Z|([A-Z]{2,6}|kst|jst|hkt|gmt|utc))(?![A-Za-z+-])[)\]]?")
_HOURS = {
    "GMT": 0, "UTC": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "MET": 1, "CEST": 2,
    "CEDT": 2, "MESZ": 2, "MEST": 2, "METDST": 2, "EET": 2, "EEST": 3, "EEDT": 3, "IDT": 3,
    "SAST": 2, "CAT": 2, "EAT": 3, "WAT": 1, "MSK": 3, "MSD": 4, "TRT": 3, "GST": 4, "PKT": 5,
    "NPT": 5.75, "MMT": 6.5, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "SGT": 8, "MYT": 8, "HKT": 8,
    "HKST": 9, "CCT": 8, "ULAT": 8, "IRKT": 8, "YAKT": 9, "VLAT": 10, "KDT": 10, "PHT": 8,
    "AWST": 8, "BJT": 8, "KST": 9, "JST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3, "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6,
    "MST": -7, "PDT": -7, "PST": -8, "AKST": -9, "AKDT": -8, "HST": -10, "IST": 5.5, "BST": 1,
    "CST": -6, "AST": -4, "ADT": -3,
}  # fmt: skip
# What an abbreviation means when the outlet sits in one of these zones.
_LOCAL_MEANING = {
    "CST": {
        "Asia/Shanghai": 8, "Asia/Taipei": 8, "Asia/Hong_Kong": 8, "Asia/Macau": 8,
        "Asia/Singapore": 8,
    },
    "IST": {"Europe/Dublin": 1, "Asia/Jerusalem": 2},
    "BST": {"Asia/Dhaka": 6},
    "AST": {"Asia/Riyadh": 3, "Asia/Baghdad": 3, "Asia/Kuwait": 3},
}  # fmt: skip
_AMERICAN = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
# Where people who write one of these into their settings mostly sit.
_ZONE_MEANT = {
    **_AMERICAN, "EST": "America/New_York", "EDT": "America/New_York", "CDT": "America/Chicago",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "BST": "Europe/London",
    "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "MSK": "Europe/Moscow", "KST": "Asia/Seoul", "JST": "Asia/Tokyo",
    "CST": "Asia/Shanghai", "BJT": "Asia/Shanghai",
    "BEIJING": "Asia/Shanghai", "HKT": "Asia/Hong_Kong", "SGT": "Asia/Singapore",
    "IST": "Asia/Kolkata", "ICT": "Asia/Bangkok", "WIB": "Asia/Jakarta", "PHT": "Asia/Manila",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "WASHINGTON": "America/New_York",
    "KOREA": "Asia/Seoul", "CHINA": "Asia/Shanghai", "JAPAN": "Asia/Tokyo", "Z": "UTC",
}  # fmt: skip
_ZONE_OF_HOUR = {
    9: "Asia/Seoul", 8: "Asia/Shanghai", 7: "Asia/Bangkok", 3: "Europe/Moscow",
    1: "Europe/Berlin", 0: "UTC", -5: "America/New_York", -8: "America/Los_Angeles",
}  # fmt: skip
_SOLD_AS_WORDS = frozenset(
    {"ai", "cc", "co", "eu", "fm", "gg", "im", "io", "la", "ly", "me", "nu", "sh", "st", "to", "tv"}
)
# Countries with several zones, where the IANA table does not begin with the capital's or the
# largest media market's.
_MAIN_ZONE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "MX": "America/Mexico_City",
    "RU": "Europe/Moscow",
}


def _offset(printed: str) -> tzinfo | None:
    sign, digits = printed[0], printed[1:].replace(":", "").replace(".", "").strip()
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1))


def _abbreviation(name: str, expected: str, moment: datetime) -> tzinfo | None:
    if name in _AMERICAN:
        return fixed(moment, ZoneInfo(_AMERICAN[name])).tzinfo
    hours = _LOCAL_MEANING.get(name, {}).get(expected, _HOURS.get(name))
    return None if hours is None else timezone(timedelta(hours=hours))


@lru_cache(maxsize=1)
def _first_zones() -> dict[str, str]:
    """First zone of each country in the IANA table that the tzdata package ships."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    zones: dict[str, str] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _, name = line.split("\t")[:3]
            zones.setdefault(code, name)
    return zones
