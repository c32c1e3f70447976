"""Entities: people, places, bodies, weapons and treaties with all their names, from TOML.

    [[entity]]
    id = "wang-yi"
    type = "person"            # person, place, org, firm, media, country, region, pair, term,
                               # weapon, agreement, event
    sides = ["CN"]             # what a mention counts for: CN KR KP US JP RU TW UN; [] = none
    office = "foreign-minister-cn"
    from = "2023-07"           # until = "2025-06" when it ended
    names.en = ["Wang Yi"]     # safe: every match counts
    weak.ko = ["왕이"]          # also an ordinary word: needs `near`, a title or a safe name
    short.en = ["Wang"]        # surname: beside a title, or after the full name
    acronyms = ["PRC"]         # exactly so, whole token
    weak_acronyms = ["NK"]     # the same, but weak
    headline.ko = ["中"]        # single Han letter that Korean headlines use for it
    home.en = ["Korea"]        # safe in outlets of its own country, weak elsewhere
    near = ["외교부장"]          # words that make a weak name count in the same sentence
    common = true              # borne by many: needs a title or another name of its side
    seen = { en = ["CORP"] }   # per language, where the forms were found
    unverified = ["ja"]        # languages whose forms have no source yet

    [[decoy]]                  # longer phrases that swallow a name inside; count for nothing
    id = "south-china-sea"
    names.en = ["South China Sea"]
    country = "KR"             # for outlets: what "Korea" alone means in their texts

    [office.foreign-minister-cn]
    side = "CN"
    en = ["Foreign Minister", "FM"]
    leader = true              # of heads of state: headlines give only their surnames

    [[tenure]]                 # who held an office when; a person may have several
    person = "wang-yi"
    office = "foreign-minister-cn"
    from = "2013-03-16"        # first and last day, as far as known: 2013-03-16, 2013-03, 2013
    until = "2022-12-30"
    acting = true              # deputised
    sure = "source"            # "source", "part" (one of the dates) or "memory"

An entity's own `office`, `from` and `until` are a tenure, too; they stand instead of those that
other tables give for that person and office.

A later file replaces an entity, decoy or office of the same id; with `extend = true` its lists are
added to those that stand, and its single values replace them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.watch.language.source import Source, nearest

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "zh", "ko", "ja")
SIDES = ("CN", "KR", "KP", "US", "JP", "RU", "TW", "UN")
TYPES = (
    "person", "place", "org", "firm", "media", "country", "region", "pair", "term", "weapon",
    "agreement", "event",
)  # fmt: skip
Names = Mapping[str, tuple[str, ...]]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _lies_in(day: str, since: str, until: str) -> bool:
    """Lies a day ("2026-11-23") between two dates of any precision? Open ends hold."""
    return (not since or since <= day) and (not until or day[: len(until)] <= until)


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held for a time; dates as in the file, "" for an open end."""

    office: str
    since: str = ""
    until: str = ""
    acting: bool = False
    sure: str = "source"

    def held(self, day: str) -> bool:
        """Was the office held on `day` ("2026-11-23")?"""
        return _lies_in(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing with all its names; see the module's docstring for the keys."""

    id: str
    type: str
    sides: tuple[str, ...] = ()
    about: str = ""
    office: str = ""
    since: str = ""  # "2023-07"; the file's `from`
    until: str = ""
    names: Names = field(default_factory=dict)
    weak: Names = field(default_factory=dict)
    short: Names = field(default_factory=dict)
    headline: Names = field(default_factory=dict)
    home: Names = field(default_factory=dict)
    acronyms: tuple[str, ...] = ()
    weak_acronyms: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    common: bool = False
    seen: Names = field(default_factory=dict)
    unverified: tuple[str, ...] = ()
    file: str = ""
    as_of: str = ""  # of the file: when its facts were last checked
    tenures: tuple[Tenure, ...] = ()  # filled in when all files are read

    def held(self, day: str, office: str = "") -> bool:
        """Did this person hold an office, or a certain one, on `day` ("2026-11-23")?

        Who has no office that is known of held it if the dates of the entity say so.
        """
        if not self.tenures:
            return not office and _lies_in(day, self.since, self.until)
        return any(t.held(day) for t in self.tenures if not office or t.office == office)

    def offices(self) -> tuple[str, ...]:
        """Return the ids of all offices that this person holds or held."""
        return tuple(dict.fromkeys(tenure.office for tenure in self.tenures))

    def display(self, language: str = "en") -> str:
        """Return the name to show in `language`, else the English one, else any."""
        for key in (language, f"{language}-Hans", "en", "ko", "zh-Hans", "ja"):
            for group in (self.names, self.weak):
                if group.get(key):
                    return group[key][0]
        return self.acronyms[0] if self.acronyms else self.id


@dataclass(frozen=True, slots=True)
class Decoy:
    """Phrases that swallow the names inside them."""

    id: str
    names: Names
    why: str = ""
    country: str = ""  # of an outlet
    file: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Titles of one office per language."""

    id: str
    side: str
    titles: Names
    file: str = ""
    leader: bool = False  # of a state: headlines name its holder by surname


@dataclass(slots=True)
class Gazetteer:
    """All entities, decoys and offices by id, in the order they were first named."""

    entities: dict[str, Entity] = field(default_factory=dict)
    decoys: dict[str, Decoy] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    tenures: dict[str, list[Tenure]] = field(default_factory=dict)  # by person

    def add(self, source: Source) -> None:
        """Add the tables of one file; faults go into `source.faults`."""
        tables = source.tables
        as_of = tables.get("as_of", "")
        for key in tables.keys() - _TOP_KEYS:
            source.fault("unknown table or key", key=key, hint=nearest(key, _TOP_KEYS))
        for office_id, raw in _tables_of(source, "office").items():
            self._add_office(source, office_id, raw)
        for index, raw in enumerate(_list_of(source, "entity")):
            self._add_entity(source, index, raw, as_of if isinstance(as_of, str) else "")
        for index, raw in enumerate(_list_of(source, "decoy")):
            self._add_decoy(source, index, raw)
        for index, raw in enumerate(_list_of(source, "tenure")):
            self._add_tenure(source, index, raw)

    def finish(self, sources: Sequence[Source]) -> None:
        """Give people their tenures, and check what is only known when every file is read."""
        for entity in self.entities.values():
            found = [t for t in self.tenures.get(entity.id, ()) if t.office != entity.office]
            if entity.office:
                found.insert(0, Tenure(entity.office, entity.since, entity.until))
            if found:
                self.entities[entity.id] = replace(entity, tenures=tuple(found))
        self._check_offices(sources)

    def _check_offices(self, sources: Sequence[Source]) -> None:
        by_name = {source.name: source for source in sources}
        for entity in self.entities.values():
            if entity.office and entity.office not in self.offices and entity.file in by_name:
                source = by_name[entity.file]
                ids = [raw.get("id") for raw in source.tables.get("entity", [])]
                source.fault(
                    f'unknown office "{entity.office}"',
                    table="entity",
                    index=ids.index(entity.id) if entity.id in ids else 0,
                    key="office",
                    hint=nearest(entity.office, self.offices),
                )

    def _add_office(self, source: Source, office_id: str, raw: Mapping[str, Any]) -> None:
        table = f"office.{office_id}"
        extend = raw.get("extend") is True
        for key in raw.keys() - {"side", "leader", "extend", *LANGUAGES}:
            source.fault("unknown key", table=table, key=key, hint=nearest(key, LANGUAGES))
        titles = {k: _strings(source, table, 0, k, raw[k]) for k in LANGUAGES if k in raw}
        side = raw.get("side", "")
        old = self.offices.get(office_id)
        if extend and old:
            side, titles = side or old.side, _joined(old.titles, titles)
        if side not in SIDES:
            source.fault(_side_message(side), table=table, key="side", hint=_side_hint(side))
        leader = raw.get("leader") is True or bool(extend and old and old.leader)
        self.offices[office_id] = Office(office_id, side, titles, source.name, leader)

    def _add_entity(self, source: Source, index: int, raw: Mapping[str, Any], as_of: str) -> None:
        entity_id = raw.get("id")
        if not isinstance(entity_id, str) or not entity_id:
            source.fault("an entity needs an id", table="entity", index=index)
            return
        for key in raw.keys() - _ENTITY_KEYS:
            source.fault(
                "unknown key", table="entity", index=index, key=key, hint=nearest(key, _ENTITY_KEYS)
            )

        def names(key: str) -> dict[str, tuple[str, ...]]:
            return _names(source, "entity", index, key, raw.get(key, {}))

        def strings(key: str) -> tuple[str, ...]:
            return _strings(source, "entity", index, key, raw.get(key, []))

        def text(key: str) -> str:
            value = raw.get(key, "")
            if not isinstance(value, str):
                source.fault("expected a text", table="entity", index=index, key=key)
                return ""
            return value

        entity = Entity(
            id=entity_id, type=text("type"), sides=strings("sides"), about=text("about"),
            office=text("office"), since=text("from"), until=text("until"), names=names("names"),
            weak=names("weak"), short=names("short"), headline=names("headline"),
            home=names("home"),
            acronyms=strings("acronyms"), weak_acronyms=strings("weak_acronyms"),
            near=strings("near"), common=raw.get("common") is True, seen=names("seen"),
            unverified=strings("unverified"), file=source.name, as_of=as_of,
        )  # fmt: skip
        old = self.entities.get(entity_id)
        if raw.get("extend") is True and old:
            entity = _extended(old, entity, raw)
        self._check_entity(source, index, entity)
        self.entities[entity_id] = entity

    def _check_entity(self, source: Source, index: int, entity: Entity) -> None:
        if entity.type not in TYPES:
            source.fault(
                f'unknown type "{entity.type}"' if entity.type else "an entity needs a type",
                table="entity",
                index=index,
                key="type",
                hint=nearest(entity.type, TYPES) or f"one of {', '.join(TYPES)}",
            )
        for side in entity.sides:
            if side not in SIDES:
                source.fault(
                    _side_message(side), table="entity", index=index, key="sides",
                    hint=_side_hint(side),
                )  # fmt: skip
        for key, value in (("from", entity.since), ("until", entity.until)):
            if value and not _DATE.fullmatch(value):
                source.fault(
                    f'not a date: "{value}"', table="entity", index=index, key=key,
                    hint="write 2026, 2026-11 or 2026-11-23",
                )  # fmt: skip
        if entity.since and entity.until and entity.until < entity.since[: len(entity.until)]:
            source.fault("until lies before from", table="entity", index=index, key="until")
        if not (entity.names or entity.weak or entity.acronyms or entity.weak_acronyms):
            source.fault("an entity needs at least one name", table="entity", index=index)

    def _add_tenure(self, source: Source, index: int, raw: Mapping[str, Any]) -> None:
        for key in raw.keys() - _TENURE_KEYS:
            hint = nearest(key, _TENURE_KEYS)
            source.fault("unknown key", table="tenure", index=index, key=key, hint=hint)
        person, office = raw.get("person", ""), raw.get("office", "")
        if person not in self.entities:
            source.fault(
                f'unknown person "{person}"', table="tenure", index=index, key="person",
                hint=nearest(str(person), self.entities) or "its [[entity]] must stand above it",
            )  # fmt: skip
            return
        if office not in self.offices:
            hint = nearest(str(office), self.offices)
            source.fault(
                f'unknown office "{office}"', table="tenure", index=index, key="office", hint=hint
            )
            return
        since, until = str(raw.get("from", "")), str(raw.get("until", ""))
        for key, value in (("from", since), ("until", until)):
            if value and not _DATE.fullmatch(value):
                source.fault(
                    f'not a date: "{value}"', table="tenure", index=index, key=key,
                    hint="write 2026, 2026-11 or 2026-11-23",
                )  # fmt: skip
        acting, sure = raw.get("acting") is True, str(raw.get("sure", "source"))
        self.tenures.setdefault(person, []).append(Tenure(office, since, until, acting, sure))

    def _add_decoy(self, source: Source, index: int, raw: Mapping[str, Any]) -> None:
        decoy_id = raw.get("id")
        if not isinstance(decoy_id, str) or not decoy_id:
            source.fault("a decoy needs an id", table="decoy", index=index)
            return
        for key in raw.keys() - _DECOY_KEYS:
            source.fault(
                "unknown key", table="decoy", index=index, key=key, hint=nearest(key, _DECOY_KEYS)
            )
        names: Names = _names(source, "decoy", index, "names", raw.get("names", {}))
        old = self.decoys.get(decoy_id)
        if raw.get("extend") is True and old:
            names = _joined(old.names, names)
        self.decoys[decoy_id] = Decoy(
            decoy_id, names, str(raw.get("why", "")), str(raw.get("country", "")), source.name
        )


_TOP_KEYS = frozenset({"schema", "as_of", "office", "entity", "decoy", "tenure", "rule", "list"})
_DECOY_KEYS = frozenset({"id", "names", "why", "country", "extend"})
_TENURE_KEYS = frozenset({"person", "office", "from", "until", "acting", "sure"})
_ENTITY_KEYS = frozenset(
    {
        "id", "type", "sides", "about", "office", "from", "until", "names", "weak", "short",
        "headline", "home", "acronyms", "weak_acronyms", "near", "common", "seen", "unverified",
        "extend",
    }
)  # fmt: skip


def _extended(old: Entity, new: Entity, raw: Mapping[str, Any]) -> Entity:
    merged = replace(
        old,
        names=_joined(old.names, new.names),
        weak=_joined(old.weak, new.weak),
        short=_joined(old.short, new.short),
        headline=_joined(old.headline, new.headline),
        home=_joined(old.home, new.home),
        acronyms=_both(old.acronyms, new.acronyms),
        weak_acronyms=_both(old.weak_acronyms, new.weak_acronyms),
        near=_both(old.near, new.near),
        seen=_joined(old.seen, new.seen),
        file=new.file,
    )
    single: dict[str, Any] = {
        "type": new.type, "sides": new.sides, "about": new.about, "office": new.office,
        "from": new.since, "until": new.until, "common": new.common, "unverified": new.unverified,
    }  # fmt: skip
    changed = {("since" if k == "from" else k): v for k, v in single.items() if k in raw}
    return replace(merged, **changed)


def _both(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(old + new))


def _joined(old: Names, new: Names) -> dict[str, tuple[str, ...]]:
    return {key: _both(old.get(key, ()), new.get(key, ())) for key in {**old, **new}}


def _names(
    source: Source, table: str, index: int, key: str, raw: object
) -> dict[str, tuple[str, ...]]:
    if not isinstance(raw, dict):
        source.fault("expected lists by language", table=table, index=index, key=key)
        return {}
    for language in raw.keys() - set(LANGUAGES):
        source.fault(
            f'unknown language "{language}"', table=table, index=index, key=key,
            hint=nearest(language, LANGUAGES) or f"one of {', '.join(LANGUAGES)}",
        )  # fmt: skip
    return {
        language: _strings(source, table, index, key, raw[language])
        for language in LANGUAGES
        if language in raw
    }


def _strings(source: Source, table: str, index: int, key: str, raw: object) -> tuple[str, ...]:
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(raw)
    source.fault("expected a list of texts", table=table, index=index, key=key)
    return ()


def _list_of(source: Source, name: str) -> Iterator[Mapping[str, Any]]:
    raw = source.tables.get(name, [])
    if not isinstance(raw, list):
        source.fault(f"write [[{name}]] with two brackets", table=name)
        return
    for item in raw:
        if isinstance(item, dict):
            yield item


def _tables_of(source: Source, name: str) -> dict[str, Mapping[str, Any]]:
    raw = source.tables.get(name, {})
    if not isinstance(raw, dict):
        source.fault(f"write [{name}.some-id]", table=name)
        return {}
    return {key: value for key, value in raw.items() if isinstance(value, dict)}


def _side_message(side: object) -> str:
    return f'unknown side "{side}"'


def _side_hint(side: object) -> str:
    upper = str(side).upper()
    return f'write "{upper}"' if upper in SIDES else f"one of {', '.join(SIDES)}"
