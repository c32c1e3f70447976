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


@pytest.mark.parametrize("feeds", [1, 5])
def test_what_feeds_answer_after_the_signal_is_filed_before_the_end(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig, feeds: int
) -> None:
    """Each entry of feeds that answer while it ends is an article when the daemon is gone."""
    told = threading.Event()

    def held(asked: Asked) -> Answer:
        told.wait(PATIENCE)
        name = asked.path.removeprefix("/").removesuffix(".xml")
        return Answer(body=rss(site, [Item(name, f"Envoys meet in {name}", published=None)]))

    places = ["Tarsk", "Belmo", "Ouvrey", "Candel", "Ystrad"][:feeds]
    for place in places:
        site.at(f"/{place}.xml", held)
    write_config(tmp_path, site, *places)
    daemon = start()
    until(lambda: set(site.paths()) == {f"/{place}.xml" for place in places})
    daemon.process.send_signal(signal.SIGTERM)
    daemon.wait_for("stopping")
    told.set()
    assert daemon.wait() == 0
    listed = [
        json.loads(line)
        for line in monitor("list", "--all", folder=tmp_path).out.split("\n")
        if line
    ]
    assert {one["guid"]: one["article"] is not None for one in listed} == dict.fromkeys(
        places, True
    )
