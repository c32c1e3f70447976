"""A wire outlet for tests: an RSS feed and its article pages on a real loopback site."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

from monitor.desk import Desk
from monitor.settings import check_config
from monitor.tomlfile import parse_toml
from tests.rules import sharing_rules
from tests.site import Answer, Site, conditional

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)

TALKS = (
    "Foreign ministers of South Korea and China met in Seoul and agreed to keep talking.",
    "South Korean Foreign Minister Cho Hyun told Wang Yi that Seoul wants a working hotline "
    "between the coast guards of the two countries before the fishing season begins.",
    "Wang said Beijing would study the proposal, according to a statement by his ministry, and "
    "invited his counterpart to visit Beijing early next year.",
)
WEATHER = (
    "A cold front will bring the first snow of the season to the northern valleys tonight.",
    "Drivers were told to fit winter tyres before the morning, and two mountain roads were closed.",
    "Forecasters expect the snow to turn to rain by Wednesday as warmer air moves in from the sea.",
)


@dataclass(slots=True)
class Item:
    """One entry of the feed, and the page it points to (none: the page answers 404)."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = TALKS
    published: datetime | None = NOW - timedelta(minutes=10)
    summary: str = ""
    page: bool = True


@dataclass(slots=True)
class Outlet:
    """A feed at `/NAME.xml` of a site; `publish` puts items and their pages in place."""

    site: Site
    name: str
    items: list[Item] = field(default_factory=list)

    def publish(self, *items: Item) -> None:
        """Add items at the top of the feed."""
        self.items[:0] = items
        self.refresh()

    def refresh(self) -> None:
        """Serve feed and pages as they are now."""
        body = rss(self.site, self.items)
        etag = f'"{self.name}-{hash(body) & 0xFFFFFF:x}"'
        self.site.at(f"/{self.name}.xml", conditional(body, etag))
        for item in self.items:
            kind = {"Content-Type": "text/html; charset=utf-8"}
            page = Answer(body=html(item), headers=kind) if item.page else Answer(404)
            self.site.at(f"/{item.name}.html", page)


def rss(site: Site, items: Iterable[Item]) -> bytes:
    """Return an RSS document of items."""
    rows = []
    for item in items:
        date = f"<pubDate>{format_datetime(item.published)}</pubDate>" if item.published else ""
        rows.append(
            f"<item><title>{escape(item.title)}</title>"
            f"<link>{site.url(f'/{item.name}.html')}</link><guid>{item.name}</guid>{date}"
            f"<description>{escape(item.summary or item.paragraphs[0])}</description></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title>'
        f"<link>{site.url('/')}</link>{''.join(rows)}</channel></rss>"
    ).encode()


TALKS_HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"
SNOW_HEADLINE = "First snow in the valleys"


def put_small_desk(site: Site) -> None:
    """Serve a feed with one story to flag and one not to, a home page that names it, and no more.

    `/gone.xml` is answered with 404.
    """
    Outlet(site, "wire").publish(
        Item("talks", TALKS_HEADLINE, published=None),
        Item("snow", SNOW_HEADLINE, WEATHER, published=None),
    )
    home = b'<html><head><link rel="alternate" type="application/rss+xml" href="/wire.xml">'
    site.at("/home", Answer(body=home + b"</head><body>Home</body></html>"))
    site.at("/gone.xml", Answer(404))


def html(item: Item) -> bytes:
    """Return an article page."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{escape(item.title)}</title></head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{escape(item.title)}</h1>{body}</article>"
        "<footer>Copyright Wire</footer></body></html>"
    ).encode()


def config_text(
    site: Site, *feeds: str, extra: str = "", workers: int | None = 0, **options: str
) -> str:
    """Return a config.toml for feeds of a site; options go into every [[feed]].

    Args:
        workers: processes that read; None: as many as by default. Each command and each pipeline
            begins its own, which takes longer than all the rest of a small round, and what is read
            is the same without.
    """
    lines = "".join(f'{key} = "{value}"\n' for key, value in options.items())
    rows = [
        f'[[feed]]\nname = "{name}"\nurl = "{site.url(f"/{name}.xml")}"\nprivate = true\n{lines}'
        for name in feeds
    ]
    head = '[monitor]\ntimezone = "Asia/Seoul"\nspacing = 0.0\nper_host = 8\n'
    head += f"workers = {workers}\n" if workers is not None else ""
    return "\n".join([head, *rows, extra])


def desk_of(folder: Path, text: str) -> Desk:
    """Open a desk on a state folder in `folder`."""
    return sharing_rules(Desk(check_config(parse_toml(text, "config.toml"), folder)))


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        """Move by a timedelta given as keywords."""
        self.now += timedelta(**span)
