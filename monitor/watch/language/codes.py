"""Languages and sides as files write them, and what people type for them."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator

from monitor.tomlfile import nearest
from monitor.tomlfile.validation import Wrong

NAME_LANGUAGES = ("en", "zh-Hans", "zh-Hant", "zh", "ko", "ja")  # of names and titles
RULE_LANGUAGES = ("en", "ko", "zh", "ja")  # of stories
SIDES = ("CN", "KR", "KP", "US", "JP", "RU", "TW", "UN")

# Codes of countries and of other standards that people type for one of ours.
_LANGUAGE_MEANT = {
    "kr": "ko", "kp": "ko", "kor": "ko", "ko-kr": "ko", "ko-kp": "ko", "hangul": "ko",
    "cn": "zh", "ch": "zh", "chi": "zh", "zho": "zh", "tw": "zh", "hk": "zh", "sg": "zh",
    "zh-cn": "zh", "zh-sg": "zh", "zh-tw": "zh", "zh-hk": "zh", "zh-hans": "zh", "zh-hant": "zh",
    "jp": "ja", "jpn": "ja", "ja-jp": "ja", "eng": "en", "us": "en", "uk": "en", "gb": "en",
    "en-us": "en", "en-gb": "en",
}  # fmt: skip
_NAME_LANGUAGE_MEANT = {
    "cn": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans",
    "tw": "zh-Hant", "hk": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hant": "zh-Hant",
}  # fmt: skip
_SIDE_MEANT = {
    "NK": "KP", "DPRK": "KP", "PRK": "KP", "SK": "KR", "ROK": "KR", "KOR": "KR", "PRC": "CN",
    "CHN": "CN", "ROC": "TW", "TWN": "TW", "USA": "US", "JPN": "JP", "JAP": "JP", "RUS": "RU",
}  # fmt: skip


def language_meant(code: str) -> str:
    """Return the language of stories that a code such as "kr" or "zh-CN" means, or ""."""
    folded = code.lower().replace("_", "-")
    return folded if folded in RULE_LANGUAGES else _LANGUAGE_MEANT.get(folded, "")


def side_meant(code: str) -> str:
    """Return the side that "nk", "ROK" or "cn" means, or ""."""
    upper = code.upper()
    return upper if upper in SIDES else _SIDE_MEANT.get(upper, "")


def _hint(meant: str, written: str, known: Iterable[str]) -> str:
    if meant:
        return f'did you mean "{meant}"?'
    return nearest(written, known) or f"one of {', '.join(known)}"


def _side(code: str) -> str:
    if code and code not in SIDES:
        raise Wrong(f'unknown side "{code}"', _hint(side_meant(code), code, SIDES))
    return code


def _rule_language(code: str) -> str:
    if code not in RULE_LANGUAGES:
        hint = _hint(language_meant(code), code, RULE_LANGUAGES)
        raise Wrong(f'unknown language "{code}"', hint)
    return code


def _by_language(names: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    for code in names:
        if code not in NAME_LANGUAGES:
            meant = _NAME_LANGUAGE_MEANT.get(code.lower()) or language_meant(code)
            raise Wrong(f'unknown language "{code}"', _hint(meant, code, NAME_LANGUAGES))
    return names


Side = Annotated[str, AfterValidator(_side)]
RuleLanguage = Annotated[str, AfterValidator(_rule_language)]
Names = Annotated[Mapping[str, tuple[str, ...]], AfterValidator(_by_language)]
