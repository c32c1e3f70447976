"""Stories: which articles are one story, and what changed in an article.

Everything here is a pure function over values, or (`Window`) an index of values; nothing reads a
clock, a network or a store. `sign` turns an article into a small value that the store keeps;
`Window` and `replay` put signatures into stories (their rules stand in `window`,
`same_text`, `same_event` and `across`); `choose_original` puts the source on top;
`is_new_revision`, `diff`, `notice` and `material` follow the changes.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.stories.make_signature import sign
    from monitor.stories.original import choose_original
    from monitor.stories.replaying import replay
    from monitor.stories.revisions import (
        Diff,
        Material,
        diff,
        diff_lines,
        is_new_revision,
        material,
        notice,
        render_diff_text,
        says_withdrawn,
    )
    from monitor.stories.signature import Signature
    from monitor.stories.takes import Take, take_of
    from monitor.stories.window import KEEP, NEAR, Placement, Window
else:
    __getattr__ = on_demand(
        __name__,
        {
            "signature": ("Signature",),
            "make_signature": ("sign",),
            "original": ("choose_original",),
            "revisions": (
                "Diff",
                "Material",
                "diff",
                "diff_lines",
                "is_new_revision",
                "material",
                "notice",
                "render_diff_text",
                "says_withdrawn",
            ),
            "takes": (
                "Take",
                "take_of",
            ),
            "window": (
                "KEEP",
                "NEAR",
                "Placement",
                "Window",
            ),
            "replaying": ("replay",),
        },
    )

__all__ = [
    "KEEP",
    "NEAR",
    "Diff",
    "Material",
    "Placement",
    "Signature",
    "Take",
    "Window",
    "choose_original",
    "diff",
    "diff_lines",
    "is_new_revision",
    "material",
    "notice",
    "render_diff_text",
    "replay",
    "says_withdrawn",
    "sign",
    "take_of",
]
