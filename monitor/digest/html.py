"""The digest as one HTML file for mail clients, phones and browsers.

The template engine escapes everything it is given; nothing in the page is loaded from elsewhere, so
it can neither track its reader nor look different when offline.
"""

from functools import cache
from typing import TYPE_CHECKING

from monitor.digest.page import Row, lay_out
from monitor.digest.phrasing import plain
from monitor.errors import MonitorError
from monitor.model import Digest
from monitor.text.bars import level

if TYPE_CHECKING:
    from jinja2 import Template

_BAR = 24  # pixels
_PREVIEWED = 3  # headlines a mail client shows beside the subject


def to_html(digest: Digest) -> str:
    """Return the digest as a complete HTML document."""
    page = lay_out(digest)
    cards = [card for section in page.sections for card in section.cards]
    return render(
        "digest.html.j2",
        title=f"{page.title}, {page.day}",
        preview=" · ".join(plain(card.headline) for card in cards[:_PREVIEWED]) or page.empty,
        page=page,
        heights=_heights,
    )


def render(name: str, **values: object) -> str:
    """Fill a template of this package.

    Raises:
        MonitorError: the template is missing or broken, as in a damaged installation.
    """
    from jinja2 import TemplateError  # here, because most commands render no template

    try:
        return _template(name).render(**values)
    except (TemplateError, ValueError) as error:
        raise MonitorError(f"the template {name} is broken; install again: {error}") from None


@cache
def _template(name: str) -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

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
