"""Trends as a desk means them: its rules' names, its entities, its saved searches, its zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor import trends
from monitor.dates.moments import beginning, moment
from monitor.desk import Desk
from monitor.errors import UsageError
from monitor.pipeline.read_query import read_query
from monitor.store import trends as source
from monitor.trends import Trends

_MOST_STEPS = 5000


def _window(since: str, until: str, zone: ZoneInfo, now: datetime) -> tuple[date, date]:
    """Return the first and the last day that "30d" and "now", or two dates, mean.

    Raises:
        UsageError: they mean no window, or one of more than 5000 days.
    """
    first = beginning(since, now, zone).astimezone(zone).date()
    last = moment(until, now, zone).astimezone(zone).date()
    if last < first:
        raise UsageError(f"the window ends ({last}) before it begins ({first})")
    if (last - first).days > _MOST_STEPS:
        raise UsageError(f"a window of more than {_MOST_STEPS} days; name a shorter one")
    return first, last


def read_trends(
    desk: Desk,
    since: str,
    until: str,
    *,
    by: str = "rule",
    search: str = "",
    per: str = "",
    limit: int = 20,
    pairs: bool = False,
) -> Trends:
    """Return how many stories there were in a window and in the one before it.

    Args:
        desk: settings, rules and the store.
        since, until: the window as people write it: "30d", "now", a date.
        by: "rule", "outlet", "language" or "entity".
        search: a query; then only what it finds, by itself.
        per: "day", "week" or "month"; "" as it fits.
        limit: most series.
        pairs: two of them in one story, instead of each alone.

    Raises:
        UsageError: the window, `by`, `per` or the search cannot be read.
    """
    now = desk.now()
    first, last = _window(since, until, desk.config.zone, now)
    if per and per not in trends.PERIODS:
        raise UsageError(f'no period is called "{per}"; known: {", ".join(trends.PERIODS)}')
    period = next((known for known in trends.PERIODS if known == per), None)
    zone = desk.config.zone
    start = datetime.combine(first - (last - first) - timedelta(days=1), time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    names: dict[str, str] = {}
    with desk.store.read() as db:
        if search:
            by = "search"
            node = read_query(desk, search, now)
            happenings = list(source.by_search(db, search, node, start, end))
        elif by in source.BY:
            happenings = list(source.BY[by](db, start, end))
        else:
            raise UsageError(f'no trend is by "{by}"; known: {", ".join(source.BY)}')
        entries = list(source.read(db, start, end))
    if by == "rule":
        names = {rule.id: rule.name or rule.id for rule in desk.rulebook.rules}
    elif by == "entity":
        happenings = [(desk.rulebook.entity_name(n), story, at) for n, story, at in happenings]
    happenings = [(names.get(n, n), story, at) for n, story, at in happenings]
    return trends.arrange(
        trends.pairs(happenings) if pairs else happenings,
        entries,
        by=by,
        since=first,
        until=last,
        zone=zone,
        period=period or trends.period_for(first, last),
        limit=limit,
    )
