"""The manual: a Markdown page a topic, its references made from what the code knows.

`topics` and `page` are what `monitor manual` shows; `write_site` makes the same as HTML,
`write_man` as man pages.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.manual.man_pages import Command, write_man
    from monitor.manual.manual_pages import is_trouble, page, topics
    from monitor.manual.manual_site import write_site
else:
    __getattr__ = on_demand(
        __name__,
        {
            "manual_site": ("write_site",),
            "manual_pages": ("is_trouble", "page", "topics"),
            "man_pages": ("Command", "write_man"),
        },
    )

__all__ = ["Command", "is_trouble", "page", "topics", "write_man", "write_site"]
