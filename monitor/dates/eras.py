"""Years that are counted from elsewhere: reigns, the Republic of China, Juche, Dangun.

A year of the Republic without its name ("114-05-30") and an era by its letter ("R8.5.30") are read
only in the zones where they are in use; "114年5月30日" is nothing else anywhere.
"""

import re

from monitor.dates import words

_ERAS = words.eras()
NAMES = tuple(_ERAS)
NAMED = re.compile(
    rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<year>\d{{1,4}}|元)\s?(?:\((?P<common>(?:19|20)\d\d)\)\s?)?"
    r"[年년.]\s?(?P<month>\d{1,2})\s?[月월.]\s?(?P<day>\d{1,2})(?!\d)\s?[日일]?"
)
LOCAL = re.compile(
    r"(?<![\w./-])(?:(?P<era>[RHS])(?=\d{1,2}\D)|(?=1[0-3]\d))(?P<year>\d{1,3})"
    r"(?:年|(?P<local>[./-]))\s?(?P<month>\d{1,2})(?:(?P=local)|月)\s?"
    r"(?P<day>\d{1,2})(?![\d./-])日?"
)
_LETTERS = {"R": 2018, "H": 1988, "S": 1925}


def year_of(match: re.Match[str], zone: str) -> int | None:
    """Return the common year of a match of `NAMED` or `LOCAL`, None where it may be no year.

    Args:
        zone: IANA name of the outlet's zone, or "".
    """
    found = match.groupdict()
    if found.get("common"):
        # 주체113(2024)년: the year that everybody counts stands beside it.
        return int(found["common"])
    era, number = found["era"], 1 if found["year"] == "元" else int(found["year"])
    if era in _ERAS:
        return _ERAS[era] + number
    if found["local"] and zone != ("Asia/Tokyo" if era else "Asia/Taipei"):
        return None
    return number + (_LETTERS[era] if era else _ERAS["民國"])
