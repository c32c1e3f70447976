"""The rules on a round-up: on the whole, and on each of its items.

A rule that nothing in the whole silences is asked of every item; the best of them flags the
round-up if its first sentence alone would do, and the reasons say which part is meant. What fires
on the whole alone stands, too. The level is "digest" at most: nobody is woken for a list.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from monitor.model import Flag, Level
from monitor.watch.engine.compiling import CompiledRule
from monitor.watch.engine.document import Document
from monitor.watch.engine.evaluate import Evaluation, Verdict
from monitor.watch.engine.matcher import Found, Matcher
from monitor.watch.engine.round_up_items import Item, in_the_whole

Part = tuple[Item, Evaluation]


class RoundUp(Evaluation):
    """The rules of one matcher on a round-up and its parts."""

    def __init__(
        self, matcher: Matcher, document: Document, found: Found, parts: Sequence[Part]
    ) -> None:
        super().__init__(matcher, document, found)
        self._parts = parts

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return the rules that fire on a part or on the whole, without saying why."""
        parts = dict(self._of_parts())
        whole = [v for v in super().verdicts() if v.rule not in {part.rule for part in parts}]
        return tuple(_quieter(verdict) for verdict in (*parts, *whole))

    def flags(self) -> tuple[Flag, ...]:
        """Return the rules that fire on a part or on the whole, with their reasons."""
        found = []
        for verdict, (item, part) in self._of_parts():
            reasons = next(flag.reasons for flag in part.flags() if flag.rule == verdict.rule)
            told = tuple(in_the_whole(reason, item) for reason in reasons)
            found.append(Flag(*_quieter(verdict), told))
        named = {flag.rule for flag in found}
        whole = [flag for flag in super().flags() if flag.rule not in named]
        return (*found, *(replace(flag, level=_quiet(flag.level)) for flag in whole))

    def deciding(self, compiled: CompiledRule) -> Evaluation:
        """Return the part that a rule fires on, or the whole."""
        for verdict, (_, part) in self._of_parts():
            if verdict.rule == compiled.rule.id:
                return part
        return self

    def _of_parts(self) -> Iterator[tuple[Verdict, Part]]:
        """Yield the best verdict of every rule that fires on a part, with that part."""
        best: dict[str, tuple[Verdict, Part]] = {}
        rules = {compiled.rule.id: compiled for compiled in self.matcher.rules}
        for part in self._parts:
            for verdict, held in part[1].fired():
                needed = rules[verdict.rule].rule.thresholds[-1][1]
                if not any(at.zone == "headline" and at.score >= needed for _, at in held):
                    continue
                known = best.get(verdict.rule)
                if known is None or verdict.score > known[0].score:
                    best[verdict.rule] = verdict, part
        for rule, found in best.items():
            if self.silenced(rules[rule]) is None:
                yield found


def _quieter(verdict: Verdict) -> Verdict:
    return verdict._replace(level=_quiet(verdict.level))


def _quiet(level: Level) -> Level:
    return "digest" if level == "now" else level
