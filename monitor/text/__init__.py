"""Plain-text rules shared by several packages: cleaning, folding, edges and sentences per script.

- `clean`, `one_line`: what comes from the web is hostile; this is what may be shown.
- `guess_language`: by script, with the feed's claim as tie-break; `is_traditional` for Chinese.
- `fold_width`, `letters`, `fold_key`, `fold`: texts made comparable, from mild to thorough.
- `word_edges`, `name_edges`: may a term start or end here, by the script it is written in.
- `telling_words`: what a text can be recognised by, for likeness.
- `count`: "1 feed", "2 feeds".
- `sentences`: spans of sentences, by punctuation and the habits of each script.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.text.amounts import count
    from monitor.text.cleaning import clean, one_line
    from monitor.text.edges import LATIN_LETTERS, Edge, edges_of, name_edges, word_edges
    from monitor.text.fold_tables import SEPARATORS, simplified
    from monitor.text.language import LANGUAGE_OF, guess_language, is_traditional
    from monitor.text.normalize import (
        Folded,
        fold,
        fold_in_place,
        fold_key,
        fold_keys,
        fold_width,
        letters,
    )
    from monitor.text.recognition_words import telling_words
    from monitor.text.sentence_spans import sentences
else:
    __getattr__ = on_demand(
        __name__,
        {
            "amounts": ("count",),
            "cleaning": (
                "clean",
                "one_line",
            ),
            "edges": (
                "LATIN_LETTERS",
                "Edge",
                "edges_of",
                "name_edges",
                "word_edges",
            ),
            "fold_tables": ("SEPARATORS", "simplified"),
            "language": (
                "LANGUAGE_OF",
                "guess_language",
                "is_traditional",
            ),
            "normalize": (
                "Folded",
                "fold",
                "fold_in_place",
                "fold_key",
                "fold_keys",
                "fold_width",
                "letters",
            ),
            "sentence_spans": ("sentences",),
            "recognition_words": ("telling_words",),
        },
    )

__all__ = [
    "LANGUAGE_OF",
    "LATIN_LETTERS",
    "SEPARATORS",
    "Edge",
    "Folded",
    "clean",
    "count",
    "edges_of",
    "fold",
    "fold_in_place",
    "fold_key",
    "fold_keys",
    "fold_width",
    "guess_language",
    "is_traditional",
    "letters",
    "name_edges",
    "one_line",
    "sentences",
    "simplified",
    "telling_words",
    "word_edges",
]
