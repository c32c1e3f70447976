"""`monitor search`: the texts of all stored articles, by the query language of `monitor.search`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor import json_shape
from monitor.cli import unheeded
from monitor.cli.session import how_many, progress, say, session

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.cli.styled_lines import Piece
    from monitor.desk import Desk
    from monitor.search import Node, Phrase, Snippet
    from monitor.store import Store
    from monitor.store.articles import StoredArticle


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    # A query may begin with "-word", which is no option.
    app.command(context_settings={"ignore_unknown_options": True})(search)


def search(
    context: typer.Context,
    query: Annotated[
        list[str],
        typer.Argument(
            help='Words, "phrases", OR, -not, word*, near/5, @entity, title: outlet: feed: lang: '
            "rule: level: story: since: until: has:"
        ),
    ],
    limit: Annotated[
        int, typer.Option(parser=how_many, metavar="N", help="Show so many at most.")
    ] = 20,
    newest: Annotated[
        bool, typer.Option("--newest", help="Newest first, instead of the best.")
    ] = False,
    only_count: Annotated[
        bool, typer.Option("--count", help="Only say how many there are.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON Lines, one article a line.")
    ] = False,
) -> None:
    """Search the texts of all stored articles, in any language and spelling."""
    from monitor.cli.styled_lines import show
    from monitor.pipeline.read_query import read_query
    from monitor.search import phrases
    from monitor.store import search as searches
    from monitor.store.story_numbers import shown_ids

    if only_count:
        unheeded.refuse(context, "limit newest", "--count counts all that is found")
    with session(context).reading_desk() as desk:
        asked = read_query(desk, " ".join(query), desk.now())
        catch_up(desk.store)
        with desk.store.read() as db:
            if only_count:
                number = searches.count(db, asked)
                print(json_shape.line({"count": number}) if as_json else number)
                return
            hits = searches.find(db, asked, limit=limit, newest=newest)
            numbers = shown_ids(db, (item.story for item in hits.articles))
    wanted = list(phrases(asked))
    for place, item in enumerate(hits.articles):
        story = numbers.get(item.story)
        if as_json:
            print(json_shape.line(_as_json(item, story, wanted)))
        else:
            if place:
                show()
            _print(item, story, wanted, desk.config.zone)
    if hits.more and not as_json:
        say(f"the first {limit} are shown; --limit shows more, --count says how many there are")
    if not hits.articles:
        say("nothing found")
        say_unknown(desk, asked)
        raise typer.Exit(1)


def say_unknown(desk: "Desk", asked: "Node") -> None:
    """Say which names of a query that found nothing are not known."""
    from monitor.pipeline.read_query import unknown_values

    for line in unknown_values(desk, asked):
        say(line)


def catch_up(store: "Store") -> None:
    """Bring into the index what was stored before there was one, with progress; goes on later."""
    from monitor.errors import StoreError
    from monitor.store import search_index

    with store.read() as db:
        total = left = search_index.left(db)
    if not left:
        return
    try:
        with progress() as bars:
            while left:
                bars("indexing", total - left, total)
                with store.write() as db:
                    left = search_index.catch_up(db)
    except StoreError as error:
        say(f"{left} articles are not in the search index yet: {error}")


def _as_json(item: "StoredArticle", story: int | None, wanted: "list[Phrase]") -> dict[str, Any]:
    from monitor.search import article_snippets

    _, shown = article_snippets(item.text, wanted)
    return {
        "id": item.id,
        "story": story,
        "outlet": item.outlet,
        "feed": item.feed,
        "language": item.text.language,
        "title": item.text.title,
        "url": item.text.url,
        "published": item.text.published.isoformat() if item.text.published else None,
        "first_seen": item.first_seen.isoformat(),
        "snippet": shown.text,
        "marks": [list(mark) for mark in shown.marks],
    }


def _print(
    item: "StoredArticle", story: int | None, wanted: "list[Phrase]", zone: "ZoneInfo"
) -> None:
    from monitor.cli.shown_clock import day_and_clock
    from monitor.cli.styled_lines import room, show, styled, wrapped
    from monitor.search import article_snippets
    from monitor.text import one_line

    title, shown = article_snippets(item.text, wanted)
    about = f"{day_and_clock(item.first_seen, zone)}  {one_line(item.outlet)}"
    if item.text.language:
        about += f" · {item.text.language}"
    about += f" · article {item.id}" + (f" · story {story}" if story else "")
    for part, style in ((title, "bold"), (shown, "")):
        if part.text.strip():
            for line in wrapped(_pieces(part, style), room()):
                show(line)
        if part is title:
            show(styled(about, "dim"))
    if item.text.url:
        show(styled(one_line(item.text.url), "blue"))


def _pieces(part: "Snippet", style: str) -> "list[Piece]":
    """Return a snippet's line, what was found in reverse."""
    from monitor.text import clean

    pieces, at = [], 0
    for start, end in (*part.marks, (len(part.text), len(part.text))):
        pieces.append((part.text[at:start], style))
        pieces.append((part.text[start:end], f"{style} reverse"))
        at = end
    return [(clean(text).replace("\n", " "), style) for text, style in pieces]
