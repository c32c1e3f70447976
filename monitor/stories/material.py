"""Whether what happened to a story is worth telling a reader who was already told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.model import LOUDNESS, Level
from monitor.stories.fingerprint import Signature

Kind = Literal["new take", "new level", "correction"]


@dataclass(frozen=True, slots=True)
class Material:
    """A change worth an "update" that refers to the first alert."""

    kind: Kind
    what: str  # one line


def material(
    before: Sequence[Signature],
    after: Sequence[Signature],
    *,
    level_before: Level = "log",
    level_after: Level = "log",
) -> Material | None:
    """Decide whether a story changed materially between two states of its articles.

    A correction comes first, then a higher alert level, then a take of a higher rank than any
    before by the outlet that sent it. More copies, rewrites or translations are no change.
    """
    known = {article.id for article in before}
    added = [article for article in after if article.id not in known]
    for article in added:
        if article.correction:
            return Material("correction", f"{article.outlet or 'an outlet'}: {article.headline}")
    if LOUDNESS[level_after] > LOUDNESS[level_before]:
        return Material("new level", f"{level_before} → {level_after}")
    for article in sorted(added, key=lambda one: (-one.rank, one.id)):
        earlier = [one.rank for one in before if one.outlet == article.outlet]
        if article.rank and earlier and article.rank > max(earlier):
            return Material("new take", f"{article.outlet or 'an outlet'}: {article.headline}")
    return None
