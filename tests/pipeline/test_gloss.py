"""A translator of the desk's own: its words stand beside a headline, and nowhere else."""

import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import digest, model
from monitor.desk import Desk
from monitor.errors import ConfigError
from monitor.pipeline import make_digests, post_outbox
from monitor.search.query_tree import Phrase
from monitor.store import outbox, search
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import poll
from tests.pipeline.test_editions import CALL, LAUNCH, MISSILE, send_due, with_digest
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet

HEADLINE = MISSILE.replace("(URGENT) ", "")
CHINESE = "王毅同韩国外长赵显通电话"
SAYS = "Zanzibar wombats: Wang Yi and Cho Hyun talk by telephone"
WORKS = f"""
import json, sys
for line in sys.stdin:
    row = json.loads(line)
    open("calls", "a").write(row["text"] + "\\n")
    print(json.dumps({{"id": row["id"], "text": {SAYS!r}}}))
"""
HANGS = "import time\ntime.sleep(60)"


def desk_with(
    site: Site, folder: Path, open_desk: OpenDesk, script: str, timeout: str = "10m"
) -> Desk:
    (folder / "own.py").write_text(script, "utf-8")
    command = json.dumps([sys.executable, "own.py"])
    text = with_digest(site, folder, "wire")
    text = text.replace("[monitor]", '[monitor]\nreader_language = "en"')
    return open_desk(f'{text}\n[gloss]\ncommand = {command}\ntimeout = "{timeout}"\n')


@pytest.fixture
def wire(site: Site) -> Outlet:
    outlet = Outlet(site, "wire")
    outlet.publish(Item("launch", HEADLINE, LAUNCH), Item("call", CHINESE, CALL))
    return outlet


def stories(made: model.Digest | None) -> dict[str, model.StoryView]:
    assert made is not None
    return {story.headline: story for part in made.sections for story in part.stories}


async def test_it_is_asked_once_and_marked(
    wire: Outlet, site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Only the foreign headline is asked about, once for all digests; it is called a machine's."""
    desk = desk_with(site, tmp_path, open_desk, WORKS)
    await poll(desk, Clock(NOW - timedelta(hours=1)))
    wish = make_digests.Wish("now", NOW - timedelta(days=1), NOW)
    for made in (make_digests.read_digest(desk, wish), send_due(desk, NOW - timedelta(minutes=29))):
        told = stories(made)
        assert (told[CHINESE].machine, told[HEADLINE].machine) == (SAYS, "")
        assert made is not None
        page = digest.lay_out(made, "en")
        for shown in (digest.to_text(page), digest.to_markdown(page), digest.to_html(page)):
            assert CHINESE in shown
            assert "(machine)" in shown
        assert made.notes == ()
    assert (tmp_path / "calls").read_text("utf-8").splitlines() == [CHINESE]


async def test_nothing_is_matched_or_found_by_it(
    wire: Outlet, site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Its words flag nothing, and no search finds them."""
    desk = desk_with(site, tmp_path, open_desk, WORKS)
    await poll(desk, Clock(NOW - timedelta(hours=1)))
    assert stories(send_due(desk, NOW - timedelta(minutes=29)))[CHINESE].machine == SAYS
    with desk.store.read() as db:
        assert search.count(db, Phrase(("wombats",))) == 0


async def test_a_digest_does_not_wait_for_one_that_hangs(
    wire: Outlet, site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """The digest goes out without its words, and says so in one line."""
    desk = desk_with(site, tmp_path, open_desk, HANGS, "1s")
    await poll(desk, Clock(NOW - timedelta(hours=1)))
    made = send_due(desk, NOW - timedelta(minutes=29))
    assert stories(made)[CHINESE].machine == ""
    assert made is not None
    text = " ".join(digest.to_text(digest.lay_out(made, "en")).split())
    assert text.count("One headline stands without a machine gloss: python") == 1
    assert "did not end in 1 s" in text
    await post_outbox.post(desk, NOW)
    with desk.store.read() as db:
        assert outbox.parcels(db) == []


def test_it_needs_to_know_the_reader_s_language(open_desk: OpenDesk) -> None:
    """A translator without a language to translate into is a fault of the configuration."""
    with pytest.raises(ConfigError, match="reader's language"):
        open_desk('[gloss]\ncommand = ["tr"]\n')
