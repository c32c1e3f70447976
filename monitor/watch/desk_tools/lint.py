"""What a desk should look at: silent rules, stale offices, unverified and clashing names."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from monitor.text import fold_key
from monitor.tomlfile import nearest
from monitor.watch.engine.scoring import feed_fits
from monitor.watch.language.entities import Entity
from monitor.watch.language.rules import Rule
from monitor.watch.rulebook import Rulebook

OFFICE_DAYS = 90
Kind = Literal["silent rule", "stale office", "unverified", "clash"]


class Finding(Struct, frozen=True):
    """One thing to look at: what kind, which rule, entity or name, one line, and in which files."""

    kind: Kind
    subject: str
    message: str
    files: tuple[str, ...]


def lint(rulebook: Rulebook, today: date) -> tuple[Finding, ...]:
    """Return stale offices, then unverified names, then names that clash after folding."""
    entities = rulebook.entities
    findings = [f for e in entities for f in _stale_office(e, today)]
    findings += [f for e in entities for f in _unverified(e)]
    findings += _clashes(rulebook)
    return tuple(findings)


def lint_rules(rulebook: Rulebook, feeds: Collection[str], today: date) -> tuple[Finding, ...]:
    """Return what keeps rules from ever firing: their last day, and feeds that are not there.

    Args:
        feeds: names of the configured feeds.
    """
    return tuple(
        Finding("silent rule", rule.id, f"{rule.id}: {why}", (rule.file,))
        for rule in rulebook.rules
        if rule.enabled
        for why in _silences(rule, feeds, today)
    )


def _silences(rule: Rule, feeds: Collection[str], today: date) -> Iterator[str]:
    if rule.until and rule.until < today:
        yield f"ended on {rule.until.isoformat()}; take it out or give it a later `until`"
    for pattern in rule.feeds:
        name = pattern.removeprefix("!")
        if not any(feed_fits([name], feed) for feed in feeds):
            hint = nearest(name, feeds)
            yield f'no feed is called "{name}"{f" ({hint})" if hint else ""}'


def _stale_office(entity: Entity, today: date) -> Iterator[Finding]:
    """An office held today by facts that were last checked long ago."""
    offices = [t.office for t in entity.tenures if t.held(today.isoformat())]
    if not offices or entity.type != "person":
        return
    held = " and ".join(offices)
    if not entity.as_of:
        yield Finding(
            "stale office", entity.id,
            f"{entity.display()} as {held}: the file does not say when it was checked; "
            'add as_of = "YYYY-MM" at its top',
            (entity.file,),
        )  # fmt: skip
        return
    age = (today - _first_day(entity.as_of)).days
    if age > OFFICE_DAYS:
        yield Finding(
            "stale office", entity.id,
            f"{entity.display()} as {held}: last checked {entity.as_of}, {age} days ago",
            (entity.file,),
        )  # fmt: skip


def _first_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def _unverified(entity: Entity) -> Iterator[Finding]:
    if entity.unverified:
        languages = ", ".join(entity.unverified)
        yield Finding(
            "unverified", entity.id, f"{entity.display()}: no source yet for {languages}",
            (entity.file,),
        )  # fmt: skip


def _clashes(rulebook: Rulebook) -> Iterator[Finding]:
    """Names that fold to one key but mean different things.

    One key may be safe for one entity and a decoy, or stand for entities of different sides. That
    a name is safe in one language and weak in another is no clash: the article's language decides.
    """
    bearers: dict[str, dict[str, str]] = {}
    written: dict[str, str] = {}
    for entity in rulebook.entities:
        for strength, names in (("safe", entity.names), ("weak", entity.weak)):
            for forms in names.values():
                for form in forms:
                    key = fold_key(form)
                    written.setdefault(key, form)
                    bearers.setdefault(key, {}).setdefault(entity.id, strength)
    by_id = rulebook.gazetteer.entities
    for key, ids in bearers.items():
        sides = {by_id[entity_id].sides for entity_id in ids}
        if len(ids) > 1 and len(sides) > 1:
            named = ", ".join(f"{entity_id} ({strength})" for entity_id, strength in ids.items())
            message = f'"{written[key]}" is a name of {named}'
            yield Finding("clash", key, message, tuple(by_id[one].file for one in ids))
    for decoy in rulebook.gazetteer.decoys.values():
        for forms in decoy.names.values():
            for form in forms:
                for entity_id, strength in bearers.get(fold_key(form), {}).items():
                    if strength == "safe":
                        message = f'"{form}" is the decoy {decoy.id} and a safe name of {entity_id}'
                        files = (decoy.file, by_id[entity_id].file)
                        yield Finding("clash", fold_key(form), message, files)
