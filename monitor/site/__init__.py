"""The site: the archive as a folder of pages, for a browser or any web server, with a search.

    index.html                  what there is, and the search
    day/2026-11-23.html         the stories first seen on a day
    rule/ID.html  entity/ID.html    the newest of a rule or an entity; a page a month behind them
    story/12.html               one story, with the text on top
    search/                     the index of the search, in pieces
    .catalogue.json             what is in all of this, and from what it was made

Everything can be read without a script; the search is the one thing that needs one, runs from
file:// too (data comes in as scripts, since a browser fetches no files), and cuts words exactly as
`monitor.search` does. Every page forbids scripts, styles and pictures from elsewhere.

A build writes what changed, each file in one step, pages before what links to them and the
catalogue last; what nothing links to any more goes after that. So a build that is killed leaves a
whole site, the old one or a newer, and the next build ends its work.
"""

from monitor.site.catalogue import Catalogue, Record, month_of, read_catalogue
from monitor.site.site_story import StoryPage
from monitor.site.write_site import begin, finish, pages_there, write_month

__all__ = [
    "Catalogue",
    "Record",
    "StoryPage",
    "begin",
    "finish",
    "month_of",
    "pages_there",
    "read_catalogue",
    "write_month",
]
