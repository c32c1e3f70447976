"""Plain-text rules shared by several rooms: cleaning, folding, edges and sentences per script.

- `clean`, `one_line`: what comes from the web is hostile; this is what may be shown.
- `guess_language`: by script, with the feed's claim as tie-break.
- `fold`: one form for all spellings of a name, with the way back to the text as printed.
- `word_edges`, `name_edges`: may a term start or end here, by the script it is written in.
- `sentences`: spans of sentences, by punctuation and the habits of each script.
"""

from monitor.text.cleaning import clean, one_line
from monitor.text.edges import LATIN_LETTERS, Edge, edges_of, name_edges, word_edges
from monitor.text.folding import SEPARATORS, Folded, fold, fold_key, fold_keys
from monitor.text.language import guess_language
from monitor.text.sentences import sentences

__all__ = [
    "LATIN_LETTERS",
    "SEPARATORS",
    "Edge",
    "Folded",
    "clean",
    "edges_of",
    "fold",
    "fold_key",
    "fold_keys",
    "guess_language",
    "name_edges",
    "one_line",
    "sentences",
    "word_edges",
]
