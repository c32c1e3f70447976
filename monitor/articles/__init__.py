"""Page bytes to wire record.

`extract` reads a page, `from_entry` and `complete` bring in what the feed knows, `wire_text` and
`to_json` show the record. `load_profiles` reads the site profiles, `load_corpus` and `differences`
hold saved pages against what should come out of them. Nothing here fetches or stores.

All is imported when it is first asked for: compiling the patterns that read pages takes longer than
polling a hundred feeds that bring no page to read.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.articles.corpus_check import differences, load_corpus
    from monitor.articles.extraction import extract
    from monitor.articles.from_feed import complete, from_entry
    from monitor.articles.page.kinship import Kinship, Told, kinship
    from monitor.articles.page.profile_files import load_profiles
    from monitor.articles.page.profiles import Profile, Profiles
    from monitor.articles.page.refresh import refresh_target
    from monitor.articles.wire_format import to_json, wire_text
else:
    __getattr__ = on_demand(
        __name__,
        {
            "corpus_check": ("differences", "load_corpus"),
            "extraction": ("extract",),
            "from_feed": ("complete", "from_entry"),
            "page.kinship": ("Kinship", "Told", "kinship"),
            "page.profile_files": ("load_profiles",),
            "page.profiles": ("Profile", "Profiles"),
            "page.refresh": ("refresh_target",),
            "wire_format": ("to_json", "wire_text"),
        },
    )

__all__ = [
    "Kinship",
    "Profile",
    "Profiles",
    "Told",
    "complete",
    "differences",
    "extract",
    "from_entry",
    "kinship",
    "load_corpus",
    "load_profiles",
    "refresh_target",
    "to_json",
    "wire_text",
]
