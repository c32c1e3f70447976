"""The manual as man pages: `monitor.1` with the commands and topics, `monitor-TOPIC.7` for each.

The pages are written in man(7) as groff and mandoc read it. A character outside of ASCII is written
by its number, so that neither the reader's locale nor a coding line matters.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from msgspec import Struct

from monitor import __version__, atomic
from monitor.manual.manual_pages import page, topics

_SPECIAL = {
    "\\": r"\(rs",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
    '"': r"\(dq",
}
_HEADING_THEN_PARAGRAPH = re.compile(r"^(\.S[HS] .*\n)\.PP\n", re.MULTILINE)
_LINE_START = re.compile(r"^(?=\.)", re.MULTILINE)


class Command(Struct, frozen=True):
    """One command: how it is called, what it does, and its options with what each means."""

    call: str
    does: str
    options: tuple[tuple[str, str], ...]


def write_man(folder: Path, commands: Sequence[Command]) -> int:
    """Write the manual into a folder, which is made where it is missing.

    Args:
        folder: where the pages go.
        commands: all that can be called.

    Returns:
        How many pages were written.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    others = [f"monitor-{topic}" for topic in topics()]
    written = {"monitor.1": _overview(commands, others)}
    for topic, about in topics().items():
        name = f"monitor-{topic}"
        text = _head(name, 7, about) + roff(page(topic).partition("\n")[2])
        written[f"{name}.7"] = text + _see_also(["monitor", *others], name)
    for name, text in written.items():
        atomic.write(folder / name, text.encode("ascii"))
    return len(written)


def roff(text: str) -> str:
    """Return Markdown as the body of a man page.

    Raises:
        ValueError: something of Markdown that no page of the manual has.
    """
    parsed = MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)
    return _blocks(SyntaxTreeNode(parsed).children)


def _head(name: str, section: int, about: str) -> str:
    title = f'.TH {_plain(name.upper())} {section} "" "wire-monitor {_plain(__version__)}"\n'
    return "'\\\" t\n" + title + f".SH NAME\n{_plain(name)} \\- {_plain(about)}\n"


def _overview(commands: Sequence[Command], others: Sequence[str]) -> str:
    text = _head("monitor", 1, "a monitor of wire stories")
    text += ".SH SYNOPSIS\n.B monitor\n[\\fIOPTION\\fR]... \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n"
    text += ".SH COMMANDS\n"
    text += "".join(map(_command, commands))
    text += ".SH EXIT STATUS\n"
    for code, means in (
        ("0", "Done."),
        ("1", "The work failed in part, or a check found faults."),
        ("2", "Wrong usage or configuration."),
    ):
        text += f".TP\n{code}\n{means}\n"
    return text + _see_also(others, "monitor")


def _command(command: Command) -> str:
    text = f".TP\n\\fB{_plain(command.call)}\\fR\n{_told(command.does)}\n"
    listed = (f".TP\n\\fB{_plain(flag)}\\fR\n{_told(means)}\n" for flag, means in command.options)
    return text + (f".RS\n{''.join(listed)}.RE\n" if command.options else "")


def _told(text: str) -> str:
    return _not_macros(_plain(" ".join(text.split())))


def _see_also(names: Sequence[str], but: str) -> str:
    listed = [
        f".BR {_plain(name)} ({1 if name == 'monitor' else 7})" for name in names if name != but
    ]
    return ".SH SEE ALSO\n" + " ,\n".join(listed) + "\n"


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> str:
    text = "".join(map(_block, nodes))
    return _HEADING_THEN_PARAGRAPH.sub(r"\1", text)  # a heading begins one by itself


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "heading":
            macro = ".SH" if node.tag == "h2" else ".SS"
            return f"{macro} {_inline(node)}\n"
        case "paragraph":
            return f".PP\n{_inline(node)}\n"
        case "fence" | "code_block":
            lines = _not_macros(_plain(node.content))
            return f".PP\n.RS 4\n.nf\n{lines}.fi\n.RE\n"
        case "bullet_list" | "ordered_list":
            return "".join(_item(node, number, item) for number, item in enumerate(node.children))
        case "blockquote":
            return f".RS 4\n{_blocks(node.children)}.RE\n"
        case "table":
            return _table(node)
        case "hr":
            return ""
    raise ValueError(f"no man page for Markdown's {node.type}")


def _item(node: SyntaxTreeNode, number: int, item: SyntaxTreeNode) -> str:
    """Return an item of a list; its first paragraph stands beside the mark."""
    ordered = node.type == "ordered_list"
    mark = f"{int(node.attrs.get('start', 1)) + number}. 4" if ordered else "\\(bu 2"
    first, *others = item.children
    text = f".IP {mark}\n{_inline(first)}\n"
    return text + (f".RS {mark[-1]}\n{_blocks(others)}.RE\n" if others else "")


def _table(node: SyntaxTreeNode) -> str:
    """Return a table for tbl(1); the last column takes the room that is left."""
    rows = [row for part in node.children for row in part.children]
    columns = len(rows[0].children)
    form = " ".join(["lb"] * columns) + "\n" + " ".join([*["l"] * (columns - 1), "lx"]) + "."
    lines = ["\t".join(f"T{{\n{_inline(cell)}\nT}}" for cell in row.children) for row in rows]
    return ".PP\n.TS\n" + form + "\n" + "\n".join(lines) + "\n.TE\n"


def _inline(node: SyntaxTreeNode) -> str:
    """Return the words of a heading, paragraph or cell."""
    return _not_macros("".join(map(_words, node.children)))


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "\n.br\n"
        case "code_inline":
            return f"\\fB{_plain(node.content)}\\fR"
        case "strong":
            return f"\\fB{_within(node)}\\fR"
        case "em":
            return f"\\fI{_within(node)}\\fR"
        case "link":
            return _within(node)
        case "text":
            return _plain(node.content)
        case "inline":
            return _within(node)
    raise ValueError(f"no man page for Markdown's {node.type}")


def _within(node: SyntaxTreeNode) -> str:
    return "".join(map(_words, node.children))


def _plain(text: str) -> str:
    """Return a text as roff shows it, letter by letter."""
    return "".join(
        _SPECIAL.get(letter) or (letter if letter.isascii() else f"\\[u{ord(letter):04X}]")
        for letter in text
    )


def _not_macros(text: str) -> str:
    """Return a text in which no line that begins with a full stop is taken for a macro."""
    return _LINE_START.sub(r"\\&", text)
