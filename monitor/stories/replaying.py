"""Articles placed in the order in which they were seen, however they are handed over."""

from collections.abc import Iterable

from msgspec.structs import replace

from monitor.stories.signature import Signature
from monitor.stories.window import KEEP, Placement, Window


def replay(signatures: Iterable[Signature]) -> dict[int, Placement]:
    """Place articles anew: article id to its placement, with the story it belongs to in the end.

    The articles are replayed by the time they were seen, then id; articles older than the window
    are forgotten on the way, as they are in the daemon. `moved` is empty: it is all done.
    """
    window = Window()
    placements: dict[int, Placement] = {}
    stories: dict[int, int] = {}
    for signature in sorted(signatures, key=lambda one: (one.seen, one.id)):
        window.expire(signature.seen - KEEP)
        placement = window.file(signature)
        placements[signature.id] = replace(placement, moved={})
        stories[signature.id] = placement.story
        stories |= placement.moved
    return {
        article: replace(placement, story=stories[article])
        for article, placement in placements.items()
    }
