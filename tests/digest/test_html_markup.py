"""The markup of what is mailed: a strict HTML5 parser finds nothing wrong with it.

Mail clients want attributes that HTML5 calls obsolete (Outlook knows no CSS width), and a style of
Outlook's own; nothing else differs from what the Nu checker wants.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import html5lib
import pytest

from monitor.digest import alert_html, compose_alert, index_only, lay_out, lay_out_alert
from monitor.digest import to_html as page_html
from monitor.model import StoryView
from tests.digest.sample import (
    HOSTILE,
    RULES,
    UNTIL,
    copy,
    digest,
    flag,
    four_languages,
    reason,
    story,
    to_html,
)

TWENTY = [copy(n, f"Outlet {n}", seen=UNTIL - timedelta(minutes=n)) for n in range(1, 21)]


def hostile() -> list[StoryView]:
    return [
        story(
            n,
            text,
            [flag("ties", reason(text, text[:3]))],
            [copy(n, text, title=text, url=text, label=text, published_text=text)],
            opening=text,
            language="zh",
            gloss=((text, text),),
            machine=text,
        )
        for n, text in enumerate(HOSTILE)
    ]


@pytest.mark.parametrize(
    "document",
    [
        lambda: to_html(digest([*four_languages(), story(9, copies=TWENTY)], first=True)),
        lambda: to_html(digest(four_languages(), limit=0)),
        lambda: to_html(digest([])),
        lambda: to_html(digest(hostile(), name="<b>&", notes=HOSTILE[:5])),
        lambda: page_html(index_only(lay_out(digest(four_languages())))),
        lambda: alert_html(
            lay_out_alert(compose_alert(four_languages(), RULES, "Asia/Seoul", UNTIL))
        ),
        lambda: alert_html(lay_out_alert(compose_alert(hostile(), RULES, "Asia/Seoul", UNTIL))),
    ],
    ids=["digest", "lines alone", "empty", "hostile", "brief", "alert", "hostile alert"],
)
def test_a_strict_parser_finds_nothing_wrong(document: Callable[[], str]) -> None:
    """Nothing is nested where it may not stand, no id stands twice, no heading level is skipped."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(document())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    levels = [int(e.tag[1]) for e in tree.iter() if e.tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels))
