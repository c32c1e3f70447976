"""Turns an item as it stood in the document into an entry: absolute link, plain words, real dates.

Links are resolved here: against the document's own base when it names one, against its home page
when that is absolute (feeds are often served by another host than the site they list), else against
the feed's url. What is not http or https is no link.

Dates, in this order: the item's own date; dc:date or Atom's updated; the day in the link or the
picture's path, unless it is more than two days ahead. A date without a zone is read in the feed's
zone. Where nothing says a day, `published` stays None and the time we first saw the entry serves.
The order found is kept in `date_source`, the words as printed in `published_text`.
"""

import re
from datetime import datetime, timedelta

from monitor import dates, text, urls
from monitor.feeds.freshness import aware
from monitor.feeds.read.items import Head, Item
from monitor.model import Entry
from monitor.text import markup

_AHEAD = timedelta(days=2)
_EARLIEST = 1995  # no feed is older; a "date" before it is some other number
_URL_DAY = re.compile(
    r"(?<!\d)(20\d\d)([-/._]?)(0[1-9]|1[0-2])(\2|/)(0[1-9]|[12]\d|3[01])(?!\d(?!\d))"
)


def entry(item: Item, head: Head, *, url: str, zone: str, now: datetime) -> Entry:
    """Make one entry.

    Args:
        item: as read.
        head: of the same document.
        url: where the document came from, after redirects.
        zone: IANA name for times without a zone.
        now: aware; bounds what can be a date.
    """
    link = urls.absolute(item.link, base_of(head, url))
    published, printed, source = _published(item, link, head.format, zone, now)
    updated = dates.read(item.updated, zone=zone, now=now) if item.updated else None
    return Entry(
        guid=text.one_line(item.guid)[: urls.LONGEST],
        url=link,
        title=markup.title(item.title),
        summary="\n".join(markup.paragraphs(item.summary)) if item.summary else "",
        content=markup.paragraphs(item.content) if item.content else (),
        authors=tuple(name for author in item.authors if (name := markup.title(author))),
        published=published,
        published_text=text.one_line(printed)[:200],
        date_source=source,
        updated=aware(updated.when) if updated else None,
        outlet=markup.title(item.outlet),
    )


def base_of(head: Head, url: str) -> str:
    """The url that relative links of a document stand on."""
    if head.base:
        return urls.join(url, head.base)
    if head.format != "atom" and head.link.strip().lower().startswith(("http://", "https://")):
        return head.link.strip()
    return url


def _published(
    item: Item, link: str, kind: str, zone: str, now: datetime
) -> tuple[datetime | None, str, str]:
    second = "item" if kind == "atom" else "dc:date"
    for printed, source in ((item.published, "item"), (item.updated, second)):
        reading = dates.read(printed, zone=zone, now=now) if printed else None
        if reading is not None and reading.when.year >= _EARLIEST:
            return aware(reading.when), printed if len(printed) <= 60 else reading.text, source
    for place in (link, item.image):
        found = _URL_DAY.search(place)
        if found is None:
            continue
        reading = dates.read("-".join((found[1], found[3], found[5])), zone=zone, now=now)
        if reading is not None and aware(reading.when) <= now + _AHEAD:
            return aware(reading.when), found[0].strip("/"), "url"
    return None, item.published or item.updated, ""
