"""Who filed a text and from where: sought here, once, and kept with the article."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from monitor.newsroom.agencies import agency_in, bracketed_agency
from monitor.newsroom.datelines import dateline_of

_PARAGRAPHS = 2  # of which one may open with the dateline


class Filed(Struct, frozen=True):
    """A text's dateline as printed, and the name of the agency that filed it; "" without one."""

    dateline: str = ""
    agency: str = ""


def read_filed(paragraphs: Sequence[str], credits: Iterable[str] = ()) -> Filed:
    """Read who filed a text.

    Args:
        paragraphs: of the text, in reading order.
        credits: what else may name the agency: a declared source, a byline.
    """
    opening = paragraphs[:_PARAGRAPHS]
    dateline = next((found for line in opening if (found := dateline_of(line))), "")
    head = dateline or next((line for line in opening if line.strip()), "")
    return Filed(dateline, bracketed_agency(head) or agency_in((dateline, *credits)))
