"""News agencies: which one a text is credited to, and the dateline it opens with.

A dateline is the place, day and agency before the first sentence: "SEOUL, Sept. 30 (Yonhap) --",
"新华社北京9月30日电", "(서울=연합뉴스)", "（中央社記者王小明台北30日電）". The first paragraph
keeps it; the record names it as a field of its own. The agency is the one that the dateline, the
source line or the byline names.
"""

import re
from collections.abc import Iterable

_AGENCIES = {
    "Xinhua": r"Xinhua|新华社|新華社|新华网|신화통신|新華通信",
    "Yonhap": r"Yonhap|연합뉴스|韩联社|韓聯社|聯合ニュース|聯合通訊社",
    "KCNA": r"KCNA|조선중앙통신|朝中社|朝鲜中央通讯社|朝鮮中央通信",
    "Kyodo": r"Kyodo|共同通信|共同社|共同通讯社|교도통신",
    "Jiji": r"Jiji Press|\bJiji\b|時事通信|时事社",
    "China News Service": r"China News Service|\bCNS\b|中新社|中新网|中国新闻社",
    "CNA": r"\bCNA\b|中央社|中央通訊社",
    "Newsis": r"Newsis|뉴시스",
    "News1": r"\bNews1\b|뉴스1",
    "Reuters": r"Reuters|路透社|路透|로이터|ロイター",
    "AFP": r"\bAFP\b|Agence France-Presse|法新社|AFP通信|AFP통신|AFPBB",
    "AP": r"\bAP\b|Associated Press|美联社|美聯社|AP通信|AP통신",
    "TASS": r"\bTASS\b|塔斯社|타스통신|タス通信",
    "dpa": r"\bdpa\b|Deutsche Presse-Agentur",
    "Bloomberg": r"Bloomberg|彭博社?|블룸버그|ブルームバーグ",
    "EFE": r"\bEFE\b|埃菲社",
    "ANSA": r"\bANSA\b",
    "PA": r"\bPA Media\b|Press Association",
    "APA": r"\bAPA\b",
    "SDA": r"\bSDA\b|Keystone-SDA",
    "UPI": r"\bUPI\b|合众国际社",
    "Anadolu": r"Anadolu",
    "PTI": r"\bPTI\b|Press Trust of India",
    "ANI": r"\bANI\b",
    "Antara": r"\bAntara\b",
    "Bernama": r"Bernama",
    "Ritzau": r"Ritzau",
    "NTB": r"\bNTB\b",
    "TT": r"\bTT\b",
}
_ANY = re.compile("|".join(f"(?P<a{n}>{words})" for n, words in enumerate(_AGENCIES.values())))
_NAMES = tuple(_AGENCIES)
_OPENING = 160  # characters of the first paragraph in which a dateline ends

_DATELINES = (
    # SEOUL, Sept. 30 (Yonhap) --; BEIJING (AP) —; WASHINGTON, Sept 30 (Reuters) -
    re.compile(
        r"^(?:[A-Z][\w.'’/ \-]{1,40}(?:, [A-Z][\w.'’/ \-]{1,30}){0,2}?"
        r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:, \d{4})?)?)"
        r"\s?\((?P<agency>[^()]{2,40})\)\s?(?:--|[–—\-:])"
    ),
    # SEOUL, South Korea — ; BEIJING, Sept. 30 --
    re.compile(r"^[A-Z][A-Z.'’ \-]{2,30}(?:, [A-Z][\w.'’ ]{1,30}){0,2}\s?(?:--|[–—])(?=\s)"),
    # 新华社北京9月30日电（记者…）, 中新社北京9月30日电, 人民网北京9月30日电
    re.compile(
        r"^[（(【\[]?(?P<agency>[\u4e00-\u9fff]{2,8}?(?:社|网|報|报|通讯社))"
        r"[^，。、]{1,24}?\d{1,2}日(?:电|電|讯|訊|报道|報導)(?:\s?[（(](?:记者|記者)[^）)]{1,30}[）)])?[）)】\]]?"
    ),
    # （中央社記者王小明台北30日電）, （記者王小明／台北報導）
    re.compile(
        r"^[（(【\[](?P<agency>[\u4e00-\u9fff]{2,6})?(?:记者|記者)[^）)】\]]{2,40}[）)】\]]"
    ),
    # (서울=연합뉴스) 홍길동 기자 =, [서울=뉴시스]홍길동 기자 =
    re.compile(
        r"^[(\[（【][^()\[\]（）【】=]{1,20}=\s?(?P<agency>[^()\[\]（）【】]{2,20})[)\]）】]"
        r"(?:\s?[^=]{2,40}(?:기자|특파원|통신원)\s?=)?"
    ),
    # 【ソウル聯合ニュース】, 【北京共同】, 【北京＝新華社】
    re.compile(r"^【[^】]{2,20}(?:ニュース|共同|時事|ロイター|AFP|[=＝][^】]{2,12})】"),
)


def agency_in(texts: Iterable[str]) -> str:
    """Return the agency that the first of these texts to name one names, or ""."""
    for text in texts:
        match = _ANY.search(text[:400])
        if match and match.lastgroup:
            return _NAMES[int(match.lastgroup[1:])]
    return ""


def dateline_of(paragraph: str) -> str:
    """Return the dateline that a first paragraph opens with, as printed, or ""."""
    opening = paragraph[:_OPENING].strip()
    for pattern in _DATELINES:
        match = pattern.match(opening)
        if match:
            return match[0].strip()
    return ""
