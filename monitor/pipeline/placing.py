"""Where articles belong, decided among those that are held in memory.

What is to be stored of a decision is a value, so that many are made before the store is locked for
writing. Who decides holds the window (`RecentStories.changing`) until all of it is stored: so two
copies of one item that arrive together still meet.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct, field

from monitor import model, stories
from monitor.pipeline.recent_stories import Stopped

Homes = Mapping[int, int]  # the stories of articles


class Placed(Struct, frozen=True):
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


def place_all(
    window: stories.Window, new: Sequence[stories.Signature], stopped: Callable[[], bool]
) -> list[Placed]:
    """Place articles one after the other; what words weigh is looked at with the last.

    Args:
        stopped: whether to end; asked before each, since among texts that are much alike a hundred
            take seconds.

    Raises:
        Stopped: it was so.
    """
    places: list[Placed] = []
    for number, signature in enumerate(new, start=1):
        if stopped():
            raise Stopped
        places.append(place(window, signature, more=number < len(new)))
    return places


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
