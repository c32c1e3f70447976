"""Who wrote it: people first, a house name only where no person is given.

Sources in order: JSON-LD author, meta tags, elements named as bylines, and lines in which East
Asian outlets sign ("홍길동 기자", "記者王小明／台北報導", "【山田太郎】"). The first source that
names a person wins; names in it that are the outlet's own fall away. A byline string is freed from
"By", job titles, initials in brackets, addresses and places, and split at "and", commas and their
kin in the languages we read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from monitor.articles import jsonld
from monitor.articles.head import Head, shown_text
from monitor.articles.outlet import HouseNames, fold
from monitor.text import one_line

_META = (
    "author", "article:author", "og:article:author", "byl", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "cxenseparse:author", "articleauthor", "citation_author",
    "article.author", "authors", "news_authors", "og:author", "dable:author", "dc.contributor",
)  # fmt: skip
_NAMED_BYLINE = (
    '[rel~="author"], [itemprop="author"], [class*="author" i], [class*="byline" i],'
    ' [class*="autor" i], [class*="writer" i], [class*="reporter" i], [class*="journalist" i],'
    ' [class*="auteur" i], [class*="person-link" i], a[href*="/reporter/"], a[href*="/author/"]'
)
_MOST_ELEMENTS = 24
_MOST_NAMES = 30
_LONGEST = 400  # characters of one byline

_PREFIX = re.compile(
    r"^\s*(?:(?:written|reported|story|text|words|analysis|opinion|edited|posted|interview|photos?)"
    r"\s+by\b"
    r"|by\b|von\b|par\b|por\b|da\b|di\b|av\b|af\b|door\b|od\b|text\b:?|texte?\s*:|foto\b:?"
    r"|(?:eine? )?(?:analyse|kommentar|gastbeitrag|kolumne|interview|reportage|bericht|essay)"
    r" (?:von|vom)\b"
    r"|(?:autor(?:in|en|/autor(?:in)?)?|authors?|auteurs?|byline|journalist|redact(?:ie|eur))\b"
    r"(?:/\w+)?\s*[:：]?"
    r"|(?:作者|撰文|撰稿|執筆|执笔|採訪|采访|記者|记者|文|글|취재|글쓴이)\s*[:：／/丨|=＝]\s*"
    r"|(?:記者|记者|本报记者|本報記者|特约记者|通讯员|특파원)\s*)",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(
    r"(?:\s*(?:선임|수습|인턴|객원|전문|대학생)?"
    r"(?:기자|특파원|논설위원|위원|앵커|PD|편집장|에디터|통신원|평론가)"
    r"|(?:\s*(?:記者|记者|編輯|编辑|特派員|特派员|通讯员|論説委員|編集委員|さん|氏|撰|攝影|报道|報導|報道)))"
    r"\s*$"
)
_EMAIL = re.compile(r"[\w.+\-]+@[\w.\-]+|https?://\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"[（(\[【<][^（）()\[\]【】<>]{0,60}[）)\]】>]")
_SPLIT = re.compile(
    r"\s*(?:[;；|｜、，•·&＆\n]|(?<!\w)/|/(?=\s|[A-ZÀ-Ý\u4e00-\u9fff\uac00-\ud7a3])"
    r"|,(?!\s*(?:jr|sr|ii|iii|m\.?d|ph\.?d)\b)"
    r"|\s+(?:and|und|et|y|e|og|och|en|i|ja|ve|dan|with|mit|avec|con|con la)\s+)\s*",
    re.IGNORECASE,
)
_HOUSE_WORD = re.compile(
    r"\b(?:news(?:room|desk|paper|service|wire)?|redaktion\w*|redacci[oó]n|r[eé]daction|redazione|redakcja"
    r"|redactie|staff|editors?|editorial|team|desk|agenc\w+|agentur\w*|press|online|admin\w*|reuters|afp|dpa"
    r"|ap|associated|bloomberg|xinhua|yonhap|kyodo|ansa|efe|tass|web|media|magazine|times|tv|radio"
    r"|correspondents?|reporters?|writers?|contributors?|guest|author|unknown|anonymous|publisher|ritzau|ntb"
    r"|tt|apa|sid|kna|epd|pap|ctk|čtk|cnn|bbc|facebook|instagram|twitter|www|com|de|net)\b"
    r"|新聞|新闻|通信|通訊|通讯|日報|日报|時報|时报|編集|编辑|編輯|中心|网$|網$|社$|뉴스|신문|일보|방송|편집|취재|온라인|닷컴",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\d@?!{}=<>_#%]|\b(?:by|read|more|share|follow|subscribe|updated?|published|min(?:ute)?s?|ago|view|all|posts?|about"
    r"|profile|bio|home|photo|image|comments?|search|menu|login|sign|email|contact|print|uhr|stand|date|time|loading)\b",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"^[^\W\d_][\w.'’\-]*(?:\s+[\w.'’\-]+){1,5}$")
_HAN_NAME = re.compile(
    "^[々\u3040-\u30ff\u4e00-\u9fff]{2,8}$"
    "|^[々\u4e00-\u9fff]{1,4} [々\u3040-\u30ff\u4e00-\u9fff]{1,5}$"
)
_HANGUL_NAME = re.compile("^[\uac00-\ud7a3]{2,4}$")
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "do", "dos", "das", "van", "von", "der", "den", "ter", "zu"}
    | {"zum", "al", "el", "bin", "ibn", "la", "le", "du", "y", "e", "of", "and"}
)


def read_authors(
    tree: LexborHTMLParser,
    head: Head,
    house: HouseNames,
    *,
    own: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return the authors' names in the order given.

    Args:
        own: bylines that a site profile found; they go before everything else.
    """
    houses: list[str] = []
    # Generators: a later source is only read when the ones before it name nobody.
    for source in (_bylines(own), _structured(head), _declared(head), _visible(tree)):
        names = list(source)
        people = [name for name, trusted in names if is_person(name, house, trusted)]
        if people:
            return _unique(people)
        houses += [name for name, trusted in names if trusted and 1 < len(name) <= 60]
    return _unique(houses)[:1]


def is_person(name: str, house: HouseNames, trusted: bool = False) -> bool:
    """Tell whether a cleaned name is a human being's.

    Args:
        trusted: the source says that it names an author, so one word will do.
    """
    if not 2 <= len(name) <= 60 or _HOUSE_WORD.search(name) or house.is_house(name):
        return False
    if _HAN_NAME.match(name) or _HANGUL_NAME.match(name):
        return True
    if _NO_NAME.search(name):
        return False
    if trusted and len(name.split()) <= 6:
        return True
    if not _LATIN_NAME.match(name):
        return False
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    return bool(words) and all(word[0].isupper() or not word[0].isascii() for word in words)


def split_byline(byline: str) -> Iterator[str]:
    """Yield the cleaned names of one byline."""
    text = one_line(_EMAIL.sub(" ", byline[:_LONGEST]))
    text = _BRACKETS.sub(" ", text)
    text = _PREFIX.sub("", text, count=1)
    for part in _SPLIT.split(text):
        name = _PREFIX.sub("", one_line(part), count=1)
        name = _TITLE_TAIL.sub("", name).strip(' .,:：;-–—|/=＝・*"“”')
        name = _TITLE_TAIL.sub("", name)
        if name:
            yield name


def _bylines(lines: Iterable[str], trusted: bool = True) -> Iterator[tuple[str, bool]]:
    for line in lines:
        for name in split_byline(line):
            yield name, trusted


def _structured(head: Head) -> Iterator[tuple[str, bool]]:
    authors = jsonld.objects(head.article.get("author") or head.article.get("creator"))
    for author in islice(authors, _MOST_NAMES):
        yield from _bylines(jsonld.texts(jsonld.resolve(author, head.nodes).get("name")))


def _declared(head: Head) -> Iterator[tuple[str, bool]]:
    for key in _META:
        found = [
            value for value in head.meta.get(key, ()) if not value.startswith(("http", "/", "www."))
        ]
        if found:
            yield from _bylines(found[:_MOST_NAMES])
    label = head.first("twitter:label1").casefold()
    if label in {"written by", "verfasst von", "écrit par", "escrito por", "von", "by"}:
        yield from _bylines([head.first("twitter:data1")])


def _visible(tree: LexborHTMLParser) -> Iterator[tuple[str, bool]]:
    seen: set[str] = set()
    for node in tree.css(_NAMED_BYLINE)[:_MOST_ELEMENTS]:
        text = shown_text(node, 161)
        if text and len(text) <= 160 and text not in seen:
            seen.add(text)
            for name in split_byline(text):
                yield name, False


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold(name), name)
    return tuple(list(kept.values())[:_MOST_NAMES])
