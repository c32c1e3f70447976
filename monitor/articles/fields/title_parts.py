"""What is glued to a headline: site name, section, page number, kicker, and where it may be cut.

A separator is whatever stands apart between spaces and is no letter, quote or bracket, or one of
the strokes that need no spaces. What falls at the end counts as the house's when it is the outlet's
name, a section the page declares, a page number, or, in front of the outlet's name, a word or two
set off by the same separator. Nothing is cut inside quotes.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from monitor.articles.fields.outlet import SITE_NAME, HouseNames
from monitor.newsroom import agency_id
from monitor.text import letters
from monitor.text.language import EAST_ASIAN

_MOST_CUTS = 12
_CUT = re.compile(
    r"(?<!\s)\s*+[|｜_ㅣ丨¦│┃]\s*+"
    r"|(?<!\s)\s++(?:[^\w\s\"'“”‘’«»「」『』()（）\[\]【】<>#@&%$+=.…!?,;]{1,3}\s++|[<>«»›]\s++|-(?=\S))"
    r"|(?<=\S)-\s++|-{2,}|\s[–—]|(?<=\w)[－–—](?=[^\x00-\u2fff])"
    r"|：(?=[^：]{2,16}$)"  # Japanese outlets set their name behind it
)
_EAST_HYPHEN = re.compile(r"(?<=[\u3040-\u9fff\uac00-\ud7a3])-(?=[\u3040-\u9fff\uac00-\ud7a3])")
_KICKER_CUT = re.compile(r":\s+|：")
_BRACKETED_TAIL = re.compile(r"(?<!\s)\s*+[（(\[【〈]([^（(\[【〈]{2,30})[）)\]】〉]\s*+$")
_BRACKETED_HEAD = re.compile(r"^\s*[\[【][^\[\]【】]{1,12}[\]】]\s*")
_PAGE = re.compile(
    r"(?:(?:page|seite|página|pagina|p)\.?\s?\d{1,2}(?:\s?\D{1,4}\s?\d{1,2})?"
    r"|\d{1,2}\s?[/／]\s?\d{1,2}\s?(?:ページ|頁|页|페이지|pages?)?|第\s?\d{1,2}\s?[頁页])",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")
_QUOTES = {"“": "”", "«": "»", "「": "」", "『": "』", "„": "“", '"': '"'}
_LONGEST_TAIL = 40  # characters from the outlet's name to the end
_LONGEST_AGENCY = 20
_LONGEST_SECTION = (14, 5)  # letters of a section's name in Latin and in East Asian scripts


class Stem(Struct, frozen=True):
    """A headline with parts dropped at its end or beginning."""

    text: str
    key: str  # letters alone
    dropped: Literal["house", "tail", "kicker"]


def stems(text: str, house: HouseNames, sections: Collection[str] = ()) -> Iterator[Stem]:
    """Yield `text` with parts dropped, and what fell.

    Args:
        house: the outlet's names.
        sections: letters of the section names that the page declares.
    """
    quoted = _quoted(text)
    cuts = [cut for cut in _CUT.finditer(text) if not _within(cut, quoted)][:_MOST_CUTS]
    if not cuts and _EAST_HYPHEN.search(text):
        cuts = [cut for cut in _EAST_HYPHEN.finditer(text) if not _within(cut, quoted)][-2:]
    yield from _without_tails(text, cuts, house, sections)
    if match := _BRACKETED_TAIL.search(text):
        rest, inside = text[: match.start()].strip(), match[1]
        belongs = _PAGE.fullmatch(inside) or house.is_house(inside)
        if rest:
            yield Stem(rest, letters(rest), "house" if belongs else "tail")
    if _EAST_ASIAN.search(text):
        head = text[: cuts[-1].start()] if cuts else text
        for space in reversed(list(re.finditer(r"\s+", head))[:6]):
            rest = head[: space.start()].rstrip(":")  # "제목: 신문"
            yield Stem(rest, letters(rest), "tail")
    yield from _middles(text, cuts)
    kickers = [cut for cut in _KICKER_CUT.finditer(text) if not _within(cut, quoted)]
    yield from _without_heads(text, cuts, kickers, house, sections)


def _without_heads(
    text: str,
    cuts: Sequence[re.Match[str]],
    kickers: Sequence[re.Match[str]],
    house: HouseNames,
    sections: Collection[str],
) -> Iterator[Stem]:
    for cut in (*cuts[:2], *kickers[:1]):
        first, rest = text[: cut.start()].strip(), text[cut.end() :].strip()
        if rest:
            # "Korea: …" is no name of the Korea Herald's.
            named = house.is_held_in(first) if cut in kickers else house.is_house(first)
            belongs = named or letters(first) in sections
            yield Stem(rest, letters(rest), "house" if belongs else "kicker")


def _middles(text: str, cuts: Sequence[re.Match[str]]) -> Iterator[Stem]:
    """Yield what stands between two cuts: "Print view - Headline - Site"."""
    for cut in cuts[1:][-2:]:
        middle = text[cuts[0].end() : cut.start()].strip()
        if middle:
            yield Stem(middle, letters(middle), "kicker")


def _without_tails(
    text: str, cuts: Sequence[re.Match[str]], house: HouseNames, sections: Collection[str]
) -> Iterator[Stem]:
    belongs, named = True, ""  # the separator in front of the outlet's name
    end = len(text)
    for cut in reversed(cuts):
        piece, rest = text[cut.end() : end].strip(), text[: cut.start()].strip()
        end = cut.start()
        if not rest:
            continue
        if house.is_house(piece) or (not named and _is_site_name(piece, rest)):
            named = cut[0].strip()
            belongs = belongs or len(text) - cut.end() < _LONGEST_TAIL
        elif not (letters(piece) in sections or _is_credit(piece)):
            belongs = belongs and named == cut[0].strip() and _is_section(piece, rest)
        yield Stem(rest, letters(rest), "house" if belongs else "tail")
        match = _BRACKETED_TAIL.search(rest)
        if match and match.start() > 0:
            bare = rest[: match.start()].strip()
            page = belongs and (_PAGE.fullmatch(match[1]) or house.is_house(match[1]))
            yield Stem(bare, letters(bare), "house" if page else "tail")
        headless = _BRACKETED_HEAD.sub("", rest)
        if headless and headless != rest:
            yield Stem(headless, letters(headless), "tail")


def _is_site_name(piece: str, rest: str) -> bool:
    """Tell whether a last part reads like a site's name, and what is left like a headline."""
    return len(piece) <= 30 and len(rest) > len(piece) and SITE_NAME.search(piece) is not None


def _is_credit(piece: str) -> bool:
    """Tell whether a part is a page's number or the agency that a headline came from."""
    agency = len(piece) <= _LONGEST_AGENCY and agency_id(piece)
    return bool(agency or _PAGE.fullmatch(piece))


def _is_section(piece: str, rest: str) -> bool:
    """Tell whether a part in front of the outlet's name is short enough for a section's name."""
    longest = _LONGEST_SECTION[_EAST_ASIAN.search(piece) is not None]
    return len(letters(piece)) <= longest and len(rest) > 2 * len(piece)


def _quoted(text: str) -> list[tuple[int, int]]:
    """Return the spans between quotes that open and close."""
    spans: list[tuple[int, int]] = []
    if _QUOTES.keys().isdisjoint(text):
        return spans
    start, closing = -1, ""
    for at, char in enumerate(text):
        if closing:
            if char == closing:
                spans.append((start, at))
                closing = ""
        elif char in _QUOTES:
            start, closing = at, _QUOTES[char]
    return spans


def _within(cut: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < cut.start() < end for start, end in spans)
