"""May a hit of a name count where it stands: its borders by script, and the separators inside.

Latin and Korean words have edges of their own (`monitor.text.edges`). A name in katakana must not
begin inside a longer run of katakana, nor a short one end there (マラソン holds the town ラソン); a
short name in Han letters must stand as a word (`han_words`), and only in a language it is listed
for, since 朝方 is the North in Chinese and dawn in Japanese.
"""

import re

from monitor.text import name_edges, word_edges
from monitor.watch.engine.country_letters import ONLY_BEFORE_A_WORD, opens_a_phrase
from monitor.watch.engine.document import Document
from monitor.watch.engine.han_words import stands
from monitor.watch.engine.patterns import Pattern, may_be_printed

FOLLOWING_NAME = re.compile(r"[\s-]+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]+")
# "Foreign Minister Cho Taeyul" holds a full name, known or not; 書記長 is no 書記.
_OTHER_TITLE = re.compile(f"{FOLLOWING_NAME.pattern}|[長长]")
# "North and South Dakota"; of "North and South Korea" each is a country.
_SHARED_NOUN = re.compile(
    r"(?:,| and| or| &)? (?:North|South|East|West)(?:ern)?[ -](?!Korea)[A-Z][a-z]"
)
# A Chinese-born pianist, a Seoul-style breakfast: where somebody is from is no deed of a state.
_ORIGIN = re.compile(
    r"[-‐‑](?:born|bred|raised|educated|inspired|themed|style)\b|식(?![가-힣])|風(?![力速邪雨評潮])"
)
_KANA_OR_HAN = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_HAN = re.compile("[\u3400-\u9fff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc\u31f0-\u31ff]")
_LONG_KANA = 4  # letters from which a katakana name may begin a longer word: サムスン電子
_COUNTRY_LETTERS = frozenset("中韩韓朝美日俄台米露北")
# What goes on for a while, behind which 中 is "during"; and numbers of things, where it is "among".
_GOES_ON = re.compile(
    "(?:회의|회담|협상|협의|교섭|대화|통화|논의|토론|심사|심의|검토|추진|준비|진행|수사|조사|감사|재판|공판|구속|구금|억류|"
    "수감|복역|복무|근무|작업|공사|건설|훈련|연습|시험|시합|경기|대회|수업|강의|강연|연설|발표|유세|집회|시위|농성|"
    "파업|단식|운항|항해|운행|운전|주행|이동|여행|출장|휴가|관광|순방|방문|체류|공연|방송|중계|촬영|녹화|치료|수술|"
    "입원|투병|임신|식사|산책|등산|수영|도주|도피|추격|압송|이송|탈출|탈북|전투|교전|전쟁|선거|투표|개표|행사|축제|만찬|"
    "오찬|국감|질의|청문회|기간|임기|재임|하루|평생|일생|이번 주|"
    "\\d(?:명|개|곳|건|대|척|년|월|일|마리))$"
)
_AMONG = re.compile(r"\s*(?:\d+(?:명|개|곳|건|척|마리)|하나|절반|상당수)")
_LONGEST_NOUN = 8  # letters before 中 that are looked at
# 会長, 会社, 会员 are no meetings; 会談, 会晤 and a bare 会 are.
_MEETING = re.compile(r"[会會](?![长長社员員计計费費场場馆館所堂])")
_WITH_ANOTHER = re.compile(f"[・·･]?[\u3400-\u9fff]{_MEETING.pattern}")  # 习李会, 習・李会談
_ANOTHER_WITH = re.compile("(?:^|[^\u3400-\u9fff])[\u3400-\u9fff][・·･]?$")
_LIST_BEFORE, _LIST_AFTER = frozenset("米台越印"), frozenset("台越印泰菲")  # 中韓台, 米中韓
_BRACKETS = {
    "<": ">",
    "(": ")",
    "[": "]",
    "〈": "〉",
    "（": "）",
    "＜": "＞",
    "【": "】",
    "「": "」",
    "《": "》",
}


def may_count(document: Document, start: int, end: int, pattern: Pattern) -> bool:
    """Test a hit on the text as printed: its edges, and the separators inside."""
    text = document.text
    if _ORIGIN.match(text, end) and not pattern.decoy:
        return False
    if (pattern.headline or pattern.leaders) and not (pattern.names or pattern.decoy):
        if _headline_form(document, start, end, pattern):
            return True
        if not pattern.titled:
            return False
    if pattern.titled and not pattern.names and _OTHER_TITLE.match(text, end):
        return False
    if pattern.verbal:
        if not word_edges(text, start, end, pattern.edges):
            return False
    elif not name_edges(
        text, start, end, pattern.edges, prefixes=pattern.prefixed, compounds=pattern.compounds
    ):
        return False
    if pattern.brief and not (pattern.decoy or _stands_alone(document, start, end, pattern)):
        return False
    return may_be_printed(pattern, text[start:end])


def _stands_alone(document: Document, start: int, end: int, pattern: Pattern) -> bool:
    """Does a short name in kana or Han letters stand as a word?"""
    text = document.text
    if _KATAKANA.match(text[start]) and _KATAKANA.match(text[start - 1 : start]):
        return False
    if _KATAKANA.match(text[end - 1]) and _KATAKANA.match(text[end : end + 1]):
        return end - start >= _LONG_KANA
    if _HAN.match(text[start]) or _HAN.match(text[end - 1]):
        if pattern.kind == "region" and _KATAKANA.match(text[start - 1 : start]):
            return False  # クリミア半島
        if pattern.pair and _goes_on_as_a_list(text, start, end):
            return False
        languages = ("zh", "ja", "ko") if pattern.verbal else ("zh", "ja")
        scoped = pattern.scoped and document.language in languages
        if scoped and document.language not in pattern.languages:
            return False
        if pattern.verbal and {text[start], text[start - 1 : start]} <= _COUNTRY_LETTERS:
            return False  # 中韩外长 are of both, not 中 and 韩外长
        return stands(text, start, end, document.language, kind=pattern.kind)
    return True


def _goes_on_as_a_list(text: str, start: int, end: int) -> bool:
    """Is a pair of letters a part of a longer list of countries that is no name of its own?"""
    return text[start - 1 : start] in _LIST_BEFORE or text[end : end + 1] in _LIST_AFTER


def _headline_form(document: Document, start: int, end: int, pattern: Pattern) -> bool:
    """Is this a short form that only headlines use?

    In English "North" with no other capital behind it; a Han letter as its language writes it.
    """
    text = document.text
    if end > document.headline_end:
        return False
    if pattern.edges[0] == "latin":
        return _latin_form(text, start, end, pattern)
    language, leader = document.language, bool(pattern.leaders)
    if text[start] in ONLY_BEFORE_A_WORD:
        return opens_a_phrase(text, start, language)
    if language == "ko":
        return _korean_form(text, start, end)
    if language in ("zh", "ja") and leader and _meets(text, start, end):
        return True
    if pattern.headline and opens_a_phrase(text, start, language):
        return True
    return language == "ja" and _japanese_form(text, start, end, leader=leader)


def _korean_form(text: str, start: int, end: int) -> bool:
    """Does a Han letter or a syllable for a country or president stand alone?

    A letter stands among Hangul (中, 또 …; 北해커), never inside a Han word nor before a digit
    (中2 is a form at school), nor alone in brackets (a part's number). 中 between spaces is
    "during" behind what goes on for a while (회의 中 발언) and "among" behind or before numbers
    (10명 中 3명), unless a quotation follows. A syllable (러 for Russia) is a word of its own: no
    other follows it.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if _KANA_OR_HAN.match(before) or _KANA_OR_HAN.match(after) or after.isdigit():
        return False
    if "가" <= before <= "힣" or _BRACKETS.get(before) == after:
        return False
    if "가" <= text[start] <= "힣" and ("가" <= after <= "힣" or after.isalnum()):
        return False
    if text[start] != "中":
        return True
    if after not in " )" or text[end : end + 2].strip() in ("“", '"', "‘", "'"):
        return True
    noun = text[max(0, start - _LONGEST_NOUN) : start].rstrip()
    return not (_GOES_ON.search(noun) or _AMONG.match(text, end))


def _latin_form(text: str, start: int, end: int, pattern: Pattern) -> bool:
    """Does a capitalised word stand without another behind it?

    In "Kim-Xi summit" the hyphen joins two people; whether the other is one of another side is seen
    to where leaders are counted.
    """
    joined = not pattern.headline and text[end : end + 1] == "-"
    followed = FOLLOWING_NAME.match(text, end) or _SHARED_NOUN.match(text, end)
    alone = text[start].isupper() and (joined or not followed)
    return alone and name_edges(text, start, end, pattern.edges)


def _meets(text: str, start: int, end: int) -> bool:
    """Is a Han letter one of two before a word for a meeting (习李会, 習金会談)?

    Whether both are leaders, of two sides, is seen to where leaders are counted.
    """
    if not _HAN.match(text[start - 1 : start]) and _WITH_ANOTHER.match(text, end):
        return True
    if not _MEETING.match(text, end):
        return False
    return _ANOTHER_WITH.search(text, max(0, start - 3), start) is not None


def _japanese_form(text: str, start: int, end: int, *, leader: bool) -> bool:
    """Does a Han letter stand alone in a Japanese headline, with a particle or comma behind it?

    北が…, 北、… and 「北」 are the North; 北の大地 is Hokkaido, 北が丘 a hill and 北朝鮮 another
    word. A leader is 李氏 as well: whether one of another side is named with him is seen to where
    leaders are counted.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    after_particle = leader and before in ("と", "や")
    if (_KANA_OR_HAN.match(before) and not after_particle) or before.isdigit():
        return False
    if text[start] == "北" and text.startswith(("が丘", "が浜"), end):
        return False  # 北が丘小
    if text[start] == "北" and _BRACKETS.get(before) == after:
        return True
    return after in ("が", "は", "、", "に", "へ", "と", "も") or (leader and after == "氏")
