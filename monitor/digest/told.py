"""What is left to tell of a story that its readers were told of before: what has come since.

A correction, a higher take or a text of somebody's own is news; one more copy of the same text is
not. A flag louder than any that was told tells the story anew.
"""

from collections.abc import Collection

from msgspec.structs import replace

from monitor.model import LOUDNESS, Change, NewFlag, StoryView, Told

_SAME_TEXT = ("copy", "take")
_REPORTS = 5  # new reports named one by one


def since_told(view: StoryView, told: Told, new: Collection[NewFlag]) -> StoryView | None:
    """Return what is to be told of a story now, None when that is nothing.

    Args:
        view: the story as it stands.
        told: when and how loudly its readers were told of it.
        new: its flags that these readers were not told of.
    """
    if max((LOUDNESS[flag.level] for flag in new), default=0) > LOUDNESS[told.loudest]:
        return view
    changes = [change for change in view.changes if change.at > told.at]
    articles = {flag.article for flag in new}
    reports = [
        Change(copy.seen, "new report", f"{copy.outlet}: {copy.title}", copy.article)
        for copy in view.copies
        if copy.article in articles and copy.role not in _SAME_TEXT
    ]
    if (more := len(reports) - _REPORTS) > 0:
        reports[_REPORTS:] = [Change(reports[-1].at, "new report", f"and {more} more")]
    if not changes and not reports:
        return None
    return replace(view, changes=(*changes, *reports), told=True)
