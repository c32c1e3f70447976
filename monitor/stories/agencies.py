"""News agencies under one id each, however a language or an outlet spells them.

A dateline names its agency in many ways: "SEOUL, Nov. 23 (Yonhap) --", "(서울=연합뉴스) 김 기자 =",
"新华社北京11月23日电", "【ソウル聯合ニュース】", "(中央社記者首爾23日電)".
"""

import re
from functools import cache, lru_cache

from monitor.stories.lexicon import agency_names

_BRACKETED = re.compile(
    r"[(（\[【［]\s*(?:[^)）\]】］=]{1,20}=\s*-?)?([^)）\]】］=]{2,40})[)）\]】］]"
)


@lru_cache(maxsize=4096)
def agency_id(name: str) -> str:
    """The id of the agency that `name` (an outlet, a credit) is, or "" when it is none."""
    names = agency_names()
    folded = " ".join(name.lower().split())
    return names.get(folded, "") or names.get(re.split(r"[ ,/(（]", folded, maxsplit=1)[0], "")


@cache
def _chinese_start() -> re.Pattern[str]:
    """Han names long enough to be no other word, as they open a Chinese dateline."""
    return re.compile(
        "|".join(name for name in agency_names() if re.fullmatch("[一-鿿]{3,}", name))
    )


def dateline_agency(paragraph: str) -> str:
    """The id of the agency named in the dateline that opens a paragraph, or ""."""
    start = paragraph[:90].lstrip().lower()
    names = agency_names()
    match = _chinese_start().match(start)
    if match is not None:
        return names[match[0]]
    for match in _BRACKETED.finditer(start):
        inner = match[1].strip()
        if inner in names:
            return names[inner]
        for name, agency in names.items():
            if not name.isascii() and (inner.startswith(name) or inner.endswith(name)):
                return agency
    return ""
