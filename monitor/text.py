"""Plain-text rules shared by several rooms: cleaning, scripts, and what language a text is in.

What comes from the web is hostile. `clean` removes what a terminal, a mail client or a reader's eye
could be fooled with (C0 and C1 controls, bidirectional overrides and isolates, interlinear marks,
unpaired surrogates) and keeps everything that carries meaning, among it the zero-width joiner
between emoji and the soft line structure of a text.
"""

import re

# Controls except tab and newline; bidi embeddings, overrides and isolates (UAX #9); the
# Arabic-letter and directional marks; line and paragraph separators; BOM and non-characters.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def clean(text: str) -> str:
    """Return `text` without control, bidi and non-characters; newlines and tabs stay."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return `text` cleaned, with every run of white space as one space."""
    return _SPACES.sub(" ", clean(text)).strip()


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
    kana, hangul = len(_KANA.findall(text)), len(_HANGUL.findall(text))
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
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
