"""Rules that break on a text by a fault of ours: what it costs their desk, and nobody else."""

from pathlib import Path

import monitor
from monitor import watch
from monitor.desk import Desk
from monitor.pipeline import open_pipeline, round_of
from monitor.pipeline.coverage import coverage
from monitor.pipeline.reader_names import with_names
from monitor.store import articles, unjudged, views
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import rules_by_headline
from tests.pipeline.test_desks import FERRY, put_rules, text_of
from tests.site import Site
from tests.wire import NOW, TALKS, Clock, Item, Outlet

WAVES = ("The ferry to the island was stopped for a day because the sea was too rough.", *FERRY[1:])


def damage(desk: Desk) -> None:
    """Damage the desk's rule in memory: its points below the headline do not add up."""
    desk.rulebook.compile()
    rule = next(rule for rule in desk.rulebook.rules if rule.id == "sea")
    (block,) = rule.whens
    assert isinstance(block.scores, dict)
    block.scores.update(lede="five", body="five")


def two_desks(site: Site, open_desk: OpenDesk, folder: Path) -> tuple[Desk, Desk]:
    """Return the desk without a name, and one whose rules break on what names the ferry below."""
    sea = put_rules(folder, "sea.toml", ("sea", "ferry"))
    plain = open_desk(text_of(site, "main", "wire"))
    broken = open_desk(text_of(site, "energy", "wire", rules=sea))
    damage(broken)
    return plain, broken


async def poll(desk: Desk, clock: Clock) -> None:
    """Do a round on the desk's one feed."""
    async with open_pipeline(desk, clock=clock) as pipeline:
        report = await round_of(pipeline, pipeline.feeds.due(clock()))
        assert report.left == 0
        assert await pipeline.judge_left() == 0  # its own machine breaks on the same


async def test_rules_that_break_cost_no_other_desk_its_flags(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Others have page, story and flags of the text; its own desk what its headline earns."""
    clock, wire = Clock(), Outlet(site, "wire")
    both = "South Korea and China to reopen a sea route"
    wire.publish(Item("both", both, (f"{both}, officials of both said.", *WAVES)))
    wire.publish(Item("talks", "South Korea, China agree on a hotline", TALKS))
    wire.publish(Item("sea", "Rough sea in the strait", WAVES))
    plain, broken = two_desks(site, open_desk, tmp_path)
    async with open_pipeline(plain, clock=clock):
        pass  # it has published itself
    await poll(broken, clock)
    talks = {"South Korea, China agree on a hotline": {"china-south-korea"}}
    assert rules_by_headline(plain) == talks | {both: {"china-south-korea"}}
    assert rules_by_headline(broken) == talks | {both: {"china-south-korea"}}
    with broken.store.read() as db:
        assert {(one.page, one.text.origin) for one in articles.since(db, None)} == {
            ("done", "page")
        }
        number, why = unjudged.waiting(db)
        told = coverage(broken, db, NOW, clock(), clock())
    assert number == 2
    assert f'the rules of desk "energy" break on {site.url("")}' in why
    assert f"in version {monitor.__version__}: TypeError" in why
    assert told.unjudged == 2
    assert set(told.unjudged_what) == {f"wire: {both}", "wire: Rough sea in the strait"}
    with plain.store.read() as db:
        assert unjudged.waiting(db) == (0, "")
        assert coverage(plain, db, NOW, clock(), clock()).unjudged == 0


async def test_what_rules_broke_on_waits_for_another_version(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """The same version does not try again and again; another one, or `db retry`, judges it."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("sea", "Rough sea in the strait", WAVES))
    _, broken = two_desks(site, open_desk, tmp_path)
    await poll(broken, clock)
    with broken.store.read() as db:
        assert not unjudged.any_to_take(db)
    mended = open_desk(text_of(site, "energy", "wire", rules="sea.toml"))
    async with open_pipeline(mended, clock=clock) as pipeline:
        assert await pipeline.judge_left() == 0
        with mended.store.write() as db:
            assert unjudged.again(db, version=monitor.__version__) == 0
            assert unjudged.again(db, version="9.0") == 1
        assert await pipeline.judge_left() == 1
    assert rules_by_headline(mended) == {"Rough sea in the strait": {"sea"}}
    with mended.store.read() as db:
        assert unjudged.waiting(db) == (0, "")


async def test_a_text_that_is_filed_anew_is_judged_anew(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """What a machine broke on is tried once more when another text of it comes in."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("sea", "Rough sea in the strait", WAVES))
    plain, broken = two_desks(site, open_desk, tmp_path)
    await poll(broken, clock)
    with plain.store.write() as db:
        (article,) = articles.since(db, None)
        unjudged.leave(db, [article.id], "energy", "not read here", clock())
    with broken.store.read() as db:
        assert unjudged.any_to_take(db)
        assert unjudged.waiting(db) == (1, "not read here")


async def test_rules_that_break_on_everything_stop_neither_reading_nor_digests(
    site: Site, open_desk: OpenDesk
) -> None:
    """All pages are read, and a digest is made without what the rules would say of it."""
    clock, wire = Clock(), Outlet(site, "wire")
    wire.publish(Item("sea", "해상 교통로가 다시 열린다", WAVES))
    config = text_of(site, "main", "wire").replace("private", 'pages = "hits"\nprivate')
    desk = open_desk(config.replace("[monitor]\n", '[monitor]\nreader_language = "en"\n'))
    desk.take_rules(watch.load())  # no other desk's
    desk.rulebook.matcher.__dict__.clear()
    await poll(desk, clock)
    with desk.store.read() as db:
        (article,) = articles.since(db, None)
        (view,) = views.stories(db, [article.story or 0])
        assert unjudged.waiting(db)[0] == 1
    assert article.text.origin == "page"
    assert with_names(desk, view).gloss == ()
