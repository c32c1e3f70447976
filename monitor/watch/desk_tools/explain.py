"""Why a rule fired on an article or did not: every block, the words it hit, and what it lacked."""

from collections.abc import Iterable, Iterator
from itertools import chain

from msgspec import Struct

from monitor.model import Level, Reason, Zone
from monitor.watch.engine.compiling import CompiledBlock, CompiledRule
from monitor.watch.engine.evaluate import Evaluation, Held
from monitor.watch.engine.scoring import reached, skipped
from monitor.watch.language.rules import ZONES


class BlockResult(Struct, frozen=True):
    """One block on one article.

    Attributes:
        block: its name; kind: "when" or "unless".
        held: whether it holds; for `unless`, whether it silences the rule.
        score: points it adds, 0 for `unless`.
        reason: where it holds and the words hit; None when it does not.
        found: words hit of each group, "@CN: Beijing (headline)".
        lacking: what was missing, a line each; empty when it holds.
    """

    block: str
    kind: str
    held: bool
    score: float = 0.0
    reason: Reason | None = None
    found: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Explanation(Struct, frozen=True):
    """One rule on one article, whether it fired or not.

    Attributes:
        rule, name: id and display name.
        level: the level reached, None when it did not fire.
        score: sum of the blocks that hold; needed: the lowest threshold.
        blocks: every block, held or not.
        why_not: one line for a rule that did not fire ("score 2 of 3", "silenced by unless 1", …).
    """

    rule: str
    name: str
    level: Level | None
    score: float
    needed: float
    blocks: tuple[BlockResult, ...]
    why_not: str = ""


def explain(evaluation: Evaluation, compiled: CompiledRule) -> Explanation:
    """Evaluate every block of a rule and say what each lacked."""
    rule = compiled.rule
    results, holding, score = [], [], 0.0
    for block in compiled.whens:
        held = evaluation.hold(block)
        if held:
            score += held.score
            holding.append(block)
        results.append(_result(evaluation, block, "when", held))
    silencer = evaluation.silenced(compiled)
    for block in compiled.unlesses:
        held = evaluation.hold(block)
        result = _result(evaluation, block, "unless", held)
        if held and any(evaluation.at(atom) for atom in block.keep_if):
            kept = next(evaluation.matcher.terms[a].raw for a in block.keep_if if evaluation.at(a))
            result = BlockResult(
                result.block, "unless", False, 0.0, result.reason, result.found,
                (f"lifted by {kept}",),
            )  # fmt: skip
        results.append(result)
    level = reached(rule, score, holding)
    needed = rule.thresholds[-1][1]
    why_not = ""
    if outside := skipped(rule, evaluation.document):
        why_not = outside
    elif level is None:
        why_not = f"score {score:g} of {needed:g}"
    elif silencer is not None:
        why_not = f"silenced by {silencer.block.name}"
    return Explanation(
        rule.id, rule.name, None if why_not else level, score, needed, tuple(results), why_not
    )


def _result(
    evaluation: Evaluation, compiled: CompiledBlock, kind: str, held: Held | None
) -> BlockResult:
    found = tuple(_words_found(evaluation, compiled))
    if held is None:
        return BlockResult(
            compiled.block.name, kind, False, found=found,
            lacking=tuple(_lacking(evaluation, compiled)) if kind == "when" else (),
        )  # fmt: skip
    score = held.score if kind == "when" else 0.0
    return BlockResult(
        compiled.block.name, kind, True, score, evaluation.reason(compiled, held), found
    )


def _words_found(evaluation: Evaluation, compiled: CompiledBlock) -> Iterator[str]:
    for atoms, label in zip(compiled.groups, compiled.labels, strict=True):
        places = sorted((a, b) for atom in atoms for a, b in evaluation.at(atom))
        words = dict.fromkeys(
            f"{evaluation.document.printed[a:b]} ({evaluation.document.zone(a)})" for a, b in places
        )
        if words:
            yield f"{label}: {', '.join(list(words)[:6])}"


def _lacking(evaluation: Evaluation, compiled: CompiledBlock) -> Iterator[str]:
    """Yield what a block lacked: hits of a group, or else what holds them apart."""
    missing = list(_missing(evaluation, compiled))
    yield from missing or _in_the_way(evaluation, compiled)


def _missing(evaluation: Evaluation, compiled: CompiledBlock) -> Iterator[str]:
    block = compiled.block
    where = "" if len(block.zones) == len(ZONES) else f" in {' or '.join(_ordered(block.zones))}"
    for atoms, need, label in zip(compiled.groups, compiled.needs, compiled.labels, strict=True):
        places = evaluation.group_places(compiled, atoms)
        if not places:
            yield "; ".join((f"no {label}{where}", *_not_counted(evaluation, atoms)))
        elif len({atom for _, _, atom in places}) < need:
            yield f"only {len({a for _, _, a in places})} different of {label}{where}"
        elif len(places) < block.times:
            yield f"{label} only {len(places)} of {block.times} times{where}"


def _not_counted(evaluation: Evaluation, atoms: Iterable[int]) -> Iterator[str]:
    """Yield names of the entities asked for that stand in the text and yet do not count."""
    terms, printed = evaluation.matcher.terms, evaluation.document.printed
    asked = {terms[atom].value for atom in atoms if terms[atom].kind == "entity"}
    for entity in evaluation.matcher.resolver.entities if asked else ():
        if entity.id not in asked:
            continue
        written = chain(*entity.weak.values(), *entity.names.values())
        form = next((one for one in written if one in printed), "")
        if not form:
            continue
        start = printed.find(form)
        longer = [one for one in evaluation.mentions() if one.start <= start < one.end]
        if longer:
            yield f'"{form}" counts as part of "{longer[0].words}" (@{longer[0].entity})'
        else:
            yield f'"{form}" is a weak name of @{entity.id} and counts only beside certain words'


def _in_the_way(evaluation: Evaluation, compiled: CompiledBlock) -> Iterator[str]:
    block = compiled.block
    if block.outlets and evaluation.document.country not in block.outlets:
        yield f"only for outlets of {', '.join(block.outlets)}"
    if block.apart:
        yield "not outside one list"
    if block.share:
        yield f"not in {block.share:.0%} of the sentences"
    if any(evaluation.at(atom) for atom in compiled.none):
        named = next(evaluation.matcher.terms[a].raw for a in compiled.none if evaluation.at(a))
        yield f"{named} stands there, too"
    if block.scope != "story":
        reach = f"{block.reach} words" if block.scope == "words" else f"one {block.scope}"
        yield f"not within {reach}"


def _ordered(zones: Iterable[Zone]) -> list[Zone]:
    return [zone for zone in ZONES if zone in zones]
