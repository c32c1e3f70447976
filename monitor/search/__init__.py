"""Search: what a text is found by, what a query asks for, and the lines that show why it was found.

`tokens` makes the same tokens of a text and of a query, `parse` reads the query language,
`snippet` cuts the lines to show. Nothing here knows a database; `monitor.store.search` does.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.search.indexed import IndexWords, index_words
    from monitor.search.query import Names, parse
    from monitor.search.query_tree import (
        And,
        Field,
        Named,
        Near,
        Node,
        Not,
        Or,
        Phrase,
        fields,
        phrases,
    )
    from monitor.search.snippets import Snippet, article_snippets, snippet
    from monitor.search.tokenizer import VERSION, Token, terms, tokens
else:
    __getattr__ = on_demand(
        __name__,
        {
            "indexed": ("IndexWords", "index_words"),
            "query": ("Names", "parse"),
            "query_tree": (
                "And",
                "Field",
                "Named",
                "Near",
                "Node",
                "Not",
                "Or",
                "Phrase",
                "fields",
                "phrases",
            ),
            "snippets": (
                "Snippet",
                "article_snippets",
                "snippet",
            ),
            "tokenizer": (
                "VERSION",
                "Token",
                "terms",
                "tokens",
            ),
        },
    )

__all__ = [
    "VERSION",
    "And",
    "Field",
    "IndexWords",
    "Named",
    "Names",
    "Near",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Snippet",
    "Token",
    "article_snippets",
    "fields",
    "index_words",
    "parse",
    "phrases",
    "snippet",
    "terms",
    "tokens",
]
