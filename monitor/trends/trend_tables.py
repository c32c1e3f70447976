"""A trend as lines for the terminal, as CSV and as JSON."""

import csv
import io

from monitor import json_shape
from monitor.text import one_line
from monitor.text.bars import bars
from monitor.text.columns import pad, width
from monitor.trends.arrange import Series, Trends

_NAME = 34  # columns of a name, at most
_UNIT = {"day": "a day", "week": "a week", "month": "a month"}


def to_text(trends: Trends, columns: int = 80, *, share: bool = False) -> str:
    """Return the trend as lines of at most `columns`; gaps in reading are dots.

    Args:
        share: tell stories among 1,000 entries read instead of their number.
    """
    title = f"Stories {_UNIT[trends.period]} by {trends.by}"
    title += " among 1,000 entries read" if share else ""
    lines = [f"{title}, {trends.starts[0]} to {trends.until} ({trends.zone})"]
    if not trends.series:
        read = sum(trends.read)
        said = f"{read:,} entries were read" if read else "nothing was read in this time"
        return "\n".join([*lines, f"no stories; {said}", ""])
    name = min(_NAME, max(width(one_line(one.name)) for one in trends.series), columns // 2)
    room = max(4, columns - name - 18)
    lines.append(f"{'':{name}}  {'total':>7} {'before':>7}")
    lines += [_line(one, trends, name, room, share=share) for one in trends.series]
    if trends.left_out:
        lines.append(f"and {trends.left_out} more; --limit shows them")
    if any(not count for count in trends.read):
        lines.append("· nothing was read then")
    return "\n".join(lines) + "\n"


def _line(one: Series, trends: Trends, name: int, room: int, *, share: bool) -> str:
    total = str(one.total)
    if share:
        read = sum(trends.read)
        total = f"{one.total * 1000 / read:.2f}" if read else "–"
    before = "–" if one.before is None else str(one.before)
    if not share and one.before:
        before = f"{(one.total - one.before) * 100 / one.before:+.0f}%"
    drawn = bars(one.counts)[-room:]
    return f"{pad(one_line(one.name), name)}  {total:>7} {before:>7} {drawn}".rstrip()


def to_csv(trends: Trends) -> str:
    """Return one row a step and series, with the entries read; a gap has an empty count."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    rows.writerow(["period", trends.by, "stories", "entries_read"])
    for one in trends.series:
        for start, count, read in zip(trends.starts, one.counts, trends.read, strict=True):
            rows.writerow([start.isoformat(), one.name, "" if count is None else count, read])
    return out.getvalue()


def to_json(trends: Trends) -> str:
    """Return the trend as JSON; counts of steps in which nothing was read are null."""
    data = {
        "by": trends.by,
        "period": trends.period,
        "timezone": trends.zone,
        "steps": [start.isoformat() for start in trends.starts],
        "until": trends.until.isoformat(),
        "entries_read": list(trends.read),
        "series": [
            {"name": one.name, "total": one.total, "before": one.before, "counts": list(one.counts)}
            for one in trends.series
        ],
        "left_out": trends.left_out,
    }
    return json_shape.document(data) + "\n"
