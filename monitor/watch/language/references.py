"""Terms that name what does not exist: entities, offices and lists; and words that never count."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from monitor.errors import Fault
from monitor.text import fold_key
from monitor.tomlfile import nearest
from monitor.watch.language.codes import side_meant
from monitor.watch.language.gazetteer import Gazetteer
from monitor.watch.language.reader import RuleReader
from monitor.watch.language.rule_values import known_term
from monitor.watch.language.terms import Term

_MOST_HINTS = 100  # nearest spellings; nobody reads more, and each is looked for in all ids
_GROUPS = ("all", "any", "none", "keep_if")


def dangling(gazetteer: Gazetteer, reader: RuleReader) -> Iterator[Fault]:
    """Yield a fault for each term of a rule or list that names nothing or can never count.

    Tables as written are looked through, those with other faults, too.
    """
    trouble = _judge(gazetteer, reader)
    judged: dict[str, tuple[str, str]] = {}
    for place, raw in reader.tables:
        for path, text in _texts(raw):
            if text not in judged:
                term = known_term(text)
                judged[text] = trouble(term) if term else ("", "")
            message, hint = judged[text]
            if message:
                yield place.fault(message, hint, path=path)


def _texts(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the terms of a rule or list as written, each with its path."""
    yield from _strings(("words",), raw.get("words"))
    for kind in ("when", "unless"):
        blocks = raw.get(kind)
        for number, block in enumerate(blocks if isinstance(blocks, list) else ()):
            if isinstance(block, dict):
                for group in _GROUPS:
                    yield from _strings((kind, number, group), block.get(group))


def _strings(
    path: tuple[str | int, ...], value: object
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _strings((*path, number), item)


def _judge(gazetteer: Gazetteer, reader: RuleReader) -> Callable[[Term], tuple[str, str]]:
    decoys = {
        fold_key(name): decoy.id
        for decoy in gazetteer.decoys.values()
        for names in decoy.names.values()
        for name in names
    }

    entity_hint = _entity_hints(gazetteer)

    def trouble(term: Term) -> tuple[str, str]:
        """Return what is wrong with a term, and what to write."""
        if term.kind == "entity" and term.value not in gazetteer.named:
            return f'unknown entity "{term.raw}"', entity_hint(term.value)
        if term.kind == "office" and term.value not in gazetteer.named_offices:
            return f'unknown office "{term.raw}"', nearest(term.value, gazetteer.offices)
        if term.kind == "list" and term.value not in reader.named_lists:
            return f'unknown list "{term.raw}"', nearest(term.value, reader.named_lists)
        if term.kind == "word" and (decoy := decoys.get(fold_key(term.value))):
            return f'"{term.raw}" is the decoy "{decoy}": it never counts', ""
        return "", ""

    return trouble


def _entity_hints(gazetteer: Gazetteer) -> Callable[[str], str]:
    """Say what to write for a side by another name, for a name, or for a slip of an id."""
    by_name: dict[str, str] = {}
    left = _MOST_HINTS

    def hint(written: str) -> str:
        nonlocal left
        if side := side_meant(written):
            return f'write "@{side}"'
        if not by_name:
            by_name.update(_ids_by_name(gazetteer))
        if id_ := by_name.get(fold_key(written)):
            return f'write "@{id_}"'
        left -= 1
        return nearest(written.lower().replace(" ", "-"), gazetteer.entities) if left >= 0 else ""

    return hint


def _ids_by_name(gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    for entity in gazetteer.entities.values():
        for forms in (*entity.names.values(), *entity.weak.values(), entity.acronyms):
            yield from ((fold_key(name), entity.id) for name in forms)
