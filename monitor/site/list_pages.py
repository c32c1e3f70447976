"""The pages that list stories: days, rules, entities, and the index of them all."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from msgspec import Struct

from monitor.site.catalogue import Catalogue, Record, file_name, month_of
from monitor.site.page_templates import render

_NEWEST = 200  # stories of a rule or entity on its first page; older ones have a page a month
_DAYS, _ENTITIES = 14, 60  # told of in the index; the others are a link away


class Link(Struct, frozen=True):
    """A link inside the site, from its top."""

    path: str
    name: str
    count: int


def list_pages(catalogue: Catalogue, zone: str) -> Iterator[tuple[str, str]]:
    """Yield (path, HTML) of every page that is made from the catalogue alone."""
    records = sorted(
        catalogue.stories.values(), key=lambda one: (one.day, one.clock, one.id), reverse=True
    )
    days: list[Link] = []
    for day, found in groupby(records, key=lambda record: record.day):
        told = sorted(found, key=lambda record: (not record.urgent, record.clock, record.id))
        path = f"day/{day}.html"
        days.append(Link(path, _day(day), len(told)))
        yield path, _page(catalogue, _day(day), told, kind="day")
    rules = yield from _kind(catalogue, "rule", catalogue.rules, records)
    entities = yield from _kind(catalogue, "entity", catalogue.entities, records)
    values: dict[str, Any] = {"days": days, "rules": rules, "entities": entities}
    yield "days.html", render("contents.html.j2", title="All days", links=days, root="")
    title = "All names"
    yield "entities.html", render("contents.html.j2", title=title, links=entities, root="")
    few = {"days": days[:_DAYS], "entities": entities[:_ENTITIES]}
    yield (
        "index.html",
        render(
            "index.html.j2",
            title="Archive",
            root="",
            stories=len(records),
            zone=zone,
            **values | few,
        ),
    )


def _kind(
    catalogue: Catalogue, kind: str, names: Mapping[str, str], records: Sequence[Record]
) -> Generator[tuple[str, str], None, list[Link]]:
    """Yield the pages of all rules or all entities; return links to them, the commonest first."""
    held: dict[str, list[Record]] = {}
    for record in records:
        for id_ in record.rules if kind == "rule" else record.entities:
            held.setdefault(id_, []).append(record)
    links = []
    for id_, found in held.items():
        path, name = f"{kind}/{file_name(id_)}", names.get(id_, id_)
        links.append(Link(f"{path}.html", name, len(found)))
        months: list[Link] = []
        if len(found) > _NEWEST:
            for month, count in Counter(month_of(record.day) for record in found).items():
                months.append(Link(f"{path}-{month}.html", month, count))
                those = [record for record in found if month_of(record.day) == month]
                yield months[-1].path, _page(catalogue, f"{name}, {month}", those, kind=kind)
        newest = found[:_NEWEST]
        yield f"{path}.html", _page(catalogue, name, newest, kind=kind, months=months)
    return sorted(links, key=lambda link: (-link.count, link.name))


def _page(
    catalogue: Catalogue,
    title: str,
    records: Iterable[Record],
    *,
    kind: str,
    months: Sequence[Link] = (),
) -> str:
    groups = [(_day(day), list(some)) for day, some in groupby(records, key=lambda one: one.day)]
    return render(
        "list.html.j2",
        title=title,
        root="../",
        kind=kind,
        groups=groups,
        months=months,
        rules=catalogue.rules,
        count=sum(len(some) for _, some in groups),
    )


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
