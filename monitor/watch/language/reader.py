"""Reading rules and lists: what no single value tells, overriding and extending.

The format is described in the package docstring. Every mistake is a fault with file, line and,
where one is near, the right spelling; none is passed over in silence, since a rule that quietly
matches nothing is worse than one that does not load.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from monitor.errors import Fault
from monitor.tomlfile import TomlFile
from monitor.tomlfile.validation import Checker
from monitor.watch.language.rules import Rule, WordList
from monitor.watch.language.shelf import Place, Shelf

_RULE = Checker(Rule, own=("file", "line"))
_LIST = Checker(WordList, own=("id", "file"))
_ONLY_IN = {"keep_if": "unless", "score": "when", "level": "when"}


class RuleReader:
    """Reads the rules and lists of files.

    Attributes:
        faults: everything that was wrong so far.
        rules, lists: what is defined, with its places.
        tables: every rule and list as written, those with faults, too; `named_lists`: their names.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.rules: Shelf[Rule] = Shelf("rule")
        self.lists: Shelf[WordList] = Shelf("list")
        self.tables: list[tuple[Place, Mapping[str, Any]]] = []
        self.named_lists: set[str] = set()

    def add(self, file: TomlFile, *, builtin: bool = False) -> None:
        """Read the lists and rules of one file; what is wrong goes into `faults`."""
        lists = file.data.get("list", {})
        if not isinstance(lists, dict):
            self.faults.append(file.fault(("list",), "write [list.some-name]"))
            lists = {}
        for name, raw in lists.items():
            self._add_list(name, raw, Place(file, ("list", name), builtin))
        rules = file.data.get("rule", [])
        if not isinstance(rules, list):
            self.faults.append(file.fault(("rule",), "write [[rule]] with two brackets"))
            return
        lines = file.header_lines("rule")
        for number, raw in enumerate(rules):
            self._add_rule(raw, Place(file, ("rule", number), builtin), lines[number])

    def _add_list(self, name: str, raw: object, place: Place) -> None:
        file = place.file
        self.named_lists.add(name)
        if isinstance(raw, dict):
            self.tables.append((place, raw))
        words = _LIST.read(file, place.path, raw, self.faults, id=name, file=file.name)
        if words is None:
            return

        def add(old: WordList) -> WordList:
            both = old.words + words.words, old.patterns + words.patterns
            return WordList(name, *both, file=words.file)

        now = self.lists.put(name, words, place, self.faults, add=add if words.extend else None)
        if now is not None and not now.terms:
            self.faults.append(place.fault("an empty list"))

    def _add_rule(self, raw: object, place: Place, line: int | None) -> None:
        file = place.file
        if not isinstance(raw, dict):
            self.faults.append(place.fault("write [[rule]] with two brackets"))
            return
        self.tables.append((place, raw))
        extend, id_ = raw.get("extend") is True, raw.get("id")
        old = self.rules.items.get(id_) if extend and isinstance(id_, str) else None
        self.faults += _shortcomings(place, raw, old)
        rule = _RULE.read(
            file, place.path, {"name": id_ or "", **raw}, self.faults, file=file.name, line=line
        )
        if rule is not None:
            add = partial(_extended, new=rule, written=raw.keys()) if rule.extend else None
            self.rules.put(rule.id, rule, place, self.faults, add=add)


def _shortcomings(place: Place, raw: Mapping[str, Any], old: Rule | None) -> Iterator[Fault]:
    """Yield what is wrong with a rule as a whole; single values are checked elsewhere.

    Args:
        raw: the table as written.
        old: the rule that it extends.
    """
    whens, tests = _tables(raw, "when"), _tables(raw, "test")
    if not whens and not (old and old.whens):
        yield place.fault("a rule needs at least one [[rule.when]]")
    for key in ("should", "should_not"):
        if not any(test.get(key) for test in tests) and not old:
            hint = f'add [[rule.test]] {key} = ["…"]'
            yield place.fault(f"a rule needs a test with a `{key}`", hint)
    scored = isinstance(raw.get("alert"), dict)
    if old and "alert" not in raw:
        scored = any(block.scores for block in old.whens)
    for kind in ("when", "unless"):
        for number, block in enumerate(_tables(raw, kind)):
            at = partial(place.fault, path=(kind, number))
            if not block.keys() & {"all", "any"}:
                yield at("a block needs `all` or `any`")
            for key, home in _ONLY_IN.items():
                if key in block and home != kind:
                    hint = f"it belongs to [[rule.{home}]]"
                    yield place.fault(f'unknown key "{key}"', hint, path=(kind, number, key))
            if kind == "when" and "score" in block and not scored:
                yield place.fault(
                    "a score needs numeric thresholds",
                    "write alert = { digest = 3 } in the rule",
                    path=(kind, number, "score"),
                )
            yield from _too_many(place, (kind, number, "at_least"), block)


def _too_many(
    place: Place, path: tuple[str | int, ...], block: Mapping[str, Any]
) -> Iterator[Fault]:
    wanted, items = block.get("at_least", 1), block.get("any", [])
    if not isinstance(wanted, int) or not isinstance(items, list):
        return
    if wanted > max(1, len(items)) and not any(str(item).startswith("#") for item in items):
        message = "at_least must lie between 1 and the number of items in `any`"
        yield place.fault(message, path=path)


def _tables(raw: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = raw.get(key, [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _extended(old: Rule, *, new: Rule, written: Any) -> Rule:
    """Add the new blocks and tests to the old rule; single keys that were written replace."""
    single = {
        "name": "name", "alert": "thresholds", "feeds": "feeds", "languages": "languages",
        "until": "until", "repeat_after": "repeat_after", "enabled": "enabled", "note": "note",
    }  # fmt: skip
    return replace(
        old,
        **{field: getattr(new, field) for key, field in single.items() if key in written},
        whens=old.whens + new.whens,
        unlesses=old.unlesses + new.unlesses,
        tests=old.tests + new.tests,
        file=new.file,
        line=new.line,
    )
