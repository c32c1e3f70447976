"""What a feed lists one after the other: one item rewritten, or two that share a name."""

from html import escape

import pytest

from monitor.desk import Desk
from monitor.store import articles, entries
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import poll
from tests.site import Answer, Site
from tests.wire import Clock, config_text

MORNING, NOON, EVENING = (f"Mon, 23 Nov 2026 {hour}:07:00 GMT" for hour in ("01", "04", "06"))
FERRY, TALKS, RICE = (
    "Ferry sinks off Jindo with 40 aboard",
    "Envoys of Seoul and Beijing resume fishery talks",
    "Rice harvest falls to lowest in a decade",
)


def rss(*items: dict[str, str]) -> Answer:
    rows = ""
    for item in items:
        inner = "".join(
            f"<{name}>{escape(value)}</{name}>" for name, value in item.items() if name != "guid"
        )
        guid = f'<guid isPermaLink="false">{escape(item["guid"])}</guid>' if "guid" in item else ""
        rows += f"<item>{guid}{inner}</item>"
    head = "<title>Wire</title><link>https://wire.example/</link>"
    return Answer(body=f'<rss version="2.0"><channel>{head}{rows}</channel></rss>'.encode())


def item(title: str, date: str = "", *, guid: str = "", link: str = "") -> dict[str, str]:
    given = {"guid": guid, "title": title, "link": link, "pubDate": date}
    return {name: value for name, value in given.items() if value}


async def titles(site: Site, desk: Desk, *documents: Answer) -> list[str]:
    """Return the headlines of the entries after these documents were read one after the other."""
    clock = Clock()
    for document in documents:
        site.at("/wire.xml", document)
        await poll(desk, clock)
        clock.forward(minutes=20)
    with desk.store.read() as db:
        return [stored.entry.title for stored, _ in entries.every(db)]


URL = "https://wire.example/read/{}.html"
TAG = "tag:wire.example,2026:70013"
LATEST = "https://wire.example/briefing/latest"
SHARED = {
    "positions, numbered": (
        [item(FERRY, MORNING, guid="1", link=URL.format("ferry"))],
        [item(TALKS, NOON, guid="1", link=URL.format("talks"))],
    ),
    "positions that move down": (
        [
            item(FERRY, NOON, guid="item-1", link=URL.format(31001)),
            item(RICE, MORNING, guid="item-2", link=URL.format(31000)),
        ],
        [
            item(TALKS, EVENING, guid="item-1", link=URL.format(31002)),
            item(FERRY, NOON, guid="item-2", link=URL.format(31001)),
            item(RICE, MORNING, guid="item-3", link=URL.format(31000)),
        ],
    ),
    "positions without dates": (
        [item(FERRY, guid="#1", link=URL.format("ferry"))],
        [item(TALKS, guid="#1", link=URL.format("talks"))],
    ),
    "a word that stands for the newest": (
        [item(FERRY, guid="latest", link=URL.format("ferry"))],
        [item(TALKS, guid="latest", link=URL.format("talks"))],
    ),
    "a standing link, guids of their own": (
        [item(FERRY, MORNING, guid="b-81920", link=LATEST)],
        [item(TALKS, NOON, guid="b-81931", link=LATEST)],
        [item(RICE, EVENING, guid="b-81955", link=LATEST)],
    ),
    "a standing link, headlines of one form": (
        [item("Daily briefing: 22 November", MORNING, guid="b-81920", link=LATEST)],
        [item("Daily briefing: 23 November", NOON, guid="b-81931", link=LATEST)],
    ),
    "a standing link without guids": (
        [item(FERRY, MORNING, link=LATEST)],
        [item(TALKS, NOON, link=LATEST)],
    ),
    "a guid that is the feed's home page": (
        [item(FERRY, MORNING, guid="https://wire.example/", link=URL.format("ferry"))],
        [item(TALKS, NOON, guid="http://www.wire.example", link=URL.format("talks"))],
    ),
    "a link that is the feed's home page": (
        [item(FERRY, MORNING, link="https://wire.example/")],
        [item(TALKS, NOON, link="https://wire.example/")],
    ),
    "a guid that is a standing page": (
        [item(FERRY, MORNING, guid=LATEST, link=LATEST)],
        [item(TALKS, NOON, guid=LATEST, link=LATEST)],
    ),
    "fragments tell apart": (
        [item(FERRY, MORNING, guid="p1", link=URL.format("live-20261123") + "#p1")],
        [item(TALKS, NOON, guid="p2", link=URL.format("live-20261123") + "#p2")],
    ),
    "fragments without guids": (
        [item(FERRY, MORNING, link=URL.format("live-20261123") + "#p1")],
        [item(TALKS, NOON, link=URL.format("live-20261123") + "#p2")],
    ),
}
REWRITTEN = {
    "guid and time stay": (
        [item(FERRY, MORNING, guid=TAG, link=URL.format("ferry-sinks"))],
        [item("Forty rescued near Jindo", MORNING, guid=TAG, link=URL.format("rescue"))],
    ),
    "guid stays, time is new, words are kin": (
        [item(FERRY, MORNING, guid=TAG, link=URL.format("ferry-sinks"))],
        [item("Ferry that sank off Jindo raised", NOON, guid=TAG, link=URL.format("raised"))],
    ),
    "a small number for a guid, time stays": (
        [item(FERRY, MORNING, guid="12", link=URL.format("ferry-sinks"))],
        [item("Forty rescued near Jindo", MORNING, guid="12", link=URL.format("rescue"))],
    ),
    "a word for a guid, the link stays": (
        [item(FERRY, guid="ferry", link=URL.format("ferry-sinks-off-jindo"))],
        [item("Forty rescued near Jindo", guid="ferry", link=URL.format("ferry-sinks-off-jindo"))],
    ),
    "guid is new each time": (
        [item(FERRY, MORNING, guid="f3a9c1", link=URL.format(31001))],
        [item(FERRY, MORNING, guid="0b77e2", link=URL.format(31001))],
        [item(f"{FERRY}; all rescued", MORNING, guid="9d41aa", link=URL.format(31001))],
    ),
    "no guid, the link stays": (
        [item(FERRY, link=URL.format(31001))],
        [item("Forty rescued near Jindo", link=URL.format(31001))],
    ),
    "no guid, link and time are numbered": (
        [item(FERRY, MORNING, link=URL.format(31001))],
        [item("Forty rescued near Jindo", NOON, link=URL.format(31001))],
    ),
    "guid and link stay": (
        [item(FERRY, MORNING, guid=TAG, link=LATEST)],
        [item("Forty rescued near Jindo", NOON, guid=TAG, link=LATEST)],
    ),
}


@pytest.mark.parametrize("kind", SHARED)
async def test_items_that_share_a_name_one_after_the_other_are_several(
    site: Site, open_desk: OpenDesk, kind: str
) -> None:
    """Nothing is overwritten, and reading the last document again finds nothing new."""
    documents = SHARED[kind]
    wanted = {one["title"] for document in documents for one in document}
    desk = open_desk(config_text(site, "wire", pages="none"))
    answers = [rss(*document) for document in documents]
    again = rss(*documents[-1], item("Snow", MORNING, guid="snow", link=URL.format("snow")))
    found = await titles(site, desk, *answers, again, answers[-1])
    assert sorted(found) == sorted({*wanted, "Snow"})


@pytest.mark.parametrize("kind", REWRITTEN)
async def test_item_that_is_rewritten_is_one(site: Site, open_desk: OpenDesk, kind: str) -> None:
    """The entry takes the new words; no second one is made."""
    documents = REWRITTEN[kind]
    desk = open_desk(config_text(site, "wire", pages="none"))
    found = await titles(site, desk, *(rss(*document) for document in documents))
    assert found == [documents[-1][0]["title"]]


@pytest.mark.parametrize("text", ["Read {:,} times.", "{} minutes ago.", "State {} of 2."])
async def test_what_only_counts_does_not_grow_for_ever(
    site: Site, open_desk: OpenDesk, text: str
) -> None:
    """A counter in an item keeps some of its counts and the newest; new words are kept beside."""
    desk = open_desk(config_text(site, "wire", pages="none"))
    counts = [n % 2 + 1 if "State" in text else 990 + n for n in range(30)]
    said = [f"Forty are missing. {text.format(count)}" for count in counts]
    rows = [item(FERRY, guid=TAG, link=URL.format("ferry")) | {"description": s} for s in said]
    rows += [rows[-1] | {"description": f"All were rescued. {text.format(7)}"}]
    assert await titles(site, desk, *(rss(row) for row in rows)) == [FERRY]
    with desk.store.read() as db:
        texts = [text.body[0] for _, text in articles.revisions(db, 1)]
    assert texts == [*said[:19], said[-1], rows[-1]["description"]]
