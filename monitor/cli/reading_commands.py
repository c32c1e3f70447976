"""`monitor list`, `show`, `explain` and `scrape`: read what was found, and why."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import json_shape
from monitor.cli import complete, unheeded
from monitor.cli.session import Json, Private, id_number, session
from monitor.errors import NoArticle, UsageError

if TYPE_CHECKING:
    from monitor.articles import Profiles
    from monitor.desk import Desk
    from monitor.store import Connection
    from monitor.store.articles import StoredArticle

_WEB = ("http://", "https://")
Article = Annotated[
    int, typer.Argument(metavar="ID", parser=id_number, help="As `monitor list` gives it.")
]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.command("list")(list_)
    app.command()(show)
    app.command()(explain)
    app.command()(scrape)


def list_(
    context: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="Every stored entry, as JSON Lines.")
    ] = False,
    articles: Annotated[
        bool, typer.Option("--articles", help="Show the copies of each story too.")
    ] = False,
    since: Annotated[str, typer.Option(help='"24h", "yesterday", "2026-11-22".')] = "7d",
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this rule.", autocompletion=complete.rules),
    ] = None,
    unread: Annotated[bool, typer.Option("--unread", help="Not marked as read.")] = False,
    starred: Annotated[bool, typer.Option("--starred", help="Marked with a star.")] = False,
    as_json: Json = False,
) -> None:
    """List the flagged stories, newest first."""
    from monitor.dates.moments import beginning
    from monitor.store import views

    if every:
        unheeded.refuse(context, "articles rule unread starred", "--all lists entries, not stories")
    with session(context).reading_desk() as desk, desk.store.read() as db:
        start = beginning(since, desk.now(), desk.config.zone)
        if every:
            _print_entries(db, start if unheeded.given(context, "since") else None)
            return
        _check_rules(desk, rule or ())
        found = views.flagged(
            db, since=start, rules=tuple(rule or ()), starred=starred, unread=unread
        )
    if as_json:
        from monitor.cli import story_view

        for view in found:
            print(json_shape.line(story_view.as_json(view)))
    else:
        from monitor.cli import story_list

        asked = " ".join(word for word in ("unread" * unread, "starred" * starred) if word)
        story_list.print_list(found, desk.config.zone, copies=articles, asked=asked)


def _print_entries(db: "Connection", since: datetime | None) -> None:
    from monitor.store import desk_feeds, entries
    from monitor.text import clean
    from monitor.url_logins import redact

    names = desk_feeds.called(db)
    for stored, guid in entries.every(db, since):
        line = {
            "id": stored.id,
            "article": stored.article,
            "feed": names.get(stored.feed, stored.feed),
            "guid": redact(guid),
            "url": redact(clean(stored.entry.url)),
            "title": stored.entry.title,
            "first_seen": stored.first_seen.isoformat(),
        }
        print(json_shape.line(line))


def _check_rules(desk: "Desk", names: Sequence[str]) -> None:
    """Raise UsageError with the nearest spelling for a rule that nobody knows."""
    from monitor.model import SEARCH_FLAG
    from monitor.tomlfile import nearest

    known = [rule.id for rule in desk.rulebook.rules] if names else []
    known += [f"{SEARCH_FLAG}{table.name}" for table in desk.config.search]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"known: {', '.join(known)}"
            raise UsageError(f'no rule is called "{name}" ({hint})')


def show(
    context: typer.Context,
    article: Article,
    diff: Annotated[
        bool, typer.Option("--diff", help="What changed between its revisions.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show an article in the wire format, with the copies of its story beneath."""
    from monitor import articles
    from monitor.cli import story_view
    from monitor.store import articles as article_store
    from monitor.store import views

    with session(context).reading_desk() as desk, desk.store.read() as db:
        stored = _article(db, article)
        revisions = article_store.revisions(db, stored.id)
        found = views.stories(db, [stored.story] if stored.story is not None else [])
        if any(view.flags for view in found):  # others are related to none
            from monitor.pipeline.relate_stories import with_related

            found = with_related(db, found)
    if diff and as_json:
        changed = story_view.diff_as_json(revisions)
        print(json_shape.document({"id": stored.id, "revisions": changed}))
    elif diff:
        story_view.print_diff(revisions, desk.config.zone)
    elif as_json:
        story = story_view.as_json(found[0]) if found else None
        shown = {"id": stored.id, **articles.to_json(stored.text), "story": story}
        print(json_shape.document(shown))
    else:
        print(articles.wire_text(stored.text))
        story_view.print_notes(stored, found, desk.config.zone)


def explain(
    context: typer.Context,
    article: Article,
    every: Annotated[bool, typer.Option("--all", help="Rules without any hit, too.")] = False,
    as_json: Json = False,
) -> None:
    """Say why an article was flagged, rule by rule, and what a near miss lacked."""
    from monitor.cli import explaining
    from monitor.store import desk_feeds, views
    from monitor.store import flags as flag_store

    with session(context).reading_desk() as desk:
        with desk.store.read() as db:
            stored = _article(db, article)
            story = views.stories(db, [stored.story] if stored.story is not None else [])
            copies = [copy for view in story for copy in view.copies if copy.article != article]
            flagged = flag_store.of_articles(db, [copy.article for copy in copies])
            feed = desk_feeds.by_row(db, desk.feeds).get(stored.feed)
        found = desk.rulebook.explain(stored.text, feed, now=stored.first_seen)
    if as_json:
        print(json_shape.document(found))
    else:
        explaining.show(stored.text, found, every=every, number=article)
        if not any(item.level for item in found):
            explaining.show_flagged_copies([copy for copy in copies if copy.article in flagged])


def scrape(
    context: typer.Context,
    page: Annotated[str, typer.Argument(metavar="URL|FILE|-", help="The page to read.")] = "",
    url: Annotated[str, typer.Option(help="Url of a page read from a file.")] = "",
    private: Private = False,
    profiles: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Site profiles of your own.")
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Saved pages with their expected fields, all of them."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Turn one page into the article format, or hold saved pages against what is expected."""
    from monitor import articles

    if (check is None) == (not page):
        raise UsageError("give a URL, a FILE or -, or --check FOLDER")
    if check is not None:
        unheeded.refuse(context, "url private", "--check reads saved pages, which name their urls")
    elif page.startswith(_WEB):
        unheeded.refuse(context, "url", "the page is read from its own")
    else:
        unheeded.refuse(context, "private", "a file is read, nothing of the network")
    known = articles.load_profiles(profiles or ())
    if check is not None:
        _check_corpus(check, known, as_json)
        return
    body, page_url, content_type = _page(page, url, private)
    try:
        article = articles.extract(body, page_url, content_type=content_type, profiles=known)
    except NoArticle as error:
        raise NoArticle(f"{page}: {error}") from None
    if as_json:
        print(json_shape.document(articles.to_json(article)))
    else:
        print(articles.wire_text(article))


def _check_corpus(folder: Path, profiles: "Profiles", as_json: bool) -> None:
    """Print which fields of saved pages come out otherwise; exit 1 when one does."""
    from monitor import articles

    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    pages = wrong = 0
    for saved in articles.load_corpus(folder):
        pages += 1
        why = ""
        found = []
        try:
            record = articles.extract(saved.html, saved.url, profiles=profiles)
        except NoArticle as error:
            why = str(error)
        else:
            found = articles.differences(record, saved.expected)
        wrong += bool(why or found)
        if as_json:
            fields = {d.field: {"missing": d.missing, "extra": d.extra} for d in found}
            line = {"page": saved.name, "error": why, "differences": fields}
            print(json_shape.line(line))
        elif why or found:
            print(f"{saved.name}: {why or ', '.join(d.field for d in found)}")
            for difference in found:
                for sign, lines in (("-", difference.missing), ("+", difference.extra)):
                    for text in lines:
                        print(f"  {difference.field} {sign} {text}")
    if not as_json:
        print(f"{pages} pages, {wrong} differ" if pages != 1 else f"1 page, {wrong} differs")
    if wrong:
        raise typer.Exit(1)


def _page(page: str, url: str, private: bool) -> tuple[bytes, str, str]:
    if page == "-":
        return sys.stdin.buffer.read(), url, ""
    if not page.startswith(_WEB):
        try:
            return Path(page).read_bytes(), url, ""
        except OSError as error:
            raise UsageError(f"{page}: {error.strerror or 'cannot be read'}") from None
    from monitor.cli.fetching import fetch

    response = fetch(page, private=private, robots=True)
    return response.body, response.url, response.headers.get("content-type", "")


def _article(db: "Connection", article_id: int) -> "StoredArticle":
    from monitor.store import articles as article_store

    stored = article_store.get(db, article_id)
    if stored is None:
        raise UsageError(f"no article has the id {article_id}; `monitor list` shows ids")
    return stored
