"""`monitor feeds discover`, `add`, `import` and `export`: feeds that come and go."""

import contextlib
import json
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct
from msgspec.structs import replace

from monitor import atomic, json_shape, url_keys, url_logins, urls
from monitor.cli.output_files import writing
from monitor.cli.session import Json, Private, say, session
from monitor.errors import ConfigError, FetchError, NotAFeed, StoreError, UsageError
from monitor.text import count

if TYPE_CHECKING:
    from monitor import model
    from monitor.settings import Config


def add_to(app: typer.Typer) -> None:
    """Add these commands to `monitor feeds`."""
    app.command()(discover)
    app.command()(add)
    app.command("import")(import_)
    app.command()(export)


def discover(
    url: Annotated[str, typer.Argument(metavar="URL")],
    private: Private = False,
    as_json: Json = False,
) -> None:
    """Find the feeds that a page offers."""
    from monitor import feeds
    from monitor.cli.fetching import fetch

    response = fetch(_web(url), private=private)
    found = []
    for candidate in feeds.discover(response.body, response.url):
        document = None
        if candidate.found == "guess":  # only what is a feed is worth a line
            answer = _tried(candidate.url, private)
            if answer is None:
                continue
            document = answer[1]
        found.append((candidate, document))
    for candidate, document in found:
        title = document.title if document is not None else candidate.title
        how = _HOW[candidate.found]
        row = {
            "url": candidate.url,
            "title": title,
            "format": document.format if document is not None else candidate.format,
            "found": candidate.found,
            "checked": document is not None,
        }
        print(json_shape.line(row) if as_json else f"{candidate.url}  {title}  ({how})")
    if not found:
        say(f'{url}: the page names no feed; a page of links can be read with format = "list"')
        raise typer.Exit(1)


_HOW = {
    "declared": "the page declares it; not read",
    "linked": "the page links to it; not read",
    "guess": "guessed; read, and it is a feed",
}


def _tried(url: str, private: bool) -> "tuple[model.Response, model.FeedDocument] | None":
    """Return the feed at a url and the answer that it stood in, None when there is none."""
    from monitor.cli.fetching import fetch

    try:
        response = fetch(url, private=private)
    except (FetchError, UsageError):
        return None
    document = _parsed(response)
    return None if document is None else (response, document)


def _web(url: str) -> str:
    """Return a url as it is asked for: "yna.co.kr" is https://yna.co.kr."""
    return url if "://" in url else f"https://{url.removeprefix('//')}"


def add(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Of a feed, or of a page that has one.")
    ],
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    private: Private = False,
) -> None:
    """Read a feed once, and add it to config.toml."""
    from monitor import feeds
    from monitor.cli.fetching import fetch
    from monitor.model import Feed

    path, config = _config_file(context)
    url = _web(url)
    known = _known(context, config)
    _refuse_known(url, known)
    response = fetch(url, private=private)
    feed_url, document = url, _parsed(response)
    if document is None:  # a page: take the first of its feeds that can be read
        for candidate in feeds.discover(response.body, response.url):
            if answer := _tried(candidate.url, private):
                feed_url, (response, document) = candidate.url, answer
                break
        else:
            raise UsageError(f"{url}: is no feed, and names none that can be read")
    assert document is not None
    _refuse_known(feed_url, known, [target for _, target in response.redirects])
    feed = Feed(
        name=_free_name(name or urls.host(feed_url) or "feed", config),
        url=feed_url,
        language=document.language[:2],
        private=private,
    )
    _append(path, [feed])
    held = count(len(document.entries), "item")
    say(f"added {feed.name} ({document.title or feed_url}, {held}) to {path}")


class _Known(Struct, frozen=True):
    """A feed of the file, in use or not, and a url of it: as configured, or where it has moved."""

    name: str
    url: str
    moved: bool = False


def _known(context: typer.Context, config: "Config") -> dict[str, _Known]:
    """Return the feeds of the file by the keys of the urls that lead to each.

    Where they moved stands in the store; one that cannot be read keeps nobody from adding.
    """
    from monitor import feeds
    from monitor.desk import Desk
    from monitor.store import feeds as feed_store

    found = {url_keys.feed_key(table.url): _Known(table.name, table.url) for table in config.feed}
    try:
        with contextlib.closing(Desk(config, session(context).state)) as desk:
            if not desk.has_store:
                return found
            with desk.store.read() as db:
                states = feed_store.by_url(db)
    except (StoreError, ConfigError) as error:  # its password may be asked of a command
        say(f"whether a feed has moved there is not known: {error}")
        return found
    for table in config.feed:
        if state := states.get(table.url):
            for url in feeds.moves(table.url, state):
                found.setdefault(url_keys.feed_key(url), _Known(table.name, url, moved=True))
    return found


def _refuse_known(feed_url: str, known: dict[str, _Known], redirects: Sequence[str] = ()) -> None:
    """Raise UsageError if a known feed has this url or one it leads to."""
    for url in (feed_url, *redirects):
        if one := known.get(url_keys.feed_key(url)):
            leads = "" if url == feed_url else f"leads to {url_logins.redact(url)}, which "
            moved = " (it has moved there)" if one.moved else ""
            same = urls.split(url).query == urls.split(one.url).query
            said = (
                f'{feed_url}: {leads}is the feed "{one.name}" already{moved}; nothing was changed'
            )
            # What tells of an article's url where its reader came from may choose a feed somewhere.
            other = (
                "; if what differs behind its ? makes it another feed, write it into config.toml"
            )
            raise UsageError(said if same else said + other)


def _parsed(response: "model.Response") -> "model.FeedDocument | None":
    from monitor import feeds
    from monitor.model import Feed

    try:
        return feeds.parse(
            response.body, Feed("new", response.url), url=response.url, now=datetime.now(UTC)
        )
    except NotAFeed:
        return None


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.opml")],
) -> None:
    """Add the feeds of an OPML file to config.toml, those that are not there yet."""
    from monitor import feeds

    path, config = _config_file(context)
    try:
        listed = feeds.read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or 'cannot be read'}") from None
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from None
    known = _known(context, config)
    found = listed.feeds
    new = [feed for feed in found if url_keys.feed_key(feed.url) not in known]
    taken: set[str] = set()
    for index, feed in enumerate(new):
        new[index] = replace(feed, name=_free_name(feed.name, config, taken))
        taken.add(new[index].name)
    _append(path, new)
    there = count(len(found) - len(new), "was", "were")
    say(f"added {count(len(new), 'feed')} to {path}; {there} there already")
    for line in listed.dropped:
        say(f"  left out: {line}")
    if listed.dropped:
        raise typer.Exit(1)


def export(context: typer.Context) -> None:
    """Print the configured feeds as OPML."""
    from monitor import feeds
    from monitor.url_logins import redact

    known = session(context).load_config().feeds
    sys.stdout.write(feeds.write_opml(known))
    if secret := [feed.name for feed in known if redact(feed.url) != feed.url]:
        say(f"the list holds user names and passwords, those of {', '.join(secret)}")


def _config_file(context: typer.Context) -> "tuple[Path, Config]":
    from monitor.settings import find_config, load_config

    path = find_config(session(context).config)
    return path, load_config(path)


def _free_name(wanted: str, config: "Config", taken: "set[str] | None" = None) -> str:
    """Return a feed name made of `wanted` that no other feed has."""
    name = re.sub(r"[\s/\\*!\[\]]+", "-", wanted.lower()).strip("-") or "feed"
    used = {table.name for table in config.feed} | (taken or set())
    free = (f"{name}-{number}" if number > 1 else name for number in range(1, len(used) + 2))
    return next(candidate for candidate in free if candidate not in used)


def _append(path: Path, new: "Sequence[model.Feed]") -> None:
    """Add feeds at the end of the file, so that the user's own words stay as they are."""
    rows = []
    for feed in new:
        rows.append(f"\n[[feed]]\nname = {_quoted(feed.name)}\nurl = {_quoted(feed.url)}")
        if feed.language:
            rows.append(f"language = {_quoted(feed.language)}")
        if feed.private:
            rows.append("private = true")
    if rows:
        text = path.read_text("utf-8")
        ending = "" if text.endswith("\n") else "\n"
        with writing(path):
            atomic.write(path, (text + ending + "\n".join(rows) + "\n").encode())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
