"""What is in hand when a daemon is told to stop: it is taken in, and filed, before it goes."""

import contextlib
import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.commands import monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.site import Answer, Asked, Site
from tests.waiting import PATIENCE, until
from tests.wire import Item, rss

ENTRIES = 4
# What Python runs first: what files entries is loaded when the test opens the other end of a pipe.
SLOW = """
import sys
class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "monitor.pipeline.ingest":
            open("begun", "w").close()
            open("pipe").close()
sys.meta_path.insert(0, Slow())
"""


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


def test_what_comes_while_rules_are_still_loading_is_filed_before_the_end(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """A feed that answers after the signal, while another's entries wait to be filed, is filed."""
    asked = threading.Semaphore(0)
    told = {name: threading.Event() for name in ("Tarsk", "Belmo")}

    def answer(asking: Asked) -> Answer:
        name = asking.path.removeprefix("/").removesuffix(".xml")
        asked.release()
        told[name].wait(PATIENCE)
        return Answer(body=rss(site, [Item(name, f"Envoys meet in {name}", published=None)]))

    def state() -> dict[str, Any]:
        said: dict[str, Any] = json.loads(monitor("status", "--json", folder=tmp_path).out)
        return said

    (tmp_path / "sitecustomize.py").write_text(SLOW)
    os.mkfifo(tmp_path / "pipe")
    for name in told:
        site.at(f"/{name}.xml", answer)
    write_config(tmp_path, site, *told)
    daemon = start(variables={"PYTHONPATH": str(tmp_path)})
    for _ in told:
        assert asked.acquire(timeout=PATIENCE)
    daemon.process.send_signal(signal.SIGTERM)
    daemon.wait_for("stopping")
    told["Tarsk"].set()
    until((tmp_path / "begun").exists)
    told["Belmo"].set()
    until(lambda: state()["store"]["entries"] == 2)
    with contextlib.suppress(AssertionError):  # one that waits for nobody is at its end by then
        until(lambda: state()["last_round"] is not None, seconds=0.5)
    (tmp_path / "pipe").open("w").close()
    assert daemon.wait() == 0
    assert state()["store"]["articles"] == 2
