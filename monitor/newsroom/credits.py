"""Wordings of lines that are no part of a story, as parts of regular expressions.

What leads to other stories, whose the text is, who made it, whose the picture is. The words stand
in credits.toml. `LEADS`, `RIGHTS`, `MAKERS` and `CAPTION_START` belong to the start of a line,
`RIGHTS_INSIDE` anywhere; all but `SIGNED` and `CAPTION_START` are written for lines in lower case.
"""

import re

from monitor.newsroom.agencies import spellings
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
_CAPTION_END = "|".join(
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


_CAPTION_STARTS = re.compile(rf"[^\w¿¡<©]{{0,40}}(?:{CAPTION_START})", re.IGNORECASE)
_CAPTION_ENDS = re.compile(_CAPTION_END, re.IGNORECASE)
_CREDIT_MARK = re.compile(r"[(（\[©/|=＝]")
_CREDIT_CUE = re.compile(
    r"[图圖片供摄攝]\s?\S{0,6}$| (?:Getty|AP|AFP|CFP|VCG|EPA|Shu|iS|Yon|Xin|REU)"
)
_POINTER = re.compile(r"[▲△↑]{1,2}\s*\S|▼[^▼]+$")
_LONGEST_CAPTION = 300  # characters
_CAPTION_TAIL = 130  # characters at a line's end in which a picture's credit stands


def is_caption(text: str) -> bool:
    """Tell whether a line reads like a picture's caption or credit."""
    if len(text) >= _LONGEST_CAPTION:
        return False
    if _CAPTION_STARTS.match(text) or _POINTER.match(text):
        return True
    start = max(0, len(text) - _CAPTION_TAIL)
    cue = _CREDIT_MARK.search(text, start) or _CREDIT_CUE.search(text, start)
    return cue is not None and _CAPTION_ENDS.search(text, start) is not None


_PICTURE_WORDS = re.compile(
    "|".join(
        (
            _any("captions"),
            _any("pictured"),
            _any("picture_houses", "ko"),
            rf"\b(?:{_any('picture_houses', 'en')}|{any_of(spellings('en'))})\b",
            any_of(spellings("zh", "ko", "ja")),
        )
    ),
    re.IGNORECASE,
)


def names_pictures(text: str) -> bool:
    """Tell whether a text has a word of pictures, or the name of a house that makes them."""
    return _PICTURE_WORDS.search(text) is not None
