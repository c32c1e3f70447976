"""Section, headline and source off the bare lines around a headline.

Old systems and syndicated pages print a story as the wires do: section, time, headline, the time of
the update, source, each a line and none of them named. Which is which is told by the times among
them: the section stands beside the time above the headline, the source beside the one below it.
"""

from collections.abc import Sequence

from msgspec import Struct

from monitor import urls
from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.furniture import ends_sentence, is_moment
from monitor.articles.body.printed_headline import is_headline
from monitor.articles.body.prose import prose_weight
from monitor.articles.fields.outlet import SITE_NAME
from monitor.newsroom import agency_in
from monitor.text import letters

_LONGEST_LABEL = 28  # characters of a section's or a source's name
_MOST_WORDS = 4
_MOST_BLOCKS = 14  # from the top of a page without a headline to its text


class HeadLines(Struct, frozen=True):
    """What the lines around a headline say; "" where they say nothing."""

    section: str = ""
    source: str = ""


def read_head_lines(lines: Sequence[str], title: str, url: str) -> HeadLines:
    """Read the lines from a little above the headline down to the text.

    Args:
        title: the headline; without it among the lines nothing is read.
        url: where the page is from; a line that is one of its host's words is the source.
    """
    wanted = letters(title)
    headline = next((at for at, line in enumerate(lines) if letters(line) == wanted), -1)
    if headline < 0:
        return HeadLines()
    times = {at for at, line in enumerate(lines) if is_moment(line)}
    below = (at for time in sorted(times) if time > headline for at in (time + 1, time - 1))
    named = (lines[at] for at in below if headline < at < len(lines))
    source = next((line for line in named if _is_label(line) and _is_outlet(line, url)), "")
    return HeadLines(_section(lines, headline, times), source)


def _section(lines: Sequence[str], headline: int, times: set[int]) -> str:
    """Return the label beside a time above the headline, or between the headline and its time."""
    for at in range(headline - 1, max(-1, headline - 4), -1):
        beside = {at - 1, at + 1} if at < headline - 1 else {at - 1, headline + 1}
        if beside & times and _is_label(lines[at]):
            return lines[at]
    return ""


def bare_headline(page: Page) -> str:
    """Return the headline of a page that neither declares one nor sets one as a heading."""
    above: list[Block] = []
    for block in page.blocks[:_MOST_BLOCKS]:
        if prose_weight(block) and ends_sentence(block.text):
            break
        above.append(block)
    lines = [line for block in above if block.linked < 0.5 for line in block.text.split("\n")]
    return next((line for line in lines if is_headline(line)), "")


def _is_label(line: str) -> bool:
    if not 1 < len(line) <= _LONGEST_LABEL or len(line.split()) > _MOST_WORDS:
        return False
    return not (any(char.isdigit() for char in line) or ends_sentence(line) or is_moment(line))


def _is_outlet(line: str, url: str) -> bool:
    """Tell an outlet's name from a writer's or a place's."""
    labels = urls.bare_host(url).split(".")
    if any(len(label) > 2 and letters(label) == letters(line) for label in labels):
        return True
    return bool(SITE_NAME.search(line)) or bool(agency_in([line]))
