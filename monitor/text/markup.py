"""Plain text out of the scraps of HTML that feeds carry, and scripts of pages.

A title becomes one line: tags go, entities are resolved as often as the outlet escaped them (twice
is common). A summary or content becomes paragraphs, one a line: block elements and <br> end a
paragraph, scripts, styles and pictures say nothing. Text that merely holds a "<" ("KOSPI < 2,400")
is left alone: only HTML element names, and those with a hyphen or prefix of their own (`amp-img`,
`o:p`), count as tags.

Nothing is sanitised, because nothing but text leaves this module.
"""

import html
import re

from monitor import charset
from monitor.text.cleaning import one_line

_LONGEST = 400_000  # characters of one summary or content that are looked at
_LONGEST_TITLE = 4_000
_BREAKING = (
    "address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h1|h2|h3|h4|h5|h6|header|hr|li|main|nav|ol|p|pre|section|table|td|tfoot|th|thead|"
    "tr|ul"
)
_WITHIN = (
    "a|abbr|acronym|audio|b|big|body|button|cite|code|del|dfn|em|embed|font|html|i|img|input|ins|"
    "kbd|label|link|map|mark|meta|object|option|param|picture|q|rp|rt|ruby|s|samp|small|source|"
    "span|strike|strong|sub|summary|sup|tbody|time|title|tt|u|var|video|wbr"
)
_UNREAD = "script|style|noscript|template|iframe|svg|textarea|select"
_OF_ITS_OWN = r"[a-z][a-z0-9]*[:-][a-z][\w-]*"
_REST = r"(?:[\s/][^<>]*)?/?>"
_TAG = re.compile(rf"</?(?:{_BREAKING}|{_WITHIN}|{_UNREAD}|{_OF_ITS_OWN}){_REST}", re.I)
_BREAK = re.compile(rf"</?(?:{_BREAKING}){_REST}", re.I)
_SILENT = re.compile(rf"<({_UNREAD})\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S)
# Where words would be lost: only what is closed, and only what is never read.
_CODE = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.I | re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>", re.S)
# What stands for a tag, by its name as most write it; a table takes a third of the patterns' time.
_ANY_TAG = re.compile(r"<(/?[^\s/<>]+)(?:[\s/][^<>]*)?>")
_INSTEAD = {
    mark + name: instead
    for names, instead in ((_BREAKING, "\0"), (_WITHIN, ""))
    for name in names.split("|")
    for mark in ("", "/")
}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def title(markup: str) -> str:
    """Return a headline as one clean line, "" if there is none."""
    text = _untagged(charset.unscrambled(markup[:_LONGEST_TITLE]))
    if "&" in text:
        # Escaped twice: what was text now reads as markup, "&amp;lt;b&amp;gt;" in the feed.
        text = _untagged(_resolve(text))
    return one_line(text)


def _untagged(text: str) -> str:
    if "<" not in text or not _TAG.search(text):
        return text
    return _TAG.sub("", _BREAK.sub(" ", _COMMENT.sub(" ", _CODE.sub(" ", text))))


def paragraphs(markup: str) -> tuple[str, ...]:
    """Return the paragraphs of an HTML fragment or plain text, each one line, none empty."""
    text = charset.unscrambled(markup[:_LONGEST])
    if "<" in text or "&lt;" in text:
        # White space in HTML, newlines too, is one space; only elements break lines.
        text = (_broken_by_elements(text) or _broken_by_patterns(text)).replace("\0", "\n")
    if "&" in text:
        text = _resolve(text)
        if "</" in text:  # escaped more than once
            text = _CODE.sub(" ", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple([line for part in text.split("\n") if (line := one_line(part))])


def _broken_by_elements(markup: str) -> str:
    """Return markup as one line without tags, a NUL where an element ends a paragraph.

    "" where anything in it is no tag, says nothing, or is written otherwise than by most.
    """
    pieces = _ANY_TAG.split(one_line(markup.replace("\0", " ")))  # text, name, text, name, …
    try:
        pieces[1::2] = [_INSTEAD[name] for name in pieces[1::2]]
    except KeyError:
        return ""
    text = "".join(pieces)
    return "" if len(pieces) == 1 or "<" in text or "]]>" in markup else text


def _broken_by_patterns(text: str) -> str:
    """Do the same for any markup; what holds no tag keeps its lines."""
    marked = _TAG.search(text)
    if not marked and "&lt;" in text:
        text = html.unescape(text)  # escaped once more than it should be
        marked = _TAG.search(text)
    if not marked:
        return text.replace("\0", "")
    text = _COMMENT.sub(" ", _SILENT.sub("\n", text))
    return _TAG.sub("", _BREAK.sub("\0", one_line(text.replace("\0", " "))))


def _resolve(text: str) -> str:
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text
