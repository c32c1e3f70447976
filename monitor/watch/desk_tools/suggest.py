"""Names the gazetteer lacks: strings that stand where names of office holders stand.

"Foreign Minister X Y", "X 장관", "X外相" and "外长X" are looked for with the titles the gazetteer
knows, over stored text. What it knows already is left out; what comes often is worth an entry.
"""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from monitor.model import Article
from monitor.text import fold_key, guess_language
from monitor.watch.engine.han_words import made_of_words
from monitor.watch.rulebook import Rulebook

# Where a name stands beside a title, per language; TITLES is replaced by what the gazetteer knows.
_LATIN_NAME = r"(?P<name>[A-Z][a-z]+(?:-[A-Za-z][a-z]+)?(?: [A-Z][a-z]+(?:-[A-Za-z][a-z]+)?){1,2})"
_SHAPES = {
    "en": rf"\b(?P<title>TITLES) {_LATIN_NAME}",
    "ko": r"(?<![가-힣])(?P<name>[가-힣]{2,4}) ?(?P<title>TITLES)(?=[은는이가을를의과와,. ])",
    "zh": r"(?P<title>TITLES)(?P<name>[\u4e00-\u9fff]{2,3})(?=[说表指会會說在同与與和，])",
    "ja": r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,4})(?P<title>TITLES)",
}
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구라민진지엄채원"
    "천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_LONG_SURNAMES = frozenset({"남궁", "황보", "선우", "제갈", "독고", "사공", "서문"})
_SHORTEST_KOREAN, _LONGEST_KOREAN = 3, 3
_NO_NAME_ENDS = frozenset("부청회당측적력군들국사과급전후내외직")  # ministries, parties, words
_MAX_EXAMPLES = 3


class Suggestion(Struct, frozen=True):
    """A name the gazetteer lacks.

    Attributes:
        name: as printed; title: the title beside it; language: "en", "ko", "zh" or "ja".
        count: articles it stands in; examples: headlines of some of them.
    """

    name: str
    title: str
    language: str
    count: int
    examples: tuple[str, ...]


def suggest(rulebook: Rulebook, articles: Iterable[Article]) -> tuple[Suggestion, ...]:
    """Return unknown names beside known titles, the most frequent first."""
    known = _known(rulebook)
    searches = _searches(rulebook)
    counts: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], list[str]] = {}
    for article in articles:
        text = "\n".join((article.title, article.standfirst, *article.body))
        language = article.language or guess_language(text)
        found = set()
        search = searches.get(language)
        for match in search.finditer(text) if search else ():
            name, key = match["name"], fold_key(match["name"])
            if not _may_be_a_name(name, language):
                continue
            if key not in known and not any(key.endswith(k) for k in known if len(k) > 4):
                found.add((name, match["title"], language))
        for item in found:
            counts[item] += 1
            titles = examples.setdefault(item, [])
            if len(titles) < _MAX_EXAMPLES:
                titles.append(article.title)
    return tuple(
        Suggestion(name, title, language, count, tuple(examples[name, title, language]))
        for (name, title, language), count in counts.most_common()
    )


def _may_be_a_name(name: str, language: str) -> bool:
    """Is it no common word or words, and built as the language's names are?"""
    if language == "ko":
        longest = _LONGEST_KOREAN + (name[:2] in _LONG_SURNAMES)
        fits = _SHORTEST_KOREAN <= len(name) <= longest and name[-1] not in _NO_NAME_ENDS
        return fits and name[0] in _SURNAMES
    if language in ("zh", "ja"):
        return not made_of_words(name, language)
    return True


def _known(rulebook: Rulebook) -> set[str]:
    """Folded names, titles and decoys: none of them is a new name."""
    groups = [e.names for e in rulebook.entities] + [e.weak for e in rulebook.entities]
    groups += [decoy.names for decoy in rulebook.gazetteer.decoys.values()]
    groups += [office.titles for office in rulebook.gazetteer.offices.values()]
    return {fold_key(form) for names in groups for forms in names.values() for form in forms}


def _searches(rulebook: Rulebook) -> dict[str, re.Pattern[str]]:
    """Return one search per language, with groups "name" and "title"."""
    titles: dict[str, set[str]] = {language: set() for language in _SHAPES}
    for office in rulebook.gazetteer.offices.values():
        for language, forms in office.titles.items():
            titles[language[:2]].update(form for form in forms if len(form) > 1)
    return {
        language: re.compile(
            _SHAPES[language].replace(
                "TITLES", "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
            )
        )
        for language, forms in titles.items()
        if forms
    }
