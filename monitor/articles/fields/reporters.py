"""Lines in which East Asian outlets name the writer, since their pages seldom say it elsewhere.

Korean: "홍길동 기자", "(서울=연합뉴스) 홍길동 기자 =", "[스포츠조선 홍길동 기자]". Chinese:
"記者王小明／台北報導", "（记者 王小明）", "撰文：王小明", "（中央社記者王小明台北30日電）".
Japanese: names in 【】 at the end of the text, "文：山田太郎".

A name is only taken beside such a word and, for Chinese and Korean, when it begins with a family
name, so that "the reporter learned" (记者了解到) is none. Desk editors (责任编辑) are no authors.
"""

import re
from collections.abc import Collection, Iterable, Iterator

_LONGEST_LINE = 90  # characters; beyond it only the two ends of a text are looked at
_END = 60

_HAN = "一-鿿"
_FAMILY = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇"
    "卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾锺汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢"
    "汤湯尹黎易常武乔喬贺賀赖賴龚龔文施洪詹庄莊温溫翁柯裴解章甘游尤游古巫卓简簡连連欧歐阮卞左岳齐齊柳戚华華宁寧闫严嚴祝包辛管"
    "牛涂涂路樊安倪殷凌申向符梅焦霍俞葛莫柴耿盛季麦麥岑伍關关祁蒙丛叢冷景商狄花纪紀舒屈项項鲁魯单單佟官揭艾苗房褚楚窦竇米"
)
_FAMILY_KO = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길"
    "연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부가복태목피두감음빈동온호범좌팽승간상시갈"
)
_NO_NAME_KO = frozenset(
    {"취재", "담당", "본지", "현장", "한국", "당시", "동료", "선임", "전문", "인턴", "객원", "수습"}
    | {"외신", "사진", "영상", "시민", "여성", "편집", "일본", "중국", "미국", "정치부", "사회부"}
    | {"경제부", "국제부", "문화부", "온라인", "스포츠", "연예부", "서울", "기사", "우리"}
)

_KO_TITLE = (
    r"(?:선임|수습|인턴|객원|전문|대학생|\S{1,4}전문)?\s?(?:기자|특파원|논설위원|통신원|앵커|PD)"
)
_KO_NAMES = r"(?:^|[\[(/=\s·|ㅣ■▶])(?P<names>[가-힣]{2,4}(?:\s?[·,ㆍ/]\s?[가-힣]{2,4}){0,4})"
_KO_BOUNDARY = r"(?=$|[\s\])=/,·(:：|ㅣ]|[A-Za-z])"
_KOREAN = re.compile(rf"{_KO_NAMES}\s?{_KO_TITLE}{_KO_BOUNDARY}")
# "[홍길동 MBN스타 기자]": the outlet stands between name and title.
_KOREAN_AT = re.compile(rf"{_KO_NAMES}\s[A-Za-z가-힣]{{2,10}}\s{_KO_TITLE}{_KO_BOUNDARY}")
# "(서울=연합뉴스) 홍길동 김철수 기자 =": only here may names be set apart by spaces alone.
_KOREAN_WIRE = re.compile(
    r"[)\]]\s?(?P<names>[가-힣]{2,4}(?:[\s·,ㆍ]+[가-힣]{2,4}){0,4})\s(?:기자|특파원|통신원)\s?="
)
_KOREAN_LABEL = re.compile(r"기자명\s*[:：]?\s*(?P<names>[가-힣]{2,4})(?=$|[\s(,])")
_ZH_NAMES = rf"[{_HAN}]{{2,4}}(?:\s?[、,，&＆和\s/]\s?[{_HAN}]{{2,4}}){{0,5}}"
_REPORTER = re.compile(
    rf"(?:记者|記者|特派員|特派员|通讯员|通訊員)\s*[:：/／丨|=＝]?\s*(?P<names>{_ZH_NAMES})"
    rf"(?=$|[\s)）】\]／/，,；;（(|]|报道|報導|報道|摄|攝)"
)
_WIRE = re.compile(
    rf"(?:记者|記者)(?P<names>[{_HAN}]{{2,3}}(?:、[{_HAN}]{{2,3}}){{0,4}})"
    rf"[{_HAN}]{{2,4}}\d{{1,2}}日(?:[专專]|[综綜]合外?)?(?:电|電)"
)
_LABELLED = re.compile(
    rf"(?:撰文|撰稿|作者|采写|採訪|采访|執筆|执笔|取材・文|構成|筆者|ライター|^文)\s*[:：/／丨|=＝\s]\s*"
    rf"(?P<names>[{_HAN}々ぁ-ヿ]{{2,8}}(?:\s?[、,，&＆・]\s?[{_HAN}々ぁ-ヿ]{{2,8}}){{0,5}})"
    r"(?=$|[\s)）】\]／/，,；;（(|])"
)
# "作者：王明北京大学教授": the name runs into where the writer works.
_AFFILIATED = re.compile(
    rf"作者\s*[:：]\s*(?P<names>[{_HAN}]{{2,3}}?)"
    r"(?=北京|上海|中国|清华|复旦|南京|武汉|浙江|广东|国家|外交|人民)"
)
_FILED = re.compile(
    rf"[（(](?P<names>{_ZH_NAMES})[／/][{_HAN}]{{2,8}}(?:報導|报道|報道|電|电)[）)]"
)
_JAPANESE = re.compile(
    rf"【(?P<names>[{_HAN}々ぁ-ヿ]{{2,9}}(?:[、・,][{_HAN}々ぁ-ヿ]{{2,9}}){{0,5}})】$"
)
# "【ソウル＝山田太郎】", "【北京山田太郎】": a correspondent's dateline.
_JAPANESE_DATELINE = re.compile(
    r"^【(?:[^】=＝]{2,10}[=＝]|ソウル|釜山|北京|上海|瀋陽|香港|台北|東京|ワシントン|ニューヨーク|モスクワ|ロンドン|パリ)"
    rf"(?P<names>[{_HAN}々]{{2,4}}\s?[{_HAN}々ぁ-ヿ]{{1,4}}(?:、[{_HAN}々ぁ-ヿ\s]{{2,8}}){{0,3}})】"
)
# "ソウル＝山田太郎" in a line of its own, under the headline.
_JAPANESE_POSTED = re.compile(
    r"^(?:ソウル|釜山|平壌|北京|上海|瀋陽|香港|台北|東京|ワシントン|ニューヨーク|モスクワ|ロンドン|パリ)[=＝]"
    rf"(?P<names>[{_HAN}々]{{1,4}}\s?[{_HAN}々ぁ-ヿ]{{1,4}}(?:、[{_HAN}々ぁ-ヿ\s]{{2,8}}){{0,3}})$"
)
_NO_NAME_JA = re.compile(
    "共同|時事|ロイター|新聞|通信|写真|動画|編集|取材|記者|資料|関連|特集|速報|独自|解説|社説|筆者|まとめ|つづく|続|完|画像|提供"
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
    for line in lines:
        if len(line) < 4 or not hint.search(line):
            continue
        line = line.strip()
        parts = (line,) if len(line) <= _LONGEST_LINE else (line[:_END], line[-_END:])
        for part in parts:
            names = tuple(name for name in dict.fromkeys(find(part)) if name not in besides)
            if names:
                return names
    return ()


_BYLINE = re.compile(
    r"^\s*(?:by|von|par|por|door|av|af|text|autor(?:in)?(?:/autor(?:in)?)?|author)\b\s*[:：]?"
    r"\s*(?P<names>.{0,120})$",
    re.IGNORECASE,
)


def behind_by(line: str) -> str | None:
    """Return what stands behind "By" in a short line; "" when nothing does, None without it."""
    match = _BYLINE.match(line) if len(line) <= 140 else None
    return match["names"].strip() if match else None


def _in_korean(line: str) -> Iterator[str]:
    for pattern in (_KOREAN_WIRE, _KOREAN_LABEL, _KOREAN, _KOREAN_AT):
        match = pattern.search(line)
        found = [
            name
            for name in (_NAME_BREAK.split(match["names"]) if match else ())
            if name and name[0] in _FAMILY_KO and name not in _NO_NAME_KO
        ]
        if found:
            yield from found
            return


def _in_chinese(line: str) -> Iterator[str]:
    match = _WIRE.search(line) or _FILED.search(line) or _REPORTER.search(line)
    if match is not None:
        for name in _NAME_BREAK.split(match["names"]):
            if len(name) >= 2 and name[0] in _FAMILY:
                yield name
        return
    match = _AFFILIATED.search(line) or _LABELLED.search(line)
    if match:
        yield from (name for name in _NAME_BREAK.split(match["names"]) if len(name) >= 2)


def _in_japanese(line: str) -> Iterator[str]:
    match = (
        _JAPANESE_DATELINE.search(line) or _JAPANESE_POSTED.search(line) or _JAPANESE.search(line)
    )
    if match and not _NO_NAME_JA.search(match["names"]):
        yield from re.split("[、・,]", match["names"])
        return
    match = _LABELLED.search(line)
    if match and not _NO_NAME_JA.search(match["names"]):
        yield from (name for name in _NAME_BREAK.split(match["names"]) if len(name) >= 2)


# How to read a language's lines, and what every signed line of it holds.
_READERS = {
    "ko": (_in_korean, re.compile("기자|특파원|위원|통신원|앵커|PD")),
    "zh": (
        _in_chinese,
        re.compile(
            r"[记記]者|特派|通[讯訊][员員]|作者|撰|[采採][写訪访]|[执執][笔筆]|^\s*文|[报報][导導道]|[电電][）)]"
        ),
    ),
    "ja": (_in_japanese, re.compile(r"[【】]|^\s*文|^\w{2,7}[=＝]\w|取材|構成|執筆|筆者|ライター")),
}
