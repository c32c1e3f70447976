"""The day in a url: the last source of when a page was published."""

import re

from monitor import dates
from monitor.dates import Reading

_URL_DATE = re.compile(
    # Behind a stroke, an agency's letters, a hyphen or a query's sign.
    r"(?:/|/[A-Z]{2,4}|[=_-])((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])"
    r"(?=[/_.&-]|\d{2,}|[a-z]|$)"
)
_URL_DATE_IN_WORDS = re.compile(r"/((?:19|20)\d\d)/([a-z]{3})[a-z]{0,6}/(\d{1,2})(?=/|$)")
_URL_DATE_TURNED = re.compile(
    r"[/_-](0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-((?:19|20)\d\d)(?=[/_.-]|$)"
)


def read_url_day(url: str, zone: str) -> Reading | None:
    """Return the day that a url holds, read in `zone` (an IANA name); None when it holds none."""
    if match := _URL_DATE.search(url):
        return dates.read("-".join(match.groups()), zone=zone)
    if match := _URL_DATE_TURNED.search(url):
        return dates.read("-".join(reversed(match.groups())), zone=zone)
    match = _URL_DATE_IN_WORDS.search(url)
    return dates.read(f"{match[3]} {match[2].title()} {match[1]}", zone=zone) if match else None
