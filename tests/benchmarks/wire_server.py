"""The benchmarks' feed server, made to be polled every second and to fail now and then.

Given the path of `feed_server.py`, it is run in a process of its own with changes: the feeds do
not ask to be read seldom (no <ttl>, no max-age), a share of all requests is reset, new entries may
be dated some distance apart (`step`), for a reader whose clock runs fast, they may come to some of
the feeds only at a time (`groups`), and every sentence is made anew: drawn from a few thousand, as
the server does, they make one story of unrelated texts. The server's sixty words a language still
make all texts look alike; `varied` texts have twenty thousand, as frequent as in a language (Zipf).
"""

import gzip
import importlib.util
import itertools
import json
import multiprocessing
import os
import random
import signal
import socket
import sys
import time
import urllib.request
from argparse import Namespace
from collections.abc import Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any


def load(path: Path) -> ModuleType:
    """Import the feed server from its path."""
    spec = importlib.util.spec_from_file_location("feed_server", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["feed_server"] = module
    spec.loader.exec_module(module)
    return module


_NEWEST = 399  # the newest entry of tick 0
_APART = 600  # seconds between two entries, as the server dates them


def vocabulary(syllables: Sequence[str], words: int = 20_000) -> tuple[list[str], list[float]]:
    """Return made-up words and the sums of their frequencies (Zipf's law)."""
    chance = random.Random(f"{syllables[0]}{words}")
    made = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(words)]
    return made, list(itertools.accumulate(1 / (rank + 3) for rank in range(words)))


def varied_words() -> dict[str, tuple[list[str], list[float]]]:
    """Return a vocabulary for each of the server's languages."""
    ends = ("a", "e", "i", "o", "u", "an", "er", "ing")
    return {
        "en": vocabulary([begin + end for begin in "bcdfghklmnprstvw" for end in ends]),
        "zh": vocabulary([chr(0x4E00 + 3 * number) for number in range(2000)]),
        "ko": vocabulary([chr(0xAC00 + 13 * number) for number in range(800)]),
        "ja": vocabulary([chr(0x3042 + number) for number in range(80)]),
    }


def varied_sentence(
    words: tuple[list[str], list[float]], spaced: bool, named: bool, chance: random.Random
) -> str:
    """Return a sentence; where it is `named`, one word in twelve is a name."""
    found = chance.choices(words[0], cum_weights=words[1], k=chance.randint(9, 22))
    if named:
        found = [word.title() if chance.random() < 1 / 12 else word for word in found]
        found[0] = found[0].title()
    return (" " if spaced else "").join(found) + (". " if spaced else "。")


def serve(
    path: Path,
    options: dict[str, Any],
    *,
    resets: float,
    step: float,
    apart: int,
    groups: int,
    varied: bool,
) -> None:
    """Serve until killed."""
    import asyncio

    module = load(path)
    words_of = varied_words() if varied else {}
    feed_of, send_of, answer_of = module.Content.feed, module.Server.send, module.Server.answer
    entry_of = module.Content.entry
    begun, epoch = time.time(), options["epoch"]
    made: dict[int, tuple[Any, Any]] = {}

    def feed(self: Any, f: int, tick: int, total: int) -> Any:
        turns = (tick + groups - 1 - f % groups) // groups  # of this feed, among `tick`
        news = total - _NEWEST - 1
        mine = news if turns == tick else news // tick * turns
        given = feed_of(self, f, turns, _NEWEST + 1 + mine)
        if f not in made or made[f][0] is not given:
            body, _, etag, when = given
            body = body.replace(b"<ttl>10</ttl>", b"")
            made[f] = given, (body, gzip.compress(body, 1), etag, when)
        return made[f][1]

    def entry(self: Any, f: int, e: int) -> Any:
        self.a.epoch = epoch + (apart - _APART) * (e - _NEWEST)
        if step and e > _NEWEST:  # so that number e comes out as the server would date it
            self.a.epoch = int(begun + (e - _NEWEST) * step) + 90_000 - _APART * e
        try:
            return entry_of(self, f, e)
        finally:
            self.a.epoch = epoch

    def sentences(_self: Any, lang: str, chance: random.Random, number: int) -> list[str]:
        words, spaced = module.WORDS[lang], lang in ("en", "ko")
        if varied:
            return [
                varied_sentence(words_of[lang], spaced, lang == "en", chance) for _ in range(number)
            ]
        join, stop = (" ", ". ") if spaced else ("", "。")
        return [
            join.join(chance.choices(words, k=chance.randint(9, 22))).capitalize() + stop
            for _ in range(number)
        ]

    def send(
        self: Any, code: int, body: bytes, kind: str, gz: bool = False, extra: str = ""
    ) -> Any:
        return send_of(
            self, code, body, kind, gz, extra.replace("Cache-Control: max-age=60\r\n", "")
        )

    def answer(self: Any, path: str, headers: Any) -> Any:
        if resets and random.random() < resets:
            return self.tr.abort()
        return answer_of(self, path, headers)

    module.Content.feed, module.Server.send, module.Server.answer = feed, send, answer
    module.Content.entry, module.Content.sentences = entry, sentences
    given = Namespace(**options)
    given.url = lambda f: f"http://{module.host(f % given.hosts)}:{given.port}"
    asyncio.run(module.main(given))


class Wire:
    """A running feed server."""

    def __init__(self, module: ModuleType, process: BaseProcess, options: dict[str, Any]) -> None:
        self._module, self._process, self._options = module, process, options
        self.ticks = 0
        self.feeds: int = options["feeds"]

    def url(self, feed: int) -> str:
        """The address of a feed."""
        host = self._module.host(feed % self._options["hosts"])
        return f"http://{host}:{self._options['port']}/f/{feed}.xml"

    def fails(self, feed: int) -> bool:
        """Whether a feed always fails."""
        return bool(self._module.pick(self._options["fail"], "fail", feed))

    def pause(self) -> None:
        """Answer nothing."""
        os.kill(self._process.pid or 0, signal.SIGSTOP)

    def resume(self) -> None:
        """Answer again."""
        os.kill(self._process.pid or 0, signal.SIGCONT)

    def stats(self) -> dict[str, Any]:
        """What the server counted: requests, the most at once to a host, the least gap, …"""
        counted: dict[str, Any] = json.loads(self._control("/stats"))
        return counted

    def tick(self, new: int = 2) -> None:
        """Let every feed of the group whose turn it is have some new entries, always as many."""
        self._control(f"/ctl/tick?k={new}")
        self.ticks += 1

    def _control(self, path: str) -> bytes:
        base = self.url(0).rpartition("/f/")[0]
        with urllib.request.urlopen(base + path, timeout=30) as answer:
            return bytes(answer.read())


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    path: Path,
    feeds: int,
    *,
    hosts: int = 0,
    fail: str = "",
    resets: float = 0.0,
    step: float = 0.0,
    newest: float = 50_600.0,
    apart: int = _APART,
    groups: int = 1,
    varied: bool = False,
) -> Any:
    """Run the server with `feeds` feeds; yields a Wire.

    Args:
        hosts: how many share the feeds; 0 for one each.
        step: seconds between the dates of two new entries; 0 for the server's own.
        newest: age of the newest entry, in seconds; those before it lie `apart` seconds apart.
        groups: of feeds that have their news in turns: feed f with ticks f % groups + 1, …
        varied: whether texts differ as those of a language do.
    """
    module = load(path)
    port = free_port()
    options = {
        "feeds": feeds,
        "hosts": hosts or feeds,
        "port": port,
        "seed": 7,
        "epoch": int(time.time() - newest) + 90_000 - _APART * _NEWEST,
        "latency": module.parse_shares("0:.6,50:.3,300:.1"),
        "fail": module.parse_shares(fail),
        "noise": 0.0,
        "timeout_seconds": 20,
        "tls": False,
        "no_wishes": True,
        "max_seconds": 36_000,
    }
    changes = {
        "resets": resets,
        "step": step,
        "apart": apart,
        "groups": groups,
        "varied": varied,
    }
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=serve, args=(path, options), kwargs=changes, daemon=True)
    process.start()
    wire = Wire(module, process, options)
    try:
        while process.is_alive():  # ten thousand feeds take it a minute to make
            try:
                wire._control("/stats")
                break
            except OSError:
                time.sleep(0.2)
        yield wire
    finally:
        process.kill()
        process.join()
