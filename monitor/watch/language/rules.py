"""Rules as the user wrote them: values only. A field with an `alias` has that key in the file."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict, Field

from monitor.model import LEVELS, Level
from monitor.watch.language.codes import RuleLanguage
from monitor.watch.language.rule_values import (
    ZONES,
    ADay,
    ALevel,
    Count,
    Duration,
    Flag,
    Group,
    Groups,
    IsoDay,
    Patterns,
    Scope,
    Scores,
    Share,
    Terms,
    Texts,
    Thresholds,
    Within,
    Zones,
)
from monitor.watch.language.terms import Term

__all__ = ["ZONES", "Block", "Group", "Rule", "RuleTest", "Scope", "WordList"]


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
        within: what must hold all hits, and in how many words for the scope "words".
        zones: where hits count.
        scores: points by zone; a zone without points does not count.
        keep_if: for `unless`: any of these lifts it.
        level: the level that the rule is raised to where the block holds, if it fires at all.
        apart: hits of the first two groups in one list ("China and South Korea") do not count.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    name: str
    all: Groups = ()
    any: Group = ()
    none: Terms = ()
    at_least: Count = 1
    times: Count = 1
    share: Share = 0.0
    outlets: Texts = ()
    within: Within = ("story", 0)
    zones: Annotated[Zones, Field(alias="in")] = frozenset(ZONES)
    scores: Annotated[Scores | None, Field(alias="score")] = None
    keep_if: Terms = ()
    level: ALevel | None = None
    apart: Flag = False

    @property
    def scope(self) -> Scope:
        """What must hold all hits."""
        return self.within[0]

    @property
    def reach(self) -> int:
        """In how many words all hits must stand, for the scope "words"."""
        return self.within[1]


@dataclass(frozen=True, slots=True)
class RuleTest:
    """Texts (first line headline, the rest paragraphs) and what must come of them."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    should: Texts = ()
    should_not: Texts = ()
    level: ALevel | None = None
    feed: str = ""
    date: IsoDay = ""
    todo: Flag = False


def _named(kind: str) -> BeforeValidator:
    """Give blocks without a name their number."""

    def name(raw: Any) -> Any:
        if not isinstance(raw, list):
            return raw
        return [
            {"name": f"{kind} {number}", **item} if isinstance(item, dict) else item
            for number, item in enumerate(raw, 1)
        ]

    return BeforeValidator(name)


@dataclass(frozen=True, slots=True)
class Rule:
    """One watch rule as the user wrote it.

    Attributes:
        thresholds: points for each level, highest first.
        extend: it adds to the rule of the same id that stands.
        file: where it was read; `line`: of its header there.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    id: Annotated[str, Field(min_length=1)]
    name: str
    thresholds: Annotated[Thresholds, Field(alias="alert")] = (("digest", 1.0),)
    whens: Annotated[tuple[Block, ...], Field(alias="when"), _named("when")] = ()
    unlesses: Annotated[tuple[Block, ...], Field(alias="unless"), _named("unless")] = ()
    tests: Annotated[tuple[RuleTest, ...], Field(alias="test")] = ()
    feeds: Texts = ()
    languages: tuple[RuleLanguage, ...] = ()
    repeat_after: Duration | None = None
    until: ADay | None = None
    enabled: Flag = True
    note: str = ""
    extend: Flag = False
    file: str = ""
    line: int | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels the rule can reach, highest first."""
        able = {level for level, _ in self.thresholds} | {block.level for block in self.whens}
        return tuple(level for level in LEVELS if level in able)


@dataclass(frozen=True, slots=True)
class WordList:
    """A named list: terms, and regular expressions on the text as printed."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    id: str
    words: Terms = ()
    patterns: Patterns = ()
    extend: Flag = False
    file: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """All of it as terms; the expressions are terms of kind "pattern"."""
        return self.words + self.patterns
