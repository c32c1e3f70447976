"""The keys of `monitor read`, from its own bindings."""

from collections.abc import Iterator

from monitor.reader.front_screen import FrontScreen
from monitor.reader.key_help import described


def reference() -> str:
    """Return the chapters on keys as Markdown, one for each place they work in."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    for title, bindings in FrontScreen.HELP_GROUPS:
        yield from ("", f"## Keys: {title[0].lower()}{title[1:]}", "")
        for keys, description in described(bindings):
            yield f"* {' '.join(f'`{key}`' for key in keys)} {description}"
