"""The articles room: page bytes to wire record.

`extract` reads a page, `from_entry` and `complete` bring in what the feed knows, `wire_text` and
`to_json` show the record. `load_profiles` reads the site profiles, `load_corpus` and `differences`
hold saved pages against what should come out of them. Nothing here fetches or stores.

What reads pages is imported when it is first asked for (PEP 562): compiling its patterns takes
longer than polling a hundred feeds that bring no page to read.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from monitor.articles.from_feed import complete, from_entry
from monitor.articles.wire_format import from_json, parse_wire_text, to_json, wire_text

if TYPE_CHECKING:
    from monitor.articles.corpus_check import differences, load_corpus
    from monitor.articles.extraction import extract
    from monitor.articles.page.kinship import Kinship, Told, kinship
    from monitor.articles.page.profiles import Profile, Profiles, load_profiles
    from monitor.articles.page.refresh import refresh_target

__all__ = [
    "Kinship",
    "Profile",
    "Profiles",
    "Told",
    "complete",
    "differences",
    "extract",
    "from_entry",
    "from_json",
    "kinship",
    "load_corpus",
    "load_profiles",
    "parse_wire_text",
    "refresh_target",
    "to_json",
    "wire_text",
]


_READS_PAGES = {
    "extract": "extraction",
    "differences": "corpus_check",
    "load_corpus": "corpus_check",
    "Kinship": "page.kinship",
    "Told": "page.kinship",
    "kinship": "page.kinship",
    "refresh_target": "page.refresh",
    "Profile": "page.profiles",
    "Profiles": "page.profiles",
    "load_profiles": "page.profiles",
}


def __getattr__(name: str) -> Any:
    if name not in _READS_PAGES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"monitor.articles.{_READS_PAGES[name]}"), name)
