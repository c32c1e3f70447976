"""One story as lines: what is known of it, the article, why it was flagged, its copies.

The article stands in the middle as `monitor show` writes it, with the words that flagged the story
(or that a search asked for) underlined. Lines are broken by `text.columns`, which knows where
Chinese, Japanese and Korean may break.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from textual.content import Content

from monitor import model, search, stories
from monitor.articles import wire_text
from monitor.digest.phrasing import Pieces, clock, mark
from monitor.reader.rows import MARKED, harmless
from monitor.reader.store_queries import Opened, has
from monitor.text import one_line
from monitor.text.columns import breaks, pad, width

WIDEST = 100  # a longer line is hard to read
_OUTLET = 20
_SENTENCE = 500  # most characters shown
_RUNS = {"same": ("", ""), "gone": ("$error strike", "[-{}-]"), "new": ("$success", "{{+{}+}}")}


def story_lines(opened: Opened, columns: int, zone: ZoneInfo) -> list[Content]:
    """Return a story as lines of at most `columns`, and at most 100."""
    sheet = _Sheet(min(columns, WIDEST), opened, zone)
    return [*sheet.head(), sheet.rule(), *sheet.article(), *sheet.whys(), *sheet.others()]


def version_lines(opened: Opened, columns: int, zone: ZoneInfo) -> list[Content]:
    """Return what each version of an article changed, word by word."""
    sheet = _Sheet(min(columns, WIDEST), opened, zone)
    return list(sheet.versions())


class _Sheet:
    """The lines of a story on a sheet of some columns."""

    def __init__(self, columns: int, opened: Opened, zone: ZoneInfo) -> None:
        self.columns, self.opened, self.zone = columns, opened, zone
        self.view = opened.story.view if opened.story else None

    def head(self) -> Iterator[Content]:
        """Yield what is known of the copy and its story, in a few lines."""
        article, view = self.opened.article, self.view
        yield from self.wrapped(Content.styled(" · ".join(filter(None, self.about())), "dim"))
        if article.withdrawn:
            when = clock(article.withdrawn, self.opened.today, self.zone)
            line = f"The outlet took this page away ({when})."
            yield from self.wrapped(Content.styled(line, "bold $error"))
        if article.text.origin == "feed":
            why = f" ({one_line(article.page_error)})" if article.page_error else ""
            line = f"The page was not read{why}; this is the feed's own text."
            yield from self.wrapped(Content.styled(line, "$warning"))
        if view is None or self.opened.story is None:
            yield Content.styled("In no story.", "dim")
            return
        card = self.opened.story.card
        for flag in view.flags:
            yield from self.wrapped(self.flagged(flag))
        if card.machine:
            yield from self.wrapped(Content.styled(f"{card.machine} (machine)", "dim"))
        if card.gloss:
            yield from self.wrapped(Content.styled("; ".join(card.gloss), "dim"))
        for change in card.changes:
            yield from self.wrapped(Content.styled(change.text, "$warning"), "↻ ", "  ")
        for remark in (*card.remarks, *_judged(view)):
            yield from self.wrapped(Content.styled(remark, "$secondary"))

    def about(self) -> Iterator[str]:
        """Yield when the copy came, whose and which it is; "" for what is not known."""
        article, ids = self.opened.article, self.opened.copies
        yield clock(article.first_seen, self.opened.today, self.zone)
        yield one_line(article.outlet)
        for copy in self.view.copies if self.view else ():
            if copy.article == article.id:
                yield one_line(copy.label)
        yield article.text.language
        yield article.role if article.role != "original" else ""
        yield f"{ids.index(article.id) + 1} of {len(ids)} copies" if len(ids) > 1 else ""
        versions = len(self.opened.versions)
        yield f"{versions} versions" if versions > 1 else ""
        yield f"id {article.id}"

    def flagged(self, flag: model.Flag) -> Content:
        """Return which rule flagged the story, how loud, and for which words."""
        name = one_line(self.opened.names.get(flag.rule, flag.rule))
        words = dict.fromkeys(one_line(w) for reason in flag.reasons for w in reason.words)
        style = {"now": "bold $error", "digest": "$secondary"}.get(flag.level, "dim")
        return Content.assemble(
            (f"{name} ({flag.level}, {flag.score:g})", style), (f" for {', '.join(words)}", "dim")
        )

    def article(self) -> Iterator[Content]:
        """Yield the wire text."""
        text = self.opened.article.text
        for number, block in enumerate(wire_text(text, now_zone=self.zone).split("\n\n")):
            if number:
                yield Content()
            for line in block.split("\n"):
                style = "bold" if line == one_line(text.title) else ""
                found = Content(line).stylize(style) if style else Content(line)
                for start, end in self.found_in(line):
                    found = found.stylize(MARKED, start, end)
                yield from self.wrapped(found)
        yield Content()
        url = self.opened.url
        if url:
            yield from self.wrapped(Content.styled(url, "$primary"))
        for note in text.notes:
            yield from self.wrapped(Content.styled(f"note: {one_line(note)}", "dim"))

    def found_in(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of a line that a search asked for, or else that flagged the story."""
        if self.opened.wanted:
            yield from search.snippet(line, self.opened.wanted, len(line)).marks
            return
        for flag in self.view.flags if self.view else ():
            for reason in flag.reasons:
                at = line.find(reason.sentence) if reason.sentence else -1
                if at >= 0:
                    yield from ((at + start, at + end) for start, end in reason.marks)

    def whys(self) -> Iterator[Content]:
        """Yield the sentences that made each rule hold."""
        for flag in self.view.flags if self.view else ():
            if not flag.reasons:
                continue
            name = one_line(self.opened.names.get(flag.rule, flag.rule))
            yield Content()
            yield self.titled(f"Why {name}")
            said: dict[str, list[tuple[str, tuple[tuple[int, int], ...]]]] = {}
            for reason in flag.reasons:
                said.setdefault(reason.sentence, []).append((reason.block, reason.marks))
            for sentence, reasons in said.items():
                marks = [span for _, found in reasons for span in found]
                blocks = ", ".join(dict.fromkeys(one_line(block) for block, _ in reasons))
                line = _pieces(mark(sentence, marks, _SENTENCE))
                line += Content.styled(f"  ({blocks})", "dim")
                yield from self.wrapped(line, "▏ ", "▏ ")

    def others(self) -> Iterator[Content]:
        """Yield a line for each related story, and for each copy."""
        yield from self.related()
        yield from self.copies()

    def related(self) -> Iterator[Content]:
        """Yield a line for each story that tells of a step of the same happening."""
        if self.opened.related:
            yield Content()
            yield self.titled("Of the same happening (r opens the first)")
        for one in self.opened.related:
            line = Content.assemble((f"{one.kind}  ", "dim"), one_line(one.headline))
            yield from self.wrapped(line + Content.styled(f"  (id {one.id})", "dim"), "  ", "    ")

    def copies(self) -> Iterator[Content]:
        """Yield a line for each copy of the story."""
        held = self.view.copies if self.view else ()
        if len(held) < 2:
            return
        yield Content()
        yield self.titled(f"{len(held)} copies (tab shows the next)")
        for copy in held:
            here = copy.article == self.opened.article.id
            when = clock(copy.published or copy.seen, self.opened.today, self.zone)
            parts = (copy.language, copy.role, one_line(copy.label))
            about = " · ".join(part for part in parts if part)
            outlet = one_line(copy.outlet)
            lead = f"{'▸' if here else ' '} {when}  {pad(outlet, min(width(outlet), _OUTLET))}"
            yield from self.wrapped(
                Content.assemble(lead, (f"  {about}  ", "dim"), one_line(copy.title)), "", "    "
            )

    def versions(self) -> Iterator[Content]:
        """Yield what each version changed."""
        for old, new in pairwise(self.opened.versions):
            when = clock(new.seen, self.opened.today, self.zone)
            yield self.titled(f"Changed {when}")
            for runs in stories.diff_lines(stories.diff(old.text, new.text)):
                yield from self.wrapped(_runs(runs) if runs else Content.styled("…", "dim"))
                yield Content()

    def rule(self) -> Content:
        """Return a line across the sheet."""
        return Content.styled("─" * self.columns, "dim")

    def titled(self, title: str) -> Content:
        """Return a line across the sheet that bears a title."""
        title = pad(title, min(width(title), self.columns - 6))
        fill = "─" * (self.columns - width(title) - 4)
        return Content.assemble(("── ", "dim"), (title, "bold"), (f" {fill}", "dim"))

    def wrapped(self, text: Content, first: str = "", rest: str = "") -> Iterator[Content]:
        """Yield a line of text as lines that fit, with what leads the first and the others."""
        room = self.columns - width(rest)
        spans = breaks(text.plain, room, self.columns - width(first))
        for number, (start, end) in enumerate(spans):
            yield Content(rest if number else first) + text[start:end]


def _pieces(pieces: Pieces) -> Content:
    return Content.assemble(*((piece.text, MARKED if piece.marked else "") for piece in pieces))


def _runs(runs: Sequence[tuple[str, str]]) -> Content:
    parts: list[tuple[str, str]] = []
    for op, text in runs:
        style, form = _RUNS[op]
        shown = harmless(text)
        parts.append((form.format(shown) if form else shown, style))
    return Content.assemble(*parts)


def _judged(view: model.StoryView) -> Iterable[str]:
    if has(view.marks, "star"):
        yield "starred"
    if has(view.marks, "unwanted"):
        yield "not for us"
    if has(view.marks, "wanted"):
        yield "for us"
