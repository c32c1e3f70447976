"""`monitor mark`: what the desk writes on a story."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor import json_shape
from monitor.cli import unheeded
from monitor.cli.session import id_number, say, session
from monitor.errors import UsageError
from monitor.text import count

if TYPE_CHECKING:
    from monitor.model import MarkKind
    from monitor.store import Connection


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(mark)


def mark(
    context: typer.Context,
    ids: Annotated[
        list[int],
        typer.Argument(metavar="ID…", parser=id_number, help="As `monitor list` shows."),
    ],
    read: Annotated[bool | None, typer.Option("--read/--unread")] = None,
    star: Annotated[bool | None, typer.Option("--star/--unstar")] = None,
    taken: Annotated[str, typer.Option(metavar="NAME", help="Who works on it.")] = "",
    free: Annotated[bool, typer.Option("--free", help="Nobody works on it any more.")] = False,
    note: Annotated[str | None, typer.Option(help='A note; "" takes it away.')] = None,
    wanted: Annotated[
        bool | None,
        typer.Option("--wanted/--unwanted", help="An example for the rules."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the marks as JSON.")] = False,
) -> None:
    """Mark stories as read, starred, taken by somebody, wanted or not, or with a note."""
    from monitor.flag_json import marks_to_json
    from monitor.store import marks
    from monitor.store.story_numbers import shown_ids

    if unheeded.given(context, "taken") and not taken.strip():
        raise UsageError("--taken names nobody; --free says that nobody works on it")
    wishes = _wishes(read, star, taken, free, note, wanted)
    if not wishes and not as_json:
        raise UsageError("say which mark: --read, --star, --taken NAME, --note TEXT, --unwanted …")
    with session(context).stored_desk() as desk:
        now = desk.now()
        with desk.store.write() as db:
            stories = list(dict.fromkeys(_story(db, number) for number in ids))
            for story in stories:
                for kind, text in wishes:
                    if text is None:
                        marks.remove(db, story, kind)
                    else:
                        marks.put(db, story, kind, text, now)
            held = marks.of(db, stories)
            numbers = shown_ids(db, stories)
    if as_json:
        for story in stories:
            line = {"story": numbers[story], "marks": marks_to_json(held.get(story, ()))}
            print(json_shape.line(line))
    else:
        say(f"marked {count(len(stories), 'story', 'stories')}")


def _wishes(
    read: bool | None,
    star: bool | None,
    taken: str,
    free: bool,
    note: str | None,
    wanted: bool | None,
) -> "list[tuple[MarkKind, str | None]]":
    """Return (kind, text) of what to put, and (kind, None) of what to take away."""
    if taken and free:
        raise UsageError("--taken and --free contradict each other")
    wishes: list[tuple[MarkKind, str | None]] = []
    if read is not None:
        wishes.append(("read", "" if read else None))
    if star is not None:
        wishes.append(("star", "" if star else None))
    if taken or free:
        wishes.append(("taken", taken or None))
    if note is not None:
        wishes.append(("note", note))
    if wanted is not None:
        wishes.append(("wanted" if wanted else "unwanted", ""))
    return wishes


def _story(db: "Connection", number: int) -> int:
    from monitor.store import marks

    story = marks.story_of(db, number)
    if story is None:
        raise UsageError(f"no story has the id {number}; `monitor list` shows ids")
    return story
