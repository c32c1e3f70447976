"""Every form under which a gazetteer's names may be printed, as patterns of a table.

A name comes as it is listed, and as rules make of it: pairs with the marks of a list, acronyms with
dots, Korean surnames in their other spellings, titles with surnames, and leaders by surname alone.
"""

from collections.abc import Iterable, Iterator

from monitor.watch.engine.patterns import (
    BRIEF,
    NameUse,
    PatternTable,
    Strength,
    TitledUse,
)
from monitor.watch.engine.romanised import spellings
from monitor.watch.language.codes import Names
from monitor.watch.language.entities import Entity, Office
from monitor.watch.language.gazetteer import Gazetteer

# Titles that many people of one name bear in one week; a full name or a side must stand near.
_BARE_TITLES = frozenset(
    {
        "leader", "Chairman", "Marshal", "General", "Gen.", "Ambassador", "Envoy", "spokesman",
        "spokeswoman", "spokesperson", "Speaker", "장관", "실장", "대사", "의장", "위원장", "원장",
        "본부장", "사령관", "대변인", "총리", "주석", "大使", "報道官", "司令官", "主席", "发言人",
        "委員長", "委员长", "总理", "総理", "首相", "議長", "领导人",
    }
)  # fmt: skip
_KOREAS = frozenset({"KR", "KP"})
_DESCRIBES = 3  # words from which a place's name describes it
_DOTTED = 3  # letters from which an acronym may be printed with dots


def add_names(table: PatternTable, gazetteer: Gazetteer) -> None:
    """Add all names, titled surnames and decoys of a gazetteer."""
    for number, entity in enumerate(gazetteer.entities.values()):
        _add_entity(table, number, entity)
    _add_titled(table, gazetteer)
    _add_leaders(table, gazetteer)
    for decoy in gazetteer.decoys.values():
        for written in _all(decoy.names):
            if pattern := table.pattern(written):
                pattern.decoy = decoy.id
                pattern.country = decoy.country or pattern.country


def _add_entity(table: PatternTable, number: int, entity: Entity) -> None:
    groups: tuple[tuple[Strength, Names], ...] = (
        ("weak", entity.weak), ("home", entity.home), ("safe", entity.names),
    )  # fmt: skip
    listed: dict[str, tuple[dict[str, Strength], bool]] = {}
    for strength, names in groups:
        for language, forms in names.items():
            for written in _as_printed(entity, language, forms):
                pattern = table.pattern(written, hyphens=entity.type != "pair")
                if pattern is None:
                    continue
                pattern.pair |= entity.type == "pair"
                pattern.compounds |= written in entity.compounds
                pattern.languages = table.shared(pattern.languages | {language[:2]})
                by_language, capital = listed.get(pattern.key, ({}, True))
                by_language[language] = strength
                listed[pattern.key] = by_language, capital and _is_capital(entity, written)
    for key, (by_language, capital) in listed.items():
        strengths = tuple(by_language.items())
        if len(set(by_language.values())) == 1:
            strengths = strengths[:1]
        table.by_key[key].names += (NameUse(number, table.shared(strengths), capital),)
    tokens: tuple[tuple[Strength, tuple[str, ...]], ...] = (
        ("safe", entity.acronyms),
        ("weak", entity.weak_acronyms),
    )
    for strength, acronyms in tokens:
        for plain in acronyms:
            for written in (plain, *_dotted(plain)):
                if pattern := table.pattern(written):
                    pattern.names += (NameUse(number, (("en", strength),), False, written),)
    for letters in entity.headline.values():
        for letter in letters:
            pattern = table.pattern(letter)
            if pattern and number not in pattern.headline:
                pattern.headline += (number,)


def _is_capital(entity: Entity, written: str) -> bool:
    """Must a name begin with a capital? A long one that describes a place is no other word.

    Papers print "military demarcation line" and "provisional measures zone" either way.
    """
    describes = entity.type == "place" and len(written.split()) >= _DESCRIBES
    return written[0].isupper() and not describes


def _as_printed(entity: Entity, language: str, forms: Iterable[str]) -> Iterable[str]:
    """Return the forms of an entity with those that a rule makes of them."""
    if entity.type == "pair":
        return _printed_pairs(forms)
    if entity.type == "person" and language == "en" and not _KOREAS.isdisjoint(entity.sides):
        return [*forms, *(other for form in forms for other in spellings(form))]
    return forms


def _printed_pairs(forms: Iterable[str]) -> Iterator[str]:
    """Yield names of pairs, and those in Han letters or Hangul with the marks of a list as well.

    Dots and hyphens between the letters fold away; a slash or comma (한/중, 中、韩) does not.
    """
    for written in forms:
        yield written
        if 1 < len(written) <= BRIEF and not written.isascii():
            yield from (mark.join(written) for mark in "/、，")


def _dotted(acronym: str) -> tuple[str, ...]:
    """Return an acronym with dots, as some papers print it: R.O.K."""
    if len(acronym) < _DOTTED or not (acronym.isalpha() and acronym.isupper()):
        return ()
    dotted = ".".join(acronym)
    return f"{dotted}.", dotted


def _add_titled(table: PatternTable, gazetteer: Gazetteer) -> None:
    holders: dict[str, list[tuple[int, Entity]]] = {}
    for number, entity in enumerate(gazetteer.entities.values()):
        for office_id in entity.offices() if entity.type == "person" else ():
            holders.setdefault(office_id, []).append((number, entity))
    found: dict[str, tuple[set[tuple[int, str]], bool]] = {}
    for office_id, people in holders.items():
        office = gazetteer.offices.get(office_id)
        for number, entity in people if office else ():
            for title, written in _titled_forms(office, entity):  # type: ignore[arg-type]
                if pattern := table.pattern(written):
                    numbers, bare = found.get(pattern.key, (set(), True))
                    numbers = numbers | {(number, office_id)}
                    found[pattern.key] = numbers, bare and title in _BARE_TITLES
    for key, (numbers, bare) in found.items():
        table.by_key[key].titled = TitledUse(tuple(sorted(numbers)), bare)


def _add_leaders(table: PatternTable, gazetteer: Gazetteer) -> None:
    """Add surnames of leaders, and their Han letters, by which Korean headlines call them."""
    for number, entity in enumerate(gazetteer.entities.values()):
        if any(gazetteer.offices[office].leader for office in entity.offices()):
            letters = {short for short in entity.short.get("zh-Hant", ()) if len(short) == 1}
            for written in (*entity.short.get("en", ()), *sorted(letters)):
                if pattern := table.pattern(written):
                    pattern.leaders += (number,)


def _titled_forms(office: Office, entity: Entity) -> Iterable[tuple[str, str]]:
    """Yield (title, title with surname) as each language writes it."""
    short = entity.short
    han = [s for s in short.get("ja", ()) if len(s) == 1]
    for title in office.titles.get("en", ()):
        for surname in short.get("en", ()):
            yield title, f"{title} {surname}"
    for title in office.titles.get("ko", ()):
        for surname in [*short.get("ko", ()), *han]:
            yield title, f"{surname} {title}"
    for language in ("ja", "zh", "zh-Hans", "zh-Hant"):
        for title in office.titles.get(language, ()):
            for surname in {*short.get(language, ()), *han}:
                yield title, f"{surname}{title}"


def _all(names: Names) -> Iterable[str]:
    for forms in names.values():
        yield from forms
