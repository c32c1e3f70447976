"""The first and the last lines of an article.

Above the text stand kickers and bylines, which are none of it. Below it stand headings of lists
that were dropped, urls, and a line or two about the author.
"""

import re
from collections.abc import Sequence

from monitor.articles.body.author_notes import (
    is_biography,
    is_card,
    names_maker,
    opens_biography,
    tells_where_filed,
)
from monitor.articles.body.class_hints import HEADING, LIST, POST, QUOTE, TABLE
from monitor.articles.body.date_lines import is_dated, is_filed_day, is_stamped, without_day
from monitor.articles.body.furniture import (
    ends_sentence,
    is_address,
    is_moment,
    is_note,
    leads_to_urls,
)
from monitor.articles.body.repeats import Line
from monitor.newsroom.reporters import reporters_in, signed_by
from monitor.text import letters

_SHORTEST_NAME = 4  # bytes
_LONGEST_SIGNATURE = 40  # characters of a reporter's line
_HEAD = 3  # lines down to the first paragraph
_SPEAKERS = ("]", "】", ":", "：", ">", "〉", "》", ")")
_WHOLE_SENTENCE = 60  # bytes
_FEWEST_LETTERS = 2
# "Facebook | Print | Mail"
_MENU = re.compile(r"[^|.!?]{2,24}(?:\s\|\s[^|.!?]{2,24}){2,12}")
_LONGEST_BRACKETS = (90, 12)  # bytes of a line in brackets, East Asian and Latin
_LATIN = re.compile("[A-Za-z]{3}")
_LONGEST_CREDIT = 60  # characters
_LONGEST_MARK = (24, 5)  # bytes of a last line that says nothing, East Asian and Latin
_LONGEST_NOTE = 300  # characters of a paragraph that says whom to write to
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]+\.\w")
_HASHTAGS = re.compile(r"(?:[#＃][^\s#＃]+\s*)+")
# Outlets set notes of their own so, whatever they say.
_ANGLED = re.compile(r"[<〈＜][^<>〈〉＜＞]{2,200}[>〉＞]")
_BRACKETS = re.compile(r"[（(［\[【][^（）()［］\[\]【】]*[）)］\]】]\W*\d*")
_CREDIT = re.compile(r"[^\W\d]{2,12}\s?[:：]\s?[^\W\d][\w.·、]{0,30}+(?: [A-Z][\w.]{0,30}+){0,4}")
# As offices print above a release: "發布單位：秘書室", "조회수: 1,234".
_FORM_FIELD = re.compile(r"[^\W\d]{2,12}\s?[:：]\s?[^\s.!?。！？]{1,20}")
_BETWEEN = re.compile(r"[\s|／/]\s?(?=[^\W\d]{2,12}\s?[:：])")
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}\W*$")
_BELOW = 2  # blocks from the headline to the phrase below it
_FEWEST_WORDS = 5
_LABEL = (20, 25)  # bytes; six characters of Chinese, Japanese or Korean, or a few Latin words


def trim(
    lines: list[Line],
    authors: Sequence[str],
    labels: Sequence[str],
    title: str,
    headline: int,
    language: str,
) -> list[Line]:
    """Return the lines without what hangs on at either end.

    Args:
        authors: names of those who wrote the text.
        labels: the page's section and its times as printed.
        title: the headline, and `headline` the number of its block, -1 where it is not printed; a
            phrase set as a heading right below it stays.
        language: ISO 639-1 code of the text; says how its reporters sign.
    """
    known = {letters(label) for label in labels if label}
    names = _keys(authors)
    first, last = 0, len(lines) - 1
    while (
        first < last
        and not _is_deck(lines[first], title, headline)
        and (_precedes(lines[first], headline) or _is_above(lines, first, names, known, language))
    ):
        first += 1
    first = _below_card(lines, first, last)
    below_deck = [
        line
        for line in lines[first + 1 : min(first + 1 + _HEAD, last)]
        if _is_byline(line.text, names, language)
    ]
    last = _before_writer(lines, first, last, authors)
    while last > first and _is_below(lines[last], names, language, last - first > 3):
        last -= 1
    for at in range(max(first, last - 3), last + 1):
        if lines[at].mark & HEADING and not any(map(_says, lines[at : last + 1])):
            last = at - 1
            break
    return [line for line in lines[first : last + 1] if line not in below_deck]


def _below_card(lines: Sequence[Line], first: int, last: int) -> int:
    """Return the first line below one that says who the writer is, whose name stands above it."""
    for at in range(max(first - 1, 0), min(first + 2, last - 1)):
        name = lines[at].text
        # A story on somebody may begin so too, but names them again, or has them as a heading.
        if not lines[at].mark & HEADING and is_card(name, lines[at + 1].text):
            again = any(name.split()[-1] in line.text for line in lines[at + 2 :])
            return first if again else at + 2
    return first


def _is_byline(text: str, names: Sequence[str], language: str) -> bool:
    """Tell whether a line says who wrote the text, perhaps with a day, and little more."""
    return any(
        _signs(words, names) or names_maker(words) or _is_reporters_line(words, language)
        for words in (text, without_day(text))
    )


def _before_writer(lines: Sequence[Line], first: int, last: int, authors: Sequence[str]) -> int:
    """Return the last line before one that is a writer's name, below which stands who that is."""
    whole = {letters(name) for name in authors}
    for at in range(max(first + 1, last - 2), last):
        if letters(lines[at].text) in whole and not lines[at].mark & LIST:
            return at - 1
    return last


def _precedes(line: Line, headline: int) -> bool:
    """Tell whether a line that is no prose stands above the headline: a path, a kicker."""
    return line.block.number < headline and not line.prose


def _is_above(
    lines: Sequence[Line], at: int, names: Sequence[str], known: set[str], language: str
) -> bool:
    """Tell whether a first line is a kicker, a byline, a date line or a label."""
    line = lines[at]
    return (
        _is_loose(line)
        or _signs(line.text, names)
        or _is_name(line)
        or letters(line.text) in known
        or is_moment(line.text)
        or names_maker(line.text)
        or is_dated(line)
        or is_stamped(line)
        or (not line.text.isascii() and _FORM_FIELD.fullmatch(line.text) is not None)
        or _is_label(line, lines[at + 1 :])
        or _is_reporters_line(line.text, language)
    )


def _is_deck(line: Line, title: str, headline: int) -> bool:
    """Tell whether a first line is a phrase set as a heading right below the headline."""
    if headline < 0 or not line.mark & HEADING or not 0 < line.block.number - headline <= _BELOW:
        return False
    words = len(line.text.split()) if line.text.isascii() else len(line.text.encode()) // 6
    told = letters(line.text) in letters(title)
    return words >= _FEWEST_WORDS and line.block.linked == 0 and not told


def _is_below(line: Line, names: Sequence[str], language: str, long: bool) -> bool:
    """Tell whether a last line is a link, a url or who wrote it; `long` is the text."""
    return (
        _is_loose(line)
        or is_address(line.text)
        or (leads_to_urls(line.text) and not (line.prose or line.mark & (LIST | POST | TABLE)))
        or _is_end_mark(line)
        or is_note(line.text)
        or is_filed_day(line)
        or _signs(line.text, names)
        or _is_reporters_line(line.text, language)
        or (long and (is_biography(line.text, names) or tells_where_filed(line.text)))
    )


def _is_loose(line: Line) -> bool:
    """Tell whether a line at an end is a heading without text or a link."""
    if line.prose:
        return False
    if line.mark & HEADING:
        return not (_says(line) or line.mark & POST)
    return line.block.linked > 0.3 and not line.mark & POST


def _says(line: Line) -> bool:
    """Tell whether a line is prose, or a heading that is a whole sentence."""
    size = len(line.text.encode("utf-8", "replace"))
    return line.prose or (size >= _WHOLE_SENTENCE and ends_sentence(line.text))


def _signs(text: str, names: Sequence[str]) -> bool:
    """Tell whether a line is little more than an author's name."""
    if len(text) > 90 or ends_sentence(text):
        return False
    text = letters(text)
    return any(name in text and len(text) < 3 * len(name) for name in names)


def without_writers(paragraphs: Sequence[str], authors: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs without lines that only tell who wrote them.

    One with their names stands first, or below the standfirst, one on who they are last.
    """
    names = [name for author in authors if len(name := letters(author)) > 2]
    found = [at for at in range(2) if len(paragraphs) > at + 1 and _signs(paragraphs[at], names)]
    kept = [line for at, line in enumerate(paragraphs) if at not in found[:1]]
    while len(kept) > 1 and opens_biography(kept[-1], _keys(authors)):
        kept.pop()
    return tuple(kept)


def _keys(authors: Sequence[str]) -> list[str]:
    """Return the letters of the authors' names, of those that are no mere initials."""
    return [key for name in authors if len((key := letters(name)).encode()) > _SHORTEST_NAME]


def _is_reporters_line(text: str, language: str) -> bool:
    """Tell whether a line names a reporter, as East Asian outlets do, and says little more."""
    if text.isascii() or len(text) > _LONGEST_SIGNATURE or ends_sentence(text):
        return False
    names = signed_by([text], language) or tuple(reporters_in(text, language))
    return bool(names) and len(text) < 3 * sum(map(len, names)) + 8


def _is_name(line: Line) -> bool:
    """Tell whether a first line, all in bold, is two to four capitalised words: a byline."""
    words = line.text.replace("/", " ").split()
    return (
        line.block.bold > 0.9
        and 2 <= len(words) <= 4
        and all(word[0].isupper() and word.isalpha() for word in words)
    )


def _is_label(line: Line, following: Sequence[Line]) -> bool:
    """Tell whether a first line is a word or two above a whole paragraph: a section's name.

    What opens a transcript ("[앵커]", "Q:") is a speaker's and stays.
    """
    return (
        not (line.prose or line.mark & POST)
        and any(other.prose for other in following[:_HEAD])
        and not _speaks(line.text, following)
        and len(line.text.split()) <= 4
        and len(line.text.encode("utf-8", "replace")) <= _LABEL[line.text.isascii()]
        and not ends_sentence(line.text)
    )


def _speaks(text: str, following: Sequence[Line]) -> bool:
    """Tell whether a line is a speaker's label; in brackets it is one of several."""
    if text[-1:] in _SPEAKERS and _BRACKETS.fullmatch(text):
        return any(_BRACKETS.fullmatch(line.text) for line in following if not line.prose)
    return text[-1:] in _SPEAKERS


def _is_end_mark(line: Line) -> bool:
    """Tell whether a last line is no text by its shape: mark, hashtags, desk, credit or clock.

    Items of lists and rows of tables are as short.
    """
    text = line.text
    if not text.strip("_ "):
        return False  # how AP sets a section break
    if len(letters(text)) < _FEWEST_LETTERS or _HASHTAGS.fullmatch(text) or _MENU.fullmatch(text):
        return True
    if _ANGLED.fullmatch(text):
        return True
    if "@" in text and len(text) <= _LONGEST_NOTE and _MAIL.search(text):
        return True
    if line.prose or line.mark & (LIST | TABLE | QUOTE) or ends_sentence(text):
        return False
    size = len(text.encode("utf-8", "replace"))
    # In Latin letters it may be where a quotation is from.
    longest = _LONGEST_BRACKETS[_LATIN.search(text) is not None]
    bracketed = size <= longest and _BRACKETS.fullmatch(text) is not None
    return bracketed or size <= _LONGEST_MARK[text.isascii()] or _is_credit(text)


def _is_credit(text: str) -> bool:
    """Tell whether a line is made of labels with a name behind each, or holds a clock."""
    if len(text) > _LONGEST_CREDIT:
        return False
    return bool(_CLOCK.search(text)) or all(map(_CREDIT.fullmatch, _BETWEEN.split(text)))
