"""Saved pages with the fields that should come out of them, and what comes out otherwise.

A corpus is a folder of pairs: `NAME.html` (or `NAME.html.gz`) and `NAME.json`. The JSON names the
fields to hold against the record: those of the article format, and `lead_caption`, `lead_credit`
and `summary` as other corpora call caption, credit and standfirst. A field that is missing or null
is not held against anything; neither are notes on where a page came from.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct

from monitor.errors import ConfigError, Fault
from monitor.model import Article

_TEXTS = {
    "title": "title",
    "section": "section",
    "source": "source",
    "agency": "agency",
    "dateline": "dateline",
    "language": "language",
    "access": "access",
    "caption": "caption",
    "credit": "credit",
    "lead_caption": "caption",
    "lead_credit": "credit",
    "standfirst": "standfirst",
}
_TIMES = ("published", "updated")
_ABOUT = {"url", "note", "publisher", "crawled", "topics", "images", "subheads", "repo", "commit"}
_ABOUT |= {"source_set", "source_file", "shape"}
_KNOWN = {*_TEXTS, *_TIMES, *_ABOUT, "authors", "body", "summary"}


class SavedPage(Struct, frozen=True):
    """A page as it was fetched, and what is expected of it by field name."""

    name: str
    html: bytes
    expected: Mapping[str, Any]

    @property
    def url(self) -> str:
        """Where the page came from, or ""."""
        return str(self.expected.get("url") or "")


class Difference(Struct, frozen=True):
    """One field that came out otherwise; for the body the lines that are missing or too many."""

    field: str
    missing: tuple[str, ...]
    extra: tuple[str, ...]


def load_corpus(folder: Path) -> Iterator[SavedPage]:
    """Yield the pages of a folder by name.

    Raises:
        ConfigError: the folder holds no pages, or a page's JSON is missing, broken or misspelt.
    """
    files = sorted(path for path in folder.glob("*.html*") if path.suffix in (".html", ".gz"))
    if not files:
        raise ConfigError([Fault("no saved pages (NAME.html with NAME.json)", file=str(folder))])
    for path in files:
        name = path.name.removesuffix(".gz").removesuffix(".html")
        yield SavedPage(name, _page(path), _expected(path.with_name(f"{name}.json")))


def differences(article: Article, expected: Mapping[str, Any]) -> list[Difference]:
    """Return the fields of a record that are not as expected."""
    found: list[Difference] = []

    def note(field: str, missing: Sequence[str], extra: Sequence[str]) -> None:
        if missing or extra:
            found.append(Difference(field, tuple(missing), tuple(extra)))

    for field, own in _TEXTS.items():
        if expected.get(field) is not None:
            want = " ".join(_lines(expected[field]))
            got = " ".join(getattr(article, own).split())
            note(field, *(([], []) if want == got else ([want], [got])))
    for field in _TIMES:
        if expected.get(field):
            got_time = getattr(article, field)
            if not _same_time(str(expected[field]), got_time):
                note(field, [str(expected[field])], [got_time.isoformat() if got_time else ""])
    if expected.get("authors"):
        note("authors", *_set_apart(_lines(expected["authors"]), article.authors))
    if expected.get("body") is not None:
        note("body", *_set_apart(_lines(expected["body"]), article.body))
    return found


def _set_apart(want: Sequence[str], got: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines that only one side has."""
    shown = [" ".join(line.split()) for line in got]
    return [line for line in want if line not in shown], [x for x in shown if x not in want]


def _lines(value: Any) -> list[str]:
    values = value if isinstance(value, list) else str(value).split("\n")
    return [line for item in values if (line := " ".join(str(item).split()))]


def _same_time(want: str, got: datetime | None) -> bool:
    """Compare to the minute; a day alone, or a clock without a zone, by what it says."""
    if got is None:
        return False
    when = datetime.fromisoformat(want)
    if len(want) <= 10 or (when.tzinfo is None and "T00:00:00" in want):
        return when.date() == got.date()
    if when.tzinfo is None or got.tzinfo is None:
        when, got = when.replace(tzinfo=None), got.replace(tzinfo=None)
    return abs((when - got).total_seconds()) < 60


def _page(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError([Fault(f"cannot be read: {error}", file=str(path))]) from None


def _expected(path: Path) -> Mapping[str, Any]:
    try:
        expected = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        message = "missing: the expected fields of the page beside it"
        raise ConfigError([Fault(message, file=str(path))]) from None
    except (OSError, ValueError) as error:
        raise ConfigError([Fault(f"cannot be read: {error}", file=str(path))]) from None
    if not isinstance(expected, dict):
        raise ConfigError([Fault("expected an object of fields", file=str(path))])
    faults = [_unknown(key, path) for key in expected if key not in _KNOWN]
    for field in _TIMES:
        try:
            datetime.fromisoformat(str(expected.get(field) or "2024-01-01"))
        except ValueError:
            faults.append(Fault("expected ISO 8601", file=str(path), key=field))
    if faults:
        raise ConfigError(faults)
    return expected


def _unknown(key: str, path: Path) -> Fault:
    near = get_close_matches(key, _KNOWN, 1)
    hint = f'did you mean "{near[0]}"?' if near else ""
    return Fault("unknown field", file=str(path), key=key, hint=hint)
