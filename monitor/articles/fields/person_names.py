"""Bylines to names: what is a human being's name in a printed line, and what is not.

A line is freed from "By", job titles, initials in brackets, addresses and places, and split at
"and", commas and their kin in the languages we read. What is left is a person's unless it is the
outlet's own name, holds a word of the trade (desk, agency, 신문) or words that no name has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.articles.fields.outlet import HouseNames
from monitor.newsroom import agency_in, signed_by
from monitor.newsroom.credits import CAPTION_START
from monitor.newsroom.reporters import may_be_korean
from monitor.text import letters, one_line

_LONGEST = 400  # characters of one byline
_MOST_NAMES = 30

_PREFIX = re.compile(
    r"^\s*(?:(?:written|report(?:ed|ing)|story|text|words|analysis|opinion|edited|posted|interview|photos?)"
    r"\s+by\b"
    r"|by\b|von\b|par\b|por\b|da\b|di\b|av\b|af\b|door\b|od\b|text\b:?|texte?\s*:|foto\b:?"
    r"|(?:eine? )?(?:analyse|kommentar|gastbeitrag|kolumne|interview|reportage|bericht|essay)"
    r" (?:von|vom)\b"
    r"|(?:autor(?:in|en|/autor(?:in)?)?|authors?|auteurs?|byline|journalist|redact(?:ie|eur))\b"
    r"(?:/\w+)?\s*[:：]?"
    r"|(?:作者|撰文|撰稿|執筆|执笔|採訪|采访|記者|记者|文|글|취재|글쓴이)\s*[:：／/丨|=＝]\s*"
    r"|(?:編集委員|論説委員|解説委員|特派員|記者|记者|本报记者|本報記者|特约记者|通讯员|특파원)\s*)",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(
    r"(?<!\s)\s*+(?:(?:선임|수습|인턴|객원|전문|대학생)?"
    r"(?:기자|특파원|논설위원|위원|앵커|PD|편집장|에디터|통신원|평론가)"
    r"|(?:記者|记者|編輯|编辑|特派員|特派员|通讯员|論説委員|編集委員|さん|氏|撰|攝影|报道|報導|報道))"
    r"\s*+$"
)
_REPORTER_WORDS = (
    ("ko", re.compile("기자|특파원|통신원")),
    ("zh", re.compile("记者|記者|特派員|特派员|作者|撰文")),
)
_FILED = re.compile("(?:报道|報導|報道)\\s*$")  # behind a place, beside the name
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]++@[\w.\-]+|https?://\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"[（(\[【<][^（）()\[\]【】<>]{0,60}[）)\]】>]")
JOINS = "and|und|et|y|e|og|och|en|i|ja|ve|dan"  # words between two names
_SPLIT = re.compile(
    r"(?<!\s)\s*+(?:[;；|｜、，•&＆]|(?<![\u4e00-\u9fff])·|·(?![\u4e00-\u9fff])|(?<=\n)|(?<!\w)/|/(?=\s|[A-ZÀ-Ý\u4e00-\u9fff\uac00-\ud7a3])"
    r"|,(?!\s*(?:jr|sr|ii|iii|m\.?d|ph\.?d)\b)"
    # In lower case only: the E in "Ada E Lindqvist" joins nobody.
    rf"|(?<=\s)(?:AND|(?-i:{JOINS}|with|mit|avec|con))\s)\s*+",
    re.IGNORECASE,
)
_HOUSE_WORD = re.compile(
    r"\b(?:news(?:room|desk|paper|service|wire)?|nachrichten|noticias|haberler"
    r"|redacci[oó]n|r[eé]daction|redazione|redakcja|staff|editors?|editorial|team|desk"
    r"|agenc\w+|agentur\w*|press|online|admin\w*|associated|web|media|magazine|times|tv|radio"
    r"|correspondents?|reporters?|writers?|contributors?|guest|author|user|owner|unknown|anonymous|publisher"
    r"|reuters|bloomberg|xinhua|yonhap|kyodo|tass|ritzau|cnn|bbc|facebook|instagram|twitter|www)\b"
    # Sid and Tt are names too, SID and TT agencies.
    r"|\b(?-i:afp|AFP|dpa|DPA|ap|AP|ansa|ANSA|efe|EFE|ntb|NTB|tt|TT|apa|APA|sid|SID|kna|KNA|epd|EPD"
    r"|pap|PAP|ctk|CTK|čtk|ČTK)\b|\.(?:com|de|net)\b|reda[kc]t",
    re.IGNORECASE,
)
_EASTERN_HOUSE_WORD = re.compile(
    r"新聞|新闻|通信|通訊|通讯|日報|日报|時報|时报|編集|编辑|編輯|中心|筆者|作者"
    r"|[报報社台臺刊网網]$"
    r"|뉴스|신문|일보|방송|편집|취재|온라인|닷컴"
)
_NO_NAME = re.compile(
    r"[\d@?!{}=<>_#%]|\b(?:by|read|more|share|follow|subscribe|updated?|published|min(?:ute)?s?(?!-)|ago"
    r"|view|all|posts?|about|profile|bio|home|photo|image|comments?|search|menu|login|sign|email"
    r"|contact|print|uhr|stand|date|time|loading)\b",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ]+){1,2}$")
# Vowel signs of Indic scripts are no letters to a regular expression.
_LETTER = r"[\w.'’\-\u0300-\u036f\u0900-\u0dff]"
_LATIN_NAME = re.compile(rf"^[^\W\d_]{_LETTER}*(?:\s+(?:{_LETTER}+|[\"“]{_LETTER}+[\"”])){{1,5}}$")
# "Ada Lindqvist of The Harbour Post", "Bo Novak in Washington", "Cy Park For The Harbour"
_PLACED_AT = re.compile(r"\s(?:of|[Ff]or|at|in|from|pour)\s(?=The\b|[A-Z]).{2,60}$")
# RFC 822's way of naming who has an address, which feeds and systems keep
_ADDRESSED = re.compile(r"^\S{1,60}@\S{3,60}\s\(([^()]{3,60})\)$")
_LAST_LATIN = "\u024f"
_FIRST_EAST = "\u1100"
_ACRONYM = re.compile(r"[A-Z]{3}|[A-Z]{2,5}-")
_PICTURED_BY = re.compile(
    r"[.;|,]?\s(?:photo(?:graph)?s?|pictures?|video|graphics?|illustrations?) by\b.*$",
    re.IGNORECASE,
)
# Labels in front of those who photographed or edited.
_NO_WRITER = re.compile(rf"{CAPTION_START}|reda|edit", re.IGNORECASE)
_LABEL = re.compile(r"^[^\W\d_]{3,16}\s?[:：]\s+(?=[^\W\d_])")
# Numbers, addresses, paths, accounts, and the words content systems fill in.
_ACCOUNT = re.compile(
    r"^\W|@|/|^(?:https?|www)\b|^\d+$|_|\d{3}|^(?:admin\w*|anonymous|unknown|author|user|null|none"
    r"|undefined|root|default|test|n/?a)\W*$",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"[a-z][a-z0-9.\-]*$")  # names have a capital
_HAN_NAME = re.compile(
    "^[々\u3040-\u30ff\u4e00-\u9fff]{2,8}(?:·[\u4e00-\u9fff]{1,6}){0,2}$"
    "|^[々\u4e00-\u9fff]{1,4} [々\u3040-\u30ff\u4e00-\u9fff]{1,5}$"
)
_HANGUL_WORDS = re.compile("^[\uac00-\ud7a3]{2,4}(?: [\uac00-\ud7a3]{2,8}){1,4}$")
_POSTED = re.compile("^[^=＝]{2,10}[=＝](?=[\u4e00-\u9fff])")
_CITY = re.compile("^[\u30a1-\u30ff]{2,8}(?=[\u4e00-\u9fff]{3,5}$)")  # "エルサレム松岡大地"
_HANGUL_NAME = re.compile("^[\uac00-\ud7a3]{2,4}$")
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "do", "dos", "das", "van", "von", "der", "den", "ter", "zu"}
    | {"zum", "al", "el", "bin", "ibn", "la", "le", "du", "y", "e", "of", "and"}
)


def people_in(byline: str, house: HouseNames, trusted: bool = False) -> tuple[str, ...]:
    """Return the human names in one byline; none when it opens with a house name.

    Args:
        trusted: the source says that it names authors, so one word will do for a name.
    """
    names = list(split_byline(byline))
    if len(names) > 1 and house.is_house(names[0]):
        return ()
    people = people_among(name for name in names if _is_person(name, house, trusted))
    return with_agencies(names, people) if trusted and people else people


def people_among(names: Iterable[str]) -> tuple[str, ...]:
    """Return the people of one byline without what stands beside them: desk, station, place.

    Beside whole names in capitals and small letters a single word is a place or an outlet, and what
    begins with an acronym is a studio or a paper ("Ada Lindqvist, ARD-Studio Wien").
    """
    people = tuple(names)
    beside = [name for name in people if not _is_whole(name)]
    if len(beside) == len(people):
        return people
    return tuple(name for name in people if name not in beside or name[0] > _LAST_LATIN)


def _is_whole(name: str) -> bool:
    return " " in name and not name.isupper() and not _ACRONYM.match(name)


def whole_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of several words."""
    return tuple(name for name in names if " " in name)


def with_agencies(names: Iterable[str], people: Sequence[str]) -> tuple[str, ...]:
    """An agency that shares a declared byline with people stays in it, as it was printed."""
    return unique(
        name
        for line in names
        for name in ([line] if agency_in([line]) and len(line) <= 40 else split_byline(line))
        if name in people or agency_in([name])
    )


def with_desks(lines: Iterable[str], people: Sequence[str], house: HouseNames) -> tuple[str, ...]:
    """Return the authors that a page declares one by one: people, agencies, desks behind them."""
    found: list[str] = []
    for line in lines:
        names = with_agencies([line], people)
        desk = one_line(line)
        if found and not names and is_house_name(desk) and (is_desk(desk) or house.is_house(desk)):
            names = (desk,)
        found += names
    return unique(found)


def is_house_name(words: str) -> bool:
    """Tell whether words may be a house's name: no number, address, account or nobody's name."""
    if not 1 < len(words) <= 60 or _ACCOUNT.search(words):
        return False
    parts = words.split()
    menu = len(parts) > 2 and len(parts[0]) > 4 and parts[0].isupper() and not words.isupper()
    return not menu and any(char.isalpha() for char in words)


def is_latin_name(words: str) -> bool:
    """Tell whether words have the shape of a name in Latin, Greek or Cyrillic letters.

    Two to five words, each with a capital but for particles; a first word all in capitals before
    others that are not ("SECTIONS Buy Now") opens a menu: only family names are set so.
    """
    if words[:1] >= _FIRST_EAST or words.startswith("The ") or not _LATIN_NAME.match(words):
        return False
    if _NO_NAME.search(words) or is_desk(words):
        return False
    parts = [word for word in words.split() if word.casefold() not in _PARTICLES]
    if not 2 <= len(parts) <= 5:
        return False
    first = parts[0].replace(".", "")  # initials are no menu
    if len(first) > 3 and first.isupper() and not parts[-1].isupper():
        return False
    return not any(word[0].islower() for word in parts)


def is_desk(name: str) -> bool:
    """Tell whether a name holds a word of the trade: a desk, an agency, an outlet."""
    if _HOUSE_WORD.search(name):
        return True
    return not name.isascii() and _EASTERN_HOUSE_WORD.search(name) is not None


def is_title(words: str) -> bool:
    """Tell "Tokyo correspondent" from "World News": what it says last is no name."""
    return is_desk(words) and words.split()[-1].islower()


def _is_person(name: str, house: HouseNames, trusted: bool) -> bool:
    if not 2 <= len(name) <= 60 or is_desk(name) or house.is_house(name):
        return False
    if _HANGUL_NAME.match(name):
        return may_be_korean(name)
    if _HAN_NAME.match(name):
        return True
    if _NO_NAME.search(name):
        return False
    if trusted and len(name.split()) <= 6:
        return not _LOGIN.match(name)
    return is_latin_name(name)


def names_no_writer(byline: str) -> bool:
    """Tell whether a line says by its label that whom it names photographed or edited."""
    return _NO_WRITER.match(byline) is not None


def signed_part(line: str) -> str:
    """Return what stands behind "By" or a label at the beginning of a line, or ""."""
    match = _PREFIX.match(line)
    return line[match.end() :] if match else ""


def split_byline(byline: str) -> Iterator[str]:
    """Yield the cleaned names of one byline."""
    text = one_line(byline[:_LONGEST])
    if _PLAIN_NAME.match(text) and not _PREFIX.match(text):
        yield text
        return
    if "@" in text or "://" in text:
        addressed = _ADDRESSED.match(text)
        text = addressed[1] if addressed else one_line(_EMAIL.sub(" ", text))
    for language, word in _REPORTER_WORDS:
        if word.search(text):
            signed = signed_by([_BRACKETS.sub(" ", text)], language)
            if signed:
                yield from signed
                return
    text = _BRACKETS.sub(" ", text)
    text = _PICTURED_BY.sub("", text)
    label = _LABEL.match(text)
    if label and not names_no_writer(text):
        text = text[label.end() :]
    text = _PREFIX.sub("", text, count=1)
    parts = _SPLIT.split(text)
    for part in parts:
        if len(parts) > 1 and _FILED.search(part):
            continue
        name = _PREFIX.sub("", one_line(part), count=1)
        name = _PLACED_AT.sub("", name)
        name = _TITLE_TAIL.sub("", name).strip(' .,:：;-–—|/=＝・*"“”')
        name = _once(_without_title(_TITLE_TAIL.sub("", name)))
        if name:
            yield name


def _once(name: str) -> str:
    """Return a name that layout prints twice, for two widths, once."""
    words = name.split()
    half = next((at for at in range(2, len(words) // 2 + 1) if words[:at] == words[at : 2 * at]), 0)
    return " ".join(words[:half]) if half else name


def _without_title(name: str) -> str:
    """Return a name without what Korean and Japanese lines say with it: "홍길동 경제부장".

    A Korean name is one word; a Japanese correspondent's place stands before an equals sign.
    """
    if _HANGUL_WORDS.match(name):
        return next((word for word in name.split() if may_be_korean(word)), name)
    return _CITY.sub("", _POSTED.sub("", name))


def apart(name: str) -> Sequence[str]:
    """Return the Chinese names that a space sets apart; Japanese ones have it inside."""
    parts = name.split()
    several = all(2 <= len(part) <= 4 and _HAN_NAME.match(part) for part in parts)
    return parts if several and len(parts) > 1 else (name,)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names once each, in the order given; case and spaces make no difference."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(letters(name), name)
    return tuple(list(kept.values())[:_MOST_NAMES])
