"""Names that a page declares as its authors': JSON-LD and meta tags.

Systems declare more than writers: logins, accounts, the template's maker. What says by its own
url that it is an account that fills the site in is left out here; the rest is judged as every other
byline is (see `person_names`).
"""

import re
from collections.abc import Iterator
from itertools import islice

from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import is_house_name
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head
from monitor.text import one_line

# Any vendor's and vocabulary's name for it: "article:author_name", "parsely-author", "dc.creator".
_META_KEY = re.compile(r"(?<!web[_-])(?:author|creator|contributor)s?(?:.?name)?$|^byl$")
_WRITTEN_BY = frozenset({"written by", "verfasst von", "écrit par", "escrito por", "von", "by"})
_MOST_NAMES = 30
_ACCOUNT_PAGE = re.compile(r"/(?:admin\w*|user-?\d+|root|webmaster|editor)/?$", re.IGNORECASE)


def structured_names(head: Head) -> Iterator[str]:
    """Yield the names of the article's authors in JSON-LD."""
    for author in islice(_authors(head), _MOST_NAMES):
        yield from jsonld.texts(author.get("name"))


def meta_names(head: Head) -> Iterator[str]:
    """Yield the contents of meta tags that are called an author's."""
    for key in head.meta:
        if _META_KEY.search(key):
            for value in islice(head.contents(key), _MOST_NAMES):
                if not value.startswith(("http", "/", "www.")):
                    yield value
    if head.first("twitter:label1").casefold() in _WRITTEN_BY:
        yield head.first("twitter:data1")


def declared_house(head: Head) -> tuple[str, ...]:
    """Return the house that is named as author, as it is written."""
    for name in (*map(one_line, structured_names(head)), *meta_names(head)):
        if is_house_name(name):
            return (name,)
    return ()


def learn_accounts(head: Head, house: HouseNames) -> None:
    """Count the accounts that fill the site in among the outlet's own names."""
    for author in islice(_declared(head), _MOST_NAMES):
        if _is_account(author):
            house.learn(jsonld.text(author.get("name")))


def is_account(url: str) -> bool:
    """Tell whether an author's page is that of the account that fills the site in."""
    return _ACCOUNT_PAGE.search(url) is not None


def _authors(head: Head) -> Iterator[jsonld.Node]:
    return (author for author in _declared(head) if not _is_account(author))


def _declared(head: Head) -> Iterator[jsonld.Node]:
    authors = jsonld.objects(head.article.get("author") or head.article.get("creator"))
    return (jsonld.resolve(author, head.nodes) for author in authors)


def _is_account(author: jsonld.Node) -> bool:
    return is_account(jsonld.text(author.get("url")) or jsonld.text(author.get("@id")))
