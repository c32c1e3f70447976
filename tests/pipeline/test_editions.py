"""Digests and alerts: complete, once, at the right time, whatever happens in between."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor import digest, model
from monitor.desk import Desk
from monitor.pipeline import make_digests, post_outbox, raise_alerts
from monitor.store import outbox
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import poll
from tests.site import Answer, Site
from tests.wire import NOW, TALKS, Clock, Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"
MISSILE = "(URGENT) N. Korea fires ballistic missile toward East Sea: JCS"
CALL = (
    "中共中央政治局委员、外交部长王毅二十三日同韩国外长赵显通电话，就中韩关系交换意见。",
    "王毅表示，中方愿同韩方保持各层级往来，妥善处理分歧。赵显表示愿同中方加强沟通。",
)
LAUNCH = (
    "North Korea fired a ballistic missile toward the East Sea on Monday, the South's Joint "
    "Chiefs of Staff said.",
    "The missile was launched from the Sunan area of Pyongyang, the JCS said in a notice.",
)


def with_digest(site: Site, folder: Path, *feeds: str, **digest: str) -> str:
    keys = {"name": '"morning"', "at": '"15:00"', "to": f'["file:{folder}/{{name}}.json"]'}
    table = "".join(f"{key} = {value}\n" for key, value in {**keys, **digest}.items())
    return config_text(site, *feeds, extra=f"[[digest]]\n{table}")


def with_alert(site: Site, folder: Path, *feeds: str, **alert: str) -> str:
    keys = {"to": f'["file:{folder}/{{name}}-{{time}}.json"]'}
    table = "".join(f"{key} = {value}\n" for key, value in {**keys, **alert}.items())
    return config_text(site, *feeds, extra=f"[[alert]]\n{table}")


def queued(desk: Desk) -> list[outbox.Parcel]:
    with desk.store.read() as db:
        return outbox.parcels(db)


def send_due(desk: Desk, now: datetime) -> model.Digest | None:
    table = desk.config.digest[0]
    run = make_digests.due_digest(desk, table, now)
    return make_digests.send_digest(desk, table, run, now) if run else None


def window(since: datetime, until: datetime) -> digest.Run:
    return digest.Run(due_at=until, since=since, until=until, late=False, missed=0)


async def test_first_digest_says_the_window_that_it_tells(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Its window holds its oldest story, which is not counted among the days before as well."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(NOW - timedelta(hours=2))
    await poll(desk, clock)
    assert send_due(desk, NOW - timedelta(hours=1)) is None  # the daemon starts
    made = send_due(desk, NOW - timedelta(minutes=29))
    assert made is not None
    assert made.first
    stories = [story for part in made.sections for story in part.stories]
    assert [story.headline for story in stories] == [HEADLINE]
    assert made.since <= min(story.first_seen for story in stories)
    assert not any(count for part in made.sections for count in part.history)
    assert (made.coverage.read, made.coverage.entries) == (1, 1)
    clock.forward(hours=25)
    await poll(desk, clock)
    after = send_due(desk, NOW + timedelta(days=1))
    assert after is not None
    assert after.since == made.until


async def test_feed_that_nobody_asked_for_did_not_fail(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A digest of a time without a poll calls no feed failing; one that failed it does."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    Outlet(site, "paper").publish(Item("snow", "First snow in the valleys"))
    text = with_digest(site, tmp_path, "wire", "paper")
    desk, clock = open_desk(text), Clock(NOW - timedelta(days=3))
    await poll(desk, clock)

    def troubles(until: datetime) -> dict[str, tuple[str, str]]:
        wish = make_digests.Wish("latest", until - timedelta(hours=12), until)
        made = make_digests.read_digest(desk, wish)
        return {one.feed: (one.kind, one.why) for one in made.coverage.troubles}

    nobody = ("not read", "nobody asked for it in this window")
    assert troubles(NOW) == {"wire": nobody, "paper": nobody}
    site.at("/paper.xml", Answer(503))
    clock.forward(days=3)
    await poll(desk, clock)
    assert troubles(clock() + timedelta(minutes=1)) == {"paper": ("failing", "HTTP 503")}


async def test_digest_is_made_at_its_time_and_once(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """At 15:00 in Seoul the digest is due; a minute later it is not due again."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(NOW - timedelta(hours=1))
    await poll(desk, clock)
    assert send_due(desk, NOW - timedelta(minutes=31)) is None
    made = send_due(desk, NOW - timedelta(minutes=29))
    assert made is not None
    headlines = [story.headline for part in made.sections for story in part.stories]
    assert headlines == [HEADLINE]
    assert send_due(desk, NOW) is None
    await post_outbox.post(desk, NOW)
    written = json.loads((tmp_path / "morning.json").read_text("utf-8"))
    assert HEADLINE in json.dumps(written, ensure_ascii=False)
    assert queued(desk) == []


async def test_missed_digest_is_sent_late_and_the_next_window_follows_on(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """After two days down one digest comes, late, and its window begins where the last ended."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(NOW - timedelta(hours=1))
    await poll(desk, clock)
    first = send_due(desk, NOW - timedelta(minutes=29))
    late = send_due(desk, NOW + timedelta(days=2))
    assert first is not None
    assert late is not None
    assert not first.late
    assert late.late
    assert late.since == first.until


async def test_reading_a_digest_changes_nothing(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """An ad-hoc reading shows the stories and leaves the scheduled digest complete."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk, clock = open_desk(with_digest(site, tmp_path, "wire")), Clock(NOW - timedelta(hours=1))
    await poll(desk, clock)
    since = NOW - timedelta(days=1)
    read = make_digests.read_digest(desk, make_digests.Wish("now", since, NOW))
    made = send_due(desk, NOW - timedelta(minutes=29))
    assert made is not None
    assert [len(part.stories) for part in read.sections] == [
        len(part.stories) for part in made.sections
    ]


@pytest.mark.parametrize(("empty", "messages"), [("send", 1), ("skip", 0)])
async def test_empty_digest_is_sent_or_skipped_as_the_desk_wants(
    site: Site, open_desk: OpenDesk, tmp_path: Path, empty: str, messages: int
) -> None:
    """A day without a match still says so, unless the desk wants silence."""
    Outlet(site, "wire").publish()
    desk = open_desk(with_digest(site, tmp_path, "wire", empty=f'"{empty}"'))
    await poll(desk, Clock())
    send_due(desk, NOW - timedelta(minutes=29))
    assert len(queued(desk)) == messages


async def test_coverage_names_the_feeds_that_were_not_read(site: Site, open_desk: OpenDesk) -> None:
    """The digest says how many feeds were read, and which were not and why."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    site.at("/gone.xml", Answer(404))
    desk = open_desk(config_text(site, "wire", "gone"))
    await poll(desk, Clock())
    since = NOW - timedelta(days=1)
    read = make_digests.read_digest(desk, make_digests.Wish("now", since, NOW))
    assert (read.coverage.read, read.coverage.feeds) == (1, 2)
    (trouble,) = read.coverage.troubles
    assert trouble.feed == "gone"
    assert "404" in trouble.why


async def test_alert_comes_once_a_story_not_once_a_copy(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A copy of a story that was alerted is no second alert; another story is."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("launch", MISSILE, LAUNCH))
    desk = open_desk(with_alert(site, tmp_path, "wire", "paper"))
    paper = Outlet(site, "paper")
    paper.publish()
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    assert raise_alerts.send_alerts(desk, clock()) == 0
    clock.forward(minutes=20)
    paper.publish(Item("copy", MISSILE.replace("(URGENT) ", ""), LAUNCH))
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 0
    clock.forward(minutes=20)
    outlet.publish(Item("talks", HEADLINE, TALKS))
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    assert len(queued(desk)) == 2


async def test_correction_of_a_story_that_was_alerted_is_an_update(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A correction comes as one more message, which says so and belongs to the same thread."""
    outlet, clock = Outlet(site, "wire"), Clock()
    outlet.publish(Item("launch", MISSILE, LAUNCH))
    desk = open_desk(with_alert(site, tmp_path, "wire", to='["terminal"]'))
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    outlet.items[0].paragraphs = (*LAUNCH, "Correction: the launch was from Sunan, not Sinpo.")
    outlet.refresh()
    clock.forward(hours=1, minutes=1)
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    assert raise_alerts.send_alerts(desk, clock()) == 0
    first, update = (json.loads(parcel.data) for parcel in queued(desk))
    assert update["subject"].startswith("Correction: ")
    assert first["references"] == update["references"] != []


async def test_takes_of_one_item_are_told_in_their_order(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Flash and lead that are read at once are one alert, and the next lead is its update."""
    outlet, clock = Outlet(site, "wire"), Clock()
    more = "The military has raised its readiness and shares data with its allies, it said."
    lead, second = (MISSILE.replace("URGENT", take) for take in ("LEAD", "2nd LD"))
    early = NOW - timedelta(minutes=30)
    outlet.publish(
        Item("lead", lead, (*LAUNCH, more)), Item("flash", MISSILE, LAUNCH, published=early)
    )
    desk = open_desk(with_alert(site, tmp_path, "wire", to='["terminal"]'))
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    clock.forward(hours=1, minutes=1)  # the pages are read once more
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 0
    outlet.publish(Item("second", second, (*LAUNCH, more, f"{more} Tokyo protested.")))
    clock.forward(minutes=20)
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    first, update = (json.loads(parcel.data) for parcel in queued(desk))
    assert [one["subject"].partition(":")[0] for one in (first, update)] == ["Alert", "New take"]
    assert "(take 2)" in first["text"]
    assert "/lead.html" in first["text"]
    assert "(take 3)" in update["text"]
    assert "/second.html" in update["text"]


async def test_first_reading_of_a_feed_alerts_only_on_the_fresh(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """What a new feed already held for hours is for the digest, not for an alarm."""
    old = Item("launch", MISSILE, LAUNCH, published=NOW - timedelta(hours=5))
    Outlet(site, "wire").publish(old)
    desk = open_desk(with_alert(site, tmp_path, "wire"))
    await poll(desk, Clock())
    assert raise_alerts.send_alerts(desk, NOW) == 0


async def test_quiet_hours_hold_an_alert_until_they_end(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """At 15:30 in Seoul quiet hours are kept; an urgent rule breaks them; then the rest comes."""
    Outlet(site, "wire").publish(Item("launch", MISSILE, LAUNCH))
    desk = open_desk(with_alert(site, tmp_path, "wire", quiet='"15:00-16:00"'))
    await poll(desk, Clock())
    assert raise_alerts.send_alerts(desk, NOW) == 0
    assert raise_alerts.send_alerts(desk, NOW + timedelta(minutes=31)) == 1


async def test_urgent_rule_breaks_quiet_hours(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A rule named in `urgent` is told at once, whatever the hour."""
    Outlet(site, "wire").publish(Item("launch", MISSILE, LAUNCH))
    text = with_alert(site, tmp_path, "wire", quiet='"15:00-16:00"', urgent='["korean-peninsula"]')
    desk = open_desk(text)
    await poll(desk, Clock())
    assert raise_alerts.send_alerts(desk, NOW) == 1


async def test_target_that_is_added_hears_the_news_and_nobody_hears_it_twice(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A second target of an alert is told what the first was told before, and only the second."""
    Outlet(site, "wire").publish(Item("launch", MISSILE, LAUNCH))
    one, two = f"file:{tmp_path}/one.txt", f"file:{tmp_path}/two.txt"
    desk = open_desk(with_alert(site, tmp_path, "wire", to=f'["{one}"]'))
    clock = Clock()
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    desk.close()
    both = open_desk(with_alert(site, tmp_path, "wire", to=f'["{one}", "{two}"]'))
    assert raise_alerts.send_alerts(both, clock()) == 1
    assert raise_alerts.send_alerts(both, clock()) == 0
    with both.store.read() as db:
        queued = outbox.to_send(db, clock())
    assert [parcel.target for parcel in queued] == [one, two]


async def test_message_that_cannot_be_sent_is_tried_again_then_parked(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A webhook that is down keeps its message; one that refuses parks it with the reason."""
    answers = [Answer(503), Answer(403, body=b"no such channel")]
    site.at("/hook", lambda _: answers.pop(0))
    Outlet(site, "wire").publish(Item("launch", MISSILE, LAUNCH))
    desk = open_desk(with_alert(site, tmp_path, "wire", to=f'["{site.url("/hook")}"]'))
    await poll(desk, Clock())
    raise_alerts.send_alerts(desk, NOW)
    await post_outbox.post(desk, NOW)
    (parcel,) = queued(desk)
    assert (parcel.state, parcel.attempts) == ("queued", 1)
    assert parcel.next_attempt > NOW
    await post_outbox.post(desk, parcel.next_attempt)
    (parcel,) = queued(desk)
    assert parcel.state == "parked"
    assert "403" in parcel.error
    assert len({asked.body for asked in site.asked if asked.path == "/hook"}) == 1


async def test_repeat_after_lets_a_story_ring_again(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A copy within the rule's `repeat_after` is no alert, one after it is."""
    (tmp_path / "own.toml").write_text(
        '[[rule]]\nid = "launches"\nname = "Launches"\nalert = "now"\nrepeat_after = "2h"\n'
        '[[rule.when]]\nany = ["ballistic missile"]\n'
        '[[rule.test]]\nshould = ["A ballistic missile"]\nshould_not = ["A ballot"]\n'
    )
    names = ("wire", "paper", "post")
    wire, *others = (Outlet(site, name) for name in names)
    clock = Clock()
    title = MISSILE.replace("(URGENT) ", "")
    wire.publish(Item("launch", title, LAUNCH))
    for other in others:
        other.publish()
    text = with_alert(site, tmp_path, *names, rules='["launches"]')
    desk = open_desk(text.replace("[monitor]\n", '[monitor]\nrule_files = ["own.toml"]\n', 1))
    await poll(desk, clock)
    assert raise_alerts.send_alerts(desk, clock()) == 1
    for other, alerts in zip(others, (0, 1), strict=True):
        clock.forward(minutes=65)
        other.publish(Item(f"copy-{other.name}", title, LAUNCH, published=clock()))
        await poll(desk, clock)
        assert raise_alerts.send_alerts(desk, clock()) == alerts
