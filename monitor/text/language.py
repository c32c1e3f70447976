"""What language and script a text is in, by the letters it is written with."""

import re
from functools import cache

from monitor.text.fold_tables import han_tables

# Kana, Han and Hangul as all news use them, for a class of a regular expression.
EAST_ASIAN = "\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3"
# Codes of countries that are written for languages; "kr" is Kanuri, of which no feed is known.
LANGUAGE_OF = {"kr": "ko", "kp": "ko", "cn": "zh", "tw": "zh", "hk": "zh", "jp": "ja"}
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def guess_language(text: str, hint: str = "") -> str:
    """Guess "ko", "ja", "zh" or "en" from the scripts of `text`.

    Kana or Hangul decide even in small shares, since Japanese and Korean texts are full of Han and
    Latin letters. Texts in Latin letters keep a `hint` that is itself written in Latin letters
    ("de", "fr"); a text with no letters keeps any hint.

    Args:
        text: a headline or a whole story; only the first 4,000 characters are looked at.
        hint: the language the feed or page claims, an ISO 639-1 code or "".
    """
    text = text[:4000]
    if text.isascii():
        kana = hangul = han = 0
        latin = 1 if _LATIN.search(text) else 0
    else:
        kana, hangul = _count(_KANA, text), _count(_HANGUL, text)
        han, latin = _count(_HAN, text), _count(_LATIN, text)
    if hangul + kana + han + latin == 0:
        return hint
    # A Latin letter weighs less: one Han character says as much as two or three of them.
    if latin > 4 * (hangul + kana + han):
        return hint if hint and hint not in {"ko", "ja", "zh"} else "en"
    if hangul >= kana and hangul * 5 >= han:
        return "ko"
    if kana * 12 >= han:
        return "ja"
    if hint == "ja" and han < 30:
        return "ja"
    return "zh"


def _count(letters: re.Pattern[str], text: str) -> int:
    return len(letters.findall(text))


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(han_tables()[0]) + "]")


def is_traditional(text: str) -> bool:
    """Tell traditional from simplified Chinese: is one in twenty Han characters traditional?"""
    return len(_traditional().findall(text)) * 20 >= len(text)
