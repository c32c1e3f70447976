"""Whether a rule is for an article at all, what a block is worth, which level that earns."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from monitor.model import LEVELS, Level, Zone
from monitor.watch.engine.compiling import CompiledBlock
from monitor.watch.engine.document import Document
from monitor.watch.language.rules import Rule


def skipped(rule: Rule, document: Document) -> str:
    """Say why a rule is not asked about an article at all, or ""."""
    if not rule.enabled:
        return "the rule is switched off"
    if rule.until and document.day > rule.until.isoformat():
        return f"the rule ended on {rule.until}"
    if rule.languages and document.language not in rule.languages:
        return f"only for stories in {', '.join(rule.languages)}"
    if rule.feeds and not feed_fits(rule.feeds, document.feed):
        return f"only for feeds {', '.join(rule.feeds)}"
    return ""


def feed_fits(patterns: Sequence[str], feed: str) -> bool:
    """Does a feed's name fit globs, of which those with ! exclude?"""
    wanted = [p for p in patterns if not p.startswith("!")]
    if any(fnmatchcase(feed, p[1:]) for p in patterns if p.startswith("!")):
        return False
    return not wanted or any(fnmatchcase(feed, p) for p in wanted)


def reached(rule: Rule, score: float, held: Iterable[CompiledBlock]) -> Level | None:
    """Return the highest level that the score reaches or, if it reaches one, a block raises to."""
    for level, threshold in rule.thresholds:
        if score >= threshold:
            levels = [block.block.level for block in held if block.block.level is not None]
            return min([level, *levels], key=LEVELS.index)
    return None


def points(compiled: CompiledBlock, zone: Zone) -> float:
    """Return what a block gives in a zone; 1 when it does not say."""
    scores: Mapping[Zone, float] | None = compiled.block.scores
    if scores is None:
        return 0.0 if compiled.block.level else 1.0
    return scores.get(zone, 0.0)
