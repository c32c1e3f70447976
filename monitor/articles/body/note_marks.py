"""Numbers of footnotes in a text: small raised figures that belong to no word."""

import re

from selectolax.lexbor import LexborNode

_MARK = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,4}\)?|[a-z]|[*†‡§¶]{1,3}")
_LONGEST = 12  # characters
_ENDS = frozenset(".,;:!?…\"'”’»)。！？，、」』）")


def is_note_mark(raised: LexborNode, before: str) -> bool:
    """Tell whether a raised element is the number of a footnote, which layout alone sets apart.

    "km²", "10⁶" and "1ᵉʳ" are none: there it stands behind a letter or a figure and leads nowhere.
    A number in brackets can be told from the text without its layout, and stays.

    Args:
        before: the text that it stands behind.
    """
    text = raised.text(deep=True)[: _LONGEST + 1].strip()
    if not text or len(text) > _LONGEST or _MARK.fullmatch(text) is None:
        return False
    if not text.isalnum() or before.rstrip()[-1:] in _ENDS:
        return True
    around = raised.parent
    alone = around is not None and around.tag == "a" and around.text(deep=True).strip() == text
    return alone or raised.css_first("a") is not None
