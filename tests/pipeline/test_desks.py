"""Several desks on one database: feeds read once, everything else each desk's own."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from monitor import model
from monitor.desk import Desk
from monitor.pipeline import make_digests, open_pipeline, raise_alerts, round_of
from monitor.pipeline.coverage import coverage
from monitor.pipeline.desks import Desks
from monitor.pipeline.reader_names import with_names
from monitor.pipeline.try_rules import backtest
from monitor.search import Field
from monitor.store import (
    acknowledged,
    articles,
    desk_feeds,
    marks,
    outbox,
    published_desks,
    search,
    unjudged,
)
from monitor.store.sizes import sizes
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import flagged, poll, rules_by_headline
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet, config_text

FERRY = (
    "The ferry between the two ports was stopped for a day because of high waves.",
    "The company said that passengers would get their money back within a week.",
)
RULE = """
[[rule]]
id = "{id}"
name = "{id}"
alert = {{ now = 5 }}
[[rule.when]]
any = ["{word}"]
score = 5
[[rule.test]]
should = ["All about {word}"]
should_not = ["Nothing of it"]
"""


def text_of(site: Site, desk: str, *feeds: str, rules: str = "", extra: str = "") -> str:
    """Return the config of a desk; its rules lie in a file named like it."""
    text = config_text(site, *feeds, extra=extra)
    files = f'rule_files = ["{rules}"]\n' if rules else ""
    return text.replace("[monitor]\n", f'[monitor]\ndesk = "{desk}"\n{files}', 1)


def put_rules(folder: Path, name: str, *rules: tuple[str, str]) -> str:
    """Write a file of rules (id, word) and return its name."""
    (folder / name).write_text("".join(RULE.format(id=id_, word=word) for id_, word in rules))
    return name


async def poll_due(desk: Desk, clock: Clock) -> None:
    """Do a round as a daemon does: whatever is due of all desks' feeds."""
    async with open_pipeline(desk, clock=clock) as pipeline:
        await round_of(pipeline, pipeline.feeds.due(clock()))


async def test_what_comes_in_is_judged_for_every_desk(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Whoever files flags for all desks; each sees its own flags, in lists and searches."""
    clock, wire, port = Clock(), Outlet(site, "wire"), Outlet(site, "port")
    wire.publish(Item("talks", "China and South Korea hold talks"))
    port.publish(Item("ferry", "High waves stop a ferry", FERRY))
    sea = put_rules(tmp_path, "sea.toml", ("sea", "ferry"))
    first = open_desk(text_of(site, "main", "wire"))
    second = open_desk(text_of(site, "energy", "port", rules=sea))
    async with open_pipeline(second, clock=clock):
        pass  # it has published itself
    await poll_due(first, clock)
    assert rules_by_headline(first) == {"China and South Korea hold talks": {"china-south-korea"}}
    assert rules_by_headline(second) == {
        "China and South Korea hold talks": {"china-south-korea"},
        "High waves stop a ferry": {"sea"},
    }
    asked = Field("rule", "sea")
    for desk, found in ((first, 0), (second, 1)):
        with desk.store.read() as db:
            assert search.count(db, asked) == found


async def test_feeds_that_a_desk_of_the_same_name_takes_away_are_told(
    site: Site, open_desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a second config goes by its name, a desk says which feeds it reads no more."""
    caplog.set_level(logging.WARNING)
    clock, port = Clock(), Outlet(site, "port")
    port.publish(Item("ferry", "High waves stop a ferry", FERRY))
    first = open_desk(text_of(site, "main", "wire", "coast"))
    async with open_pipeline(first, clock=clock) as pipeline:
        assert not caplog.messages
        await poll(open_desk(text_of(site, "main", "port")), clock)
        await pipeline.share_out()
        assert list(pipeline.desks.feeds) == ["port"]
    (told,) = caplog.messages
    assert told.startswith("no longer read of this config.toml: coast and 1 more, since ")


async def test_marks_digests_and_alerts_are_a_desks_own(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Two desks with digests of one name to one target tell a story once each."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("ferry", "High waves stop a ferry", FERRY))
    sea = put_rules(tmp_path, "sea.toml", ("sea", "ferry"))
    extra = f'[[digest]]\nname = "d"\nto = ["file:{tmp_path}/d.txt"]\nat = "07:30"\n'
    extra += f'[[alert]]\nto = ["file:{tmp_path}/a.txt"]\n'
    first = open_desk(text_of(site, "main", "wire", rules=sea, extra=extra))
    second = open_desk(text_of(site, "energy", "wire", rules=sea, extra=extra))
    async with open_pipeline(second, clock=clock):
        pass
    await poll_due(first, clock)
    for desk in (first, second):
        assert raise_alerts.send_alerts(desk, clock()) == 1
        assert raise_alerts.send_alerts(desk, clock()) == 0
        (table,) = desk.config.digest
        assert make_digests.due_digest(desk, table, clock()) is None
    clock.forward(days=1)
    ids = set()
    for desk in (first, second):
        (table,) = desk.config.digest
        due = make_digests.due_digest(desk, table, clock())
        assert due is not None
        made = make_digests.send_digest(desk, table, due, clock())
        assert made is not None
        assert make_digests.due_digest(desk, table, clock()) is None
        with desk.store.read() as db:
            ids |= {parcel.message_id for parcel in outbox.parcels(db)}
            assert len(outbox.parcels(db)) == 2
    assert len(ids) == 4
    (story,) = (view.id for view in flagged(first))
    with first.store.write() as db:
        marks.put(db, story, "read", "", clock())
    assert [len(view.marks) for view in (*flagged(first), *flagged(second))] == [1, 0]


async def test_a_feed_of_two_desks_is_read_once(site: Site, open_desk: OpenDesk) -> None:
    """One url under two names is one row, asked once, and each desk knows it by its own name."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("talks", "China and South Korea hold talks"))
    first = open_desk(text_of(site, "main", "wire"))
    other = text_of(site, "energy", "wire").replace('"wire"', '"energy-wire"')
    second = open_desk(other)
    async with open_pipeline(second, clock=clock):
        pass
    await poll_due(first, clock)
    assert [asked.path for asked in site.asked].count("/wire.xml") == 1
    with second.store.read() as db:
        wishes = desk_feeds.wanted(db)
    assert {(one.desk, one.settings.name, one.row) for one in wishes} == {
        ("", "wire", "energy-wire"),
        ("energy", "energy-wire", "energy-wire"),
    }
    await poll(first, clock)
    assert len(rules_by_headline(first)) == len(rules_by_headline(second)) == 1


async def test_a_desk_sees_a_shared_feed_by_its_own_name(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Label, JSON, searches and rules for feeds go by the name in the desk's own config."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("talks", "China and South Korea hold talks"))
    Outlet(site, "port").publish(Item("ferry", "High waves stop a ferry", FERRY))
    first = open_desk(text_of(site, "main", "wire", "port"))
    sea = put_rules(tmp_path, "sea.toml", ("sea", "ferry"))
    sea_file = tmp_path / sea
    sea_file.write_text(sea_file.read_text().replace("alert =", 'feeds = ["wire"]\nalert ='))
    other = text_of(site, "energy", "wire", "port", rules=sea)
    other = other.replace('"wire"', '"x"').replace('"port"', '"wire"\nlabel = "Port news"')
    other = other.replace('"x"', '"news"\nlabel = "State news"')
    second = open_desk(other)
    async with open_pipeline(first, clock=clock):
        pass
    await poll_due(second, clock)
    named = {}
    for desk in (first, second):
        for view in flagged(desk):
            (copy,) = with_names(desk, view).copies
            named[desk.name, view.headline] = copy.feed, copy.label
    assert named == {
        ("", "China and South Korea hold talks"): ("wire", ""),
        ("energy", "China and South Korea hold talks"): ("news", "State news"),
        ("energy", "High waves stop a ferry"): ("wire", "Port news"),
    }
    with second.store.read() as db:
        for name, titles in (("wire", ["High waves stop a ferry"]), ("port", [])):
            hits = search.find(db, Field("feed", name), limit=9).articles
            assert [(one.feed, one.text.title) for one in hits] == [(name, one) for one in titles]
    with second.store.write() as db:
        acknowledged.put(db, acknowledged.Acknowledged("wire", clock(), None, "being repaired"))
        assert set(acknowledged.known(db)) == {"wire"}
    with first.store.read() as db:
        assert not acknowledged.known(db)
    found = backtest(second, second.rulebook, NOW - timedelta(days=9), progress=lambda *_: None)
    assert found.compared
    assert not any(one.gained or one.lost for one in found.changes)


async def test_one_name_for_two_urls(site: Site, open_desk: OpenDesk) -> None:
    """Two desks may give one name to two feeds; both are read, and neither moves the other's."""
    clock = Clock()
    Outlet(site, "wire").publish(Item("talks", "China and South Korea hold talks"))
    Outlet(site, "other").publish(Item("summit", "China, South Korea leaders to meet in Seoul"))
    first = open_desk(text_of(site, "main", "wire"))
    second = open_desk(text_of(site, "energy", "wire").replace("/wire.xml", "/other.xml"))
    await poll(first, clock)
    await poll(second, clock)
    assert {"/wire.xml", "/other.xml"} <= {asked.path for asked in site.asked}
    with first.store.read() as db:
        assert {one.row for one in desk_feeds.wanted(db)} == {"wire", "wire@energy"}
    before = len(site.asked)
    await poll(first, clock)
    assert [asked.path for asked in site.asked[before:]] == ["/wire.xml"]


@pytest.mark.parametrize("others", [False, True], ids=["alone", "shared"])
async def test_a_feed_that_is_renamed_goes_on(
    site: Site, open_desk: OpenDesk, caplog: pytest.LogCaptureFixture, others: bool
) -> None:
    """It is asked with its ETag and stores no entry again, whoever has its former name now."""
    clock = Clock()
    Outlet(site, "wire").publish(Item("talks", "China and South Korea hold talks"))
    Outlet(site, "port").publish(Item("ferry", "High waves stop a ferry", FERRY))
    Outlet(site, "third").publish(Item("snow", "First snow", FERRY))
    await poll(open_desk(_named(site, "main", wire="wire", port="port")), clock)
    if others:
        await poll(open_desk(_named(site, "energy", wire="wire", port="port")), clock)
    caplog.set_level(logging.INFO, "monitor.store.desk_feeds")
    await poll(open_desk(_named(site, "main", news="wire", wire="port")), clock)
    assert "feed news has the url of what was feed wire, and goes on as that did" in caplog.text
    last = open_desk(_named(site, "main", news="wire", port="port", wire="third"))
    await poll(last, clock)
    asked = [one for one in site.asked if one.path in ("/wire.xml", "/port.xml")]
    assert ["if-none-match" in one.headers for one in asked] == [False] * 2 + [True] * (
        len(asked) - 2
    )
    with last.store.read() as db:
        told = {
            name: [one.text.title for one in search.find(db, Field("feed", name), limit=9).articles]
            for name in ("news", "port", "wire")
        }
    assert told == {
        "news": ["China and South Korea hold talks"],
        "port": ["High waves stop a ferry"],
        "wire": ["First snow"],
    }


def _named(site: Site, desk: str, **feeds: str) -> str:
    """Return the config of a desk with feeds of a site, by the names that it has for them."""
    rows = (
        f'[[feed]]\nname = "{name}"\nurl = "{site.url(f"/{path}.xml")}"\nprivate = true\n'
        for name, path in feeds.items()
    )
    return text_of(site, desk, extra="".join(rows))


async def test_a_feed_goes_on_while_any_desk_wants_it(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """One desk's reload that drops a feed takes it from nobody else."""
    clock = Clock()
    for name in ("wire", "port"):
        Outlet(site, name)
        site_feed = Outlet(site, name)
        site_feed.publish(Item(f"talks-{name}", f"China and South Korea hold talks on {name}s"))
    first = open_desk(text_of(site, "main", "wire", "port"))
    second = open_desk(text_of(site, "energy", "wire"))
    async with open_pipeline(second, clock=clock):
        pass
    async with open_pipeline(first, clock=clock) as pipeline:
        await pipeline.adopt(open_desk(text_of(site, "main", "port")))
        assert set(pipeline.desks.feeds) == {"wire", "port"}
    async with open_pipeline(open_desk(text_of(site, "energy")), clock=clock) as pipeline:
        assert set(pipeline.desks.feeds) == {"port"}


async def test_a_desk_that_begins_later_is_read_by_who_runs(
    site: Site, open_desk: OpenDesk
) -> None:
    """Feeds that another desk publishes are taken in by a running machine, whoever saw it first."""
    clock = Clock()
    for name in ("wire", "port"):
        Outlet(site, name).publish(Item(f"talks-{name}", f"China, South Korea talks in {name}s"))
    first = open_desk(text_of(site, "main", "wire"))
    second = open_desk(text_of(site, "energy", "port"))
    async with open_pipeline(first, clock=clock) as pipeline:
        with second.store.write() as db:
            Desks(second).publish(db, "elsewhere", clock())
        assert await pipeline.open_entries() == 0  # looks at what was published, to judge by it
        await pipeline.share_out()
        assert [feed.name for feed in pipeline.feeds.due(clock())] == ["wire", "port"]
        await round_of(pipeline, pipeline.feeds.due(clock()))
    assert {"/wire.xml", "/port.xml"} <= {asked.path for asked in site.asked}
    assert rules_by_headline(second)


async def test_a_desk_has_not_looked_at_what_came_before_it(
    site: Site, open_desk: OpenDesk
) -> None:
    """Its digest and status claim nothing of what others read before its rules were there."""
    clock = Clock()
    outlet = Outlet(site, "wire")
    outlet.publish(Item("talks", "China, South Korea talk of the ferry"))
    first = open_desk(text_of(site, "main", "wire"))
    second = open_desk(text_of(site, "energy", "wire"))
    await poll(first, clock)

    def behind(desk: Desk) -> model.Coverage:
        until = clock() + timedelta(minutes=1)
        with desk.store.read() as db:
            return coverage(desk, db, NOW - timedelta(hours=24), until, until)

    assert behind(second).entries == 0
    clock.forward(hours=2)
    await poll(second, clock)
    assert (behind(second).entries, behind(second).began) == (0, clock())
    assert (behind(first).entries, behind(first).began) == (1, NOW)
    outlet.publish(Item("more", "China, South Korea talk of fish"))
    clock.forward(hours=1)
    await poll(second, clock)
    assert (behind(second).entries, behind(first).entries) == (1, 2)
    with first.store.read() as db, first.store.for_desk("nobody").read() as other:
        assert (sizes(db).flags > 0, sizes(other).flags) == (True, 0)


async def test_the_widest_wish_counts(site: Site, open_desk: OpenDesk) -> None:
    """A feed is read as often, and its pages as widely, as any desk asks."""
    clock = Clock()
    Outlet(site, "wire")
    first = open_desk(text_of(site, "main", "wire").replace("private", 'pages = "none"\nprivate'))
    second = open_desk(text_of(site, "energy", "wire").replace("private", 'every = "5m"\nprivate'))
    async with open_pipeline(second, clock=clock):
        pass
    async with open_pipeline(first, clock=clock) as pipeline:
        (feed,) = pipeline.feeds.due(clock())
    assert (feed.every, feed.pages) == (timedelta(minutes=5), "all")


async def test_a_password_stays_with_the_desk_that_has_it(site: Site, open_desk: OpenDesk) -> None:
    """A feed whose url holds a password is published without it, and left to its own desk."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("talks", "China and South Korea hold talks"))
    secret = text_of(site, "energy", "wire").replace("http://", "http://me:word@")
    first, second = open_desk(text_of(site, "main")), open_desk(secret)
    async with open_pipeline(second, clock=clock):
        pass
    async with open_pipeline(first, clock=clock) as pipeline:
        assert pipeline.feeds.due(clock()) == []
        assert pipeline.desks.elsewhere == {"wire"}
    with first.store.read() as db:
        (wish,) = desk_feeds.wanted(db)
    assert "word" not in wish.settings.url
    await poll(second, clock)
    assert len(rules_by_headline(second)) == 1


async def test_rules_of_another_version_are_judged_by_their_own_machines(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """What cannot be judged for a desk is noted, told by name, and judged by a machine of it."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("ferry", "High waves stop a ferry", FERRY))
    sea = put_rules(tmp_path, "sea.toml", ("sea", "ferry"))
    first = open_desk(text_of(site, "main", "wire"))
    second = open_desk(text_of(site, "energy", "wire", rules=sea))
    async with open_pipeline(second, clock=clock):
        pass
    with second.store.write() as db:  # as if its version knew a key that ours does not
        (one,) = published_desks.everyone(db)
        newer = (("sea.toml", '[[rule]]\nid = "sea"\nname = "sea"\ntide = 3\n'),)
        published_desks.publish(db, replace(one, files=newer, digest="other", version="9.0"))
    await poll_due(first, clock)
    assert rules_by_headline(second) == {}
    with second.store.read() as db:
        number, why = unjudged.waiting(db)
    assert number == 1
    assert 'the rules of desk "energy"' in why
    assert "version 9.0" in why
    async with open_pipeline(second, clock=clock) as pipeline:
        assert await pipeline.judge_left() == 1
        assert rules_by_headline(second) == {"High waves stop a ferry": {"sea"}}
        with second.store.read() as db:
            assert unjudged.waiting(db) == (0, "")
            (article,) = articles.since(db, None)
        assert article.text.origin == "page"


async def test_rules_are_those_of_the_last_reload(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A reload of one desk is in force for what comes in afterwards, whoever files it."""
    clock, wire = Clock(), Outlet(site, "wire")
    sea = put_rules(tmp_path, "sea.toml", ("sea", "ferry"))
    first = open_desk(text_of(site, "main", "wire"))
    config = text_of(site, "energy", "wire", rules=sea)
    second = open_desk(config)
    async with open_pipeline(second, clock=clock):
        pass
    wire.publish(Item("ferry", "High waves stop a ferry", FERRY))
    await poll_due(first, clock)
    assert rules_by_headline(second) == {"High waves stop a ferry": {"sea"}}
    async with open_pipeline(second, clock=clock) as pipeline:
        put_rules(tmp_path, "sea.toml", ("waves", "waves"))
        await pipeline.adopt(open_desk(config))
    wire.publish(Item("storm", "A storm brings higher waves", FERRY))
    clock.forward(hours=1)
    await poll_due(first, clock)
    assert rules_by_headline(second)["A storm brings higher waves"] == {"waves"}
    assert rules_by_headline(first) == {}


async def test_a_desk_that_is_forgotten(site: Site, open_desk: OpenDesk) -> None:
    """A desk that was given up wants no feed any more; what it flagged stays."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("talks", "China and South Korea hold talks"))
    desk = open_desk(text_of(site, "energy", "wire"))
    await poll(desk, clock)
    with desk.store.write() as db:
        assert published_desks.forget(db, "energy")
        assert not published_desks.forget(db, "energy")
        assert desk_feeds.wanted(db) == []
    assert len(rules_by_headline(desk)) == 1
    assert clock() == NOW
