"""Rules as the user wrote them: values only; reading them is the business of `reader`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from monitor.model import LEVELS, Level, Zone
from monitor.watch.language.terms import Term

ZONES: tuple[Zone, ...] = ("headline", "lede", "body")
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
        level: the level that the rule is raised to where the block holds, if it fires at all.
        apart: hits that stand in one list ("China and South Korea", 中韩) do not count.
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
    level: Level | None = None
    apart: bool = False


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
        able = {level for level, _ in self.thresholds} | {block.level for block in self.whens}
        return tuple(level for level in LEVELS if level in able)


@dataclass(frozen=True, slots=True)
class WordList:
    """A named list: terms, and regular expressions as terms of kind "pattern"."""

    id: str
    terms: Group
    file: str = ""
