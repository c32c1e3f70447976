"""Numbers of things in words for people: "1 feed", "2,400 feeds"."""


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun; `many` is `one` with an s where it is not given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
