"""What files define under an id: built-in first, then the user's, over it or added to it.

A user's rule, list or entity may replace the built-in one of its id. Two of the user's own under
one id would lose one of them in silence, so that is a fault; `extend = true` adds to the one that
stands, and is a fault where none does.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from msgspec import Struct, field

from monitor.errors import Fault
from monitor.tomlfile import KeyPath, TomlFile, nearest

T = TypeVar("T")


class Place(Struct, frozen=True):
    """Where something is defined."""

    file: TomlFile
    path: KeyPath
    builtin: bool = False

    def fault(self, message: str, hint: str = "", *, path: KeyPath = ()) -> Fault:
        """Return a fault there, or at a key below it."""
        return self.file.fault((*self.path, *path), message, hint)


class Shelf(Struct, Generic[T]):
    """All definitions of one kind by id, in the order in which they were first made.

    Attributes:
        noun: what one is called in messages.
        items: by id; `places`: every place that had a part in each.
    """

    noun: str
    items: dict[str, T] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)

    def put(
        self, id_: str, value: T, place: Place, faults: list[Fault], *, add: Callable[[T], T] | None
    ) -> T | None:
        """Set or extend a definition; returns what stands now, None when that was a fault.

        Args:
            id_: the id as written.
            value: the new definition.
            place: where it is.
            faults: taken ids and extensions of nothing are added here.
            add: makes the extended definition of the one that stands; None to replace it.
        """
        old = self.places.get(id_, [])
        if add is not None:
            if id_ not in self.items:
                hint = nearest(id_, self.items) or "leave out `extend`"
                faults.append(place.fault(f'there is no {self.noun} "{id_}" to extend', hint))
                return None
            value = add(self.items[id_])
            self.places[id_] = [*old, place]
        else:
            taken = next((one for one in old if one.builtin == place.builtin), None)
            if taken is not None:
                where = f"{taken.file.name}:{taken.file.line(taken.path)}"
                hint = "give it an id of its own, or add to that one with extend = true"
                faults.append(place.fault(f'{self.noun} "{id_}" stands already in {where}', hint))
                return None
            self.places[id_] = [place]
        self.items[id_] = value
        return value
