"""Lines that name the writer: reporters' lines of East Asian outlets, and "By …".

Korean: "홍길동 기자", "(서울=연합뉴스) 홍길동 기자 =", "[스포츠조선 홍길동 기자]". Chinese:
"記者王小明／台北報導", "（记者 王小明）", "撰文：王小明", "（中央社記者王小明台北30日電）".
Japanese: names in 【】 at the end of the text, "文：山田太郎".

A name is only taken beside such a word and, for Chinese and Korean, when it begins with a family
name, so that "the reporter learned" (记者了解到) is none. Desk editors (责任编辑) are no authors.
The words stand in reporters.toml.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from monitor.newsroom.word_lists import any_of, table, words_of

_LONGEST_LINE = 90  # characters; beyond it only the two ends of a text are looked at
_LONGEST_SIGNATURE = 14  # characters of a line that is one name and its title
_END = 60

_WORDS = table("reporters")


def _any(kind: str, language: str) -> str:
    return any_of(words_of(_WORDS[kind], language))


_HAN = "一-鿿"
_FAMILY = {language: frozenset(names) for language, names in _WORDS["family"].items()}
_NO_NAME_KO = frozenset(_WORDS["no_name"]["ko"])
_NO_NAME_END_KO = tuple(_WORDS["no_name_end"]["ko"])
_NO_NAME_JA = re.compile(_any("no_name", "ja"))

_KO_TITLE = (
    rf"(?:{_any('rank', 'ko')}|\S{{1,4}}전문)?\s?(?:{any_of(_WORDS['title']['behind']['ko'])})"
)
_KO_NAMES = r"(?:^|[\[(<【〈/=\s·,|ㅣ■▶])(?P<names>[가-힣]{2,4}(?:\s?[·,ㆍ/]\s?[가-힣]{2,4}){0,4})"
_ONLY_TITLE_KO = re.compile(_KO_TITLE)
_KO_PLACE = re.compile(r"^[가-힣]{2}/(?=[가-힣]{3}$)")  # "도쿄/홍길동 특파원"
_KO_BOUNDARY = r"(?=$|[\s\])>】〉〕=/,·(:：|ㅣ]|[A-Za-z])"
_KOREAN = re.compile(rf"{_KO_NAMES}\s?{_KO_TITLE}{_KO_BOUNDARY}")
# "[홍길동 MBN스타 기자]": the outlet stands between name and title.
_KOREAN_AT = re.compile(rf"{_KO_NAMES}\s[A-Za-z가-힣]{{2,10}}\s{_KO_TITLE}{_KO_BOUNDARY}")
# "(서울=연합뉴스) 홍길동 김철수 기자 =": only here may names be set apart by spaces alone.
_KOREAN_WIRE = re.compile(
    r"[)\]]\s?(?P<names>[가-힣]{2,4}(?:[\s·,ㆍ]+[가-힣]{2,4}){0,4})\s(?:기자|특파원|통신원)\s?="
)
_KOREAN_LABEL = re.compile(r"기자명\s*+[:：]?+\s*+(?P<names>[가-힣]{2,4})(?=$|[\s(,])")
# As few characters as may be: "记者高峰报道" is by 高峰.
_ZH_NAMES = rf"[{_HAN}]{{2,4}}?(?:\s?[、,，&＆和\s/]\s?[{_HAN}]{{2,4}}?){{0,5}}"
_REPORTER = re.compile(
    rf"(?:{any_of(_WORDS['title']['before']['zh'])})\s*+[:：/／丨|｜=＝]?+\s*+(?P<names>{_ZH_NAMES})"
    rf"(?=$|[\s)）】\]／/，,；;（(|]|报道|報導|報道|摄|攝|发自|發自)"
)
_WIRE = re.compile(
    rf"(?:记者|記者)(?P<names>[{_HAN}]{{2,3}}(?:、[{_HAN}]{{2,3}}){{0,4}})"
    rf"[{_HAN}]{{2,4}}(?:\d{{1,2}}日(?:[专專]|[综綜]合外?)?(?:电|電)|{_any('filed', 'zh')}[】）)])"
)
_TAKEN = re.compile(r"\s?[摄攝]")
_LABELLED = re.compile(
    rf"(?:{any_of(words_of(_WORDS['label']))}|(?:^|[（(])文)(?:\s*+[:：/／丨|｜=＝・]|\s)\s*+"
    rf"(?P<names>[{_HAN}々ぁ-ヿ]{{2,8}}(?:\s?[、,，&＆・]\s?[{_HAN}々ぁ-ヿ]{{2,8}}){{0,5}})"
    r"(?=$|[\s)）】\]／/，,；;（(|])"
)
# "作者：王明北京大学教授", "作者王明系北京大学教授": the name runs into where the writer works.
_AFFILIATED = re.compile(
    rf"作者\s?[:：]?\s?(?P<names>[{_HAN}]{{2,3}}?)"
    rf"(?={_any('workplace', 'zh')}|[系为為是])"
)
# "作者：王小明 李红": a space joins names where each begins as one does.
_NEXT_NAME = re.compile(rf"\s([{_HAN}]{{2,3}})(?=\s|$)")
_FILED = re.compile(
    rf"[（(](?P<names>{_ZH_NAMES})[／/][{_HAN}]{{2,8}}(?:{_any('filed', 'zh')})[）)]"
)
# "國際中心／王小明報導"
_DESK = re.compile(
    rf"^[{_HAN}]{{2,8}}[／/](?P<names>[{_HAN}]{{2,3}})(?:[综綜]合)?(?:{_any('filed', 'zh')})$"
)
_JAPANESE = re.compile(
    rf"【(?P<names>[{_HAN}々ぁ-ヿ]{{2,9}}(?:[、・,][{_HAN}々ぁ-ヿ]{{2,9}}){{0,5}})】$"
)
# "【ソウル＝山田太郎】", "【北京山田太郎】", "【北京・山田太郎】": a correspondent's dateline.
_JAPANESE_DATELINE = re.compile(
    rf"^【(?:[^】=＝]{{2,10}}[=＝]|(?:{_any('city', 'ja')})・?)"
    rf"(?P<names>[{_HAN}々]{{2,4}}\s?[{_HAN}々ぁ-ヿ]{{1,4}}(?:、[{_HAN}々ぁ-ヿ\s]{{2,8}}){{0,3}})】"
)
# "（ソウル＝山田太郎）", "（聞き手・山田太郎）" behind the last sentence.
_JAPANESE_FILED = re.compile(
    rf"[（(](?:(?!写真|撮影|画像|提供|資料)[{_HAN}ァ-ヶー]{{2,8}}[=＝]|聞き手[・は]\s?)"
    rf"(?P<names>[{_HAN}々]{{2,4}}\s?[{_HAN}々ぁ-ヿ]{{1,4}})[)）]$"
)
# "ソウル＝山田太郎" in a line of its own, under the headline.
_JAPANESE_POSTED = re.compile(
    rf"^(?:{_any('city', 'ja')})[=＝]"
    rf"(?P<names>[{_HAN}々]{{1,4}}\s?[{_HAN}々ぁ-ヿ]{{1,4}}(?:、[{_HAN}々ぁ-ヿ\s]{{2,8}}){{0,3}})$"
)
# "사진=홍길동 기자", "攝影記者王小明": who took the picture did not write the text.
_PICTURED = re.compile(
    r"(?<![글文字][·・/／,+])"
    rf"(?:(?:{any_of(table('credits')['captions']['ko'])})\s?[=＝:：ㅣ|/]?|[摄攝]影\s?[:：/／]?)\s?$"
)
_NAME_BREAK = re.compile(r"[、,，&＆和\s/·ㆍ・]+")


def signed_by(
    lines: Iterable[str], language: str, *, besides: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the names with which the first signed line of a text is signed.

    Args:
        lines: the page's texts in reading order.
        language: "ko", "zh" or "ja"; any other has no such lines.
        besides: names that are known to be no author's.
    """
    if language not in _READERS:
        return ()
    find, hint = _READERS[language]
    signed: list[str] = []
    for line in lines:
        line = line.strip()
        if len(line) < 4:
            continue
        names: list[str] = []
        if hint.search(line):
            ends = (f"{line[:_END]}…", f"…{line[-_END:]}")  # not an end, nor a beginning
            parts = (line,) if len(line) <= _LONGEST_LINE else ends
            found = ([name for name in find(part) if name not in besides] for part in parts)
            names = next(filter(None, found), [])
        if signed and not names:
            break
        signed += names
        # Only a line that is nothing else may go on in the next one.
        if names and len(line) > _LONGEST_SIGNATURE:
            break
    return tuple(dict.fromkeys(signed))


_BEHIND_BY = re.compile(
    rf"^\s*(?:{any_of(words_of(_WORDS['by']))})\b\s*+[:：]?+\s*+(?P<names>.{{0,120}})$",
    re.IGNORECASE,
)


def behind_by(line: str) -> str | None:
    """Return what stands behind "By" in a short line; "" when nothing does, None without it."""
    match = _BEHIND_BY.match(line) if len(line) <= 140 else None
    return match["names"].strip() if match else None


_BY_INSIDE = re.compile(
    rf"(?:^|[\s|,(])(?:{any_of(words_of(_WORDS['by']))})\b\s*+(?:[:：]\s++|(?<=\s))"
    r"(?P<names>(?-i:[A-ZÀ-Þ])[^|,(\d]{2,60}?)(?=\s+(?-i:in|for|at)\s|[|,(\d]|$)",
    re.IGNORECASE,
)
# Shapes that name the writer only where nothing but a byline can stand, whole lines each.
_PLACED = {
    "ko": (
        re.compile(r"^(?:기자|특파원|글)\s?[:：=]?\s?(?P<names>[가-힣]{2,4})$"),
        re.compile(r"(?:^|\s)(?P<names>[가-힣]{3})\s?(?:기자)?\s?(?:입니다|이었습니다)\.?$"),
        re.compile(r"^(?P<names>[가-힣]{3})$"),
    ),
    "zh": (
        re.compile(
            rf"(?P<names>{_ZH_NAMES})\s?(?:[／/]\s?[{_HAN}]{{2,8}}|[综綜]合)"
            rf"(?:{_any('filed', 'zh')})$"
        ),
        re.compile(
            rf"^(?:{any_of(_WORDS['title']['before']['zh'])})\s?(?P<names>{_ZH_NAMES})"
            rf"(?=$|[／/\s]|(?:{_any('filed', 'zh')})$)"
        ),
        re.compile(rf"^(?P<names>[{_HAN}]{{2,3}})$"),
    ),
    "ja": (
        re.compile(
            rf"(?:^|[・\s])(?P<names>[{_HAN}々]{{1,3}}\s?[{_HAN}々ぁ-ヿ]{{1,4}})\s?(?:記者|支局長|編集委員|論説委員)$"
        ),
        re.compile(
            rf"^(?:{_any('city', 'ja')}|文|聞き手|[{_HAN}]{{2}}委員|[{_HAN}ァ-ヶー]{{1,8}}[部局班])"
            r"(?:\s?[・＝=／]\s?|\s)"
            rf"(?P<names>[{_HAN}々]{{1,3}}\s?[{_HAN}々ぁ-ヿ]{{1,4}})$"
        ),
        # A given name is all kanji or all kana ("記事を読む" is a link), and no label ends so.
        re.compile(
            rf"^(?P<names>[{_HAN}々]{{2}}\s?(?:[{_HAN}々]{{1,3}}|[ぁ-ん]{{2,3}}))"
            r"(?<![部省庁局社課版面欄党会事時集定覧報題説号料載録限表開細索員連目域済際化療境害画声告示刷存稿問答簿])$"
        ),
    ),
}


def names_behind_by(line: str) -> Iterator[str]:
    """Yield what stands behind "by" anywhere in a byline, up to a comma, a place or a date."""
    for match in _BY_INSIDE.finditer(line):
        yield match["names"].strip()


def reporters_in(line: str, language: str) -> Iterator[str]:
    """Yield the names in a line that stands where nothing but a byline can stand."""
    for part in re.split(r"(?<!\s)\s*+[|｜]\s*+", line):
        for pattern in _PLACED.get(language, ()):
            match = pattern.search(part.strip())
            names = _NAME_BREAK.split(match["names"]) if match and language != "ja" else []
            if match and language == "ja" and not _NO_NAME_JA.search(match["names"]):
                names = [match["names"]]
            known = [
                name
                for name in names
                if len(name) >= 2
                and (language == "ja" or name[0] in _FAMILY[language])
                and (language != "ko" or may_be_korean(name))
            ]
            if known:
                yield from known
                return


def may_be_korean(name: str) -> bool:
    """Tell whether a word begins with a family name and is no desk, outlet or title."""
    if name in _NO_NAME_KO or name.endswith(_NO_NAME_END_KO) or _ONLY_TITLE_KO.fullmatch(name):
        return False
    return name[0] in _FAMILY["ko"]


def _in_korean(line: str) -> Iterator[str]:
    for pattern in (_KOREAN_WIRE, _KOREAN_LABEL, _KOREAN, _KOREAN_AT):
        found = [
            name
            for match in pattern.finditer(line)
            if not _PICTURED.search(line, 0, match.start("names"))
            for name in _NAME_BREAK.split(_KO_PLACE.sub("", match["names"]))
            if name and may_be_korean(name)
        ]
        if found:
            yield from found
            return


def _in_chinese(line: str) -> Iterator[str]:
    match = _WIRE.search(line) or _FILED.search(line) or _REPORTER.search(line)
    if match is not None:
        pictured = _PICTURED.search(line, 0, match.start()) or _TAKEN.match(line, match.end())
        if not pictured:
            yield from _chinese(match["names"])
        return
    match = _DESK.search(line) or _AFFILIATED.search(line)
    if match:
        yield from _chinese(match["names"])
        return
    match = _LABELLED.search(line)
    if match:
        yield from (name for name in _NAME_BREAK.split(match["names"]) if len(name) >= 2)
        following = _NEXT_NAME.match(line, match.end())
        while following and following[1][0] in _FAMILY["zh"]:
            yield following[1]
            following = _NEXT_NAME.match(line, following.end())


def _chinese(names: str) -> Iterator[str]:
    """Yield the names that begin with a family name."""
    for name in _NAME_BREAK.split(names):
        if len(name) >= 2 and name[0] in _FAMILY["zh"]:
            yield name


def _in_japanese(line: str) -> Iterator[str]:
    match = (
        _JAPANESE_DATELINE.search(line)
        or _JAPANESE_POSTED.search(line)
        or _JAPANESE.search(line)
        or _JAPANESE_FILED.search(line)
    )
    if match and not _NO_NAME_JA.search(match["names"]):
        yield from re.split("[、・,]", match["names"])
        return
    match = _LABELLED.search(line)
    names = _NAME_BREAK.split(match["names"]) if match else []
    # Behind the writers stand those who took the pictures ("文・山田太郎、写真・鈴木花子").
    yield from takewhile(
        lambda name: not _NO_NAME_JA.search(name), (n for n in names if len(n) > 1)
    )


# How to read a language's lines, and what every signed line of it holds.
_READERS = {
    "ko": (_in_korean, re.compile("기자|특파원|위원|통신원|앵커|PD")),
    "zh": (
        _in_chinese,
        re.compile(
            f"{any_of(_WORDS['title']['before']['zh'])}|{any_of(words_of(_WORDS['label'], 'zh'))}"
            rf"|(?:^|[（(])\s*文|{_any('filed', 'zh')}"
        ),
    ),
    "ja": (
        _in_japanese,
        re.compile(
            r"[【】]|[=＝]\w+[)）]$|聞き手|(?:^|[（(])\s*文|^\w{2,7}[=＝]\w|取材|構成|執筆|筆者|ライター"
        ),
    ),
}
