"""What is shown of a hit: the whole word as printed, where a stem found only a part of it."""

import re

from monitor.text import LATIN_LETTERS

_LETTERS = "".join(sorted(LATIN_LETTERS))
_LATIN_REST = re.compile(f"[{re.escape(_LETTERS)}]*")
_HANGUL_REST = re.compile("[가-힣]*")
_HANGUL_BEFORE = re.compile("[가-힣]*$")
_LONGEST = 40  # letters to either side that may be one word's
_PARTICLE = re.compile("[은는이가을를의에와과도로만]|에서|에게|으로|부터|까지|라고|하고|보다|처럼")


def whole_word(text: str, start: int, end: int, *, name: bool) -> tuple[int, int]:
    """Return the span of the word or words that a hit is a part of.

    "missile" in "missiles" grows by its ending. A Korean stem grows to its compound (탄도미사일),
    not by a particle; a name in Hangul does not grow, since what follows it is never its own.
    """
    last = text[end - 1 : end]
    if last in LATIN_LETTERS:
        rest = _LATIN_REST.match(text, end, end + _LONGEST)
        return start, rest.end() if rest else end
    if name or not "가" <= last <= "힣":
        return start, end
    if "가" <= text[start] <= "힣" and (
        before := _HANGUL_BEFORE.search(text, max(0, start - _LONGEST), start)
    ):
        start = before.start()
    rest = _HANGUL_REST.match(text, end, end + _LONGEST)
    if rest and not _PARTICLE.fullmatch(rest[0]):
        end = rest.end()
    return start, end
