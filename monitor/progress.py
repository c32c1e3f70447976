"""How far a long piece of work is, told to whoever waits for it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]  # what, done, of how many (0: nobody knows)


def silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""
