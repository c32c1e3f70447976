"""Fields out of the object of a script that bears the headline.

A page that a script draws shows neither time nor section before it is drawn; the object with the
headline has them beside it, under keys of any spelling: `publishTime`, `pub_date`, `sectionName`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from msgspec import Struct

from monitor import dates
from monitor.dates import Reading
from monitor.text import one_line

_PUBLISHED = re.compile(
    r"(?:pub|creat|issu|releas|post|first|display).{0,12}(?:time|date|at|on)?$|^(?:date|time|datetime)$"
)
_UPDATED = re.compile(r"(?:upd|modif|edit|last|revis).{0,12}(?:time|date|at|on|ed)?$")
# Under a key of its own kind ("regDt", "ctime") a moment is told by its being one.
_ANY_TIME = re.compile(r"time|date|dt(?:tm?)?$|stamp")
_OTHER_TIME = re.compile(r"upd|mod|edit|last|revis|event|start|begin|end|exp|clos|due|live|until")
_SECTION = re.compile(r"^(?:primary|main)?(?:section|category|channel|column|rubri)")
_SOURCE = re.compile(r"^(?:source|origin|outlet|media|publisher|agency)(?:name|title)?$")
_PICTURE = re.compile(r"cover|image|img|pic|photo|thumb|lead(?:art|media)|hero")
_CAPTION = re.compile(r"caption|desc|alt|legend|text|title")
_BYLINE = re.compile(
    r"^(?:authors?|bylines?|credits|creators?|journalists?|reporters?|writers?)(?:names?)?$"
)
_MOST_NAMES = 12
_NAMES = ("name", "title", "label", "text")
_LONGEST_NAME = 60
_LONGEST_BYLINE = 120
_EPOCH_DIGITS = (10, 13)  # as a string: seconds, milliseconds; more are a clock without marks
_EPOCH = (10**9, 4 * 10**9)  # seconds, 2001 to 2096


class ScriptFields(Struct, frozen=True):
    """What stands beside the headline; None and "" where nothing does."""

    published: Reading | None = None
    updated: Reading | None = None
    section: str = ""
    source: str = ""
    caption: str = ""
    bylines: tuple[str, ...] = ()


def read_script_fields(bearer: Mapping[str, Any], zone: str) -> ScriptFields:
    """Read the fields of the object that bears the headline.

    Args:
        zone: IANA name for clocks without a zone, or "".
    """
    plain = {re.sub(r"[^a-z]", "", str(key).lower()): value for key, value in bearer.items()}
    return ScriptFields(
        published=_moment(plain, _PUBLISHED, zone) or _earliest(plain, zone),
        updated=_moment(plain, _UPDATED, zone),
        section=_name(plain, _SECTION),
        source=_name(plain, _SOURCE),
        caption=next(_captions(plain), ""),
        bylines=tuple(islice(_bylines(plain), _MOST_NAMES)),
    )


def _moment(plain: Mapping[str, Any], keys: re.Pattern[str], zone: str) -> Reading | None:
    for key, value in plain.items():
        if keys.search(key):
            reading = _reading(value, zone)
            if reading is not None:
                return reading
    return None


def _earliest(plain: Mapping[str, Any], zone: str) -> Reading | None:
    """Return the earliest instant under keys that speak of a time and of no other one."""
    values = (v for k, v in plain.items() if _ANY_TIME.search(k) and not _OTHER_TIME.search(k))
    found = [reading for value in values if (reading := _reading(value, zone)) is not None]
    return min(
        (reading for reading in found if reading.precision == "instant"),
        key=lambda reading: reading.when.replace(tzinfo=None),
        default=None,
    )


def _reading(value: Any, zone: str) -> Reading | None:
    if isinstance(value, str) and not (value.isdigit() and len(value) in _EPOCH_DIGITS):
        return dates.read(one_line(value[:60]), zone=zone)
    if isinstance(value, bool) or not isinstance(value, (int, str)) or len(str(value)) > 13:
        return None
    seconds = int(value) / (1000 if len(str(value)) == 13 else 1)
    if not _EPOCH[0] < seconds < _EPOCH[1]:
        return None
    when = datetime.fromtimestamp(seconds, UTC)
    return Reading(when, when.isoformat(), "instant", "printed")


def _name(plain: Mapping[str, Any], keys: re.Pattern[str]) -> str:
    for key, value in plain.items():
        if not keys.search(key):
            continue
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), "")
        name = one_line(value[:200]) if isinstance(value, str) else ""
        if 1 < len(name) <= _LONGEST_NAME and not name.startswith(("http", "/")):
            return name
    return ""


def _bylines(plain: Mapping[str, Any]) -> Iterator[str]:
    """Yield the bylines: strings, objects with a name, lists of either, `{"by": [...]}`."""
    left = [value for key, value in reversed(tuple(plain.items())) if _BYLINE.search(key)]
    for _ in range(_MOST_NAMES * 4):
        if not left:
            break
        value = left.pop()
        if isinstance(value, Mapping):
            named = next((value[name] for name in _NAMES if isinstance(value.get(name), str)), None)
            left.append(named if named is not None else value.get("by"))
        elif isinstance(value, list):
            left.extend(reversed(value[:_MOST_NAMES]))
        elif isinstance(value, str) and 1 < len(line := one_line(value[:200])) <= _LONGEST_BYLINE:
            yield line


def _captions(plain: Mapping[str, Any]) -> Iterator[str]:
    for key, value in plain.items():
        if not _PICTURE.search(key):
            continue
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            for name, text in value.items():
                if _CAPTION.search(str(name).lower()) and isinstance(text, str) and " " in text:
                    yield one_line(text[:1200])
        elif isinstance(value, str) and _CAPTION.search(key) and " " in value:
            yield one_line(value[:1200])
