"""An article with its words weighed by how rare they are these days, as it is measured."""

from math import sqrt

from msgspec import Struct

from monitor.stories.lexicon import step_kinds
from monitor.stories.rarity import Rarity, fact_key
from monitor.stories.signature import Signature


class Weighed(Struct, frozen=True):
    """An article with the weight that each of its terms has these days."""

    signature: Signature
    head: dict[int, float]
    text: dict[int, float]  # headline and first sentences
    head_sum: float
    head_norm: float
    text_norm: float
    kinds: dict[str, float]
    steps: frozenset[str]
    enough: float  # the least weight that it must share with another


def weigh(signature: Signature, rarity: Rarity) -> Weighed:
    """Give an article's terms their weights."""
    head = rarity.weights(signature.language, signature.head_terms)
    lead = rarity.weights(signature.language, signature.lead_terms)
    squares = sum([weight * weight for weight in head.values()])
    all_squares = squares + sum([weight * weight for weight in lead.values()])
    return Weighed(
        signature=signature,
        head=head,
        text=head | lead,
        head_sum=sum(head.values()) or 1.0,
        head_norm=sqrt(squares) or 1.0,
        text_norm=sqrt(all_squares) or 1.0,
        kinds={
            kind: rarity.weight(fact_key(f"kind {kind}"))
            for kind in {*signature.events, *signature.headline_events}
        },
        steps=step_kinds().intersection(signature.headline_events),
        enough=rarity.enough(signature.language),
    )
