"""The index of the site's search: a folder a month, its words in pieces that a page can load.

A piece is a script that hands over a mapping from words to stories: twice their place in the
month's list, and one more where the headline says the word. A word lies in the piece that its
beginning says, so that a query loads few of them, and finds beginnings of words there too.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from monitor.search import terms
from monitor.site.site_story import StoryPage
from monitor.text.fold_tables import single_folds

_SMALL, _FEW, _MANY = 300, 8, 64  # stories of a small month, pieces of it and of others


def pieces_for(stories: int) -> int:
    """Return into how many pieces the words of a month are cut."""
    return _FEW if stories <= _SMALL else _MANY


def piece_of(word: str, pieces: int) -> int:
    """Return in which piece a word lies; search.js reckons alike."""
    beginning = word[:1] if word >= "\u1100" else word[:2]
    number = 0
    for char in beginning:
        number = (number * 31 + ord(char)) % 65_521
    return number % pieces


def month_files(month: str, pages: Sequence[StoryPage]) -> Iterator[tuple[str, str]]:
    """Yield (file name inside `search/`, script) for a month, its stories in the order given."""
    pieces = pieces_for(len(pages))
    words: list[dict[str, list[int]]] = [{} for _ in range(pieces)]
    for place, page in enumerate(pages):
        inside = set(terms("\n".join((*page.paragraphs, *page.searched, *page.names))))
        above = set(terms("\n".join(page.headlines)))
        for word in sorted(inside | above):
            held = words[piece_of(word, pieces)].setdefault(word, [])
            held.append(place * 2 + (word in above))
    for number, piece in enumerate(words):
        yield f"{month}/{number}.js", _script(f"{month}/{number}", piece)
    told = [
        [r.id, r.number, r.headline, r.language, f"{r.day} {r.clock}", r.outlet, int(r.urgent)]
        for r in (page.record for page in pages)
    ]
    yield f"{month}/stories.js", _script(f"{month}/stories", told)


def months_file(months: Mapping[str, int]) -> str:
    """Return the script that says which months there are, with their stories, the newest first."""
    found = [[month, pieces_for(months[month])] for month in sorted(months, reverse=True)]
    return _script("months", found)


def fold_file() -> str:
    """Return the script with the characters that fold to another one, beyond NFKC and case."""
    folds = single_folds()
    return _script("fold", ["".join(folds), "".join(folds.values())])


def _script(name: str, value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"wire.take({json.dumps(name)},{text});\n"
