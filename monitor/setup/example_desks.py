"""Example desks: files of rules in `desks/`, each with tests of its own."""

from importlib import resources

from msgspec import Struct

from monitor.errors import UsageError
from monitor.tomlfile import nearest


class ExampleDesk(Struct, frozen=True):
    """One of them.

    Attributes:
        name: what `monitor init --desk` calls it, and its file.
        about: what it watches, in a few words.
        rules: the ids of its rules, in the order in which a digest tells them.
    """

    name: str
    about: str
    rules: tuple[str, ...]

    @property
    def text(self) -> str:
        """The file of its rules."""
        return (resources.files("monitor.setup") / "desks" / f"{self.name}.toml").read_text("utf-8")


DESKS = (
    ExampleDesk(
        "yellow-sea",
        "the Yellow Sea and fishing",
        ("yellow-sea-structures", "fishing-boats", "coast-guards"),
    ),
    ExampleDesk(
        "chips",
        "chips and export controls",
        ("chip-controls", "chip-makers", "critical-minerals"),
    ),
    ExampleDesk(
        "borders",
        "defectors and borders",
        ("defectors", "northern-border", "crossings"),
    ),
    ExampleDesk(
        "energy",
        "oil, gas, coal and reactors",
        ("fuel-to-the-north", "reactors", "power-and-batteries"),
    ),
)


def desk_named(name: str) -> ExampleDesk:
    """Return the example desk called `name`; raises UsageError with the nearest spelling."""
    for desk in DESKS:
        if desk.name == name:
            return desk
    known = [desk.name for desk in DESKS]
    hint = nearest(name, known) or f"known: {', '.join(known)}"
    raise UsageError(f'no example desk is called "{name}" ({hint})')
