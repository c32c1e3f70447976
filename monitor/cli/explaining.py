"""Why a rule fired or did not, on the terminal and as JSON; the same words for both."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from monitor import model
from monitor.text import one_line

if TYPE_CHECKING:
    from monitor.watch import Explanation

_MARK = "bold underline"


def as_json(found: "Sequence[Explanation]") -> list[dict[str, Any]]:
    """Return every rule with its blocks, hits and what was lacking."""
    return [asdict(item) for item in found]


def show(article: model.Article, found: "Sequence[Explanation]", *, every: bool) -> None:
    """Print rule by rule what held and what did not; rules without a hit only with `every`."""
    console = Console(highlight=False)
    console.print(Text(one_line(article.title), style="bold"))
    silent = 0
    for item in sorted(found, key=lambda one: (one.level is None, -one.score)):
        touched = item.level or any(block.held or block.found for block in item.blocks)
        if not touched and not every:
            silent += 1
            continue
        verdict = (
            f"{item.level}, score {item.score:g}" if item.level else f"not flagged: {item.why_not}"
        )
        style = {"now": "bold red", "digest": "yellow"}.get(item.level or "", "dim")
        console.print(
            Text.assemble("\n", (item.rule, "bold cyan"), "  ", (one_line(verdict), style))
        )
        for block in item.blocks:
            sign = "✓" if block.held else "·"
            points = f" +{block.score:g}" if block.held and block.kind == "when" else ""
            where = f" ({block.reason.zone})" if block.reason else ""
            console.print(Text(f"  {sign} {block.block}{points}{where}"))
            if block.reason:
                console.print(Text("    ") + marked(block.reason))
            for line in block.lacking:
                console.print(Text(f"    lacking: {one_line(line)}", style="dim"))
    if silent:
        console.print(Text(f"\n{silent} other rules met none of their words (--all)", style="dim"))


def marked(reason: model.Reason) -> Text:
    """Return the sentence of a reason with the words that hit marked."""
    text = Text(reason.sentence)
    for start, end in reason.marks:
        text.stylize(_MARK, start, end)
    return text
