"""Removing what a terminal, a mail client or a reader's eye could be fooled with.

Gone are C0 and C1 controls, bidirectional overrides and isolates, interlinear marks and unpaired
surrogates, soft hyphens and zero-width spaces. What carries meaning stays, among it the zero-width
joiner between emoji and the soft line structure of a text.
"""

import re

# Controls except tab and newline; bidi embeddings, overrides and isolates (UAX #9); the
# Arabic-letter and directional marks; what only tells where a word may break; line and
# paragraph separators; BOM and non-characters.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return `text` without control, bidi and non-characters; newlines and tabs stay."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space as one space."""
    # Unprintable is every control, every mark that `clean` drops, and every space but " ".
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", clean(text)).strip()
