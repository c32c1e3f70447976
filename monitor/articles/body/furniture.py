"""Lines that stand among the paragraphs of an article and are none of its text.

Class names do not give these lines away, since editors type them into the text field itself; their
words do (`boilerplate`). No line longer than `LONGEST` is taken for furniture.
"""

import re

from monitor import dates
from monitor.articles.body.boilerplate import (
    ANYWHERE,
    ANYWHERE_EAST,
    CLOCKS,
    COMMENTS,
    LABELS,
    NOTES,
    STARTS,
    TIMINGS,
)
from monitor.newsroom.agencies import names_agencies
from monitor.newsroom.credits import LEADS, SIGNED
from monitor.newsroom.word_lists import any_of
from monitor.text import letters

LONGEST = 420  # bytes in UTF-8
_LONGEST_NOTE = 300  # characters
_LABEL = 90  # bytes
_TAIL = 130  # characters at a line's end in which a mail address stands


def _starts(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"[^\w¿¡<©]{{0,40}}(?:{pattern})", flags)


_LABELS = frozenset(map(letters, LABELS))
_COMMENTS = frozenset(map(letters, COMMENTS))
_ALL_COMMENTS = tuple(_COMMENTS)
_COMMENTING = re.compile(any_of(COMMENTS), re.IGNORECASE)
_LEAD = _starts(LEADS)
_START = _starts(STARTS)
_NOTE = _starts(NOTES)
_SIGNED = _starts(SIGNED, re.IGNORECASE)
_CLOCK = _starts(CLOCKS)
_TIMING = re.compile(TIMINGS)
_ANYWHERE = [(needle, re.compile(pattern, re.IGNORECASE)) for needle, pattern in ANYWHERE]
_EAST = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]")
_ANYWHERE_EAST = re.compile(ANYWHERE_EAST)
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"\s[-–|·]\s")  # "Advertisement - Scroll to continue"
_NUMBER = re.compile(r"\d[\d,.]*")
_ARROWS = re.compile(r"[>＞≫»→]{2,}|[>＞→]\s|[☞👉➤]")
_RULE = re.compile(r"[^\w【】]*[-–—=*•·.…#]{2,}[^\w【】]*$|\W?\+\d{1,3}\W?$")
_ACCOUNT = re.compile(
    r"@\w+$|(?:twitter|facebook|instagram)\.com/\S+$|mit agenturmaterial\W*$", re.IGNORECASE
)
_CONTACT = re.compile(r"\s*[\[(（【<]?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[\])）】>]?\s*$")
_NEW_WINDOW = re.compile(
    r"\s?\((?:öffnet (?:in|im) (?:einem )?neuen? (?:fenster|tab)|"
    r"opens (?:in )?(?:a )?new (?:tab|window))\)"
    r"|, opens new tab\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+(?:\s[(（][^()（）]{0,40}[)）])?$")
_URL = re.compile(r"https?://\S{1,200}")
_ENDS = frozenset(".!?…。！？")
_SENTENCE_END = re.compile(r"[.!?…।。！？][\"'”’»」』)\]）]*$")


def is_furniture(text: str) -> bool:
    """Tell whether a line is page furniture by its words.

    Args:
        text: one line, white space folded.
    """
    length = len(text)
    if length > LONGEST:
        return False
    eastern = not text.isascii() and _EAST.search(text) is not None
    if eastern and len(text.encode("utf-8", "replace")) > LONGEST:
        return False
    if length < 60 and _is_short_furniture(text):
        return True
    lowered = text.lower()
    if _START.match(lowered) or _SIGNED.match(text) or _ARROWS.match(text):
        return True
    if is_time(text) or (eastern and _ANYWHERE_EAST.search(lowered)):
        return True
    # A loop: most lines have none of the needles, and a generator costs as much as looking.
    for needle, pattern in _ANYWHERE:  # noqa: SIM110
        if needle in lowered and pattern.search(text):
            return True
    return False


def _is_short_furniture(text: str) -> bool:
    """Tell whether a short line is a label, a rule, an account or agencies, or parts that are."""
    if len(text) < 45 and (_is_label(text) or _RULE.match(text) or _ACCOUNT.match(text)):
        return True
    parts = _PARTED.split(text)
    parted = len(parts) > 1 and all(map(is_furniture, parts))
    return parted or (len(text) < 45 and names_agencies(text))


def is_time(text: str) -> bool:
    """Tell whether a line says when it was published, how old it is or how long it takes."""
    if len(text) >= 170 or not (len(text) < 80 or _DIGIT.search(text)):
        return False
    lowered = text.lower()
    if len(text) < 80 and _TIMING.search(lowered):
        return True
    return bool(_DIGIT.search(text) and _CLOCK.match(lowered))


def _is_label(text: str) -> bool:
    folded = letters(text)
    # A row of underscores is how AP sets a section break.
    return folded in _LABELS if folded else "_" not in text


def announces_comments(text: str) -> bool:
    """Tell whether a line says that comments follow, with their number or without."""
    if len(text) >= 40:
        return False
    words = "".join(char for char in text if not char.isdigit())
    # "コメント 6件", "댓글 6개": behind the number a counter may stand.
    before = _NUMBER.split(text, maxsplit=1)
    counted = len(before) > 1 and len(letters(before[1])) == 1 and not before[1].isascii()
    return letters(words) in _COMMENTS or (counted and letters(before[0]) in _COMMENTS)


def speaks_of_comments(text: str) -> bool:
    """Tell whether a short line ends in a word for comments: "热门评论", "Reader comments (12)"."""
    if len(text) >= 40 or not _COMMENTING.search(text) or ends_sentence(text):
        return False
    words = letters("".join(char for char in text if not char.isdigit()))
    before = letters(_NUMBER.split(text, maxsplit=1)[0])
    return words.endswith(_ALL_COMMENTS) or before.endswith(_ALL_COMMENTS)


def is_note(text: str) -> bool:
    """Tell whether a last line speaks of the text itself: translated, syndicated, whose view."""
    return len(text) <= _LONGEST_NOTE and _NOTE.match(text.lower()) is not None


def leads_on(text: str) -> bool:
    """Tell whether a line announces a list of other stories ("Related stories:")."""
    return len(text) < 80 and (_LEAD.match(text.lower()) is not None or letters(text) in _LABELS)


def is_moment(text: str) -> bool:
    """Tell whether a line is a date or a clock and hardly anything else."""
    if len(text) > 60 or not any(char.isdigit() for char in text):
        return False
    reading = dates.read(text)
    return reading is not None and len(text) - len(reading.text) < 12


def is_address(text: str) -> bool:
    """Tell whether a line is nothing but a url, perhaps with a day in brackets."""
    return _ADDRESS.match(text) is not None


def leads_to_urls(text: str) -> bool:
    """Tell whether a line is a label with urls behind it, which are most of it."""
    listed = not text[:1].isalpha() and text.count("://") == 1
    linking = "://" in text and not listed
    return linking and 2 * len(_URL.sub("", text)) < len(text) < _LONGEST_NOTE


# Who reported and edited, at the end of a last paragraph, in brackets or behind its full stop.
_CREDIT_TAIL = re.compile(
    r"\s?[(\[](?:[A-Za-z]+ ){0,3}(?:[Rr]eporting|[Ee]diting|[Ww]riting) (?:by|from) "
    r"[^()\[\]]{3,240}[)\]]\.?$"
    r"|(?<=[.!?”\"])\s(?:Additional )?Reporting by [^.!?]{3,160};\s?(?:[Ee]diting|[Ww]riting) by "
    r"[^.!?]{3,120}\.?$"
    r"|\s?[（(](?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對)[^（）()]{2,30}[）)]\d{0,8}$"
    r"|(?<=[.”\"])\s?/\s?[가-힣]{2,4}\s?기자$"
)
_CREDIT_REACH = 300  # characters
_CREDIT_CUES = ("ing by ", "ing from ", "编", "編", "校", "기자")
_SHORTEST_BEFORE = 40  # bytes of a paragraph that keeps its text when the credit goes


def without_notes(text: str) -> str:
    """Return a line without the credit or mail address that signs it and notes on its links."""
    tail = text[-_CREDIT_REACH:]
    by = "ing " in tail or not tail.isascii()
    if by and any(cue in tail for cue in _CREDIT_CUES):
        start = max(0, len(text) - _CREDIT_REACH)
        found = _CREDIT_TAIL.search(text, start)
        if found and len(text[: found.start()].encode()) >= _SHORTEST_BEFORE:
            text = text[: found.start()].rstrip()
    if "@" in text[-_TAIL:]:
        found = _CONTACT.search(text, max(0, len(text) - _TAIL))
        if found:
            text = text[: found.start()].rstrip()
            # "Ada Lindqvist can be reached at" says nothing without the address, nor does a label.
            label = len(text.encode("utf-8", "replace")) < _LABEL and not ends_sentence(text)
            text = "" if label or (text.split()[-1:] and text.split()[-1].islower()) else text
    if "new" in text or "neue" in text:
        text = _NEW_WINDOW.sub("", text)
    return text


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    if text[-1:] in _ENDS:
        return True
    return _SENTENCE_END.search(text, max(0, len(text) - 8)) is not None
