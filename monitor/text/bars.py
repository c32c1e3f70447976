"""Small bars made of block characters: counts of several days at one look."""

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_GAP = "·"


def bars(counts: Sequence[int | None]) -> str:
    """Return one character a count, the highest a full block; nought stands as the lowest bar.

    None is a time of which nothing is known, and stands as a dot in the middle of the line.
    """
    top = max((count for count in counts if count is not None), default=0)
    return "".join(
        _GAP if count is None else _BLOCKS[level(count, top, len(_BLOCKS) - 1)] for count in counts
    )


def level(count: int, top: int, steps: int) -> int:
    """Return 0 for nought, else 1..steps in proportion to `top`, so that one is seen as one."""
    if count <= 0 or top <= 0:
        return 0
    return max(1, round(min(count, top) * steps / top))
