"""What comes one after the other is taken in and opened together where it is much, by order.

The clock of the event loop stands still: what waits for a moment to pass waits until it is moved.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from monitor.model import Feed, FeedState
from monitor.pipeline import Conductor, open_pipeline
from monitor.pipeline.intake import Intake, Outcome, Reading, Understood
from monitor.store import Store, articles, desk_feeds, open_store
from monitor.store import feeds as feed_store
from tests.loop_clock import LoopClock
from tests.pipeline.conftest import OpenDesk
from tests.site import Answer, Asked, Site
from tests.waiting import PATIENCE
from tests.wire import NOW, Item, Outlet, config_text, rss

FEEDS = 60
WHOLE = 40  # answers of one transaction


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    with opened.write() as db:
        feeds = [Feed(f"f{n}", f"https://news.example/{n}") for n in range(1, FEEDS + 1)]
        desk_feeds.register(db, feeds, NOW)
    yield opened
    opened.close()


class Answers:
    """Hands answers of feeds to an intake, and keeps in which order they are worked on."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.done: list[str] = []

    def answer(
        self, number: int, wait: Callable[[], object] = lambda: None
    ) -> asyncio.Task[Outcome]:
        """Hand over the answer of a feed."""
        state = replace(FeedState(), status=200, etag=f'"{number}"')

        def outcome(_new: int) -> Outcome:
            self.done.append("stored")
            return Reading(f"f{number}", 200), state

        def understand() -> Understood:
            wait()
            self.done.append("read")
            return Understood((), NOW, outcome)

        return asyncio.create_task(self.intake.take(number, understand))

    async def crowd(self, numbers: range) -> None:
        """Hand over answers while another is in hand, and return when all are stored."""
        begun, enough = threading.Event(), threading.Event()

        def busy() -> None:
            begun.set()
            enough.wait(PATIENCE)

        tasks = [self.answer(numbers[0], busy)]
        await asyncio.to_thread(begun.wait, PATIENCE)
        tasks += map(self.answer, numbers[1:])
        await turns()
        enough.set()
        await asyncio.gather(*tasks)
        self.done.clear()


async def turns() -> None:
    """Let the event loop go round until all has been done that waits for nothing outside."""
    for _ in range(10):
        await asyncio.sleep(0)


def stored(store: Store) -> set[int]:
    """Return the numbers of the feeds whose answer is in the store."""
    with store.read() as db:
        known = feed_store.known(db)
    return {int(state.etag.strip('"')) for _, state in known.values() if state.etag}


async def test_an_answer_alone_waits_for_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers of which each comes when the one before is stored are stored while time stands."""
    LoopClock(monkeypatch)
    async with Intake(store) as intake:
        answers = Answers(intake)
        for number in (1, 2, 3):
            begun = threading.Event()
            taken = answers.answer(number, begun.set)
            assert await asyncio.to_thread(begun.wait, PATIENCE)
            await taken
    assert answers.done == ["read", "stored"] * 3
    assert stored(store) == {1, 2, 3}


async def test_after_several_a_whole_transaction_is_waited_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of answers that come one by one none is begun before the fortieth, which begins them all."""
    LoopClock(monkeypatch)
    async with Intake(store) as intake:
        answers = Answers(intake)
        await answers.crowd(range(1, 4))
        waiting = []
        for number in range(4, 3 + WHOLE):
            waiting.append(answers.answer(number))
            await turns()
        assert answers.done == []
        assert stored(store) == {1, 2, 3}
        waiting.append(answers.answer(3 + WHOLE))
        await asyncio.gather(*waiting)
        assert answers.done == ["read"] * WHOLE + ["stored"] * WHOLE
        next_one = answers.answer(4 + WHOLE)
        await turns()
        assert answers.done == ["read"] * WHOLE + ["stored"] * WHOLE
    assert stored(store) == set(range(1, 4 + WHOLE))
    next_one.cancel()


async def test_after_several_no_answer_waits_for_long(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a moment has passed the few that came are taken in together, and the next one alone."""
    clock = LoopClock(monkeypatch)
    async with Intake(store) as intake:
        answers = Answers(intake)
        await answers.crowd(range(1, 4))
        waiting = [answers.answer(4), answers.answer(5)]
        await turns()
        assert answers.done == []
        clock.moved = 0.3
        await asyncio.gather(*waiting)
        assert answers.done == ["read", "read", "stored", "stored"]
        clock.moved = 0.6
        await answers.answer(6)
    assert stored(store) == {1, 2, 3, 4, 5, 6}


async def test_an_end_does_not_wait_for_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An intake that is closed while it waits for more ends at once, and begins nothing."""
    LoopClock(monkeypatch)
    intake = Intake(store)
    answers = Answers(intake)
    await answers.crowd(range(1, 4))
    left = answers.answer(4)
    await turns()
    await intake.close()
    await turns()
    assert answers.done == []
    left.cancel()
    assert stored(store) == {1, 2, 3}


async def test_entries_do_not_wait_for_a_slow_feed_for_long(
    site: Site, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An opening that was put off for a feed in hand begins when its moment has passed."""
    for name in ("first", "second"):
        Outlet(site, name).publish(Item(name, f"{name} headline"))
    answering = threading.Event()

    def held(_asked: Asked) -> Answer:
        answering.wait(PATIENCE)
        return Answer(body=rss(site, [Item("slow", "Slow headline")]))

    def opened() -> set[str]:
        with desk.store.read() as db:
            return {one.text.title for one in articles.since(db, None)}

    desk = open_desk(config_text(site, "first", "second", "slow", pages="none"))
    site.at("/slow.xml", held)
    async with open_pipeline(desk, clock=lambda: NOW) as pipeline:
        clock = LoopClock(monkeypatch)
        conductor = Conductor(pipeline, gather=1.0)
        first, second, slow = desk.feeds.values()
        conductor.begin_feeds([slow, first])
        await conductor.feeds.next_end()
        await conductor.open_entries()
        conductor.begin_feeds([second])
        await conductor.feeds.next_end()
        opening = asyncio.create_task(conductor.open_entries())
        await turns()
        assert opened() == {"first headline"}
        clock.moved = 2.0  # less than what a request may take
        await opening
        assert opened() == {"first headline", "second headline"}
        monkeypatch.undo()
        answering.set()
        await conductor.feeds.next_end()
