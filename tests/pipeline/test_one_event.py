"""One event is told once, however many flashes it comes in, and its steps know of one another."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import digest, model
from monitor.desk import Desk
from monitor.pipeline import make_digests, raise_alerts
from monitor.store import views
from tests.commands import monitor as run
from tests.pipeline.conftest import OpenDesk, named
from tests.pipeline.polling import poll
from tests.pipeline.test_editions import with_alert
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet, config_text

FLASHES = {
    "one": "N. Korea fires ballistic missile toward East Sea: JCS",
    "two": "North Korea fires ballistic missile into East Sea, South's military says",
    "three": '[속보] 합참 "북한, 동해상으로 탄도미사일 발사"',
    "four": '北, 동해상 탄도미사일 발사…합참 "분석 중"',
    "five": "北朝鮮が弾道ミサイル発射 日本海へ 韓国軍",
    "six": "快讯：韩军方称朝鲜向东部海域发射弹道导弹",
}
REACTION = "Japan lodges protest with N. Korea over ballistic missile launch"


def flash(name: str, title: str, minutes: int) -> Item:
    published = NOW + timedelta(minutes=minutes)
    return Item(f"{name}-{minutes}", title, (title,), published=published, summary=title)


def told_now(desk: Desk) -> list[frozenset[int]]:
    """The articles of each story at level "now"."""
    with desk.store.read() as db:
        found = views.flagged(db)
    return [
        frozenset(copy.article for copy in view.copies)
        for view in found
        if any(flag.level == "now" for flag in view.flags)
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_a_flash_that_joins_a_story_that_was_told_is_no_second_alert(
    seed: int, site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """In any order of arrival an alert is made only for a story of which nothing was told."""
    rng, clock, told = random.Random(seed), Clock(), set[int]()
    desk = open_desk(with_alert(site, tmp_path, *FLASHES))
    names = rng.sample(sorted(FLASHES), len(FLASHES))
    for name in FLASHES:
        Outlet(site, name).refresh()
    alerts = 0
    for number, name in enumerate(names):
        Outlet(site, name).publish(flash(name, FLASHES[name], 7 * number))
        clock.forward(minutes=7)
        await poll(desk, clock)
        fresh = [story for story in told_now(desk) if not story & told]
        sent = raise_alerts.send_alerts(desk, clock())
        assert bool(sent) == bool(fresh)
        alerts += sent
        told |= {article for story in told_now(desk) for article in story}
    assert alerts < len(FLASHES)
    assert raise_alerts.send_alerts(desk, clock()) == 0


async def test_a_digest_says_what_came_before_and_what_was_answered(
    site: Site, open_desk: OpenDesk, tmp_path: Path, database: str
) -> None:
    """A launch counts its reactions, and the reaction names the launch, in every form."""
    config = named(database, config_text(site, "one", "two"))
    (tmp_path / "config.toml").write_text(config, "utf-8")
    desk = open_desk(config_text(site, "one", "two"))
    Outlet(site, "one").publish(flash("one", FLASHES["one"], -370))
    Outlet(site, "two").publish(flash("two", REACTION, -5))
    await poll(desk, Clock())
    made = make_digests.read_digest(
        desk, make_digests.Wish("now", NOW - timedelta(days=1), NOW + timedelta(minutes=1))
    )
    found = {view.headline: view for section in made.sections for view in section.stories}
    launch, reaction = found[FLASHES["one"]], found[REACTION]
    assert [one.kind for one in launch.related] == ["reaction"]
    assert reaction.related == (model.Related("earlier", launch.shown_id, launch.headline, "en"),)
    edition = digest.edition(made)
    for form in ("text", "html", "markdown"):
        shown = edition.render(model.Form(form))
        assert "eactions: 1" in shown
        assert "arlier: N. Korea fires ballistic" in shown
    told = run("show", str(reaction.shown_id), folder=tmp_path)
    assert f"earlier {launch.shown_id}: {launch.headline}" in told.err
