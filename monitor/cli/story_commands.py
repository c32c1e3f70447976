"""`monitor stories`: group texts from a file, and group the archive anew."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from monitor.cli.jsonl_input import in_force, json_articles
from monitor.cli.session import progress, say, session

app = typer.Typer(no_args_is_help=True, help="Stories: group a file, rebuild the archive's.")


@app.command()
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
    from monitor import stories

    rulebook, now = in_force(context), datetime.now(UTC)
    ids: list[Any] = []
    signatures = []
    for number, (row, article, feed) in enumerate(json_articles(file)):
        ids.append(row.get("id", number))
        published = article.published or now
        early = [one for one in rulebook.mentions(article, feed, now=now) if one.zone != "body"]
        signatures.append(
            stories.sign(
                article,
                id=number,
                seen=published if published.tzinfo else published.replace(tzinfo=UTC),
                outlet=article.source or (feed.name if feed else ""),
                entities=tuple(dict.fromkeys(one.entity for one in early)),
                sides=tuple(dict.fromkeys(side for one in early for side in one.sides)),
            )
        )
    placed = stories.replay(signatures)
    first: dict[tuple[int | None, str], int] = {}  # of each event and language
    for signature in signatures:
        place = placed[signature.id]
        story = first.setdefault((place.story, signature.language), signature.id)
        row = {"id": ids[signature.id], "story": ids[story]}
        row |= {"event": ids[place.story or 0], "role": place.role, "sure": round(place.sure, 2)}
        if as_json:
            print(json.dumps(row, ensure_ascii=False))
        elif row["id"] != row["event"]:
            print(f"{row['id']} is a {place.role} of {row['event']}: {place.why}")


@app.command()
def rebuild(context: typer.Context) -> None:
    """Group all stored articles anew; the same articles give the same stories."""
    from monitor import lock
    from monitor.pipeline.file_article import regroup

    now = datetime.now(UTC)
    with session(context).desk() as desk, lock.hold(desk.state, now), progress() as bars:
        articles, stories = regroup(desk, bars)
    say(f"{articles} articles in {stories} stories")
