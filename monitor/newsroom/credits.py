"""Wordings of lines that are no part of a story, as parts of regular expressions.

What leads to other stories, whose the text is, who made it, whose the picture is. The words stand
in credits.toml. `LEADS`, `RIGHTS`, `MAKERS` and `CAPTION_START` belong to the start of a line,
`CAPTION_END` to its end, `RIGHTS_INSIDE` anywhere; all but `SIGNED` and `CAPTION_*` are written for
lines in lower case.
"""

import re

from monitor.newsroom.word_lists import any_of, table, words_of

_WORDS = table("credits")


def _shapes(kind: str) -> str:
    return "|".join(words_of(_WORDS[kind]))


def _any(kind: str, *languages: str) -> str:
    return any_of(words_of(_WORDS[kind], *languages))


LEADS = _shapes("leads")
RIGHTS = _shapes("rights")
RIGHTS_INSIDE = _shapes("rights_anywhere")
MAKERS = "|".join(
    (
        _shapes("makers"),
        rf"(?:{_any('sources')})s?\s*[:：]",
        rf"(?:{_any('tasks', 'zh')})\s*[:：/／|｜丨]",
        rf"(?:{_any('tasks', 'ko')})\s*[:：/=]",
        rf"(?:{_any('tasks', 'ja')})\s*[:：=＝/／・]",
    )
)
# Told by the capital of the name: the only wording whose case counts.
SIGNED = rf"(?:{_any('signed')})\s+(?-i:[A-ZÀ-Þ])[^.!?]{{2,60}}$"
_LATIN = ("en", "de", "fr", "es", "it", "pl", "ru")
CAPTION_START = "|".join(
    (
        rf"(?:{_any('captions', *_LATIN)})"
        r"(?:\s+(?:by|via|von|credit|courtesy|source)\b|s?\s*[:：/©=|])",
        r"(?:photos?\s*)?©",
        # 图, 配图, 資料圖片, 封面图 …
        r"[一-鿿]{0,4}[图圖]片?\s*[:：/／|｜丨]",
        rf"(?:{_any('captions', 'ja')})\s*[:：/／＝=]",
        rf"(?:{_any('captions', 'ko')})\s*[=＝:：ㅣ|/]\s*\S",
    )
)
CAPTION_END = "|".join(
    (
        rf"[(（\[][^()（）\[\]]{{0,60}}\b(?:{_any('pictured', 'en')})\b"
        r"[^()（）\[\]]{0,60}[)）\]]\s*+$",
        rf"(?-i:[\s/|](?:©|{_any('picture_houses', 'en')})(?:/[\w .&-]++)?\s*+$)",
        rf"[（(\[][^（）()]{{0,40}}(?:{_any('pictured', 'zh')})[^（）()]{{0,30}}[)）\]]\s*。?$",
        rf"[(\[（][^()]{{0,30}}(?:{_any('pictured', 'ko')})[^()]{{0,30}}[)\]）]\s*+$",
        rf"[=/]\s*(?:{_any('picture_houses', 'ko')})\s*+$",
        rf"[（(＝=][^（）()]{{0,30}}(?:{_any('pictured', 'ja')})[^（）()]{{0,20}}[)）]?\s*+$",
        _shapes("caption_ends"),
    )
)
# How such lines begin, in lower case, after punctuation; no other line is tried.
_TAIL_BEGINS = re.compile(
    r"\W*(?:end\b|copy|all rights|related|read|see|more|저작권|무단|관련|[相延関责責编編版無])"
    r"|[^\w]*[©ⓒ▶☞]"
)
_TAIL = re.compile(
    rf"[^\w©ⓒ]*(?:end\W*$|ⓒ|저작권자|{RIGHTS}|{RIGHTS_INSIDE}|{LEADS}"
    rf"|(?:{_any('tasks', 'zh')})\s*[:：])|[▶☞]"
)


def is_tail(line: str) -> bool:
    """Tell whether a line at the end of a text is no part of it: rights, editors, other stories."""
    lowered = line.strip().lower()
    return _TAIL_BEGINS.match(lowered) is not None and _TAIL.match(lowered) is not None
