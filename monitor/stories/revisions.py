"""What changed between two sightings of one article.

A revision is a change of the headline or the text that a reader would see as one. Width of
characters, white space, kinds of quotation marks and dashes, and lines that change by themselves
(view counts, "5 minutes ago", copyright and "updated" lines) are not.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Literal

from msgspec import Struct

from monitor.model import Article
from monitor.stories.lexicon import alternation
from monitor.stories.signature import Signature
from monitor.stories.takes import take_of

Op = Literal["same", "gone", "new"]
Run = tuple[Op, str]

_EMPTIED = 0.15  # of the old text left: the page was emptied
_MOST_PAIRS = 1_000_000  # of equal words or paragraphs that a comparison may have to look at
_MARKS = str.maketrans("“”„「」『』‘’–—―", """\"\"\"\"\"\"\"''---""")
_SPACES = re.compile(r"\s+")
_PIECE = re.compile(
    r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+|\s+|[^\w\s]"
)
_AGO = (
    r"\d+ (?:seconds?|minutes?|mins?|hours?|days?) ago|\d+ ?(?:초|분|시간|일) ?전"
    r"|\d+ ?(?:秒|分钟|分鐘|分|小时|小時|時間|天|日)前"
)


@cache
def _volatile() -> re.Pattern[str]:
    counter, stamp, rights = (
        alternation(f"volatile.{kind}") for kind in ("counter", "stamp", "rights")
    )
    return re.compile(
        rf"\W*(?:(?:{counter})[\W\d]*+[km만万]?|(?<![\d,.])[\d,.]++[km만万]? (?:{counter})"
        rf"|{_AGO}"
        rf"|(?:{stamp})\W.{{0,60}}|(?:{rights}).{{0,160}})\W*",
        re.IGNORECASE,
    )


@cache
def _note(kind: str) -> re.Pattern[str]:
    return re.compile(alternation(f"note.{kind}"), re.IGNORECASE)


class Diff(Struct, frozen=True):
    """The change of one article as runs of words.

    `headline` and each item of `paragraphs` are runs `(op, text)`, where op is "same", "gone" or
    "new". The texts of "same" and "new" joined give the new paragraph, those of "same" and "gone"
    the old one.
    """

    headline: tuple[Run, ...] = ()
    paragraphs: tuple[tuple[Run, ...], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return all(op == "same" for runs in (self.headline, *self.paragraphs) for op, _ in runs)


def is_new_revision(old: Article, new: Article) -> bool:
    """Whether `new` reads differently from `old` in headline, standfirst or text."""
    return (
        _plain(old.title) != _plain(new.title)
        or (_plain(old.standfirst) != _plain(new.standfirst) and bool(new.standfirst))
        or _lines(old.body) != _lines(new.body)
    )


def diff(old: Article, new: Article) -> Diff:
    """Compare word by word: words of spaced scripts, single characters of Han and kana."""
    before, after = _kept(old.body), _kept(new.body)
    keys_before, keys_after = [_plain(p) for p in before], [_plain(p) for p in after]
    paragraphs: list[tuple[Run, ...]] = []
    for op, a, a_end, b, b_end in _opcodes(keys_before, keys_after):
        if op == "equal":
            paragraphs.extend((("same", text),) for text in after[b:b_end])
        else:
            paragraphs.extend(_changed(before[a:a_end], after[b:b_end]))
    return Diff(headline=_words(old.title, new.title), paragraphs=tuple(paragraphs))


def diff_lines(change: Diff) -> Iterator[tuple[Run, ...]]:
    """Yield the lines that show a change: the headline if it changed, then paragraphs.

    Unchanged paragraphs further than one from a change are one line without runs.
    """
    if any(op != "same" for op, _ in change.headline):
        yield change.headline
    moved = [any(op != "same" for op, _ in runs) for runs in change.paragraphs]
    skipped = change.empty
    for number, runs in enumerate(change.paragraphs):
        if any(moved[max(0, number - 1) : number + 2]):
            yield runs
            skipped = False
        elif not skipped:
            yield ()
            skipped = True


def render_diff_text(change: Diff) -> str:
    """The diff as plain text: `[-gone-]` and `{+new+}` (as `git diff --word-diff` writes them).

    Unchanged paragraphs further than one from a change are left out as "…".
    """
    lines = [_line(runs) if runs else "…" for runs in diff_lines(change)]
    if any(op != "same" for op, _ in change.headline):
        lines.insert(1, "")
    return "\n".join(lines)


def notice(old: Article, new: Article) -> Literal["correction", "update", "withdrawal"] | None:
    """Say what a new sighting means to a reader of the old one; None when nothing changed.

    A correction says so ("Correction:", "정정", "更正", "訂正") in headline or text, where the old
    one did not. A withdrawal says so, or leaves less than 15 % of a text of 200 characters or
    more. A page that is gone (404, 410) is for the caller to see.
    """
    if not is_new_revision(old, new):
        return None
    before, after = _all_text(old), _all_text(new)
    was, now = sum(map(len, old.body)), sum(map(len, new.body))
    take = take_of(new.title)
    if take.withdrawal or (
        _note("withdrawal").search(after) and not _note("withdrawal").search(before)
    ):
        return "withdrawal"
    if was >= 200 and now < _EMPTIED * was and new.access == "full" and new.origin == old.origin:
        return "withdrawal"
    corrected = take.correction or _note("correction").search(after) is not None
    if corrected and not (take_of(old.title).correction or _note("correction").search(before)):
        return "correction"
    return "update"


def says_withdrawn(text: Article) -> bool:
    """Tell whether a text says of its story that it was withdrawn."""
    said = _note("withdrawal").search(_all_text(text))
    return take_of(text.title).withdrawal or said is not None


class Material(Struct, frozen=True):
    """A change of a story worth an "update" that refers to the first alert."""

    kind: Literal["new take", "correction"]
    what: str  # one line
    article: int  # that brought it
    since: datetime  # when that article was first seen


def material(known: Sequence[Signature], new: Signature) -> Material | None:
    """Whether an article that joins a story is news to a reader who was told of it.

    A correction is, and a take of a higher rank than any before by the outlet that sends it. More
    copies, rewrites and translations are not. A feed lists the newest first, so a flash may join
    after the take that followed it: that take is the news then.
    """
    if new.correction:
        return _material("correction", new)
    takes = [one for one in known if one.outlet == new.outlet]
    if not takes:
        return None
    if new.rank > max(one.rank for one in takes):
        return _material("new take", new)
    first = min(takes, key=lambda one: one.when)
    if all(one.rank == first.rank > new.rank for one in takes) and new.when < first.when:
        return _material("new take", first)
    return None


def _material(kind: Literal["new take", "correction"], brought: Signature) -> Material:
    what = f"{brought.outlet or 'an outlet'}: {brought.headline}"
    if kind == "new take":  # most keep their headline, and each is one of its own
        what += f" (take {brought.rank})"
    return Material(kind, what, brought.id, brought.seen)


def _all_text(article: Article) -> str:
    return "\n".join((article.title, article.standfirst, *article.body))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_MARKS)
    return _SPACES.sub(" ", folded).strip()


def _kept(body: Sequence[str]) -> list[str]:
    return [paragraph for paragraph in body if _plain(paragraph) and not _is_volatile(paragraph)]


def _is_volatile(paragraph: str) -> bool:
    return len(paragraph) <= 200 and _volatile().fullmatch(paragraph.strip()) is not None


def _lines(body: Sequence[str]) -> str:
    return _SPACES.sub("", "".join(_plain(paragraph) for paragraph in _kept(body)))


def _changed(before: list[str], after: list[str]) -> list[tuple[Run, ...]]:
    """Pair the paragraphs of a changed stretch by likeness, in order; the rest is gone or new."""
    result: list[tuple[Run, ...]] = []
    start = 0
    for new in after:
        found = next(
            (n for n in range(start, min(len(before), start + 8)) if _alike(before[n], new)), None
        )
        if found is None:
            result.append((("new", new),))
            continue
        result.extend((("gone", old),) for old in before[start:found])
        result.append(_words(before[found], new))
        start = found + 1
    result.extend((("gone", old),) for old in before[start:])
    return result


def _opcodes(a: list[str], b: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """difflib's operations; all replaced where the same words recur too often to compare."""
    first, second = Counter(a), Counter(b)
    if sum(count * second[word] for word, count in first.items()) > _MOST_PAIRS:
        return [("replace", 0, len(a), 0, len(b))]
    return difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _alike(old: str, new: str) -> bool:
    a, b = (set(_PIECE.findall(text)) - {" "} for text in (old, new))
    return len(a & b) >= 0.4 * min(len(a), len(b)) if a and b else False


def _words(old: str, new: str) -> tuple[Run, ...]:
    """The runs of one paragraph or headline."""
    if _plain(old) == _plain(new):
        return (("same", new),) if new else ()
    a, b = _PIECE.findall(old), _PIECE.findall(new)
    runs: list[Run] = []
    for op, i, i_end, j, j_end in _opcodes(a, b):
        if op == "equal":
            runs.append(("same", "".join(b[j:j_end])))
            continue
        if i < i_end:
            runs.append(("gone", "".join(a[i:i_end])))
        if j < j_end:
            runs.append(("new", "".join(b[j:j_end])))
    return tuple(runs)


def _line(runs: Sequence[Run]) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks[op].format(text) for op, text in runs)
