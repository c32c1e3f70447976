"""Queries as a desk means them: its saved searches, its entities, its zone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from monitor.dates.moments import moment
from monitor.desk import Desk
from monitor.errors import ConfigError, UsageError
from monitor.model import SEARCH_FLAG
from monitor.search import Named, Node, fields, parse
from monitor.text import LANGUAGE_OF
from monitor.tomlfile import nearest


def read_query(desk: Desk, query: str, now: datetime) -> Node:
    """Return a query's tree; `now` is what "24h" counts from.

    Raises:
        UsageError: the query, or a saved search that it names, cannot be read.
    """
    saved = {table.name: table.query for table in desk.config.search}

    def when(text: str) -> datetime:
        return moment(text, now, desk.config.zone)

    return parse(query, _named(desk), when, saved)


def check_searches(desk: Desk, now: datetime) -> None:
    """Raise ConfigError with every saved search of config.toml that cannot be read."""
    faults = []
    for number, table in enumerate(desk.config.search):
        try:
            read_query(desk, table.query, now)
        except UsageError as error:
            where = ("search", number, "query")
            faults.append(desk.config.fault(where, f"search {table.name}: {error}"))
    if faults:
        raise ConfigError(faults)


def unknown_values(desk: Desk, node: Node) -> list[str]:
    """Say which rules, feeds and languages that a query asks by are none, and what may be meant.

    A query finds nothing by them, or only what was stored while they were known.
    """
    searches = [f"{SEARCH_FLAG}{table.name}" for table in desk.config.search]
    told = []
    for field in fields(node):
        value = str(field.value)
        if field.name == "lang" and (meant := LANGUAGE_OF.get(value)):
            told.append(f'"{value}" is a country; its language is "{meant}"')
            continue
        known: list[str] = []
        if field.name == "rule":
            known = [*(rule.id for rule in desk.rulebook.rules), *searches]
        elif field.name == "feed" and "*" not in value:
            known = list(desk.feeds)
        if known and value not in known:
            hint = nearest(value, known)
            told.append(f'no {field.name} is called "{value}"' + (f" ({hint})" if hint else ""))
    return told


def _named(desk: Desk) -> Callable[[str], Sequence[Named]]:
    """Return who bears the names of "@id"; the gazetteer is read when the first is asked for."""

    def named(id_: str) -> Sequence[Named]:
        return [
            Named(names, _day(since), _day(until, after=True))
            for names, since, until in desk.rulebook.names_of(id_)
        ]

    return named


def _day(text: str, *, after: bool = False) -> datetime | None:
    """Return the start of a day, month or year of the gazetteer, or (`after`) of the next one."""
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if after:
        if day:
            return datetime(year, month, day, tzinfo=UTC) + timedelta(days=1)
        year, month = (year, month + 1) if 0 < month < 12 else (year + 1, 1)
    return datetime(year, month or 1, day or 1, tzinfo=UTC)
