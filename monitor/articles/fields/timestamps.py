"""When a page was published and updated: instant, zone, and the words as printed.

Sources in order: JSON-LD, meta tags, marked-up elements (`time`, itemprop), lines that are named as
dates, the url. The first that gives an instant wins; a day alone only counts when nothing gives
a clock. Two sources are then laid side by side, since machines often say UTC what the page prints
in the outlet's own clock:

* a printed line that means the same instant gives the words and the offset of the record;
* a clock without zone takes the zone of the outlet's country, and the notes say so;
* a machine time marked as UTC that agrees digit for digit with a printed local clock is noted: one
  of the two is wrong by the outlet's offset. In the zones of East Asia, which know no summer time
  and whose systems keep bare local times, it is the machine's; elsewhere the page does not tell
  which, since what is printed may come from a server that runs in UTC.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from monitor.articles.fields.date_stamps import (
    Stamp,
    declared_stamps,
    line_stamps,
    profile_stamps,
    shown_stamps,
    titled_stamps,
    unnamed_stamps,
)
from monitor.articles.fields.url_day import read_url_day
from monitor.articles.page.head import Head
from monitor.articles.page.landmarks import Landmarks
from monitor.dates import Reading

_BARE_LOCAL = frozenset(
    {"Asia/Seoul", "Asia/Pyongyang", "Asia/Tokyo", "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong"}
    | {"Asia/Macau"}
)


_DAY_ONLY = "published: only the day is known"
_LONGEST_DATE_LINE = 80  # characters
_NEAR = timedelta(days=2)  # between two dates of one story, whatever their zones


class Times(Struct, frozen=True):
    """Both moments, the words they were printed in, and what was assumed."""

    published: datetime | None = None
    published_text: str = ""
    updated: datetime | None = None
    updated_text: str = ""
    notes: tuple[str, ...] = ()
    day_only: bool = False  # no clock is known of `published`
    declared: bool = False  # the page says that it was published then


def read_times(
    tree: LexborHTMLParser,
    landmarks: Landmarks,
    head: Head,
    zone: str,
    *,
    own_published: Sequence[str] = (),
    own_updated: Sequence[str] = (),
) -> Times:
    """Read the page's moments.

    Args:
        zone: IANA name to assume for clocks without one, or "".
        own_published, own_updated: date lines that a site profile found; they go first.
    """
    own = [*profile_stamps(own_published, zone, "published")]
    own += profile_stamps(own_updated, zone, "updated")
    declared = [*declared_stamps(head, zone), *titled_stamps(head, zone)]
    shown = own + shown_stamps(tree, landmarks, zone, declared)
    known = any(stamp.kind == "published" for stamp in (*declared, *own))
    published = _published(declared, shown, own)
    notes: list[str] = []
    if published is None:
        shown = list(unnamed_stamps(tree, zone))
        published = _published(declared, shown, [])
    elif published.precision == "day":
        # The clock may stand in a line that nothing names a date line.
        day = _bare(published).date()
        shown += [s for s in unnamed_stamps(tree, zone) if _bare(s.reading).date() == day]
        published = _published(declared, shown, own) or published
    if published is None:
        published = read_url_day(head.url or head.canonical, zone)
        notes.append("published: the day in the address")
    if published is None:
        return Times()
    in_utc = published.zone == "printed" and published.when.utcoffset() == timedelta(0)
    if in_utc and zone in _BARE_LOCAL and not any(map(_is_clock, shown)):
        shown += unnamed_stamps(tree, zone)
    printed, doubts = _laid_beside("published", published, shown, declared, zone)
    notes += doubts
    day_only = printed.precision == "day"
    if day_only:
        notes.append(_DAY_ONLY)
    updated = _updated(declared, shown, published)
    if updated is None:
        return Times(
            printed.when, printed.text, notes=tuple(notes), day_only=day_only, declared=known
        )
    later, doubts = _laid_beside("updated", updated, shown, declared, zone)
    notes += (doubt for doubt in doubts if "no zone" in doubt)
    return Times(printed.when, printed.text, later.when, later.text, tuple(notes), day_only, known)


def with_dates_above(times: Times, lines: Sequence[str], zone: str) -> Times:
    """Return a page's times, or those that the lines between headline and text print.

    Where a page declares none, a date far from these is another story's.
    """
    if times.declared:
        return times
    stamps = line_stamps(lines, zone)
    printed = _published([], stamps, [])
    days = [_bare(stamp.reading) for stamp in stamps]
    if printed is None or times.published is None:
        return times if printed is None else _of_line(printed, zone)
    day = times.published.replace(tzinfo=None)
    return times if any(abs(day - other) < _NEAR for other in days) else _of_line(printed, zone)


def with_update_around(times: Times, lines: Sequence[str], zone: str) -> Times:
    """Return a page's times with the change that a date line above or below the text names.

    A sentence that speaks of a change and of a day is none.
    """
    if times.published is None or times.updated is not None:
        return times
    short = [line for line in lines if len(line) <= _LONGEST_DATE_LINE and line[-1:] not in ".。"]
    told = [stamp for stamp in line_stamps(short, zone) if stamp.kind == "updated"]
    published = Reading(times.published, times.published_text, "instant", "printed")
    if times.day_only:
        published = replace(published, precision="day")
    updated = _updated([], told, published)
    if updated is None:
        return times
    later, doubts = _laid_beside("updated", updated, (), (), zone)
    notes = (*times.notes, *(doubt for doubt in doubts if "no zone" in doubt))
    return replace(times, updated=later.when, updated_text=later.text, notes=notes)


def _of_line(printed: Reading, zone: str) -> Times:
    printed, notes = _laid_beside("published", printed, (), (), zone)
    if day_only := printed.precision == "day":
        notes.append(_DAY_ONLY)
    return Times(printed.when, printed.text, notes=tuple(notes), day_only=day_only)


def _laid_beside(
    kind: str, reading: Reading, shown: Sequence[Stamp], declared: Sequence[Stamp], zone: str
) -> tuple[Reading, list[str]]:
    """Return a moment as the page prints it, and what is doubtful about it."""
    local = _same_clock(reading, shown)
    printed = local if local and zone in _BARE_LOCAL else _as_printed(reading, shown)
    if local is not None:
        doubt = f"{kind}: marked as UTC, but the page prints the same clock as local time"
        return printed, [f"{doubt}; {zone} assumed" if printed is local else doubt]
    if printed.zone == "assumed" and not _confirmed(printed, declared):
        return printed, [f"{kind}: no zone printed, {zone} assumed"]
    return printed, []


def _published(declared: list[Stamp], shown: list[Stamp], own: list[Stamp]) -> Reading | None:
    stamps, first = _of_kind("published", declared), _of_kind("published", own)
    marked, plain = _of_kind("published", shown), _of_kind("", shown)
    day = next((s.reading for s in stamps if s.reading.precision == "day"), None)
    for pool in ([*first, *stamps], marked, plain):
        instants = [s.reading for s in pool if s.reading.precision == "instant"]
        # A clock somewhere on the page is only the article's if a declared day agrees.
        if instants and (day is None or abs(_bare(instants[0]) - _bare(day)) < timedelta(days=2)):
            return _zoned(instants[0], instants)
    updated = _of_kind("updated", declared + shown)
    return next((pool[0].reading for pool in (stamps, marked, plain, updated) if pool), None)


def _of_kind(kind: str, stamps: Sequence[Stamp]) -> list[Stamp]:
    return [stamp for stamp in stamps if stamp.kind == kind]


def _updated(declared: list[Stamp], shown: list[Stamp], published: Reading) -> Reading | None:
    for stamp in [s for s in declared + shown if s.kind == "updated"]:
        reading = stamp.reading
        # The day of publication without a clock says nothing of an update.
        same_day = reading.precision == "day" and _bare(reading).date() == _bare(published).date()
        if not same_day and not _before(reading, published):
            return reading
    return None


def _before(one: Reading, other: Reading) -> bool:
    if (one.when.tzinfo is None) == (other.when.tzinfo is None) and "day" not in (
        one.precision,
        other.precision,
    ):
        return one.when < other.when
    return _bare(one).date() < _bare(other).date()


def _zoned(best: Reading, others: Sequence[Reading]) -> Reading:
    """Take the zone another source prints for the very same clock."""
    if best.zone == "printed":
        return best
    for other in others:
        if other.zone == "printed" and _minute(_bare(other)) == _minute(_bare(best)):
            return other
    return best


def _as_printed(reading: Reading, shown: Sequence[Stamp]) -> Reading:
    """Give the reading the offset and words in which the page prints the same moment."""
    if reading.precision == "day" or reading.when.tzinfo is None:
        return reading
    for stamp in shown:
        other = stamp.reading
        if not stamp.shown or other.precision == "day" or other.when.tzinfo is None:
            continue
        if _minute(other.when) == _minute(reading.when):
            return Reading(
                reading.when.astimezone(other.when.tzinfo), other.text, "instant", other.zone
            )
    return reading


def _confirmed(reading: Reading, declared: Sequence[Stamp]) -> bool:
    """An assumed zone is none any more when a machine time with a zone means the same instant."""
    return any(
        s.reading.zone == "printed" and _minute(s.reading.when) == _minute(reading.when)
        for s in declared
    )


def _is_clock(stamp: Stamp) -> bool:
    return stamp.shown and stamp.reading.precision == "instant"


def _same_clock(reading: Reading, shown: Sequence[Stamp]) -> Reading | None:
    """The printed local time whose digits a machine time marked as UTC repeats, if there is one."""
    if reading.when.utcoffset() != timedelta(0):
        return None
    for stamp in shown:
        local = stamp.reading
        if (
            _is_clock(stamp)
            and local.zone == "assumed"
            and local.when.utcoffset() != timedelta(0)
            and _minute(_bare(local)) == _minute(_bare(reading))
        ):
            return local
    return None


def _bare(reading: Reading) -> datetime:
    return reading.when.replace(tzinfo=None)


def _minute(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole.astimezone(UTC) if whole.tzinfo else whole
