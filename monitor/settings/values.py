"""The kinds of value that stand in config.toml: durations, clocks, days, zones, addresses.

Each reader returns the value in its one canonical form or raises ValueError saying what was
expected; the loader adds file, line and key.
"""

import re
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from monitor.dates import durations, zones
from monitor.tomlfile import nearest
from monitor.tomlfile.validation import Wrong

_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAME = re.compile(r"[^\s/\\*!\[\]]+")
_LONGEST_QUIET = 12 * 60  # minutes: an alert older than this is for the digest and is not sent


def _lease(text: object) -> timedelta:
    length = durations.read(text)
    if not timedelta(seconds=2) <= length <= timedelta(minutes=10):
        raise ValueError('expected 2 seconds to 10 minutes, such as "20s"')
    return length


def _vantage(text: str) -> str:
    return _word(text)[:64] if text else ""


def _desk(text: str) -> str:
    return "" if text in ("", "main") else _word(text)[:64]


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise ValueError('expected a time of day such as "07:30"')
    return text.rjust(5, "0")


def _days(text: str) -> str:
    days = text.lower().replace(" ", "")
    if days == "daily":
        return days
    for part in days.split(","):
        ends = part.split("-")
        if not all(end in _DAYS for end in ends) or len(ends) > 2:
            raise ValueError('expected "daily", "mon-fri" or "mon,wed,fri"')
    return days


def _quiet(text: str) -> str:
    ends = text.replace(" ", "").split("-")
    if text and (len(ends) != 2 or not all(_CLOCK.fullmatch(end) for end in ends)):
        raise ValueError('expected quiet hours such as "22:00-06:30"')
    if not text:
        return ""
    begin, end = (int(hour) * 60 + int(minute) for hour, minute in (e.split(":") for e in ends))
    if not 0 < (end - begin) % (24 * 60) <= _LONGEST_QUIET:
        raise ValueError(
            "expected quiet hours of at most 12 hours (older news makes no "
            'alert), such as "22:00-06:30"'
        )
    return "-".join(end.rjust(5, "0") for end in ends)


def zone(text: str) -> str:
    """Return the name of a time zone, "" for none; raises Wrong with the one that was meant."""
    if text and zones.named(text) is None:
        from zoneinfo import available_timezones  # reads hundreds of files, so only for the hint

        meant = zones.meant_by(text)
        hint = f'write "{meant}"' if meant else nearest(text, available_timezones())
        raise Wrong(f'"{text}" is no time zone; expected an IANA name such as "Asia/Seoul"', hint)
    return text


def _url(text: str) -> str:
    if not re.match(r"https?://[^\s/]+", text):
        host = re.fullmatch(r"(?:\w+:)?/*([\w-]+(?:\.[\w-]+)+(?:[:/].*)?)", text)
        hint = f'write "https://{host[1]}"' if host else ""
        raise Wrong('expected a url that starts with "http://" or "https://"', hint)
    try:
        whole = not re.search(r"[\s\x00-\x1f\x7f]", text) and urlsplit(text).port != 0
    except ValueError:
        whole = False
    if not whole:
        raise ValueError("expected a url without spaces, its port at most 65535")
    return text


def _loopback(text: str) -> str:
    host, _, port = text.rpartition(":")
    try:
        near = ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        near = False
    if text and not (near and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError('expected a loopback address and a port such as "127.0.0.1:9464"')
    return text


def _database(text: str) -> str:
    if text and not text.startswith("postgresql+psycopg://"):
        postgres = re.fullmatch(r"(?:postgres|postgresql)(?:\+\w+)?(://.*)", text, re.DOTALL)
        hint = "write postgresql+psycopg:// at its front" if postgres else ""
        raise Wrong('expected "postgresql+psycopg://USER@HOST/NAME"; SQLite needs no url', hint)
    return text


def _contact(text: str) -> str:
    text = text.strip()
    if text and not (text.isprintable() and re.search(r"[^@\s]@[^@\s]|://[^/\s]", text)):
        raise ValueError('expected a mail address or a url, such as "desk@example.org"')
    return text


def _language(text: str) -> str:
    if text and not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError('expected an ISO 639 code such as "ko"')
    return text


def _country(text: str) -> str:
    if text and not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError('expected a code such as "KR"')
    return text


def _word(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError("expected a name without spaces and without / \\ * ! [ ]")
    return text


Duration = Annotated[timedelta, BeforeValidator(durations.read)]
Lease = Annotated[timedelta, BeforeValidator(_lease)]
Vantage = Annotated[str, AfterValidator(_vantage)]
DeskName = Annotated[str, AfterValidator(_desk)]
Clock = Annotated[str, AfterValidator(_clock)]
Days = Annotated[str, AfterValidator(_days)]
Quiet = Annotated[str, AfterValidator(_quiet)]
Zone = Annotated[str, AfterValidator(zone)]
Url = Annotated[str, AfterValidator(_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
Contact = Annotated[str, AfterValidator(_contact)]
Loopback = Annotated[str, AfterValidator(_loopback)]
Name = Annotated[str, AfterValidator(_word)]
Language = Annotated[str, AfterValidator(_language)]
Country = Annotated[str, AfterValidator(_country)]
