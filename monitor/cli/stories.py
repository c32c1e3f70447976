"""`monitor stories`: group texts from a file, and group the archive anew."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from monitor.cli.session import progress, say, session
from monitor.cli.texts import in_force, json_articles

app = typer.Typer(no_args_is_help=True, help="Stories: group a file, rebuild the archive's.")


@app.command()
def group(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl|-")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines {id, story}.")] = False,
) -> None:
    """Say which of the texts in a JSON Lines file are one story; `story` is its first text's id."""
    from monitor import stories

    rulebook, now = in_force(context), datetime.now(UTC)
    ids: list[Any] = []
    signatures = []
    for number, (row, article, feed) in enumerate(json_articles(file)):
        ids.append(row.get("id", number))
        published = article.published or now
        mentions = rulebook.mentions(article, feed)
        signatures.append(
            stories.sign(
                article,
                id=number,
                seen=published if published.tzinfo else published.replace(tzinfo=UTC),
                outlet=article.source or (feed.name if feed else ""),
                entities=tuple(dict.fromkeys(mention.entity for mention in mentions)),
                sides=tuple(dict.fromkeys(side for one in mentions for side in one.sides)),
            )
        )
    found = stories.group(signatures)
    for number, given in enumerate(ids):
        story = ids[found[number]]
        if as_json:
            print(json.dumps({"id": given, "story": story}, ensure_ascii=False))
        elif found[number] != number:
            print(f"{given} belongs to {story}")


@app.command()
def rebuild(context: typer.Context) -> None:
    """Group all stored articles anew; the same articles give the same stories."""
    from monitor.pipeline.filing import regroup

    with session(context).desk() as desk, progress() as bars:
        articles, stories = regroup(desk, bars)
    say(f"{articles} articles in {stories} stories")
