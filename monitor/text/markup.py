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
from monitor.text.cleaning import clean, one_line

_LONGEST = 400_000  # characters of one summary or content that are looked at
_LONGEST_TITLE = 4_000
_NAMES = (
    "a|abbr|acronym|address|article|aside|audio|b|big|blockquote|body|br|button|center|cite|code|"
    "dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|"
    "header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|map|mark|meta|nav|noscript|"
    "object|ol|option|p|param|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|"
    "span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|"
    "time|title|tr|tt|u|ul|var|video|wbr|[a-z][a-z0-9]*[:-][a-z][\\w-]*"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:[\s/][^<>]*)?/?>", re.I)
_SILENT = re.compile(
    r"<(script|style|noscript|template|iframe|svg|textarea|select)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.I | re.S,
)
# Where words would be lost: only what is closed, and only what is never read.
_CODE = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.I | re.S)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>", re.S)
_BREAK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset|figcaption|"
    r"figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|td|tfoot|th|thead|"
    r"tr|ul)(?:[\s/][^<>]*)?/?>",
    re.I,
)
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
        if not _TAG.search(text) and "&lt;" in text:
            text = html.unescape(text)  # escaped once more than it should be
        if _TAG.search(text):
            text = _COMMENT.sub(" ", _SILENT.sub("\n", text))
            # White space in HTML, newlines too, is one space; only elements break lines.
            text = _TAG.sub("", _BREAK.sub("\0", one_line(text.replace("\0", " "))))
            text = text.replace("\0", "\n")
    if "&" in text:
        text = _resolve(text)
        if "</" in text:  # escaped more than once
            text = _CODE.sub(" ", text)
    lines = (one_line(line) for line in clean(text).split("\n"))
    return tuple(line for line in lines if line)


def _resolve(text: str) -> str:
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text
