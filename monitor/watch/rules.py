"""Rules from TOML: reading, checking, overriding. The format is described in the package docstring.

Every mistake is a fault with file, line and, where one is near, the right spelling; none is passed
over in silence, since a rule that quietly matches nothing is worse than one that does not load.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, Literal

from monitor.model import Level, Zone
from monitor.watch.source import Source, nearest
from monitor.watch.terms import BadTerm, Term, parse_term

ZONES: tuple[Zone, ...] = ("headline", "lede", "body")
LEVELS: tuple[Level, ...] = ("now", "digest", "log")
RULE_LANGUAGES = ("en", "ko", "zh", "ja")
Group = tuple[Term, ...]
Scope = Literal["story", "paragraph", "sentence", "words"]


@dataclass(frozen=True, slots=True)
class Block:
    """One `when` or `unless` of a rule.

    Attributes:
        name: the block's own name, or "when 1".
        all: groups of which each must be hit; any: alternatives; none: must be absent.
        at_least: how many different items of `any` must be hit.
        times: how often each group must be hit at least, in the zones that count.
        share: how large a part of the story's sentences must hold each group of names (0 to 1).
        outlets: countries of the outlet, of which one must fit; empty = any.
        scope: what must hold all hits; `reach` in words for scope "words".
        zones: where hits count.
        scores: points by zone; a zone without points does not count.
        keep_if: for `unless`: any of these lifts it.
    """

    name: str
    all: tuple[Group, ...] = ()
    any: Group = ()
    none: Group = ()
    at_least: int = 1
    times: int = 1
    share: float = 0.0
    outlets: tuple[str, ...] = ()
    scope: Scope = "story"
    reach: int = 0
    zones: frozenset[Zone] = frozenset(ZONES)
    scores: Mapping[Zone, float] | None = None
    keep_if: Group = ()


@dataclass(frozen=True, slots=True)
class RuleTest:
    """Texts (first line headline, the rest paragraphs) and what must come of them."""

    should: tuple[str, ...] = ()
    should_not: tuple[str, ...] = ()
    level: Level | None = None
    feed: str = ""
    date: str = ""
    todo: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One watch rule as the user wrote it."""

    id: str
    name: str
    thresholds: tuple[tuple[Level, float], ...]  # highest first
    whens: tuple[Block, ...]
    unlesses: tuple[Block, ...] = ()
    tests: tuple[RuleTest, ...] = ()
    feeds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    repeat_after: timedelta | None = None
    until: date | None = None
    enabled: bool = True
    note: str = ""
    file: str = ""
    line: int | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels the rule can reach, highest first."""
        return tuple(level for level, _ in self.thresholds)


@dataclass(frozen=True, slots=True)
class WordList:
    """A named list: terms, and regular expressions as terms of kind "pattern"."""

    id: str
    terms: Group
    file: str = ""


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
        _unknown(at, raw, ("words", "patterns", "extend"))
        terms = list(self._group(at, "words", raw.get("words", [])))
        for pattern in _texts(at, "patterns", raw.get("patterns", [])):
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
        _unknown(at, raw, _RULE_KEYS)
        old = self.rules.get(rule_id) if raw.get("extend") is True else None
        thresholds, scored = _thresholds(at, raw.get("alert", "digest"))
        if old and "alert" not in raw:
            thresholds = old.thresholds
            scored = any(block.scores for block in old.whens)
        fresh = Rule(
            id=rule_id,
            name=_text(at, "name", raw.get("name", old.name if old else rule_id)),
            thresholds=thresholds,
            whens=self._blocks(source, index, raw, "when", scored=scored),
            unlesses=self._blocks(source, index, raw, "unless", scored=False),
            tests=self._tests(source, index, raw),
            feeds=_texts(at, "feeds", raw.get("feeds", [])),
            languages=_texts(at, "languages", raw.get("languages", [])),
            repeat_after=_duration(at, raw.get("repeat_after")),
            until=_date(at, raw.get("until")),
            enabled=_flag(at, "enabled", raw.get("enabled", True)),
            note=_text(at, "note", raw.get("note", "")),
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
        _unknown(at, raw, _WHEN_KEYS if kind == "when" else _UNLESS_KEYS)
        if not raw.keys() & {"all", "any"}:
            at("a block needs `all` or `any`")
        scope, reach = _scope(at, raw.get("within", "story"))
        scores = _scores(at, raw["score"]) if "score" in raw else None
        if scores and not scored:
            at("a score needs numeric thresholds", key="score",
               hint="write alert = { digest = 3 } in the rule")  # fmt: skip
        alternatives = self._group(at, "any", raw.get("any", []), filled="any" in raw)
        at_least = _number(at, "at_least", raw.get("at_least", 1), whole=True)
        if (
            "at_least" in raw
            and not 1 <= at_least <= max(1, len(alternatives))
            and not any(term.kind == "list" for term in alternatives)
        ):
            at("at_least must lie between 1 and the number of items in `any`", key="at_least")
        return Block(
            name=_text(at, "name", raw.get("name", f"{kind} {number + 1}")),
            all=self._groups(at, raw.get("all", []), filled="all" in raw),
            any=alternatives,
            none=self._group(at, "none", raw.get("none", [])),
            at_least=int(at_least),
            times=int(_number(at, "times", raw.get("times", 1), whole=True)),
            share=_number(at, "share", raw.get("share", 0)),
            outlets=_texts(at, "outlets", raw.get("outlets", [])),
            scope=scope,
            reach=reach,
            zones=_zones(at, raw.get("in", list(ZONES))),
            scores=scores,
            keep_if=self._group(at, "keep_if", raw.get("keep_if", [])),
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
            _unknown(at, item, _TEST_KEYS)
            level = item.get("level")
            if level is not None and level not in LEVELS:
                at(f'unknown level "{level}"', key="level", hint=f"one of {', '.join(LEVELS)}")
                level = None
            day = _date(at, item.get("date"), key="date")
            tests.append(
                RuleTest(
                    should=_texts(at, "should", item.get("should", [])),
                    should_not=_texts(at, "should_not", item.get("should_not", [])),
                    level=level,
                    feed=_text(at, "feed", item.get("feed", "")),
                    date=day.isoformat() if day else "",
                    todo=_flag(at, "todo", item.get("todo", False)),
                )
            )
        return tuple(tests)


Report = Callable[..., None]
_RULE_KEYS = (
    "id", "name", "alert", "feeds", "languages", "repeat_after", "enabled", "until", "note",
    "extend", "when", "unless", "test",
)  # fmt: skip
_WHEN_KEYS = (
    "name", "all", "any", "none", "at_least", "times", "share", "outlets", "within", "in", "score",
)  # fmt: skip
_UNLESS_KEYS = (
    "name", "all", "any", "none", "at_least", "times", "share", "outlets", "within", "in",
    "keep_if",
)  # fmt: skip
_TEST_KEYS = ("should", "should_not", "level", "feed", "date", "todo")
_DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_WORDS = re.compile(r"(\d+) words?")


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


def _unknown(at: Report, raw: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in raw:
        if key not in known:
            at("unknown key", key=key, hint=nearest(key, known) or f"one of {', '.join(known)}")


def _thresholds(at: Report, raw: object) -> tuple[tuple[tuple[Level, float], ...], bool]:
    """Return the thresholds, highest level first, and whether they are numbers."""
    if isinstance(raw, str):
        for level in LEVELS:
            if raw == level:
                return ((level, 1.0),), False
        at(f'unknown level "{raw}"', key="alert",
           hint=nearest(raw, LEVELS) or f"one of {', '.join(LEVELS)}")  # fmt: skip
        return (("digest", 1.0),), True
    if not isinstance(raw, dict) or not raw:
        at("expected a level or thresholds such as { now = 8, digest = 3 }", key="alert")
        return (("digest", 1.0),), True
    for key, value in raw.items():
        if key not in LEVELS:
            at(f'unknown level "{key}"', key="alert",
               hint=nearest(key, LEVELS) or f"one of {', '.join(LEVELS)}")  # fmt: skip
        elif isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            at(f"the threshold of {key} must be a number above 0", key="alert")
    found = tuple((level, float(raw[level])) for level in LEVELS if _is_number(raw.get(level)))
    if any(high <= low for (_, high), (_, low) in pairwise(found)):
        at("a higher level needs a higher threshold", key="alert")
    return found, True


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _scope(at: Report, raw: object) -> tuple[Scope, int]:
    if raw in ("story", "paragraph", "sentence"):
        return raw, 0
    if isinstance(raw, str) and (words := _WORDS.fullmatch(raw)) and int(words[1]):
        return "words", int(words[1])
    at(f'unknown reach "{raw}"', key="within",
       hint='write "sentence", "paragraph", "12 words" or "story"')  # fmt: skip
    return "story", 0


def _zones(at: Report, raw: object) -> frozenset[Zone]:
    zones = [zone for zone in ZONES if isinstance(raw, list) and zone in raw]
    if not isinstance(raw, list) or not raw:
        at("expected a list of zones", key="in", hint=f"of {', '.join(ZONES)}")
    else:
        for zone in raw:
            if zone not in ZONES:
                at(f'unknown zone "{zone}"', key="in",
                   hint=nearest(str(zone), ZONES) or f"one of {', '.join(ZONES)}")  # fmt: skip
    return frozenset(zones)


def _scores(at: Report, raw: object) -> dict[Zone, float]:
    if _is_number(raw):
        return dict.fromkeys(ZONES, float(raw))  # type: ignore[arg-type]
    if not isinstance(raw, dict) or not raw:
        at("expected a number or points by zone", key="score",
           hint="such as { headline = 6, lede = 4, body = 1 }")  # fmt: skip
        return {}
    for key, value in raw.items():
        if key not in ZONES:
            at(f'unknown zone "{key}"', key="score",
               hint=nearest(key, ZONES) or f"one of {', '.join(ZONES)}")  # fmt: skip
        elif not _is_number(value):
            at(f"the points of {key} must be a number", key="score")
    return {zone: float(raw[zone]) for zone in ZONES if _is_number(raw.get(zone))}


def _number(at: Report, key: str, raw: object, *, whole: bool = False) -> float:
    if _is_number(raw) and (not whole or isinstance(raw, int)) and raw >= 0:  # type: ignore[operator]
        return float(raw)  # type: ignore[arg-type]
    at("expected a whole number" if whole else "expected a number", key=key)
    return 1 if whole else 0


def _text(at: Report, key: str, raw: object) -> str:
    if isinstance(raw, str):
        return raw
    at("expected a text in quotes", key=key)
    return ""


def _texts(at: Report, key: str, raw: object) -> tuple[str, ...]:
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(raw)
    at("expected a list of texts in quotes", key=key)
    return ()


def _flag(at: Report, key: str, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    at("expected true or false", key=key)
    return False


def _duration(at: Report, raw: object) -> timedelta | None:
    if raw is None:
        return None
    if isinstance(raw, str) and (found := _DURATION.fullmatch(raw)):
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    at("expected a duration", key="repeat_after", hint='such as "30m", "2h" or "1d"')
    return None


def _date(at: Report, raw: object, key: str = "until") -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if raw is None or isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        at(f'not a date: "{raw}"', key=key, hint="such as 2026-12-31")
        return None
