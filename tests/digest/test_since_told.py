"""What is left to tell of a story that was told before."""

from datetime import timedelta

import pytest

from monitor.digest import lay_out, since_told
from monitor.digest import to_text as page_text
from monitor.model import Change, Level, NewFlag, Role, Told
from tests.digest.sample import UNTIL, copy, digest, flag, reason, story

BEFORE = Told("morning", UNTIL - timedelta(days=1), "digest")
OLD = Change(UNTIL - timedelta(days=2), "correction", "told long ago")
NEW = Change(UNTIL - timedelta(hours=2), "correction", "It is a vice minister.")


def told(*copies: Role, level: Level = "digest", changes: tuple[Change, ...] = (OLD,)):
    """Tell of a story again that these copies came to, each with a new flag."""
    first = copy(1, seen=UNTIL - timedelta(days=2))
    later = [copy(n, f"Outlet {n}", role=role) for n, role in enumerate(copies, 2)]
    flags = [flag("ties", reason("Both sides met.", "met"))]
    view = story(1, "Talks", flags, [first, *later], opening="Both sides met.", changes=changes)
    return since_told(view, BEFORE, [NewFlag(one.article, one.article, 1, level) for one in later])


@pytest.mark.parametrize("role", ["copy", "take"])
def test_the_same_text_once_more_is_no_news(role: Role) -> None:
    """A further copy, or a take that is no higher, is not told."""
    assert told(role) is None


def test_a_text_of_somebody_s_own_is_told_alone() -> None:
    """Another outlet's report is a line with its headline; the story's text is not told again."""
    view = told("rewrite", "copy", "translation")
    assert view is not None
    assert [(one.kind, one.what) for one in view.changes if one is not OLD] == [
        ("new report", "Outlet 2: Headline 2"),
        ("new report", "Outlet 4: Headline 4"),
    ]
    text = page_text(lay_out(digest([view])))
    assert "new report: Outlet 2: Headline 2" in text
    assert "continued, first seen" in text
    assert "Both sides" not in text
    assert "told long ago" not in text


def test_many_reports_are_counted() -> None:
    """Nine reports are five lines and a count."""
    view = told(*["rewrite"] * 9, changes=())  # type: ignore[list-item]
    assert view is not None
    assert len(view.changes) == 6
    assert view.changes[-1].what == "and 4 more"


def test_a_change_since_is_told_alone() -> None:
    """A correction since the story was told comes without the story's text."""
    view = told(changes=(OLD, NEW))
    assert view is not None
    assert (view.changes, view.told) == ((NEW,), True)
    text = page_text(lay_out(digest([view], since=UNTIL - timedelta(days=9))))
    assert "continued, first seen" in text
    assert "Both sides" not in text


def test_a_louder_flag_tells_the_story_anew() -> None:
    """A story that became urgent is told whole."""
    view = told("copy", level="now")
    assert view is not None
    assert "Both sides" in page_text(lay_out(digest([view])))
