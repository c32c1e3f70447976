"""Reading rules and lists from TOML: checking, overriding, extending.

The format is described in the package docstring. Every mistake is a fault with file, line and,
where one is near, the right spelling; none is passed over in silence, since a rule that quietly
matches nothing is worse than one that does not load.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from monitor.watch.language import rule_values
from monitor.watch.language.rule_values import Report
from monitor.watch.language.rules import (
    RULE_LANGUAGES,
    ZONES,
    Block,
    Group,
    Rule,
    RuleTest,
    WordList,
)
from monitor.watch.language.source import Source
from monitor.watch.language.terms import BadTerm, Term, parse_term


class RuleReader:
    """Reads rules and lists from sources, keeping terms that were read before.

    Attributes:
        rules, lists: by id, in the order they were first named.
    """

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}
        self.lists: dict[str, WordList] = {}
        self._terms: dict[str, Term] = {}

    def add(self, source: Source) -> None:
        """Read the lists and rules of one file; faults go into `source.faults`."""
        raw_lists = source.tables.get("list", {})
        if not isinstance(raw_lists, dict):
            source.fault("write [list.some-name]", table="list")
            raw_lists = {}
        for name, raw in raw_lists.items():
            self._add_list(source, name, raw)
        raw_rules = source.tables.get("rule", [])
        if not isinstance(raw_rules, list):
            source.fault("write [[rule]] with two brackets", table="rule")
            return
        lines = source.lines_of("rule")
        for index, raw in enumerate(raw_rules):
            if isinstance(raw, dict):
                line = lines[index] if index < len(lines) else None
                self._add_rule(source, index, raw, line)

    def _add_list(self, source: Source, name: str, raw: object) -> None:
        table = f"list.{name}"
        if not isinstance(raw, dict):
            source.fault("expected a table with words", table=table)
            return
        at = partial(source.fault, table=table)
        rule_values.unknown_keys(at, raw, ("words", "patterns", "extend"))
        terms = list(self._group(at, "words", raw.get("words", [])))
        for pattern in rule_values.texts(at, "patterns", raw.get("patterns", [])):
            try:
                re.compile(pattern)
            except re.error as error:
                at(f"not a regular expression: {error}", key="patterns", value=pattern)
            else:
                terms.append(Term(pattern, "pattern", pattern))
        old = self.lists.get(name)
        if raw.get("extend") is True and old:
            terms = [*old.terms, *terms]
        if not terms:
            at("an empty list")
        self.lists[name] = WordList(name, tuple(terms), source.name)

    def _add_rule(
        self, source: Source, index: int, raw: Mapping[str, Any], line: int | None
    ) -> None:
        at = partial(source.fault, table="rule", index=index)
        rule_id = raw.get("id")
        if not isinstance(rule_id, str) or not rule_id:
            at("a rule needs an id", key="id")
            return
        rule_values.unknown_keys(at, raw, _RULE_KEYS)
        old = self.rules.get(rule_id) if raw.get("extend") is True else None
        thresholds, scored = rule_values.thresholds(at, raw.get("alert", "digest"))
        if old and "alert" not in raw:
            thresholds = old.thresholds
            scored = any(block.scores for block in old.whens)
        fresh = Rule(
            id=rule_id,
            name=rule_values.text(at, "name", raw.get("name", old.name if old else rule_id)),
            thresholds=thresholds,
            whens=self._blocks(source, index, raw, "when", scored=scored),
            unlesses=self._blocks(source, index, raw, "unless", scored=False),
            tests=self._tests(source, index, raw),
            feeds=rule_values.texts(at, "feeds", raw.get("feeds", [])),
            languages=rule_values.texts(at, "languages", raw.get("languages", [])),
            repeat_after=rule_values.duration(at, raw.get("repeat_after")),
            until=rule_values.day(at, raw.get("until")),
            enabled=rule_values.flag(at, "enabled", raw.get("enabled", True)),
            note=rule_values.text(at, "note", raw.get("note", "")),
            file=source.name,
            line=line,
        )
        for language in fresh.languages:
            if language not in RULE_LANGUAGES:
                at(f'unknown language "{language}"', key="languages",
                   hint=f"one of {', '.join(RULE_LANGUAGES)}")  # fmt: skip
        rule = _extended(old, fresh, raw) if old else fresh
        if not rule.whens:
            at("a rule needs at least one [[rule.when]]")
        if not any(test.should for test in rule.tests):
            at("a rule needs a test with a `should`", hint='add [[rule.test]] should = ["…"]')
        if not any(test.should_not for test in rule.tests):
            at("a rule needs a test with a `should_not`",
               hint='add [[rule.test]] should_not = ["…"]')  # fmt: skip
        self.rules[rule_id] = rule

    def _blocks(
        self, source: Source, index: int, raw: Mapping[str, Any], kind: str, *, scored: bool
    ) -> tuple[Block, ...]:
        items = raw.get(kind, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            source.fault(f"write [[rule.{kind}]]", table="rule", index=index, key=kind)
            return ()
        return tuple(
            self._block(
                partial(source.fault, table="rule", index=index, sub=kind, sub_index=number),
                item, kind, number, scored=scored,
            )
            for number, item in enumerate(items)
        )  # fmt: skip

    def _block(
        self, at: "Report", raw: Mapping[str, Any], kind: str, number: int, *, scored: bool
    ) -> Block:
        rule_values.unknown_keys(at, raw, _WHEN_KEYS if kind == "when" else _UNLESS_KEYS)
        if not raw.keys() & {"all", "any"}:
            at("a block needs `all` or `any`")
        scope, reach = rule_values.scope(at, raw.get("within", "story"))
        scores = rule_values.scores(at, raw["score"]) if "score" in raw else None
        if scores and not scored:
            at("a score needs numeric thresholds", key="score",
               hint="write alert = { digest = 3 } in the rule")  # fmt: skip
        alternatives = self._group(at, "any", raw.get("any", []), filled="any" in raw)
        at_least = rule_values.number(at, "at_least", raw.get("at_least", 1), whole=True)
        if (
            "at_least" in raw
            and not 1 <= at_least <= max(1, len(alternatives))
            and not any(term.kind == "list" for term in alternatives)
        ):
            at("at_least must lie between 1 and the number of items in `any`", key="at_least")
        return Block(
            name=rule_values.text(at, "name", raw.get("name", f"{kind} {number + 1}")),
            all=self._groups(at, raw.get("all", []), filled="all" in raw),
            any=alternatives,
            none=self._group(at, "none", raw.get("none", [])),
            at_least=int(at_least),
            times=int(rule_values.number(at, "times", raw.get("times", 1), whole=True)),
            share=rule_values.number(at, "share", raw.get("share", 0)),
            outlets=rule_values.texts(at, "outlets", raw.get("outlets", [])),
            scope=scope,
            reach=reach,
            zones=rule_values.zones(at, raw.get("in", list(ZONES))),
            scores=scores,
            keep_if=self._group(at, "keep_if", raw.get("keep_if", [])),
            level=rule_values.level(at, raw.get("level")),
            apart=rule_values.flag(at, "apart", raw.get("apart", False)),
        )

    def _groups(self, at: "Report", raw: object, *, filled: bool) -> tuple[Group, ...]:
        if not isinstance(raw, list) or (filled and not raw):
            at("expected a list of terms that is not empty", key="all")
            return ()
        return tuple(
            self._group(at, "all", item if isinstance(item, list) else [item], filled=True)
            for item in raw
        )

    def _group(self, at: "Report", key: str, raw: object, *, filled: bool = False) -> Group:
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            at("expected a list of terms in quotes", key=key)
            return ()
        if filled and not raw:
            at(f"an empty `{key}` can never hold", key=key)
        group = []
        for text in raw:
            term = self._terms.get(text)
            if term is None:
                try:
                    term = self._terms[text] = parse_term(text)
                except BadTerm as error:
                    at(f'"{text}": {error}', key=key, value=text, hint=error.hint)
                    continue
            group.append(term)
        return tuple(group)

    def _tests(self, source: Source, index: int, raw: Mapping[str, Any]) -> tuple[RuleTest, ...]:
        items = raw.get("test", [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            source.fault("write [[rule.test]]", table="rule", index=index, key="test")
            return ()
        tests = []
        for number, item in enumerate(items):
            at: Report = partial(
                source.fault, table="rule", index=index, sub="test", sub_index=number
            )
            rule_values.unknown_keys(at, item, _TEST_KEYS)
            day = rule_values.day(at, item.get("date"), key="date")
            tests.append(
                RuleTest(
                    should=rule_values.texts(at, "should", item.get("should", [])),
                    should_not=rule_values.texts(at, "should_not", item.get("should_not", [])),
                    level=rule_values.level(at, item.get("level")),
                    feed=rule_values.text(at, "feed", item.get("feed", "")),
                    date=day.isoformat() if day else "",
                    todo=rule_values.flag(at, "todo", item.get("todo", False)),
                )
            )
        return tuple(tests)


_RULE_KEYS = (
    "id", "name", "alert", "feeds", "languages", "repeat_after", "enabled", "until", "note",
    "extend", "when", "unless", "test",
)  # fmt: skip
_WHEN_KEYS = (
    "name", "all", "any", "none", "at_least", "times", "share", "outlets", "within", "in", "score",
    "level", "apart",
)  # fmt: skip
_UNLESS_KEYS = (
    "name", "all", "any", "none", "at_least", "times", "share", "outlets", "within", "in",
    "apart", "keep_if",
)  # fmt: skip
_TEST_KEYS = ("should", "should_not", "level", "feed", "date", "todo")


def _extended(old: Rule, new: Rule, raw: Mapping[str, Any]) -> Rule:
    """Add the new blocks and tests to the old rule; single keys that were written replace."""
    written: dict[str, Any] = {
        "name": new.name, "feeds": new.feeds, "languages": new.languages, "until": new.until,
        "repeat_after": new.repeat_after, "enabled": new.enabled, "note": new.note,
    }  # fmt: skip
    return replace(
        old,
        **{key: value for key, value in written.items() if key in raw},
        thresholds=new.thresholds,
        whens=old.whens + new.whens,
        unlesses=old.unlesses + new.unlesses,
        tests=old.tests + new.tests,
        file=new.file,
        line=new.line,
    )
