"""Stories to bytes: every address of the demo site and what it answers.

Nothing here knows a socket. Templates escape by themselves; a character that an old encoding lacks
becomes a numeric reference, as newspaper systems do it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.demo.texts import DemoStory, Outlet

GONE = "/gone/rss.xml"
PAGE_INSTEAD_OF_FEED = "/portal/rss"

_FEED_TEMPLATES = {
    "rss": ("rss.xml", "application/rss+xml; charset=utf-8"),
    "rss-html": ("rss.xml", "text/xml; charset=utf-8"),
    "rss-bare-dates": ("rss.xml", "application/xml"),
    "rdf": ("rdf.xml", "application/xml"),
    "atom": ("atom.xml", "application/atom+xml"),
    "list": ("list.html", "text/html; charset=utf-8"),
}


@dataclass(frozen=True)
class Resource:
    """What one address answers, before any content coding."""

    body: bytes
    media_type: str
    modified: datetime
    status: int = 200
    delay: float = 0.0  # seconds

    @cached_property
    def etag(self) -> str:
        """A weak validator, since the same bytes also go out gzipped (RFC 9110, 8.8.1)."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def render_site(
    outlets: tuple[Outlet, ...], base_url: str, now: datetime
) -> Mapping[str, Resource]:
    """Return path (with query where it names the article) to resource, for the whole site."""
    templates = Environment(
        loader=PackageLoader("monitor.demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["http_date"] = http_date
    site = {
        "/": Resource(
            templates.get_template("front.html").render(outlets=outlets).encode(),
            "text/html; charset=utf-8",
            now,
        ),
        "/robots.txt": Resource(
            b"User-agent: *\nDisallow: /admin/\n", "text/plain; charset=utf-8", now
        ),
        PAGE_INSTEAD_OF_FEED: Resource(
            templates.get_template("portal.html").render().encode(),
            "text/html; charset=utf-8",
            now,
        ),
        GONE: missing(now),
    }
    for outlet in outlets:
        site[outlet.path] = _feed(templates, outlet, base_url)
        site.update(_articles(templates, outlet, base_url))
    return site


def missing(now: datetime) -> Resource:
    """Return the answer for an address that nothing stands behind."""
    body = b"<!doctype html><title>Not found</title><h1>Not found</h1>"
    return Resource(body, "text/html; charset=utf-8", now, status=404)


def _feed(templates: Environment, outlet: Outlet, base_url: str) -> Resource:
    template, media_type = _FEED_TEMPLATES[outlet.format]
    text = templates.get_template(template).render(outlet=outlet, base_url=base_url)
    newest = outlet.stories[0].published
    return Resource(text.encode(), media_type, newest, delay=outlet.delay)


def _articles(
    templates: Environment, outlet: Outlet, base_url: str
) -> Iterator[tuple[str, Resource]]:
    template = templates.get_template(outlet.template)
    for story in outlet.stories:
        path = _without_tracking(story.path)
        text = template.render(
            outlet=outlet,
            story=story,
            address=base_url + path,
            base_url=base_url,
            related=_related(outlet, story),
        )
        body = text.encode(outlet.encoding, errors="xmlcharrefreplace")
        # The pages in old encodings name theirs in a <meta> only.
        charset = "; charset=utf-8" if outlet.encoding == "utf-8" else ""
        yield path, Resource(body, "text/html" + charset, story.published)


def _related(outlet: Outlet, story: DemoStory) -> tuple[DemoStory, ...]:
    return tuple(other for other in outlet.stories if other is not story)[:4]


def _without_tracking(path: str) -> str:
    return path.partition("?utm_")[0]


def http_date(moment: datetime) -> str:
    """Return a time as HTTP and RSS write it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
