"""A rulebook from files: rules, lists, entities and offices read and checked together."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from monitor.errors import ConfigError, Fault
from monitor.tomlfile import TomlFile, nearest, parse_toml, read_toml
from monitor.watch.language.gazetteer import Gazetteer
from monitor.watch.language.reader import RuleReader
from monitor.watch.language.references import dangling
from monitor.watch.lasting import collector_paused
from monitor.watch.rulebook import Rulebook

_TABLES = ("rule", "list", "entity", "decoy", "office", "tenure", "schema", "as_of")
DATA = Path(__file__).parent / "data"

_File = tuple[str, Callable[[], TomlFile], bool]  # name, what reads it, whether it is built in


def load(
    rule_files: Sequence[Path] = (), entity_files: Sequence[Path] = (), *, builtin: bool = True
) -> Rulebook:
    """Read rules and entities, the built-in ones first.

    A file may hold rules, lists, entities, decoys and offices alike. The user's replace built-in
    ones of the same id, or add to what stands with `extend = true`.

    Args:
        rule_files, entity_files: the user's files, in the order in which they are read.
        builtin: start from the gazetteer and topics of the package.

    Raises:
        ConfigError: with all faults of all files.
    """
    shipped = sorted(DATA.glob("*.toml")) if builtin else []
    own = [path for path in dict.fromkeys([*entity_files, *rule_files]) if path not in shipped]
    with collector_paused():
        return _load(
            [*_builtin(shipped), *((str(one), partial(read_toml, one), False) for one in own)]
        )


def load_texts(own: Sequence[tuple[str, str]]) -> Rulebook:
    """Read the built-in rules, with own ones whose texts were read elsewhere.

    Args:
        own: (name, text) of entity and rule files, in the order in which they were read there.

    Raises:
        ConfigError: with all faults of all files.
    """
    texts: list[_File] = [(name, partial(parse_toml, text, name), False) for name, text in own]
    with collector_paused():
        return _load([*_builtin(sorted(DATA.glob("*.toml"))), *texts])


def _builtin(shipped: Sequence[Path]) -> list[_File]:
    return [(str(path), partial(read_toml, path), True) for path in shipped]


def _load(files: Sequence[_File]) -> Rulebook:
    gazetteer, reader = Gazetteer(), RuleReader()
    faults: list[Fault] = []
    for _, read, builtin in files:
        try:
            file = read()
        except ConfigError as error:
            faults += error.faults
            continue
        faults += _unknown_tables(file)
        gazetteer.add(file, builtin=builtin)
        reader.add(file, builtin=builtin)
    gazetteer.finish()
    faults += (*gazetteer.faults, *reader.faults, *dangling(gazetteer, reader))
    if faults:
        order = [name for name, _, _ in files]
        raise ConfigError(sorted(faults, key=lambda one: (order.index(one.file), one.line or 0)))
    return Rulebook(gazetteer, reader.rules.items, reader.lists.items)


def _unknown_tables(file: TomlFile) -> Iterator[Fault]:
    for key in file.data.keys() - set(_TABLES):
        hint = nearest(key, _TABLES) or f"known: {', '.join(_TABLES)}"
        yield file.fault((key,), "unknown table or key", hint)
