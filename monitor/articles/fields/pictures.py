"""Captions: the words on the picture, and apart from them who took it.

Outlets set the credit after a slash ("… /CFP"), in brackets ("(Reuters)", "[Photo/Xinhua]",
"（共同）"), behind a word ("Photo: Xinhua", "사진=연합뉴스", "圖／路透", "Foto: dpa") or behind
©. What stands in an element of its own is already apart. A credit is short; a tail that reads like
a sentence stays in the caption.
"""

import re

from monitor.newsroom.credits import names_pictures
from monitor.text import one_line

_LONGEST_CREDIT = 80
_EDGES = " |/／–—-[(（【"
_POINTERS = "▲▼△▽↑↓←→■□●◆ "  # towards the picture that the words belong to
_WORD = (
    r"(?:(?:symbol|archiv|datei)?fotos?|photos?|photographs?|photography|pictures?|images?|imagery|credits?|fotos?"
    r"|bild(?:er|rechte|quelle)?|quelle|grafik|crédits?|photo credit|image credit|source|courtesy"
    r"|사진\s?제공|사진\s?출처|사진|이미지|그래픽|출처|영상|图片来源|圖片來源|图源|圖源|图片|圖片|图|圖"
    r"|摄影|攝影|翻攝|資料圖片|写真提供|写真|撮影|提供|画像|来源|來源)"
)
_SLASH = re.compile(r"(?<!\s)\s*+/\s?(?P<credit>[^\s/][^/。]{0,60})\s*+$")
_BRACKETS = re.compile(
    rf"(?<!\s)\s*+[\[(（【]\s*+(?:{_WORD}\s*+[/:：=＝by ]*+\s*+)?"
    r"(?P<credit>[^\[\]()（）【】]{2,60})[\])）】]\.?\s*+$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?:^|[\s.。…!?”\"）)|/／]){_WORD}\s*(?:by\b|[:：=＝／/©]|ⓒ)\s*(?P<credit>[^。:：]{{2,80}})$",
    re.IGNORECASE,
)
_AFTER_SENTENCE = re.compile(
    r"(?<=[.!?”\"])\s+(?P<credit>[A-Z][^.!?]{1,50}/\s?[^.!?]{2,40})$"  # "… quay. Ada Lindqvist/HPA"
)
_SIGN = re.compile(r"(?<!\s)\s*+(?:©|ⓒ|\(c\)|Copyright)\s*+(?P<credit>[^©ⓒ]{2,80})$", re.IGNORECASE)
_PROVIDED = re.compile(
    r"(?<!\s)\s*+[（(](?P<credit>[^（）()]{2,20}?)(?:提供|供图|供圖)[）)].{0,40}$"
)
_TAIL = re.compile(r"[。！？](?P<credit>[^。！？，、]{2,18})$")
_GIVEN_BY = re.compile(r"(?:供[图圖]|[攝摄])(?:\s.*)?$")
_SHOT_BY = re.compile(r"[。\s，、](?P<credit>(?:記者|记者)?[\u4e00-\u9fff]{2,4})[攝摄]\s*$")
_TAKEN_BY = re.compile(r"[、，＝=]\s?(?P<credit>[\u4e00-\u9fff\u3040-\u30ff・]{2,12})撮影\s*$")
_LABEL_HEAD = re.compile(
    rf"^\s*+[\[(（/©ⓒ]*+\s*+(?>{_WORD}\s*+(?:by\b|[:：=＝／/©]|ⓒ)\s*+)?+(?:©|ⓒ)?+\s*+",
    re.IGNORECASE,
)
_AGENCY_PHOTO = re.compile(
    r"(?<!\s)\s*+[(\[]?"
    r"(?P<credit>\b(?:AP|AFP|EPA|UPI|Kyodo|Yonhap|Xinhua|Reuters)\s(?:File )?Photos?"
    r"(?:\s?/\s?[^()\[\]/]{2,60})?)[)\]]?\s*+$"
)
_CREDITS = (
    _AGENCY_PHOTO, _PROVIDED, _LABELLED, _SIGN, _BRACKETS, _AFTER_SENTENCE, _SLASH, _SHOT_BY,
    _TAKEN_BY, _TAIL,
)  # fmt: skip
LABELLED_START = re.compile(
    rf"^\s*+[\[(（]?+\s*+(?:©|ⓒ|\(c\)|{_WORD}\s*(?:by\b|[:：=＝／©]|ⓒ))", re.IGNORECASE
)
_LABEL_ONLY = re.compile(rf"(?<![\s|/(\[（])[\s|/(\[（]*+{_WORD}\s*+[:：=＝]?+\s*+$", re.IGNORECASE)


def split_credit(caption: str, credit: str = "") -> tuple[str, str]:
    """Return caption and credit, each on one line and without the words that introduce them.

    Args:
        caption: as printed, possibly with the credit at its end.
        credit: what the page sets apart as the credit, or "".
    """
    caption, credit = one_line(caption).lstrip(_POINTERS), bare_credit(credit)
    if credit:
        # A credit element inside the caption leaves its words at the end of the caption's text.
        for tail in (credit, f"({credit})", f"/{credit}", f"/ {credit}"):
            caption = caption.removesuffix(tail).rstrip(" |/–—-")
        return _LABEL_ONLY.sub("", caption).strip(), credit
    half = caption[: len(caption) // 2].strip()
    if len(half) > 12 and caption[len(caption) // 2 :].strip() == half:
        caption = half  # once for the eye, once for the screen reader
    for pattern in _CREDITS:
        match = pattern.search(caption)
        if match is None:
            continue
        found = match["credit"].strip()
        unsure = pattern in (_BRACKETS, _SLASH, _TAIL)
        if unsure and not (names_pictures(match[0]) or _is_name(found)):
            continue
        if len(found) > _LONGEST_CREDIT:
            continue
        at = match.start()
        if match[0][0] in '.。…!?！？”"）)' and pattern in (_LABELLED, _SHOT_BY, _TAIL):
            at += 1  # the mark before the label ends the caption
        return caption[:at].strip(_EDGES), bare_credit(_GIVEN_BY.sub("", found))
    return caption, ""


def bare_credit(credit: str) -> str:
    """Return a credit without "Photo:", ©, slashes and brackets around it."""
    text = one_line(credit)
    text = _LABEL_HEAD.sub("", text, count=1)
    text = text.strip(" |/／–—-]】.。")
    if text.count("(") < text.count(")") or text.count("（") < text.count("）"):
        text = text.rstrip(")）")
    half = len(text) // 2
    if len(text) > 8 and text[:half].strip() == text[half:].strip():
        text = text[:half].strip()
    return text[: _LONGEST_CREDIT * 2]


def _is_name(words: str) -> bool:
    """A tail of one to four capitalised words, or of capitals, is a name rather than a remark."""
    parts = words.split()
    return (
        0 < len(parts) <= 4 and all(part[0].isupper() for part in parts) and not words.endswith(".")
    )
