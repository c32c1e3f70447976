"""What is in hand when a daemon is told to stop: it is taken in, and filed, before it goes."""

import json
import signal
import threading
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.site import Answer, Asked, Site
from tests.waiting import PATIENCE, until
from tests.wire import Item, rss

ENTRIES = 4


@pytest.mark.parametrize("feeds", [1, 5])
def test_what_feeds_answer_after_the_signal_is_filed_before_the_end(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig, feeds: int
) -> None:
    """Each entry of feeds that answer while it ends is an article when the daemon is gone."""
    asked_again, told = threading.Semaphore(0), threading.Event()

    def answer(asked: Asked) -> Answer:
        name = asked.path.removeprefix("/").removesuffix(".xml")
        items = [Item(f"{name}-1", f"Envoys meet in {name}", published=None)]
        if site.paths().count(asked.path) > 1:
            asked_again.release()
            told.wait(PATIENCE)
            items += [
                Item(f"{name}-{n}", f"Ferry {n} sails from {name}", published=None)
                for n in range(2, ENTRIES + 1)
            ]
        return Answer(body=rss(site, items))

    def is_filed() -> dict[str, bool]:
        lines = monitor("list", "--all", folder=tmp_path).out.splitlines()
        entries = [json.loads(line) for line in lines]
        return {entry["guid"]: entry["article"] is not None for entry in entries}

    places = ["Tarsk", "Belmo", "Ouvrey", "Candel", "Ystrad"][:feeds]
    for place in places:
        site.at(f"/{place}.xml", answer)
    write_config(tmp_path, site, *places)
    daemon = start()
    until(lambda: is_filed() == {f"{place}-1": True for place in places})
    for _ in places:
        assert asked_again.acquire(timeout=PATIENCE)
    daemon.process.send_signal(signal.SIGTERM)
    daemon.wait_for("stopping")
    told.set()
    assert daemon.wait() == 0
    assert is_filed() == {
        f"{place}-{number}": True for place in places for number in range(1, ENTRIES + 1)
    }
