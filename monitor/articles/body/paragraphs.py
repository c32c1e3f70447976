"""The body of a news page: its paragraphs in reading order, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.blocks import Page
from monitor.articles.body.captions import Caption, captions_above, told_by_pictures
from monitor.articles.body.element_marks import MainText
from monitor.articles.body.hidden_text import LEAST, clean_payload, size_of, text_of_scripts
from monitor.articles.body.lines import read_lines
from monitor.articles.body.main_text import find_main_text
from monitor.articles.body.own_story import OwnStory, find_own_story
from monitor.articles.body.payload import article_body, read_payload
from monitor.articles.body.printed_headline import headline_above
from monitor.articles.body.prose import Prose, measure_prose
from monitor.articles.body.relevance import KIN, kinship
from monitor.articles.body.repeats import Line
from monitor.articles.body.standfirst import Standfirst, find_standfirst
from monitor.articles.body.strangers import without_more, without_strangers
from monitor.articles.body.surroundings import Surroundings, read_surroundings
from monitor.articles.body.tail import (
    without_appeals,
    without_labels,
    without_loose_end,
    without_tail,
)
from monitor.articles.body.text_container import Choice, choose_container
from monitor.articles.body.trim import trim
from monitor.articles.page.access import judge_access, without_wall
from monitor.errors import NoArticle
from monitor.model import Access
from monitor.text import letters, markup, one_line

_TOLD = 0.3  # of the headline's words, in a text that goes before one with none of them
_CLOSER = 0.25  # by how much more a text must be the headline's to go before a longer one
_STRANGE = 0.2  # of the headline's words, in a text that may well be another's
_LONG = 0.5  # of a text
_MORE = 0.1  # by how much what is left out must have been the headline's to be taken in again
_MOST_CARDS = 3  # lines without running text that still may be a short item
_LEAST_TOLD = 300  # bytes of a declared text where the page shows a part of it
SHORT = 700  # bytes; a shorter text may be a stub of one that a script holds


class Body(Struct, frozen=True):
    """What was found of the article's text.

    Attributes:
        paragraphs: reading order, sub-headlines included, one line each.
        captions: (caption, credit) as printed, lead picture first.
        standfirst: what stands between the headline and the text, "" when nothing does.
        around: the lines around headline and text.
        script: the object of a script that bears the headline, where scripts were read.
        headline: the line above the text that is its headline where the page's title is none.
        method: "dom", "payload", "json-ld" or "profile".
        access: "stub" or "paywall" when the page shows only a part of the text.
    """

    paragraphs: tuple[str, ...]
    captions: tuple[tuple[str, str], ...]
    method: str
    access: Access
    standfirst: str = ""
    around: Surroundings = field(default_factory=Surroundings)
    script: Mapping[str, Any] = field(default_factory=dict)
    headline: str = ""


class Known(Struct, frozen=True):
    """What the page's metadata say of the article; lines that repeat it are told apart by that.

    Attributes:
        declared: whether the page itself declares the title to be the headline.
        labels: the page's section and its times as printed; a first line that only says one of
            them is no paragraph.
        language: ISO 639-1 code.
        nodes: the page's JSON-LD objects, parsed and flattened.
    """

    title: str = ""
    declared: bool = True
    description: str = ""
    standfirst: str = ""
    authors: Sequence[str] = ()
    labels: Sequence[str] = ()
    language: str = ""
    nodes: Sequence[Mapping[str, Any]] = ()

    @property
    def lead(self) -> tuple[str, str]:
        """Standfirst and description."""
        return self.standfirst, self.description


def read_body(
    tree: LexborHTMLParser,
    page: Page,
    known: Known,
) -> Body:
    """Return the article's text; the tree is not changed.

    Args:
        page: its blocks; the element that a site profile names as the text's is `sought`.

    Raises:
        NoArticle: the page holds no text that reads like an article.
    """
    title, lead = known.title, known.lead
    told = article_body(known.nodes)
    read = _read_elements(page, title, lead, _openings(*lead, told))
    kept = _trimmed(read.lines, known, read.headline)
    paragraphs = [line.text for line in kept] + _pictured(page, read, lead)
    method = "dom" if page.sought < 0 else "profile"
    access = judge_access(paragraphs, page.blocks, known.nodes)
    paragraphs = without_wall(paragraphs, access)
    size = size_of(paragraphs)
    script: Mapping[str, Any] = {}
    headline = ""
    small = size < SHORT or access != "full" or len(told.encode()) > 1.6 * size
    kin = kinship(paragraphs, title, lead, 1.0 if small else KIN) if read.likely else 0.0
    if small or (kin < KIN and page.sought < 0):
        shown = paragraphs[0] if paragraphs and kin >= KIN else ""
        payload = read_payload(tree, title, shown=shown, headed=not small)
        script = payload.bearer
        hidden = text_of_scripts(payload, paragraphs, kin, title, lead)
        if hidden:
            paragraphs, method, access = hidden, "payload", "full"
            headline = "" if known.declared else payload.headline_in(title)
        elif len(told.encode()) > max(LEAST if kin < KIN else _LEAST_TOLD, 2.5 * size):
            paragraphs, method = clean_payload(markup.paragraphs(told), title), "json-ld"
    if not paragraphs:
        raise NoArticle("the page holds no text that reads like an article")
    captions, standfirst = _pairs(read.captions), read.standfirst.text
    around = read_surroundings(page, kept, read.main, read.headline, read.standfirst.before, title)
    unsure = kept if method == "dom" and not known.declared else ()
    headline = headline or headline_above(page, unsure, title)
    return Body(tuple(paragraphs), captions, method, access, standfirst, around, script, headline)


def _trimmed(lines: list[Line], known: Known, headline: int) -> list[Line]:
    """Return the lines without what hangs on at either end."""

    def ended(lines: list[Line]) -> list[Line]:
        return trim(lines, known.authors, known.labels, known.title, headline, known.language)

    kept = ended(lines)
    shorter = without_loose_end(kept)
    return ended(shorter) if len(shorter) < len(kept) else kept


class _Reading(Struct):
    """What the page's elements hold.

    Attributes:
        headline: number of its block, -1 when the page prints none.
        likely: False for cards and teasers: they are no running text, though they may speak of
            what the headline speaks of.
        element: number of the container.
    """

    headline: int = -1
    standfirst: Standfirst = field(default_factory=Standfirst)
    lines: list[Line] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    likely: bool = False
    element: int = -1
    main: MainText = field(default_factory=MainText)


def _read_elements(
    page: Page, title: str, lead: Sequence[str], openings: Sequence[str]
) -> _Reading:
    """Read headline, standfirst, lines and captions off the page's elements.

    What only its shape tells from the story stays where the rest is less the headline's without it.
    """
    prose = measure_prose(page)

    def read(story: OwnStory) -> _Reading:
        return _read_story(page, prose, story, title, lead, openings)

    def kin(found: _Reading) -> float:
        return kinship([line.text for line in found.lines], title, lead)

    story = find_own_story(page, prose, title)
    best = read(story)
    if story.shaped and page.sought < 0:
        other = read(find_own_story(page, prose, title, by_shape=False))
        if kin(other) > kin(best) + _MORE:
            best = other
    sought = page.sought >= 0
    bare = kin(best) if sought else kinship(_below_standfirst(best, title), title, (), _STRANGE)
    if bare < _STRANGE and best.element >= 0:
        # Another text of the page may be the headline's: notes on rights are longer than a flash.
        foreign = story.foreign | page.spread([best.element])
        rival = read(replace(story, foreign=foreign))
        long = prose.mass[rival.element] > _LONG * prose.mass[best.element]
        nearer = kinship(_below_standfirst(rival, title), title, ())
        if kin(rival) >= max(KIN, kin(best) + _CLOSER) or (
            (long and nearer >= KIN) or (not bare and nearer >= _TOLD)
        ):
            return rival
    return best


def _below_standfirst(read: _Reading, title: str) -> Iterator[str]:
    """Yield the text without what is the headline's whatever follows it.

    That are the standfirst and lines that say the headline again ("You are reading: …").
    """
    own, told = {block.number for block in read.standfirst.before}, letters(title)
    return (
        line.text
        for line in read.lines
        if line.block.number not in own and not (told and told in letters(line.text))
    )


def _read_story(
    page: Page,
    prose: Prose,
    story: OwnStory,
    title: str,
    lead: Sequence[str],
    openings: Sequence[str],
) -> _Reading:
    main = find_main_text(page, prose, story)
    choice: Choice | None
    if page.sought >= 0:
        choice = Choice(page.sought, frozenset())
    else:
        choice = choose_container(page, prose, story, main, openings)
    if choice is None:
        return _Reading(story.headline)
    lines, captions = read_lines(page, choice, prose, main, title)
    lines = without_appeals(without_labels(page, without_tail(page, lines, main.group)))
    lines = without_strangers(page, lines, main, title)
    lines = without_more(page, lines, story.headline, title)
    likely = page.sought >= 0 or prose.running[choice.element] > 0 or len(lines) < _MOST_CARDS
    if not lines:
        return _Reading(story.headline, captions=captions, likely=likely, element=choice.element)
    blocks = [line.block for line in lines]
    captions = captions_above(page, blocks[0], choice.element) + captions
    standfirst = find_standfirst(page, blocks, main, title, lead, story.headline, story.foreign)
    lines[:0] = [
        Line(line, block, 0, True) for block in standfirst.before for line in block.text.split("\n")
    ]
    return _Reading(story.headline, standfirst, lines, captions, likely, choice.element, main)


def _pictured(page: Page, read: _Reading, lead: Sequence[str]) -> list[str]:
    """Return what captions tell of a story in pictures, which has a standfirst above at most."""
    own = {block.number for block in read.standfirst.before}
    told = letters(" ".join(lead))
    captions = [x for x in read.captions if x.box >= 0 and page.tags[x.box] == "figure"]
    first = min((caption.box for caption in captions), default=-1)
    for line in read.lines:
        above = line.block.element < first and letters(line.text) in told
        if line.prose and line.block.number not in own and not above:
            return []
    return told_by_pictures(captions)


def _pairs(captions: Sequence[Caption]) -> tuple[tuple[str, str], ...]:
    """Return (caption, credit) of each picture, in reading order."""
    found: list[tuple[str, str]] = []
    for box, group in groupby(captions, key=lambda caption: caption.box):
        texts = [caption for caption in group if caption.text]
        if box < 0:
            found.extend((caption.text, "") for caption in texts)
            continue
        told = " ".join(caption.text for caption in texts if not caption.credit)
        credit = " ".join(caption.text for caption in texts if caption.credit)
        if told or credit:
            found.append((told, credit))
    return tuple(dict.fromkeys(found))


def _openings(*texts: str) -> list[str]:
    return [one_line(text[:200]) for text in texts if text]
