"""What a text can be recognised by, whatever script it is in."""

import re

from monitor.text.normalize import fold, fold_width

_RUN = re.compile(
    r"(?P<dense>[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)"
    r"|(?P<word>[^\W\d_\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)|(?P<number>\d+)"
)
_SHORT = 4  # letters below which a word of a spaced script says nothing of the matter


def telling_words(text: str) -> frozenset[str]:
    """Return the longer words, abbreviations and numbers of a text, and pairs of dense script.

    Words are folded (`fold_width`); Han, kana and Hangul are folded (`fold`) and cut into
    overlapping pairs of characters, which need no word borders.
    """
    found: set[str] = set()
    for run in _RUN.finditer(text):
        if run["dense"]:
            dense = fold(run["dense"]).text
            found.update(dense[at : at + 2] for at in range(len(dense) - 1))
        elif run["number"]:
            found.add(run["number"])
        elif len(run["word"]) >= _SHORT or (len(run["word"]) > 1 and run["word"].isupper()):
            found.add(fold_width(run["word"]))
    return frozenset(found)
