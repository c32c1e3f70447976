"""The digest as one HTML file for mail clients, phones and browsers.

The template engine escapes everything it is given; nothing in the page is loaded from elsewhere, so
it can neither track its reader nor look different when offline.
"""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from monitor.digest.bars import level
from monitor.digest.page import Row, lay_out
from monitor.model import Digest

_BAR = 24  # pixels


def to_html(digest: Digest) -> str:
    """Return the digest as a complete HTML document."""
    return template("digest.html.j2").render(page=lay_out(digest), heights=_heights)


@cache
def template(name: str) -> Template:
    """Return a template of this package, compiled once, with autoescape on."""
    environment = Environment(
        loader=PackageLoader("monitor.digest", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    return environment.get_template(name)


def _heights(row: Row) -> list[int]:
    counts = [*row.history, row.count]
    top = max(counts)
    return [max(1, level(count, top, _BAR)) for count in counts]
