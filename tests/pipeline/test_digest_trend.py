"""The trend that a digest carries."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import digest, model
from monitor.pipeline import make_digests
from monitor.store import entries
from monitor.store import feeds as feed_store
from tests.archive import NOW, filled

WEEKLY = '[[digest]]\nname = "weekly"\nat = "07:30"\ntrends = "week"\n'


@pytest.fixture
def made(tmp_path: Path) -> model.Digest:
    """The digest of a week that ends a day after the last story."""
    desk = filled(tmp_path, WEEKLY)
    with desk.store.write() as db:
        feed_id = feed_store.known(db)["wire"][0]
        for weeks in (0, 1, 3):
            seen = NOW - timedelta(weeks=weeks)
            entry = model.Entry(f"g{weeks}", f"https://example.org/e{weeks}", "Some entry")
            entries.add_all(
                db, [entries.Found(feed_id, [entries.new_entry((f"g{weeks}",), entry)], seen)]
            )
    until = NOW + timedelta(days=1)
    table = desk.config.digest_named("weekly")
    found = make_digests.read_digest(
        desk, make_digests.wish_of(table, until - timedelta(days=7), until)
    )
    desk.close()
    return found


def test_a_digest_carries_the_weeks_before_it(made: model.Digest) -> None:
    """A line a rule: the week of the digest last, weeks without reading are gaps."""
    assert made.trend is not None
    counts = {line.name: line.counts for line in made.trend.lines}
    assert counts["China and South Korea"] == (*[None] * 8, 0, None, 0, 2)
    assert counts["Korean Peninsula"][-1] == 2


def test_every_form_shows_the_trend(made: model.Digest) -> None:
    """Text, terminal, HTML and Markdown say the same words; JSON has the counts."""
    page = digest.lay_out(made)
    title, told = "Stories a week since 1 Sep 2026", "2, and 0 a week before"
    for text in (digest.to_text(page), digest.to_html(page), digest.to_markdown(page)):
        assert title in text
        assert told in text
    assert 'class="gap"' in digest.to_html(page)
    data = json.loads(digest.to_json(made))["trend"]
    assert data["period"] == "week"
    assert data["lines"][0]["counts"][-1] == 2


def test_a_digest_without_a_wish_has_no_trend(tmp_path: Path) -> None:
    """Nothing is said of weeks where nobody asked."""
    desk = filled(tmp_path)
    wish = make_digests.Wish("latest", NOW - timedelta(days=7), NOW)
    found = make_digests.read_digest(desk, wish)
    desk.close()
    assert found.trend is None
    assert "a week since" not in digest.to_text(digest.lay_out(found))


def test_a_saved_search_is_counted_as_it_finds(tmp_path: Path) -> None:
    """Also what came before it was saved: the line and its section tell the same number."""
    more = '[[search]]\nname = "talks"\nquery = "Wang Yi"\n'
    desk = filled(tmp_path, f'{WEEKLY}searches = ["talks"]\n\n{more}')
    until = NOW + timedelta(days=1)
    wish = make_digests.wish_of(desk.config.digest[0], until - timedelta(days=7), until)
    found = make_digests.read_digest(desk, wish)
    desk.close()
    assert found.trend is not None
    counts = {line.name: line.counts for line in found.trend.lines}
    assert counts["talks"][-1] == found.sections[-1].total > 0
