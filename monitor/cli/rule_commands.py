"""`monitor rules` and `monitor entities`: try what is watched for before trusting it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import structs

from monitor import json_shape
from monitor.cli import unheeded
from monitor.cli.jsonl_input import in_force, json_articles
from monitor.cli.session import Json, Private, progress, say, session
from monitor.errors import UsageError
from monitor.model import Article
from monitor.text import count, one_line

if TYPE_CHECKING:
    from monitor.desk import Desk
    from monitor.pipeline.judge_rules import Judgement
    from monitor.watch import Rulebook

_WEB = ("http://", "https://")
_SETS = attrgetter("before"), attrgetter("after")  # rules that flag a judged story
_app = typer.Typer(no_args_is_help=True, help="Watch rules: test, match, backtest, list.")
_entities = typer.Typer(no_args_is_help=True, help="The gazetteer: find, list, suggest.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.add_typer(_app, name="rules")
    app.add_typer(_entities, name="entities")


@_app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the rules in force, and where each comes from."""
    for rule in in_force(context).rules:
        place = f"{rule.file}:{rule.line}" if rule.line else rule.file
        if as_json:
            row = {"id": rule.id, "name": rule.name, "enabled": rule.enabled, "place": place}
            print(json_shape.line(row))
        else:
            off = "" if rule.enabled else "  (off)"
            levels = ", ".join(f"{level} from {score:g}" for level, score in rule.thresholds)
            raised = dict.fromkeys(block.level for block in rule.whens if block.level)
            levels += "".join(f", {level} by its blocks" for level in raised)
            print(f"{rule.id:<24} {rule.name}{off}  ({levels})\n{'':<24} {place}")


@_app.command("test")
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
    from monitor.pipeline.judge_rules import judgements

    with session(context).reading_desk() as desk:
        found = judgements(desk, desk.rulebook)
    wrong = 0
    for one in found:
        if bool(one.after) != one.wanted:
            wrong += 1
            rules = ", ".join(sorted(one.after))
            what = (
                f"not wanted, but flagged by {rules}" if rules else "wanted, but no rule flags it"
            )
            print(f"story {one.story}: {what}: {one_line(one.title)}")
    say(f"{len(found)} judged stories, {wrong} against the rules in force")
    if wrong:
        raise typer.Exit(1)


@_app.command("try")
def try_(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="HEADLINE|URL", help="A line breaks a paragraph.")],
    day: Annotated[str, typer.Option("--date", help="Of the story: decides who held office.")] = "",
    private: Private = False,
    every: Annotated[bool, typer.Option("--all", help="Rules without any hit, too.")] = False,
    as_json: Json = False,
) -> None:
    """Judge one text, or the page at a url, and say why: what each block hit and what it lacked."""
    from monitor.cli import explaining

    rulebook = in_force(context)
    if text.startswith(_WEB):
        unheeded.refuse(context, "day", "a page tells its own")
    else:
        unheeded.refuse(context, "private", "no page is read")
    article = _tried(text, day, private=private)
    found = rulebook.explain(article)
    if as_json:
        print(json_shape.document(found))
    else:
        explaining.show(article, found, every=every)


def _tried(text: str, day: str, *, private: bool) -> Article:
    """Return the article of a url, or of a text whose first line is the headline."""
    if text.startswith(_WEB):
        from monitor import articles
        from monitor.cli.fetching import fetch

        page = fetch(text, private=private, robots=True)
        kind = page.headers.get("content-type", "")
        return articles.extract(page.body, page.url, content_type=kind)
    try:
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    except ValueError:
        raise UsageError(f"not a date: {day} (write 2026-11-23)") from None
    if not text.strip():
        raise UsageError("there is no text to judge")
    title, *body = text.replace("\\n", "\n").split("\n")
    return Article(title=title, body=tuple(part for part in body if part.strip()), published=moment)


@_app.command()
def match(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl|-")],
    as_json: Json = False,
) -> None:
    """Match texts given as JSON Lines {id, title, text, url?, published?, language?, feed?}.

    What `export --format jsonl` and `list` print is read as well.
    """
    from monitor import watch
    from monitor.cli import explaining

    rulebook, now = in_force(context), datetime.now(UTC)
    texts = flagged = 0
    for row, article, feed in json_articles(file):
        flags = rulebook.flags(article, feed, now=now)
        texts, flagged = texts + 1, flagged + bool(flags)
        if as_json:
            print(json_shape.line(watch.flags_to_json(row.get("id"), flags)))
        elif flags:
            explaining.show(article, rulebook.explain(article, feed, now=now), every=False)
    if not as_json:
        say(f"{count(texts, 'text')}, {flagged} flagged")


@_app.command()
def backtest(
    context: typer.Context,
    since: Annotated[str, typer.Option(help='"30d", "2026-11-01".')] = "30d",
    rules: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Rule files to try instead of the configured ones."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Flag the stored articles anew by these rules.")
    ] = False,
    from_marks: Annotated[
        bool, typer.Option("--from-marks", help="On the stories marked --wanted, --unwanted alone.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run changed rules over the stored articles: what would be gained and what lost."""
    from monitor import watch
    from monitor.dates.moments import beginning
    from monitor.pipeline import try_rules

    if from_marks:
        unheeded.refuse(context, "apply since", "--from-marks compares all judged stories, no more")
    with session(context).desk_for(writing=apply) as desk:
        files = tuple(rules) if rules else desk.config.files("rule_files")
        rulebook = watch.load(files, desk.config.files("entity_files"))
        if from_marks:
            _backtest_marks(desk, rulebook, as_json)
            return
        start = beginning(since, desk.now(), desk.config.zone)
        with progress() as bars:
            found = try_rules.backtest(desk, rulebook, start, apply=apply, progress=bars)
    for change in found.changes:
        if as_json:
            print(json_shape.line(change))
            continue
        print(f"{change.rule}: {change.before} flagged now, {change.after} by these rules")
        for sign, rows in (("+", change.gained), ("-", change.lost)):
            for number, title in rows:
                print(f"  {sign} {number:>6}  {one_line(title)}")
    done = "flagged anew" if apply else "the store is as it was; --apply flags it anew"
    say(f"{count(found.compared, 'article')} compared; {done}")


def _backtest_marks(desk: "Desk", rulebook: "Rulebook", as_json: bool) -> None:
    """Print rule by rule what the desk wanted and what not, as flagged now and by other rules."""
    from monitor.pipeline.judge_rules import judgements

    found = judgements(desk, rulebook)
    if as_json:
        for one in found:
            sets = {"before": sorted(one.before), "after": sorted(one.after)}
            print(json_shape.line(structs.asdict(one) | sets))
        return
    for rule in sorted({rule for one in found for rule in one.before | one.after}):
        now, then = ([one for one in found if rule in rules(one)] for rules in _SETS)
        print(f"{rule}: {_told(now)} flagged now, {_told(then)} by these rules")
        for sign, rows, others in (("+", then, now), ("-", now, then)):
            for one in rows:
                if one not in others:
                    what = "wanted" if one.wanted else "not wanted"
                    print(f"  {sign} {one.story:>6}  {what}: {one_line(one.title)}")
    wanted = sum(one.wanted for one in found)
    told = f"{wanted} wanted and {len(found) - wanted} unwanted stories"
    flagged = (_told([one for one in found if rules(one)]) for rules in _SETS)
    say(f"{told}; {' flagged now, '.join(flagged)} by these rules")


def _told(found: "Sequence[Judgement]") -> str:
    wanted = sum(one.wanted for one in found)
    return f"{wanted} wanted, {len(found) - wanted} unwanted"


@_entities.command()
def find(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='"王毅", "Wang Yi", "왕이" or an id.')],
) -> None:
    """Show who or what a name stands for: every name in every language, and where each is from."""
    rulebook = in_force(context)
    found = rulebook.find_entities(name)
    if not found:
        near = ", ".join(rulebook.names_like(name))
        say(f'no entity has the name "{name}"' + (f"; nearest: {near}" if near else ""))
        raise typer.Exit(1)
    for item in found:
        entity = item.entity
        sides = f", counts for {' '.join(sorted(entity.sides))}" if entity.sides else ""
        print(f"@{entity.id}  ({entity.type}{sides})")
        for tenure in entity.tenures:
            acting = ", acting" if tenure.acting else ""
            held = f"{tenure.since or '…'} to {tenure.until or 'now'}"
            print(f"  @office.{tenure.office}  {held}{acting}")
        for one in item.names:
            seen = ", ".join(one.seen) or "unverified"
            print(f"  {one.language or '–':<8} {one.strength:<9} {one.text}   [{seen}]")


@_entities.command("list")
def list_entities(context: typer.Context, as_json: Json = False) -> None:
    """List every entity of the gazetteer."""
    rulebook = in_force(context)
    for entity in rulebook.entities:
        name = rulebook.entity_name(entity.id)
        sides = sorted(entity.sides)
        if as_json:
            row = {"id": entity.id, "type": entity.type, "name": name, "sides": sides}
            print(json_shape.line(row))
        else:
            print(f"@{entity.id:<28} {entity.type:<10} {' '.join(sides):<6} {name}")


@_entities.command()
def suggest(
    context: typer.Context,
    since: Annotated[str, typer.Option(help='"30d", "2026-11-01".')] = "30d",
) -> None:
    """List names beside known titles in the stored texts that the gazetteer lacks."""
    from monitor import watch
    from monitor.dates.moments import beginning
    from monitor.store import articles

    with session(context).reading_desk() as desk, desk.store.read() as db:
        start = beginning(since, desk.now(), desk.config.zone)
        texts = (item.text for item in articles.since(db, start))
        found = list(watch.suggest(desk.rulebook, texts))
        for one in found:
            print(f"{one.count:>5}  {one.name}  ({one.title}, {one.language})  {one.examples[0]}")
    if not found:
        say("no name that the gazetteer lacks stands beside a known title")
