"""Flags and marks as JSON: one form for rules, lists and digests.

Lists of stories keep their shorter one, the sentences alone, which scripts have long read.

Control and bidirectional characters are removed from what was printed, since such output ends in
terminals and logs; `marks` are offsets into the sentence as it stands here.
"""

import re
from collections.abc import Iterable
from typing import Any

from monitor.model import Flag, Mark, Reason
from monitor.text import clean, one_line

_SPACES = re.compile(r"\s+")


def flag_to_json(flag: Flag) -> dict[str, Any]:
    """Return a flag with its reasons: `rule`, `level`, `score` and `why`, a list of reasons."""
    return {
        "rule": flag.rule,
        "level": flag.level,
        "score": flag.score,
        "why": [_reason(reason) for reason in flag.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    sentence = one_line(reason.sentence)
    marks = [list(mark) for mark in reason.marks]
    if sentence != reason.sentence:
        marks = [[len(_before(reason.sentence, at)) for at in mark] for mark in reason.marks]
    return {
        "block": one_line(reason.block),
        "score": reason.score,
        "zone": reason.zone,
        "sentence": sentence,
        "marks": marks,
        "words": [one_line(word) for word in reason.words],
        "hits": [
            {"term": hit.term, "words": one_line(hit.words), "zone": hit.zone, "entity": hit.entity}
            for hit in reason.hits
        ],
    }


def _before(sentence: str, at: int) -> str:
    """What stands before an offset once the sentence is one clean line."""
    return _SPACES.sub(" ", clean(sentence[:at])).lstrip(" ")


def marks_to_json(marks: Iterable[Mark]) -> list[dict[str, str]]:
    """Return the marks of a story: `kind`, `text` and `at`."""
    return [{"kind": m.kind, "text": one_line(m.text), "at": m.at.isoformat()} for m in marks]
