"""What speaks for and against two articles as one story, measure by measure, for a person."""

from collections.abc import Sequence

from monitor.stories import across, same_event
from monitor.stories.grouping import Grouping
from monitor.stories.groups import JOINED
from monitor.stories.index import Index
from monitor.stories.signature import Signature


def explain(index: Index, grouping: Grouping, one: Signature, two: Signature) -> list[str]:
    """Lines on two articles that are not one text."""
    if one.roundup or two.roundup:
        return ["One of them is a round-up: it is no report of one event."]
    slots = index.slot_of(one.id), index.slot_of(two.id)
    if slots[0] is None or slots[1] is None:
        return []
    if not index.is_near(one, slots[1]):
        return ["They lie more than 36 hours apart: reports of one event do not."]
    if one.language != two.language:
        return _in_two_languages(index, grouping, one, two)
    weighed = index.weighed(slots[0]), index.weighed(slots[1])
    measures, total = same_event.measure(*weighed), same_event.judge(*weighed)
    lines = _terms(same_event.NAMES, measures, same_event.WEIGHTS, same_event.START)
    if total != same_event.score(measures):
        lines.append("But what they share is too little, or what the outlet always prints.")
    mean = grouping.groups.mean_of(one.id, two.id)
    return [
        *lines,
        f"Sum {total:+.2f}; mean over both groups {mean:+.2f}: more than {JOINED:+.2f} joins.",
    ]


def _in_two_languages(
    index: Index, grouping: Grouping, one: Signature, two: Signature
) -> list[str]:
    first, second = grouping.pool_of(one.id), grouping.pool_of(two.id)
    if first is None or second is None:
        return []
    measures = across.measure(first, second, index.rarity)
    shared = across.grounds(first, second)
    return [
        "In common: " + ("; ".join(shared) or "nothing") + ".",
        *_terms(across.NAMES, measures, across.WEIGHTS, across.START),
        f"Sum {across.score(measures):+.2f}: more than {across.LEAST:+.2f} joins, where each is the"
        f" other's best partner, by {across.MARGIN:g} before any that tells of something else.",
    ]


def _terms(
    names: Sequence[str], measures: Sequence[float], weights: Sequence[float], start: float
) -> list[str]:
    rows = [
        f"  {name:22} {value:6.2f} x {weight:+.2f} = {round(value * weight, 2) + 0.0:+.2f}"
        for name, value, weight in zip(names, measures, weights, strict=True)
    ]
    return [*rows, f"  {'start':22} {'':16} {start:+.2f}"]
