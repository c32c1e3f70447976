"""Saved searches as files: "a search as a feed", brought up to date when something new is found.

The file holds the newest stories of the search, in the form that its ending says (Atom, HTML, JSON,
Markdown, text), and is left alone as long as they are the same.
"""

import logging
from datetime import datetime

from msgspec.structs import replace

from monitor import atomic, deliver, digest
from monitor.desk import Desk, read_target
from monitor.errors import MonitorError
from monitor.pipeline.coverage import coverage
from monitor.pipeline.flag_searches import flag_for, saved, sections
from monitor.pipeline.reader_names import with_names
from monitor.search import phrases
from monitor.settings.tables import SearchTable
from monitor.store import search, views

log = logging.getLogger(__name__)

_NEWEST = 50  # articles of a search in its file


def write_searches(desk: Desk, now: datetime) -> list[str]:
    """Bring the files of all saved searches up to date; return what went wrong, a line each."""
    faults = []
    for table in desk.config.search:
        if table.to:
            try:
                _write(desk, table, now)
            except (MonitorError, OSError) as error:
                faults.append(f"search {table.name}: {error}")
    for fault in faults:
        log.warning("%s", fault)
    return faults


def _write(desk: Desk, table: SearchTable, now: datetime) -> None:
    node = saved(desk, table.name, now)
    wanted = list(phrases(node))
    names = sections([table.name])
    with desk.store.read() as db:
        hits = search.find(db, node, limit=_NEWEST, newest=True).articles
        found = {item.story: item for item in reversed(hits) if item.story is not None}
        stories = [
            replace(with_names(desk, view), flags=(flag_for(names[0][0], found[view.id], wanted),))
            for view in views.stories(db, list(found))
        ]
        since = min((view.first_seen for view in stories), default=now)
        # As of the last news, so that the same stories give the same file.
        until = max((view.last_seen for view in stories), default=now)
        behind = coverage(desk, db, since, now, now)
    made = digest.compose(
        name=table.name,
        made_at=until,
        since=since,
        until=until,
        timezone=desk.config.monitor.timezone,
        stories=stories,
        rules=names,
        coverage=replace(behind, entries=0, troubles=(), absent=()) if stories else behind,
        history={},
        limit=_NEWEST,
    )
    edition = digest.edition(made, desk.config.monitor.reader_language)
    targets = [read_target(target) for target in table.to]
    for message in deliver.build_messages(edition, targets):
        path = message.target.path(desk.config.folder)
        data = message.text.encode("utf-8", "replace")
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, data)
