"""Why a rule fired or did not, on the terminal and as JSON; the same words for both."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from monitor import model
from monitor.pipeline.raise_alerts import ALERT_AGE
from monitor.text import count, one_line

if TYPE_CHECKING:
    from monitor.watch import BlockResult, Explanation, TestResult

_MARK = "bold underline"
_FEW = 4  # blocks that are shown in any case
_LIMITS = (
    'Level "now" is told once a story, however many outlets carry it, and only while its first '
    f"sight is no more than {ALERT_AGE // timedelta(hours=1)} hours ago."
)


def show(
    article: model.Article,
    found: "Sequence[Explanation]",
    *,
    every: bool,
    number: int | None = None,
) -> None:
    """Print rule by rule what held, and what came near; everything with `every`."""
    console = Console(highlight=False)
    called = "" if number is None else f"{number}  "
    console.print(Text(called + one_line(article.headline), style="bold"))
    silent = 0
    for item in sorted(found, key=lambda one: (one.level is None, -one.score)):
        touched = item.level or any(block.held or block.found for block in item.blocks)
        if touched or every:
            console.print(Text("\n") + _verdict(item))
            _show_blocks(console, item, every=every)
        else:
            silent += 1
    if any(item.level == "now" for item in found):
        console.print(Text(f"\n{_LIMITS}", style="dim"))
    if silent:
        kind = "other rule" if silent < len(found) else "rule"
        told = count(silent, f"{kind} met none of its words", f"{kind}s met none of their words")
        console.print(Text(f"\n{told} (--all)", style="dim"))


def show_flagged_copies(copies: Sequence[model.Copy]) -> None:
    """Print which copies its story is flagged for, where an article itself is not flagged."""
    console = Console(highlight=False)
    for copy in copies:
        line = f"its story is flagged for its copy {copy.article}: {copy.outlet}, {copy.title}"
        console.print(Text(one_line(line), style="yellow"))


def show_test(result: "TestResult") -> None:
    """Print a self-test that failed: what was expected, what came, what each block did."""
    console = Console(highlight=False)
    console.print(Text(f"{result.place}: {result.rule}", style="bold cyan"))
    console.print(Text(f"  {one_line(result.text)}"))
    console.print(Text.assemble("  expected ", (result.expected, "green")))
    console.print(Text.assemble("  got      ", (result.got, "bold red")))
    _show_blocks(console, result.explanation, every=False)


def _verdict(item: "Explanation") -> Text:
    fired = f"{item.level}, score {item.score:g}"
    verdict = fired if item.level else f"not flagged: {item.why_not}"
    style = {"now": "bold red", "digest": "yellow"}.get(item.level or "", "dim")
    return Text.assemble((item.rule, "bold cyan"), "  ", (one_line(verdict), style))


def _show_blocks(console: Console, item: "Explanation", *, every: bool) -> None:
    shown = item.blocks if every else _near(item)
    for block in shown:
        sign = "✓" if block.held else "·"
        points = f" {block.score:+g}" if block.held and block.kind == "when" else ""
        where = f" ({block.reason.zone})" if block.reason else ""
        console.print(Text(f"  {sign} {block.block}{points}{where}"))
        if block.reason:
            console.print(Text("    ") + marked(block.reason))
        for line in block.lacking:
            lacking = Text(f"lacking: {one_line(line)}", style="dim")
            for part in lacking.wrap(console, max(console.width - 4, 20)):
                part.rstrip()
                console.print(Text("    ") + part)
    if hidden := len(item.blocks) - len(shown):
        console.print(Text(f"  {hidden} blocks more, not met or farther off (--all)", style="dim"))


def _near(item: "Explanation") -> "Sequence[BlockResult]":
    """Return the blocks that held or were lifted, and those that lacked the least.

    A rule of many blocks fails in most of them by nearly everything, and the one that a reader
    looks for would be lost among those.
    """
    if len(item.blocks) <= _FEW:
        return item.blocks
    missed = [block for block in item.blocks if block.found and not block.reason]
    least = min((len(block.lacking) for block in missed if block.lacking), default=0)
    near = missed if item.level is None else ()
    return [one for one in item.blocks if one.reason or (one in near and len(one.lacking) == least)]


def marked(reason: model.Reason) -> Text:
    """Return the sentence of a reason with the words that hit marked."""
    text = Text(reason.sentence)
    for start, end in reason.marks:
        text.stylize(_MARK, start, end)
    return text
