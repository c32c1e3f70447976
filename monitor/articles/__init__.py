"""The articles room: page bytes to wire record.

`extract` reads a page, `from_entry` and `complete` bring in what the feed knows, `wire_text` and
`to_json` show the record. `load_profiles` reads the site profiles. Nothing here fetches or stores.
"""

from monitor.articles.entries import complete, from_entry
from monitor.articles.extract import extract
from monitor.articles.profiles import Profile, Profiles, load_profiles
from monitor.articles.wire import from_json, parse_wire_text, to_json, wire_text

__all__ = [
    "Profile",
    "Profiles",
    "complete",
    "extract",
    "from_entry",
    "from_json",
    "load_profiles",
    "parse_wire_text",
    "to_json",
    "wire_text",
]
