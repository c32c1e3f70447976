"""`monitor stories`: group a file or the archive anew, say why, join and part by hand."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor import json_shape
from monitor.cli.jsonl_input import in_force, json_articles
from monitor.cli.session import id_number, progress, say, session
from monitor.errors import UsageError
from monitor.text import count

if TYPE_CHECKING:
    from monitor.desk import Desk

_app = typer.Typer(
    no_args_is_help=True, help="Stories: group a file, say why, join and part, rebuild."
)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.add_typer(_app, name="stories")


@_app.command()
def group(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl|-")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False,
) -> None:
    """Say which of the texts in a JSON Lines file are one story.

    `story` is the first text of the same story in the same language (copies, rewrites, takes);
    `event` is the story as a digest shows it, which reports in other languages belong to as well,
    joined by what they name, with `sure` from 0 to 1.
    """
    from monitor.pipeline.group_articles import group as grouped

    rows = list(json_articles(file))
    pairs = ((article, feed) for _, article, feed in rows)
    found = grouped(pairs, in_force(context), datetime.now(UTC))
    ids: list[Any] = [row.get("id", number) for number, (row, _, _) in enumerate(rows)]
    originals = {one.event: ids[n] for n, one in enumerate(found) if one.role == "original"}
    for id_, place in zip(ids, found, strict=True):
        row = {"id": id_, "story": ids[place.story], "event": ids[place.event]}
        row |= {"role": place.role, "sure": round(place.sure, 2)}
        if as_json:
            print(json_shape.line(row))
        elif place.role != "original":
            origin = originals.get(place.event, ids[place.event])
            print(f"{id_} ({place.role}) is of the story of {origin}: {place.why}")
    if not as_json:
        stories = len({place.event for place in found})
        say(f"{count(len(rows), 'text')} in {count(stories, 'story', 'stories')}")


@_app.command()
def rebuild(context: typer.Context) -> None:
    """Group all stored articles anew; the same articles give the same stories."""
    from monitor import lock
    from monitor.pipeline.desks import Desks
    from monitor.pipeline.file_article import regroup

    now = datetime.now(UTC)
    with session(context).stored_desk() as desk, lock.hold(desk.state, now), progress() as bars:
        if desk.store.path is None and (alive := _daemons(desk)):
            raise UsageError(f"{', '.join(alive)}: stop them first, since they file articles")
        articles, stories = regroup(Desks(desk), bars)
    say(f"{count(articles, 'article')} in {count(stories, 'story', 'stories')}")


def _daemons(desk: "Desk") -> list[str]:
    from monitor.daemon import machine_states

    with desk.store.read() as db:
        known = machine_states.collect(db)
    return [one.name for one in known if one.condition == "alive"]


ArticleId = Annotated[
    int, typer.Argument(metavar="ID", parser=id_number, help="Of an article; `list` shows it.")
]


@_app.command()
def why(context: typer.Context, article: ArticleId, other: ArticleId) -> None:
    """Say why two articles are one story, or are not: each measure, its weight, and the sum."""
    from monitor.pipeline import by_hand

    with session(context).reading_desk() as desk:
        for line in by_hand.why(desk, article, other):
            print(line)


@_app.command()
def join(context: typer.Context, article: ArticleId, other: ArticleId) -> None:
    """Have two articles, with their stories, in one story from now on."""
    from monitor.pipeline import by_hand

    with session(context).stored_desk() as desk:
        story = by_hand.join(desk, article, other, desk.now())
    say(f"{article} and {other} are in story {story}")


@_app.command()
def part(context: typer.Context, article: ArticleId) -> None:
    """Have an article in a story of its own from now on; `join` takes it back."""
    from monitor.pipeline import by_hand

    with session(context).stored_desk() as desk:
        story = by_hand.part(desk, article, desk.now())
    left = " already" if story == article else f"; it was in story {story}"
    say(f"{article} is a story of its own{left}")
