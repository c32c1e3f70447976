"""Alerts: who is told at once of stories at level "now", and never twice.

What was told is remembered for each target, so that one that is added to a table hears the last
hours' news, and nobody else hears anything again. An alert and what it told are stored in one
transaction.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from monitor import digest
from monitor.desk import Desk, read_target
from monitor.pipeline.fill_outbox import enqueue
from monitor.pipeline.reader_names import with_names
from monitor.settings import AlertTable, TargetTable
from monitor.store import Connection, alerts_told, views

Told = tuple[int, str, int]  # flag id, rule id, story id

ALERT_AGE = timedelta(hours=14)  # the longest quiet hours and more; older news is for the digest


class _News(Struct, frozen=True):
    """What one target was not told of yet."""

    to: TargetTable
    waiting: tuple[Told, ...]
    updates: tuple[Told, ...]  # told before, and the story changed since
    loud: tuple[int, ...]  # stories to be told of now; the rest are copies of what was told

    @property
    def told(self) -> frozenset[int]:
        """The stories that it was told of before and now hears more of."""
        return frozenset(story for _, _, story in self.updates)


def send_alerts(desk: Desk, now: datetime) -> int:
    """Put what cannot wait into the outbox; return how many alerts were made."""
    return sum(_send_alerts_of(desk, table, now) for table in desk.config.alert)


def _send_alerts_of(desk: Desk, table: AlertTable, now: datetime) -> int:
    zone = desk.config.monitor.timezone
    held = digest.quiet(table.quiet, zone, now) is not None
    rules = table.urgent if held else table.rules
    if held and not rules:
        return 0
    targets = list({read_target(to).text: to for to in table.to}.values())
    with desk.store.read() as db:
        if not any(_is_waiting(_news(desk, db, target, rules, now)) for target in targets):
            return 0
    names = desk.rule_names(table.rules)
    with desk.store.write() as db:  # looked at once more: another process may have been quicker
        alike: dict[tuple[tuple[int, ...], frozenset[int]], list[_News]] = {}
        for target in targets:
            news = _news(desk, db, target, rules, now)
            alike.setdefault((news.loud, news.told), []).append(news)
        for group in alike.values():
            _tell(desk, db, group, names, now)
    return sum(bool(loud) for loud, _ in alike)


def _is_waiting(news: _News) -> bool:
    return bool(news.waiting or news.updates)


def _news(
    desk: Desk, db: Connection, to: TargetTable, rules: Sequence[str], now: datetime
) -> _News:
    who, since = audience(desk, to), now - ALERT_AGE
    waiting = alerts_told.unalerted(db, who, since=since, rules=rules)
    updates = alerts_told.changed(db, who, since=since, rules=rules)
    first = [row for row in waiting if _is_first(desk, db, who, row, now)]
    loud = {story for _, _, story in (*first, *updates)}
    return _News(to, tuple(waiting), tuple(updates), tuple(sorted(loud)))


def _is_first(desk: Desk, db: Connection, who: str, row: Told, now: datetime) -> bool:
    """Tell whether somebody should hear of a flag: once a story, again after `repeat_after`."""
    _, rule, story = row
    last = alerts_told.last_told(db, who, story, rule)
    if last is None:
        return True
    pause = next((item.repeat_after for item in desk.rulebook.rules if item.id == rule), None)
    return pause is not None and now - last >= pause


def _tell(
    desk: Desk,
    db: Connection,
    group: Sequence[_News],
    names: Sequence[tuple[str, str]],
    now: datetime,
) -> None:
    """Send the targets that are to hear of the same stories one alert, and remember it."""
    message_ids: dict[_News, str] = {}
    loud, told_before = group[0].loud, group[0].told
    if found := [with_names(desk, view) for view in views.stories(db, loud)] if loud else []:
        zone, language = desk.config.monitor.timezone, desk.config.monitor.reader_language
        alert = digest.compose_alert(found, names, zone, now, language, told_before)
        content = digest.edition(alert)
        messages = enqueue(desk, db, content, [news.to for news in group], now)
        message_ids = dict(zip(group, (message.message_id for message in messages), strict=True))
    for news in group:
        who, message_id = audience(desk, news.to), message_ids.get(news, "")
        told = [row for row in news.waiting if row[2] in loud]
        alerts_told.add_alert(db, who, [*told, *news.updates], message_id=message_id, now=now)
        copies = [row for row in news.waiting if row[2] not in loud]
        alerts_told.add_alert(db, who, copies, message_id="", now=now)


def audience(desk: Desk, to: TargetTable) -> str:
    """Return the name under which the store remembers what a desk has told a target."""
    whose = f"{desk.store.desk} " if desk.store.desk else ""
    return hashlib.blake2b((whose + read_target(to).text).encode(), digest_size=8).hexdigest()
