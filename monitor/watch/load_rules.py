"""A rulebook from files: rules, lists, entities and offices read, checked and compiled together."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import ConfigError, Fault
from monitor.tomlfile import TomlFile, nearest, read_toml
from monitor.watch.language.gazetteer import Gazetteer
from monitor.watch.language.reader import RuleReader
from monitor.watch.language.references import dangling
from monitor.watch.rulebook import Rulebook

_TABLES = ("rule", "list", "entity", "decoy", "office", "tenure", "schema", "as_of")
DATA = Path(__file__).parent / "data"


def load(
    rule_files: Sequence[Path] = (), entity_files: Sequence[Path] = (), *, builtin: bool = True
) -> Rulebook:
    """Read rules and entities, the built-in ones first, and compile them.

    A file may hold rules, lists, entities, decoys and offices alike. The user's replace built-in
    ones of the same id, or add to what stands with `extend = true`.

    Args:
        rule_files, entity_files: the user's files, in the order in which they are read.
        builtin: start from the gazetteer and topics of the package.

    Raises:
        ConfigError: with all faults of all files.
    """
    with _collector_paused():
        return _load(rule_files, entity_files, builtin=builtin)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the cyclic collector out while hundreds of thousands of lasting objects are made.

    It would look through all of them again and again for cycles that are not there; on 10,000
    rules that is a third of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(rule_files: Sequence[Path], entity_files: Sequence[Path], *, builtin: bool) -> Rulebook:
    shipped = sorted(DATA.glob("*.toml")) if builtin else []
    own = [path for path in dict.fromkeys([*entity_files, *rule_files]) if path not in shipped]
    gazetteer, reader = Gazetteer(), RuleReader()
    faults: list[Fault] = []
    for path in (*shipped, *own):
        try:
            file = read_toml(path)
        except ConfigError as error:
            faults += error.faults
            continue
        faults += _unknown_tables(file)
        gazetteer.add(file, builtin=path in shipped)
        reader.add(file, builtin=path in shipped)
    gazetteer.finish()
    faults += (*gazetteer.faults, *reader.faults, *dangling(gazetteer, reader))
    if faults:
        order = [str(path) for path in (*shipped, *own)]
        raise ConfigError(sorted(faults, key=lambda one: (order.index(one.file), one.line or 0)))
    return Rulebook(gazetteer, reader.rules.items, reader.lists.items)


def _unknown_tables(file: TomlFile) -> Iterator[Fault]:
    for key in file.data.keys() - set(_TABLES):
        hint = nearest(key, _TABLES) or f"known: {', '.join(_TABLES)}"
        yield file.fault((key,), "unknown table or key", hint)
