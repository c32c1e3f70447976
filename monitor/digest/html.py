"""The digest as one HTML file for mail clients, phones and browsers.

The template engine escapes everything it is given; nothing in the page is loaded from elsewhere, so
it can neither track its reader nor look different when offline.
"""

from functools import cache, partial
from typing import TYPE_CHECKING

from monitor.digest.card import Card
from monitor.digest.page import Page, Section, Tendency
from monitor.digest.phrasing import plain
from monitor.digest.plain import footer, short_outlet
from monitor.errors import MonitorError
from monitor.text.bars import level

if TYPE_CHECKING:
    from jinja2 import Template

_BAR = 24  # pixels
_PREVIEWED = 3  # headlines a mail client shows beside the subject


def to_html(page: Page, *, verbose: bool = False) -> str:
    """Return the digest as a complete HTML document."""
    cards = [card for section in page.sections for card in section.cards]
    return render(
        "digest.html.j2",
        title=f"{page.title}, {page.day}",
        preview=" · ".join(plain(card.headline) for card in cards[:_PREVIEWED]) or page.empty,
        page=page,
        told={card.number for part in page.sections for card in part.cards[: part.full]},
        heights=_heights,
        footer=partial(footer, verbose=verbose),
    )


def card_html(card: Card) -> str:
    """Return one story as it stands in the digest's HTML."""
    return render("card.html.j2", card=card)


def stylesheet() -> str:
    """Return the style of digests, for pages that are to look like them."""
    return render("style.css")


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
    environment.globals |= {"footer": partial(footer, verbose=False), "outlet_of": short_outlet}
    return environment.get_template(name)


def _heights(section: Section | Tendency) -> list[int | None]:
    """Return the height of each bar in pixels; None for a day when nobody looked."""
    top = max((count for count in section.bars if count is not None), default=0)
    return [None if count is None else max(1, level(count, top, _BAR)) for count in section.bars]
