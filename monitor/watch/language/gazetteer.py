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
    told_as = "china"          # whose name readers are told, where its own forms mean many things
    compounds = ["북한"]        # begin no other Korean word: any noun may follow (북한인권)
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

A user's entity, decoy or office replaces the built-in one of the same id; with `extend = true` its
lists are added to those that stand, and its single values replace them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import chain
from typing import Any, ClassVar

from pydantic import ConfigDict

from monitor.errors import Fault
from monitor.tomlfile import TomlFile, nearest
from monitor.tomlfile.validation import Checker
from monitor.watch.language.codes import NAME_LANGUAGES, Names, Side
from monitor.watch.language.entities import Decoy, Entity, Flag, Office, Tenure, Texts
from monitor.watch.language.shelf import Place, Shelf

_ENTITY = Checker(Entity, own=("file", "as_of", "tenures"))
_DECOY = Checker(Decoy, own=("file",))
_TENURE = Checker(Tenure)


@dataclass(frozen=True, slots=True)
class _OfficeTable:
    """`[office.some-id]`: its side, and titles by language."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    side: Side = ""
    leader: Flag = False
    extend: Flag = False
    titles: Names = field(default_factory=dict)


_OFFICE = Checker(_OfficeTable, own=("titles",))


class Gazetteer:
    """All entities, decoys and offices by id, in the order they were first named.

    Attributes:
        faults: everything that was wrong so far.
        named, named_offices: ids that files give to entities and offices, those with faults, too.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.named: set[str] = set()
        self.named_offices: set[str] = set()
        self._entities: Shelf[Entity] = Shelf("entity")
        self._decoys: Shelf[Decoy] = Shelf("decoy")
        self._offices: Shelf[Office] = Shelf("office")
        self._tenures: list[tuple[Tenure, Place]] = []

    @property
    def entities(self) -> dict[str, Entity]:
        """The entities by id."""
        return self._entities.items

    @property
    def decoys(self) -> dict[str, Decoy]:
        """The decoys by id."""
        return self._decoys.items

    @property
    def offices(self) -> dict[str, Office]:
        """The offices by id."""
        return self._offices.items

    def add(self, file: TomlFile, *, builtin: bool = False) -> None:
        """Add the tables of one file; what is wrong goes into `faults`."""
        as_of = file.data.get("as_of", "")
        if not isinstance(as_of, str):
            self.faults.append(file.fault(("as_of",), 'write as_of = "2026-11"'))
            as_of = ""
        place = partial(Place, file, builtin=builtin)
        for office_id, raw in self._tables(file, "office"):
            self._add_office(office_id, raw, place(path=("office", office_id)))
        for number, raw in self._rows(file, "entity"):
            self._add_entity(raw, place(path=("entity", number)), as_of)
        for number, raw in self._rows(file, "decoy"):
            self._add_decoy(raw, place(path=("decoy", number)))
        for number, raw in self._rows(file, "tenure"):
            where = place(path=("tenure", number))
            if tenure := _TENURE.read(file, where.path, raw, self.faults):
                self._tenures.append((tenure, where))

    def finish(self) -> None:
        """Give people their tenures, and check what is only known when every file is read."""
        tenures: dict[str, list[Tenure]] = {}
        for tenure, place in self._tenures:
            if tenure.person not in self.named:
                self._unknown(place, "person", tenure.person, self.named)
            elif tenure.office not in self.named_offices:
                self._unknown(place, "office", tenure.office, self.named_offices)
            else:
                tenures.setdefault(tenure.person, []).append(tenure)
        for entity in list(self.entities.values()):
            found = [t for t in tenures.get(entity.id, ()) if t.office != entity.office]
            if entity.office:
                found.insert(0, Tenure(entity.office, entity.since, entity.until))
                if entity.office not in self.named_offices:
                    place = self._entities.places[entity.id][-1]
                    self._unknown(place, "office", entity.office, self.named_offices)
            if entity.told_as and entity.told_as not in self.named:
                place = self._entities.places[entity.id][-1]
                self._unknown(place, "told_as", entity.told_as, self.named)
            if found:
                self.entities[entity.id] = replace(entity, tenures=tuple(found))
        self._tenures.clear()
        for shelf in (self._entities, self._decoys, self._offices):
            shelf.places.clear()  # they hold the parsed files

    def _unknown(self, place: Place, key: str, id_: str, known: Collection[str]) -> None:
        fault = place.fault(f'unknown {key} "{id_}"', nearest(id_, known), path=(key,))
        self.faults.append(fault)

    def _add_office(self, office_id: str, raw: Any, place: Place) -> None:
        self.named_offices.add(office_id)
        titles = {k: v for k, v in raw.items() if k in NAME_LANGUAGES or isinstance(v, list)}
        table = {key: value for key, value in raw.items() if key not in titles}
        read = _OFFICE.read(place.file, place.path, table, self.faults, titles=titles)
        if read is None:
            return
        office = Office(office_id, read.side, read.titles, place.file.name, read.leader)

        def add(old: Office) -> Office:
            titles = _joined(old.titles, office.titles)
            leader = office.leader or old.leader
            return replace(office, side=office.side or old.side, titles=titles, leader=leader)

        now = self._offices.put(
            office_id, office, place, self.faults, add=add if read.extend else None
        )
        if now is not None and not now.side:
            self.faults.append(place.fault("an office needs a side", 'such as side = "KR"'))

    def _add_entity(self, raw: Any, place: Place, as_of: str) -> None:
        if isinstance(raw, dict):
            self.named.add(str(raw.get("id")))
            if raw.get("extend") is True and (old := self.entities.get(str(raw.get("id")))):
                raw = {"type": old.type, **raw}
        entity = _ENTITY.read(
            place.file, place.path, raw, self.faults, file=place.file.name, as_of=as_of, tenures=()
        )
        if entity is None:
            return
        add = partial(_extended, new=entity, written=raw.keys()) if entity.extend else None
        now = self._entities.put(entity.id, entity, place, self.faults, add=add)
        if now is not None:
            self.faults.extend(_faults(now, place))

    def _add_decoy(self, raw: Any, place: Place) -> None:
        decoy = _DECOY.read(place.file, place.path, raw, self.faults, file=place.file.name)
        if decoy is None:
            return

        def add(old: Decoy) -> Decoy:
            return replace(old, names=_joined(old.names, decoy.names), file=decoy.file)

        self._decoys.put(decoy.id, decoy, place, self.faults, add=add if decoy.extend else None)

    def _rows(self, file: TomlFile, name: str) -> Iterator[tuple[int, Any]]:
        raw = file.data.get(name, [])
        if isinstance(raw, list):
            yield from enumerate(raw)
        else:
            self.faults.append(file.fault((name,), f"write [[{name}]] with two brackets"))

    def _tables(self, file: TomlFile, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        raw = file.data.get(name, {})
        if not isinstance(raw, dict):
            self.faults.append(file.fault((name,), f"write [{name}.some-id]"))
            return
        for key, value in raw.items():
            if isinstance(value, dict):
                yield key, value
            else:
                self.faults.append(file.fault((name, key), f"write [{name}.some-id]"))


def _faults(entity: Entity, place: Place) -> Iterator[Fault]:
    """Yield what is wrong between the keys of an entity."""
    if entity.since and entity.until and entity.until < entity.since[: len(entity.until)]:
        yield place.fault("until lies before from", path=("until",))
    if not (entity.names or entity.weak or entity.acronyms or entity.weak_acronyms):
        yield place.fault("an entity needs at least one name")
    by_language = (entity.names, entity.weak, entity.home)
    listed = {form for names in by_language for form in chain(*names.values())}
    for form in entity.compounds:
        if form not in listed:
            yield place.fault(f'"{form}" is none of its names', path=("compounds",))


def _extended(old: Entity, *, new: Entity, written: Any) -> Entity:
    """Add the lists of `new` to those of `old`; single values that were written replace."""
    changed: dict[str, Any] = {"file": new.file}
    for one in fields(Entity):
        key = "from" if one.name == "since" else one.name
        value = getattr(new, one.name)
        if key in ("id", "extend", "as_of", "tenures", "file") or key not in written:
            continue
        if isinstance(value, Mapping):
            value = _joined(getattr(old, one.name), value)
        elif key in ("acronyms", "weak_acronyms", "near", "compounds"):
            value = _both(getattr(old, one.name), value)
        changed[one.name] = value
    return replace(old, **changed)


def _both(old: Texts, new: Texts) -> Texts:
    return tuple(dict.fromkeys(old + new))


def _joined(old: Mapping[str, Texts], new: Mapping[str, Texts]) -> dict[str, Texts]:
    return {key: _both(old.get(key, ()), new.get(key, ())) for key in {**old, **new}}
