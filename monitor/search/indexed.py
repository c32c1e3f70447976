"""What the full-text index holds of an article."""

from typing import NamedTuple

from monitor import model
from monitor.search.tokenizer import terms

_MOST = 15_000  # PostgreSQL keeps places up to 16,383 (PostgreSQL manual, 12.11)
_MOST_IN_TITLE = 1_000


class IndexWords(NamedTuple):
    """The tokens of an article in their order, with spaces between."""

    title: str
    body: str


def index_words(text: model.Article) -> IndexWords:
    """Return what an article is found by."""
    body = "\n".join(filter(None, (text.standfirst, *text.body)))
    return IndexWords(" ".join(terms(text.title)[:_MOST_IN_TITLE]), " ".join(terms(body)[:_MOST]))
