"""Digests for their readers: in their language, in their form, and nothing told twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor import digest
from monitor.errors import ConfigError
from monitor.pipeline import make_digests
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import poll
from tests.pipeline.test_editions import (
    CALL,
    HEADLINE,
    LAUNCH,
    MISSILE,
    send_due,
    window,
    with_digest,
)
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet


async def test_what_another_digest_told_is_left_out_and_counted(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """`not_in` leaves out the morning's stories and counts them."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE), Item("missile", MISSILE, LAUNCH))
    evening_table = f"""
[[digest]]
name = "evening"
at = "18:00"
not_in = ["morning"]
to = ["file:{tmp_path}/evening.json"]
"""
    desk = open_desk(with_digest(site, tmp_path, "wire") + evening_table)
    clock = Clock(NOW - timedelta(hours=1))
    await poll(desk, clock)
    morning, evening = desk.config.digest
    began = NOW - timedelta(hours=2)
    first = make_digests.send_digest(desk, morning, window(began, NOW), NOW)
    assert first is not None
    assert first.first
    assert sum(len(section.stories) for section in first.sections) == 2
    later = NOW + timedelta(hours=3)
    told = make_digests.send_digest(desk, evening, window(began, later), later)
    assert told is not None
    assert not any(section.stories for section in told.sections)
    assert "2 told by morning" in told.coverage.left_out_why
    text = " ".join(digest.to_text(digest.lay_out(told)).split())
    assert "Nothing new, 1 of 1 feed read." in text
    assert "readers were told of 2 stories before" in text


async def test_the_reader_s_language_heads_the_stories_and_glosses_names(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A Chinese headline stands with the names in it as the reader knows them."""
    Outlet(site, "wire").publish(Item("call", "王毅同韩国外长赵显通电话 韩军关注", CALL))
    config = with_digest(site, tmp_path, "wire").replace(
        "[monitor]", '[monitor]\nreader_language = "en"'
    )
    desk, clock = open_desk(config), Clock(NOW - timedelta(hours=1))
    await poll(desk, clock)
    made = make_digests.read_digest(
        desk, make_digests.Wish("now", NOW - timedelta(days=1), NOW + timedelta(days=1))
    )
    (story,) = [story for section in made.sections for story in section.stories]
    assert ("王毅", "Wang Yi") in story.gloss
    assert ("韩军", "South Korea") in story.gloss  # of a list of forms the first is "visit to …"
    assert "王毅 Wang Yi" in digest.to_text(digest.lay_out(made, "en"))


async def test_a_language_that_nobody_has_names_for_falls_back(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Where no copy and no name is in it, the original stands, with English names."""
    Outlet(site, "wire").publish(Item("call", "王毅同韩国外长赵显通电话", CALL))
    config = with_digest(site, tmp_path, "wire")
    desk = open_desk(config.replace("[monitor]", '[monitor]\nreader_language = "fi"'))
    await poll(desk, Clock(NOW - timedelta(hours=1)))
    made = send_due(desk, NOW - timedelta(minutes=29))
    assert made is not None
    text = digest.to_text(digest.lay_out(made, "fi"))
    assert "*王毅*同*韩国" in text
    assert "王毅 Wang Yi" in text


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[[alert]]\nto = ["file:now.md"]', "an alert cannot be markdown, only text, html or json"),
        ('[[alert]]\nto = [{ target = "file:a/", format = "atom" }]', "an alert cannot be atom"),
        (
            '[[digest]]\nname = "d"\nto = [{ target = "terminal", format = "html" }]',
            "config.toml:3: digest[1].to[1]: ",
        ),
        ('[[digest]]\nname = "d"\nto = [{ target = "mailto" }]', "is not understood"),
    ],
)
def test_a_target_that_cannot_be_as_wished_is_a_fault(
    open_desk: OpenDesk, table: str, said: str
) -> None:
    """What nobody could send is told when the configuration is checked, with its place."""
    desk = open_desk(f"{table}\n")
    with pytest.raises(ConfigError) as raised:
        desk.check_references()
    assert said in str(raised.value)


async def test_a_feed_s_label_stands_with_its_copies(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """What the desk says of an outlet is told beside its name, in the digest and in its data."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    config = with_digest(site, tmp_path, "wire")
    desk = open_desk(config.replace("[[feed]]", '[[feed]]\nlabel = "state media"'))
    await poll(desk, Clock(NOW - timedelta(hours=1)))
    made = send_due(desk, NOW - timedelta(minutes=29))
    assert made is not None
    assert "· state media" in digest.to_text(digest.lay_out(made))
    assert '"label": "state media"' in digest.to_json(made)
