"""The formats, each a function from records to pieces of text."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TextIO

from monitor import json_shape, urls
from monitor.dates import zone_words
from monitor.export.record import Record
from monitor.text import clean, one_line

if TYPE_CHECKING:
    from jinja2 import Template

_COLUMNS = (
    "id", "story", "first_seen", "published", "outlet", "feed", "language", "rules", "title",
    "authors", "agency", "section", "url", "abstract", "text",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")
_CELL = 32_767  # characters a spreadsheet holds in a cell (Excel specifications and limits)


def write(records: Iterable[Record], form: str, out: TextIO) -> int:
    """Write records in one of `FORMATS`; return how many there were."""
    count = 0

    def counted() -> Iterator[Record]:
        nonlocal count
        for record in records:
            count += 1
            yield record

    for piece in FORMATS[form](counted()):
        out.write(piece)
    return count


def _csv(records: Iterable[Record]) -> Iterator[str]:
    yield "\ufeff" + _csv_row(_COLUMNS)
    for record in records:
        values = _values(record)
        cells = (values[name] for name in _COLUMNS)
        yield _csv_row([_safe("" if cell is None else str(cell)) for cell in cells])


def _csv_row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _safe(cell: str) -> str:
    cell = clean(cell)[:_CELL]
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _values(record: Record) -> dict[str, Any]:
    article = record.article
    return {
        "id": record.id,
        "story": record.story,
        "first_seen": record.first_seen.isoformat(),
        "published": article.published.isoformat() if article.published else None,
        "outlet": record.outlet,
        "feed": record.feed,
        "language": article.language,
        "rules": "; ".join(record.rules),
        "title": article.title,
        "authors": "; ".join(article.authors),
        "agency": article.agency,
        "section": article.section,
        "url": article.canonical or article.url,
        "abstract": record.abstract,
        "text": "\n".join(article.body),
    }


def _jsonl(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        values = _values(record) | {
            "rules": list(record.rules),
            "authors": list(record.article.authors),
            "body": list(record.article.body),
            "standfirst": record.article.standfirst,
            "caption": record.article.caption,
            "credit": record.article.credit,
        }
        del values["text"], values["abstract"]
        yield json_shape.line(values) + "\n"


def _ris(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        article = record.article
        day = article.published or record.first_seen
        lines = [("TY", "NEWS"), ("ID", f"wire-monitor-{record.id}"), ("TI", article.headline)]
        lines += [("AU", author) for author in article.authors]
        lines += [
            ("T2", record.outlet),
            ("PB", article.agency),
            ("PY", f"{day:%Y}"),
            ("DA", f"{day:%Y/%m/%d}"),
            ("Y2", f"{record.first_seen:%Y/%m/%d}"),
            ("SE", article.section),
            ("LA", article.language),
            ("UR", article.canonical or article.url),
            ("AB", record.abstract),
        ]
        lines += [("KW", rule) for rule in record.rules]
        told = [f"{tag}  - {value}" for tag, raw in lines if (value := one_line(raw))]
        yield "\r\n".join([*told, "ER  - ", "", ""])


def _markdown(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        article = record.article
        url = article.canonical or article.url
        title = _escaped(article.headline) or "(no headline)"
        yield f"## [{title}](<{url}>)\n\n" if _links(url) else f"## {title}\n\n"
        about = [record.outlet, _moment(record), ", ".join(article.authors), *record.rules]
        yield " · ".join(_escaped(part) for part in about if part) + "\n\n"
        lines = (article.standfirst, *article.body)
        yield "".join(f"{_escaped(line)}\n\n" for line in lines if line)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def _links(url: str) -> bool:
    return urls.is_web(url) and not set(url) & set("<> \n")


def _moment(record: Record) -> str:
    article = record.article
    when = article.published or record.first_seen
    return article.published_text or f"{when:%Y-%m-%d %H:%M} {zone_words(when)}".rstrip()


def _html(records: Iterable[Record]) -> Iterator[str]:
    yield from _page().generate(records=records, clean=clean, moment=_moment, links=_links)


@cache
def _page() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("monitor.export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    return environment.get_template("articles.html.j2")


FORMATS: dict[str, Callable[[Iterable[Record]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "ris": _ris,
    "markdown": _markdown,
    "html": _html,
}
ENDINGS = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".ris": "ris",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
}  # of a file, and the format it says
