"""What a text can be recognised by, whatever script it is in."""

import re

from monitor.text.normalize import fold, fold_width

_RUN = re.compile(
    r"([\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)"
    r"|([^\W\d_\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)|(\d+)"
)
_SHORT = 4  # letters below which a word of a spaced script says nothing of the matter


def telling_words(text: str) -> frozenset[str]:
    """Return the longer words, abbreviations and numbers of a text, and pairs of dense script.

    Words are folded (`fold_width`); Han, kana and Hangul are folded (`fold`) and cut into
    overlapping pairs of characters, which need no word borders.
    """
    found: set[str] = set()
    words: set[str] = set()
    for dense, word, number in _RUN.findall(text):
        if word:
            if len(word) >= _SHORT or (len(word) > 1 and word.isupper()):
                words.add(word)
        elif number:
            found.add(number)
        else:
            folded = fold(dense).text
            found.update(folded[at : at + 2] for at in range(len(folded) - 1))
    return frozenset(found.union(map(fold_width, words)))
