"""Where articles belong, decided among those that are held in memory.

What is to be stored of a decision is a value, so that many are made before the store is locked for
writing. Who decides holds the window (`RecentStories.changing`) until all of it is stored: so two
copies of one item that arrive together still meet.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from monitor import model, stories

Homes = Mapping[int, int]  # the stories of articles


@dataclass(frozen=True, slots=True)
class Placed:
    """What is to be stored of where an article belongs.

    Attributes:
        opens: it is new and alone in its story.
        moved: other articles, and their new stories.
        copies: those of them whose text others have.
        tops: the original of each story that is touched.
        change: what is news to a reader who was told of the story.
    """

    article: int
    story: int
    role: model.Role
    opens: bool = False
    moved: Homes = field(default_factory=dict)
    copies: Collection[int] = ()
    tops: Homes = field(default_factory=dict)
    change: stories.Material | None = None


def place_all(window: stories.Window, new: Sequence[stories.Signature]) -> list[Placed]:
    """Place articles one after the other; what words weigh is looked at with the last."""
    return [
        place(window, signature, more=number < len(new))
        for number, signature in enumerate(new, start=1)
    ]


def place(window: stories.Window, signature: stories.Signature, *, more: bool = False) -> Placed:
    """Place an article, or one that was read again.

    Args:
        more: others follow at once.
    """
    is_new = window.story_of(signature.id) is None
    placement = window.file(signature, more=more)
    story, moved = placement.story, placement.moved
    if is_new and story == signature.id and not moved:
        return Placed(signature.id, story, placement.role, opens=True)
    held = {touched: window.members(touched) for touched in {story, *moved.values()}}
    known = [one for one in held[story] if one.id != signature.id]
    return Placed(
        signature.id,
        story,
        placement.role,
        moved=moved,
        copies=[article for article in moved if window.has_copies(article)],
        tops={touched: stories.choose_original(some) for touched, some in held.items() if some},
        change=stories.material(known, signature) if known else None,
    )


def heed(window: stories.Window, choices: Iterable[tuple[int, int]]) -> list[Homes]:
    """Take over what a person joined or parted since the window was loaded; return what moved.

    Args:
        choices: all decisions, in order; see `Window.decide`.
    """
    return [moved for one, other in choices if (moved := window.decide(one, other))]
