"""May a term start or end at a place in a text? That depends on the script it is written in.

- Latin letters and digits: whole words; a possessive or plural s may follow.
- Hangul: a word starts after anything that is not Hangul (or after a listed prefix such as 대, 전),
  and ends before anything that is not Hangul, or before particles and listed suffixes, at most two
  in a row.
- Han and kana: anywhere. There are no spaces to go by; safety comes from long names, from decoys
  and from the longest match.

Particle and suffix lists are closed sets of Korean grammar and of nouns that form compounds with
names of countries, places and people (notes on 조현병, 왕이, 북한산 taught their limits).
"""

import re
from typing import Literal

Edge = Literal["latin", "hangul", ""]

LATIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") | {
    chr(code) for code in range(0xC0, 0x250) if chr(code).isalnum()
}
_LATIN_GOES_ON = LATIN_LETTERS | {"'", "’"}
_LATIN_TAIL = re.compile(r"(?:['’][sS]|s)?(?![0-9A-Za-z_\u00c0-\u024f])")

_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에게|에겐|에는|에도|에선|엔|와|과|도|만|로|으로|으로는|로는|부터|"
    "까지|보다|처럼|이나|나|라고|이라고|이라는|라는|이며|며|이자|이다|다|인|께|께서|랑|이랑|마저|"
    "조차|밖에|대로|마다|이야|야|든|이든|에게서|한테|로서|으로서|로써|으로써|로부터|으로부터|이란|란|"
    "서|입니다|이었다|였다|이라|라|이고|고|이지만|지만|뿐|들|씨|님|발|행|간|측|군|산|형|호|급|내|외|"
    "판|식|제|계|령|땅|당국|정부|사태|문제|현지|국민|시민|시장|기업|업체|공장|여행|관광|관광객|관광지|"
    "방문|순방|국빈|특사|대사|대사관|총영사|총영사관|영사관|총리|대통령|국가주석|주석|장관|차관|위원장|부위원장|"
    "부장|외교|외교부|외무상|외무성|외교관|대변인|대표|대표단|대표부|사령관|사령부|지도자|지도부|최고지도자|"
    "관계|관계자|회담|정상|정상회담|양국|외교장관|국방|국방부|군사|해군|해경|공군|육군|어선|어민|함정|"
    "미사일|핵|핵실험|도발|체제|정권|주민|노동자|인민|인민군|매체|언론|방송|통신|선수|선수단|팀|"
    "경제|무역|수출|수입|투자|자본|법인|대학|학생|유학생|사회|역사|문화|음식|영화|전문가|연구소|"
    "수역|해역|영해|국경|접경|지역|지방|본토|전역|전체|일대|북부|남부|동부|서부|반도체|"
    "시|도|구|역|항|공항|국제공항|시내|시민들"
)
# What makes a verb of a noun (발사하다, 방중했다) or ends one; for terms, not for names.
_VERBS = "(?:하|했|한|할|해|함|합|된|됐|되|될|돼|됨|시켰|시킨|시킬|시키)[가-힣]{0,4}"
_NAME_TAIL = re.compile(f"(?:{_PARTICLES}){{0,2}}(?![가-힣])")
_WORD_TAIL = re.compile(f"(?:(?:{_PARTICLES}){{0,2}}|(?:{_VERBS}))(?![가-힣])")
_PREFIXES = frozenset("대주방친반탈재혐")
_COUNTER = re.compile(r"\s?(?:\d|일|년|월|명|개|번|분|시간|배|주|곳|건|만|억|日|年|月|个|個|名)")


def _opens_label(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] in "[【<〈"


def _is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def edges_of(term: str) -> tuple[Edge, Edge]:
    """Return the kind of edge that the first and the last character of `term` ask for."""
    return _edge(term[0]), _edge(term[-1])


def _edge(char: str) -> Edge:
    if char in LATIN_LETTERS:
        return "latin"
    return "hangul" if _is_hangul(char) else ""


def word_edges(text: str, start: int, end: int, edges: tuple[Edge, Edge]) -> bool:
    """May text[start:end] be a word or phrase of its own?"""
    left, right = edges
    if left and start:
        before = text[start - 1]
        if before in LATIN_LETTERS if left == "latin" else "가" <= before <= "힣":
            return False
    if not right or end >= len(text):
        return True
    after = text[end]
    if right == "latin":
        return after not in _LATIN_GOES_ON or _LATIN_TAIL.match(text, end) is not None
    return not "가" <= after <= "힣" or _WORD_TAIL.match(text, end) is not None


def name_edges(
    text: str,
    start: int,
    end: int,
    edges: tuple[Edge, Edge],
    *,
    prefixes: bool = False,
    compounds: bool = False,
) -> bool:
    """May text[start:end] be a name?

    As `word_edges`, but verb endings do not follow a Korean name, a name that ends in a digit is
    not followed by a digit or a counter (화성 17일 is a day in Hwaseong). With `prefixes`, for a
    country's name, one syllable such as 대, 반, 친 may stand before a Korean one; with `compounds`,
    for one that begins no other word, any noun behind it (북한인권), but not at the head of a label
    ([북한날씨] is what a series is called).
    """
    left, right = edges
    if left and start:
        before = text[start - 1]
        if left == "latin":
            if before in LATIN_LETTERS:
                return False
        elif "가" <= before <= "힣" and not (
            prefixes and before in _PREFIXES and (start == 1 or not _is_hangul(text[start - 2]))
        ):
            return False
    if not right or end >= len(text):
        return True
    after = text[end]
    if right == "hangul":
        if not "가" <= after <= "힣" or _NAME_TAIL.match(text, end) is not None:
            return True
        return compounds and not _opens_label(text, start)
    if after in _LATIN_GOES_ON and not _LATIN_TAIL.match(text, end):
        return False
    return not (text[end - 1].isdigit() and _COUNTER.match(text, end))
