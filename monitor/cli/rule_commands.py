"""`monitor rules` and `monitor entities`: try what is watched for before trusting it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.jsonl_input import in_force, json_articles
from monitor.cli.session import progress, say, session
from monitor.text import one_line

if TYPE_CHECKING:
    from monitor.store import Connection
    from monitor.store.articles import StoredArticle
    from monitor.watch import Difference, Rulebook
    from monitor.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="Watch rules: test, match, backtest, list.")
entities = typer.Typer(no_args_is_help=True, help="The gazetteer: find, list, suggest.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_PART = 400  # articles held at once, of an archive that may be large


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the rules in force, and where each comes from."""
    for rule in in_force(context).rules:
        place = f"{rule.file}:{rule.line}" if rule.line else rule.file
        if as_json:
            row = {"id": rule.id, "name": rule.name, "enabled": rule.enabled, "place": place}
            print(json.dumps(row, ensure_ascii=False))
        else:
            off = "" if rule.enabled else "  (off)"
            levels = ", ".join(f"{level} from {score:g}" for level, score in rule.thresholds)
            print(f"{rule.id:<24} {rule.name}{off}  ({levels})\n{'':<24} {place}")


@app.command("test")
def self_test(
    context: typer.Context,
    from_marks: Annotated[
        bool, typer.Option("--from-marks", help="Judge the stories marked --wanted, --unwanted.")
    ] = False,
) -> None:
    """Run the self-tests that stand beside the rules; exit 1 when one fails."""
    from monitor import watch
    from monitor.cli import explaining

    if from_marks:
        _test_marks(context)
        return
    results = watch.run_tests(in_force(context))
    failed = [result for result in results if not result.ok]
    for result in failed:
        explaining.show_test(result)
    say(f"{len(results)} self-tests, {len(failed)} failed")
    if failed:
        raise typer.Exit(1)


def _test_marks(context: typer.Context) -> None:
    """Hold the rules in force against what the desk said of stories; exit 1 where they differ."""
    from monitor.store import articles, marks

    with session(context).desk() as desk:
        with desk.store.read() as db:
            judged = marks.judged(db)
            held = marks.of(db, list(judged))
            stories = {story: articles.some(db, ids) for story, ids in judged.items()}
        wrong = 0
        for story, copies in stories.items():
            wanted = any(mark.kind == "wanted" for mark in held[story])
            rules = {
                flag.rule
                for copy in copies
                for flag in desk.rulebook.flags(
                    copy.text, desk.feeds.get(copy.feed), now=copy.first_seen
                )
                if flag.level != "log"
            }
            if bool(rules) != wanted:
                wrong += 1
                what = "wanted, but no rule flags it" if wanted else "not wanted, but flagged by "
                print(f"story {story}: {what}{', '.join(sorted(rules))}: {copies[0].text.title}")
    say(f"{len(stories)} judged stories, {wrong} against the rules in force")
    if wrong:
        raise typer.Exit(1)


@app.command()
def match(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl|-")],
    as_json: Json = False,
) -> None:
    """Match texts given as JSON Lines {id, title, text, url?, published?, language?, feed?}."""
    from monitor import watch
    from monitor.cli import explaining

    rulebook, now = in_force(context), datetime.now(UTC)
    for row, article, feed in json_articles(file):
        flags = rulebook.flags(article, feed, now=now)
        if as_json:
            print(json.dumps(watch.flags_to_json(row.get("id"), flags), ensure_ascii=False))
        elif flags:
            explaining.show(article, rulebook.explain(article, feed, now=now), every=False)


@app.command()
def backtest(
    context: typer.Context,
    since: Annotated[str, typer.Option(help='"30d", "2026-11-01".')] = "30d",
    rules: Annotated[
        list[Path] | None, typer.Option(help="Rule files to try instead of the configured ones.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Flag the stored articles anew by these rules.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run changed rules over the stored articles: what would be gained and what lost."""
    from monitor import watch
    from monitor.dates.moments import moment
    from monitor.store import articles

    now = datetime.now(UTC)
    with session(context).desk() as desk:
        files = tuple(rules) if rules else desk.config.files("rule_files")
        rulebook = watch.load(files, desk.config.files("entity_files"))
        start = moment(since, now, desk.config.zone)
        with desk.store.read() as db, progress() as bars:
            total = articles.count_since(db, start)
            found = _differences(desk, db, rulebook, start, apply=apply)
            changes = watch.summarise(_counted(found, total, bars))
    for change in changes:
        if as_json:
            print(json.dumps(asdict(change), ensure_ascii=False))
            continue
        print(f"{change.rule}: {change.before} flagged now, {change.after} by these rules")
        for sign, rows in (("+", change.gained), ("-", change.lost)):
            for number, title in rows:
                print(f"  {sign} {number:>6}  {one_line(title)}")
    say(f"{total} articles compared" + ("; flagged anew" if apply else "; nothing changed"))


def _counted(
    found: "Iterable[Difference]", total: int, bars: Callable[[str, int, int], None]
) -> "Iterator[Difference]":
    for done, difference in enumerate(found, 1):
        yield difference
        bars("articles", done, total)


def _differences(
    desk: "Desk", db: "Connection", rulebook: "Rulebook", start: datetime, *, apply: bool
) -> "Iterator[Difference]":
    """Compare what is flagged in the store with what a rulebook would flag, some at a time.

    With `apply` each part of the archive is flagged anew before the next one is read. Without, the
    new flags have no reasons: to say why costs more than to judge, and only rules are counted.
    """
    from monitor.model import Flag
    from monitor.store import articles
    from monitor.watch import Difference

    stored = articles.since(db, start)
    while part := list(islice(stored, _PART)):
        flags = articles.flags_of(db, [item.id for item in part])
        read = rulebook.evaluate_all(
            (item.text, desk.feeds.get(item.feed), item.first_seen) for item in part
        )
        pairs = []
        for item, one in zip(part, read, strict=True):
            new = one.flags() if apply else tuple(Flag(*verdict, ()) for verdict in one.verdicts())
            old = flags.get(item.id, ())
            pairs.append((item, Difference(item.id, item.text.title, old, new)))
        if apply:
            _apply(desk, pairs)
        yield from (difference for _, difference in pairs)


def _apply(desk: "Desk", pairs: "Sequence[tuple[StoredArticle, Difference]]") -> None:
    """Flag articles anew, as if the rules had been there when each was first seen.

    So old news raises no alert. What is in no story yet is left to the filing, which flags it.
    """
    from monitor.store import articles

    with desk.store.write() as db:
        for stored, found in pairs:
            if stored.story is not None and (found.gained or found.lost or found.moved):
                articles.put_flags(db, stored.id, found.new, stored.first_seen, drop=True)


@entities.command()
def find(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='"王毅", "Wang Yi", "왕이" or an id.')],
) -> None:
    """Show who or what a name stands for: every name in every language, and where each is from."""
    found = in_force(context).find_entities(name)
    if not found:
        say(f'no entity has the name "{name}"')
        raise typer.Exit(1)
    for item in found:
        entity = item.entity
        sides = f", counts for {' '.join(sorted(entity.sides))}" if entity.sides else ""
        print(f"@{entity.id}  ({entity.type}{sides})")
        for one in item.names:
            seen = ", ".join(one.seen) or "unverified"
            print(f"  {one.language or '–':<8} {one.strength:<9} {one.text}   [{seen}]")


@entities.command("list")
def list_entities(context: typer.Context, as_json: Json = False) -> None:
    """List every entity of the gazetteer."""
    rulebook = in_force(context)
    for entity in rulebook.entities:
        name = rulebook.entity_name(entity.id)
        sides = sorted(entity.sides)
        if as_json:
            row = {"id": entity.id, "type": entity.type, "name": name, "sides": sides}
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"@{entity.id:<28} {entity.type:<10} {' '.join(sides):<6} {name}")


@entities.command()
def suggest(
    context: typer.Context,
    since: Annotated[str, typer.Option(help='"30d", "2026-11-01".')] = "30d",
) -> None:
    """List names beside known titles in the stored texts that the gazetteer lacks."""
    from monitor import watch
    from monitor.dates.moments import moment
    from monitor.store import articles

    with session(context).desk() as desk, desk.store.read() as db:
        start = moment(since, datetime.now(UTC), desk.config.zone)
        texts = (item.text for item in articles.since(db, start))
        for one in watch.suggest(desk.rulebook, texts):
            print(f"{one.count:>5}  {one.name}  ({one.title}, {one.language})  {one.examples[0]}")
