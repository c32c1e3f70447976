"""What a changed rulebook would gain and lose on stored articles, before it is trusted."""

from collections.abc import Iterable

from msgspec import Struct

from monitor.model import Flag


class Difference(Struct, frozen=True):
    """One article under two rulebooks.

    Attributes:
        article: store id; title: headline.
        old, new: flags under each.
    """

    article: int
    title: str
    old: tuple[Flag, ...]
    new: tuple[Flag, ...]

    @property
    def gained(self) -> tuple[str, ...]:
        """Rules that fire only now."""
        before = {flag.rule for flag in self.old}
        return tuple(flag.rule for flag in self.new if flag.rule not in before)

    @property
    def lost(self) -> tuple[str, ...]:
        """Rules that fire no more."""
        after = {flag.rule for flag in self.new}
        return tuple(flag.rule for flag in self.old if flag.rule not in after)

    @property
    def moved(self) -> tuple[tuple[str, str, str], ...]:
        """Rules that fire at another level: (rule, old level, new level)."""
        before = {flag.rule: flag.level for flag in self.old}
        return tuple(
            (flag.rule, before[flag.rule], flag.level)
            for flag in self.new
            if flag.rule in before and before[flag.rule] != flag.level
        )


class RuleChange(Struct, frozen=True):
    """What changes for one rule: counts, and (article, headline) gained and lost."""

    rule: str
    before: int
    after: int
    gained: tuple[tuple[int, str], ...]
    lost: tuple[tuple[int, str], ...]


def summarise(differences: Iterable[Difference]) -> tuple[RuleChange, ...]:
    """Gather differences by rule, in the order the rules first appear."""
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    gained: dict[str, list[tuple[int, str]]] = {}
    lost: dict[str, list[tuple[int, str]]] = {}
    for difference in differences:
        for counts, flags in ((before, difference.old), (after, difference.new)):
            for flag in flags:
                counts[flag.rule] = counts.get(flag.rule, 0) + 1
        for rule in difference.gained:
            gained.setdefault(rule, []).append((difference.article, difference.title))
        for rule in difference.lost:
            lost.setdefault(rule, []).append((difference.article, difference.title))
    return tuple(
        RuleChange(
            rule=rule,
            before=before.get(rule, 0),
            after=after.get(rule, 0),
            gained=tuple(gained.get(rule, ())),
            lost=tuple(lost.get(rule, ())),
        )
        for rule in {**before, **after}
    )
