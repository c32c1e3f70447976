"""Who wrote it: people first, a house name only where no person is given.

Sources in order: JSON-LD author, meta tags, elements named as bylines, and lines in which East
Asian outlets sign ("홍길동 기자", "記者王小明／台北報導", "【山田太郎】"). The first source that
names a person wins; names in it that are the outlet's own fall away. A byline string is freed from
"By", job titles, initials in brackets, addresses and places, and split at "and", commas and their
kin in the languages we read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles import jsonld
from monitor.articles.agency import agency_in
from monitor.articles.head import Head, shown_text
from monitor.articles.outlet import HouseNames, fold
from monitor.articles.signatures import behind_by, signed_by
from monitor.text import one_line

_META = (
    "author", "article:author", "og:article:author", "byl", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "cxenseparse:author", "articleauthor", "citation_author",
    "article.author", "authors", "news_authors", "og:author", "dable:author", "dc.contributor",
)  # fmt: skip
_NAMED_BYLINE = (
    '[rel~="author"], [itemprop="author"], [class*="author" i], [class*="byline" i],'
    ' [class*="autor" i], [class*="writer" i], [class*="reporter" i], span[class*="person" i],'
    ' a[href*="/author/"]'
)
_SCRIPT_WORDS = ("uthor", "yline", "ournalist", "eporter")
_SCRIPT_VALUE = re.compile(r"""\w{0,9}["']?\s{0,3}[:=]\s{0,3}["']([^"'<>{}\\]{2,60})["']""")
_SIGNED = frozenset({"ko", "zh", "ja"})
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_ELSEWHERE = re.compile(
    r"teaser|appetizer|related|recommend|promo|caption|bildautor|bildunter|credit|comment|footer"
    r"|sidebar|trending|popular|most-read",
    re.IGNORECASE,
)
_MOST_ELEMENTS = 60
_MOST_BYLINES = 8  # elements after the headline; later ones belong to other stories
_BY_BEGINS = frozenset("BbVvPpDdAaTt")
_MOST_LINES = 500  # texts, blank ones among them, in which a byline may stand
_MOST_NAMES = 30
_MOST_NODES = 8_000
_MOST_SCRIPTS = 80
_LONGEST_SCRIPT = 400_000  # characters
_LONGEST_LINE = 160  # characters of an element that may be a byline
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
_REPORTER_WORDS = (
    ("ko", re.compile("기자|특파원|통신원")),
    ("zh", re.compile("记者|記者|特派員|特派员|作者|撰文")),
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
    r"\b(?:news(?:room|desk|paper|service|wire)?|nachrichten|noticias|haberler|redaktion\w*|redacci[oó]n|r[eé]daction|redazione|redakcja"
    r"|redactie|staff|editors?|editorial|team|desk|agenc\w+|agentur\w*|press|online|admin\w*|reuters|afp|dpa"
    r"|ap|associated|bloomberg|xinhua|yonhap|kyodo|ansa|efe|tass|web|media|magazine|times|tv|radio"
    r"|correspondents?|reporters?|writers?|contributors?|guest|author|unknown|anonymous|publisher|ritzau|ntb"
    r"|tt|apa|sid|kna|epd|pap|ctk|čtk|cnn|bbc|facebook|instagram|twitter|www|com|de|net)\b"
    r"|新聞|新闻|通信|通訊|通讯|日報|日报|時報|时报|編集|编辑|編輯|中心|网$|網$|社$|뉴스|신문|일보|방송|편집|취재|온라인|닷컴|[报報社台臺刊]$|筆者|作者",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\d@?!{}=<>_#%]|\b(?:by|read|more|share|follow|subscribe|updated?|published|min(?:ute)?s?|ago|view|all|posts?|about"
    r"|profile|bio|home|photo|image|comments?|search|menu|login|sign|email|contact|print|uhr|stand|date|time|loading)\b",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ]+){1,2}$")
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


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in the order given; `people` is False for a house name or none at all."""

    names: tuple[str, ...] = ()
    people: bool = False


def read_authors(
    tree: LexborHTMLParser,
    head: Head,
    house: HouseNames,
    *,
    language: str = "",
    own: Sequence[str] = (),
) -> Byline:
    """Return the authors' names in the order given.

    Args:
        language: ISO 639-1 code; says in what kind of lines a name may stand.
        own: bylines that a site profile found; they go before everything else.
    """
    # Generators: a later source is only read when the ones before it name nobody.
    for source, trusted in (
        (own, False),
        (_reporter_links(tree, language), False),
        (_structured(head), True),
        (_meta(head), False),
    ):
        lines = list(source)
        people = _unique(name for line in lines for name in people_in(line, house, trusted))
        if people:
            if trusted and len(lines) > 1:
                people = _with_agencies(lines, people)
            # Japanese pages may declare only some of those who signed, never more.
            signed = signed_by(_texts(tree), language) if language == "ja" else ()
            return Byline(signed if set(people) < set(signed) else people, people=True)
    signed = signed_by(_texts(tree), language)
    if signed:
        return Byline(signed, people=True)
    people = _visible(tree, house)
    for source in (_lines(tree), _payload(tree) if language in _SIGNED else ()):
        for line in islice(() if people else source, _MOST_BYLINES):
            people = people or _unique(people_in(line, house))
    return Byline(people, people=True) if people else Byline(_houses(head))


def people_in(byline: str, house: HouseNames, trusted: bool = False) -> tuple[str, ...]:
    """Return the human names in one byline; none when it opens with a house name.

    Args:
        trusted: the source says that it names authors, so one word will do for a name.
    """
    names = list(split_byline(byline))
    if len(names) > 1 and house.is_house(names[0]):
        return ()
    people = tuple(name for name in names if _is_person(name, house, trusted))
    return _with_agencies(names, people) if trusted and people else people


def _with_agencies(names: Iterable[str], people: Sequence[str]) -> tuple[str, ...]:
    """An agency that shares a declared byline with people stays in it, as it was printed."""
    return _unique(
        name
        for line in names
        for name in ([line] if agency_in([line]) and len(line) <= 40 else split_byline(line))
        if name in people or agency_in([name])
    )


def _houses(head: Head) -> tuple[str, ...]:
    """The house that is named as author, as it is written."""
    for author in jsonld.objects(head.article.get("author")):
        name = one_line(jsonld.text(jsonld.resolve(author, head.nodes).get("name")))
        if 1 < len(name) <= 60:
            return (name,)
    for key in _META:
        for value in head.contents(key):
            if 1 < len(value) <= 60 and not value.startswith(("http", "/", "www.", "@")):
                return (value,)
    return ()


def _is_person(name: str, house: HouseNames, trusted: bool) -> bool:
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
    text = one_line(byline[:_LONGEST])
    if _PLAIN_NAME.match(text) and not _PREFIX.match(text):
        yield text
        return
    text = one_line(_EMAIL.sub(" ", text))
    for language, word in _REPORTER_WORDS:
        if word.search(text):
            signed = signed_by([_BRACKETS.sub(" ", text)], language)
            if signed:
                yield from signed
                return
    text = _BRACKETS.sub(" ", text)
    text = _PREFIX.sub("", text, count=1)
    for part in _SPLIT.split(text):
        name = _PREFIX.sub("", one_line(part), count=1)
        name = _TITLE_TAIL.sub("", name).strip(' .,:：;-–—|/=＝・*"“”')
        name = _TITLE_TAIL.sub("", name)
        if name:
            yield name


def _structured(head: Head) -> Iterator[str]:
    authors = jsonld.objects(head.article.get("author") or head.article.get("creator"))
    for author in islice(authors, _MOST_NAMES):
        yield from jsonld.texts(jsonld.resolve(author, head.nodes).get("name"))


def _meta(head: Head) -> Iterator[str]:
    for key in _META:
        for value in islice(head.contents(key), _MOST_NAMES):
            if not value.startswith(("http", "/", "www.")):
                yield value
    label = head.first("twitter:label1").casefold()
    if label in {"written by", "verfasst von", "écrit par", "escrito por", "von", "by"}:
        yield head.first("twitter:data1")


def _reporter_links(tree: LexborHTMLParser, language: str) -> Iterator[str]:
    """Chinese and Korean pages whose structured data name the editor link the reporter."""
    if language in {"ko", "zh"}:
        for node in tree.css('a[href*="/reporter/"]')[:1]:
            yield shown_text(node, _LONGEST_LINE)


def _visible(tree: LexborHTMLParser, house: HouseNames) -> tuple[str, ...]:
    """Names in the first element called a byline after the headline, and in its siblings."""
    names: list[str] = []
    place: LexborNode | None = None
    tries = 0
    after_headline = tree.css_first("h1") is None
    for node in tree.css(f"h1, {_NAMED_BYLINE}")[:_MOST_ELEMENTS]:
        if node.tag == "h1":
            after_headline = True
            continue
        if names and not _beside(node, place):
            break
        text = shown_text(node, _LONGEST_LINE + 1) if after_headline else ""
        if not 2 <= len(text) <= _LONGEST_LINE or _in_other_story(node):
            continue
        found = people_in(text, house, trusted=node.attributes.get("itemprop") == "author")
        if found:
            names.extend(found)
            place = place or node
        tries += 1
        if tries >= _MOST_BYLINES:
            break
    return _unique(names)


def _beside(node: LexborNode, first: LexborNode | None) -> bool:
    """Bylines with several authors are siblings or cousins of one kind."""
    if first is None or node.attributes.get("class") != first.attributes.get("class"):
        return False
    places = [n.mem_id for n in (first.parent, first.parent and first.parent.parent) if n]
    return any(n.mem_id in places for n in (node.parent, node.parent and node.parent.parent) if n)


def _in_other_story(node: LexborNode | None) -> bool:
    at = node
    for _ in range(6):
        if at is None or at.tag in {"main", "body"}:
            return False
        if at.tag in {"figure", "figcaption", "aside", "footer"}:
            return True
        if _ELSEWHERE.search(f"{at.attributes.get('class') or ''} {at.attributes.get('id') or ''}"):
            return True
        at = at.parent
    return False


def _lines(tree: LexborHTMLParser) -> Iterator[str]:
    """Lines that begin with "By", and paragraphs at the top that are a bold name and no more."""
    waiting = False
    for node in islice(_text_nodes(tree), _MOST_LINES):
        line = (node.text_content or "").strip()
        if not line:
            continue
        names = behind_by(line) if line[0] in _BY_BEGINS else None
        if (names or (waiting and len(line) <= 60)) and not _in_other_story(node.parent):
            yield names or line
        waiting = names == ""
    for node in tree.css("p")[:8]:
        text = shown_text(node, _LONGEST_LINE + 1)
        if 5 <= len(text) <= 60 and node.css_first("strong, b, em") is not None:
            yield text


def _payload(tree: LexborHTMLParser) -> Iterator[str]:
    """Names that a page filled by script hands to its counters: East Asian ones often are."""
    for node in tree.css("script:not([src])")[:_MOST_SCRIPTS]:
        script = (node.text() or "")[:_LONGEST_SCRIPT]
        for word in _SCRIPT_WORDS:
            at = script.find(word)
            for _ in range(_MOST_BYLINES):
                if at < 0:
                    break
                match = _SCRIPT_VALUE.match(script, at + len(word))
                if match:
                    yield match[1]
                at = script.find(word, at + len(word))


def _texts(tree: LexborHTMLParser) -> Iterator[str]:
    return (node.text_content or "" for node in _text_nodes(tree))


def _text_nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    root = tree.body
    if root is None:
        return
    for node in islice(root.traverse(include_text=True), _MOST_NODES):
        if node.tag == "-text":
            parent = node.parent
            if parent is not None and parent.tag not in _UNSEEN:
                yield node


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold(name), name)
    return tuple(list(kept.values())[:_MOST_NAMES])
