#!/usr/bin/env python3
"""Kill the desk at random moments around composing and sending, and count what arrived.

Day after day two stories are published on a loopback site; a process polls them, makes the digest
that is due and mails it to two recipients over a real SMTP server. That process is killed with
SIGKILL at a random moment and started again until the day is done. Afterwards every story must
stand in exactly one digest of each recipient, no digest may have two Message-IDs, and no more
messages may have come twice than there were kills while sending.
"""

import argparse
import asyncio
import math
import mmap
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from monitor.pipeline import make_digests, open_pipeline, post_outbox, round_of
from monitor.store import outbox
from tests.deliver.postoffice import Postoffice
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet, config_text, desk_of

RECIPIENTS = ("desk@example.org", "night@example.org")
POLLING, COMPOSING, SENDING, DONE = range(4)
LASTS = {POLLING: 1.0, COMPOSING: 0.1, SENDING: 0.1}  # seconds, about
MOST_A_DAY = 12


def config(site: Site, port: int) -> str:
    """A desk with one feed and one digest at 15:00 in Seoul."""
    to = ", ".join(f'"mailto:{one}"' for one in RECIPIENTS)
    return config_text(
        site,
        "wire",
        extra=f"""[[digest]]
name = "morning"
at = "15:00"
to = [{to}]

[email]
host = "127.0.0.1"
port = {port}
security = "none"
from = "Wire monitor <monitor@example.org>"
""",
    )


def story(day: int, number: int) -> Item:
    """A story that is flagged and like no other."""
    dice = random.Random(f"{day} {number}")
    words = ["".join(dice.choices("abcdefghijklmnop", k=6)) for _ in range(90)]
    title = f"South Korea, China foreign ministers sign {words[0]} accord number {day}-{number}"
    text = (
        f"South Korea and China signed the {words[0]} accord in Seoul.",
        " ".join(words[1:45]).capitalize() + ".",
        " ".join(words[45:]).capitalize() + ".",
    )
    return Item(f"{day}-{number}", title, text, NOW + timedelta(days=day, hours=-2))


def work(folder: Path, text: str, day: int, stage: mmap.mmap) -> None:
    """Do one day: poll, make the digest if it is due, send what waits."""
    now = NOW + timedelta(days=day)
    desk = desk_of(folder, text)

    async def poll() -> None:
        async with open_pipeline(desk, clock=Clock(now - timedelta(hours=1))) as pipeline:
            await round_of(pipeline, tuple(desk.feeds.values()))

    asyncio.run(poll())
    stage[0] = COMPOSING
    table = desk.config.digest[0]
    # At the first due time there is no window yet; half an hour later it would be too late for it.
    made_at = now - timedelta(minutes=29)
    run = make_digests.due_digest(desk, table, made_at)
    if run:
        make_digests.send_digest(desk, table, run, made_at)
    with desk.store.write() as db:
        outbox.release(db, now)  # as the daemon does when it starts: nobody else is sending
    stage[0] = SENDING
    asyncio.run(post_outbox.post(desk, now))
    stage[0] = DONE
    desk.close()


def one_day(folder: Path, text: str, day: int, dice: random.Random) -> list[int]:
    """Work until the day is done; return the stage of each kill."""
    kills: list[int] = []
    stage = mmap.mmap(-1, 1)
    while True:
        stage[0] = POLLING
        child = os.fork()
        if child == 0:
            code = 1
            try:
                work(folder, text, day, stage)
                code = 0
            finally:
                os._exit(code)
        target = dice.choice((POLLING, COMPOSING, SENDING))
        moment = dice.uniform(0, LASTS[target]) if len(kills) < MOST_A_DAY else math.inf
        since: float | None = None
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done and status:
                raise SystemExit(f"day {day}: the desk failed with status {status}")
            if done:
                return kills
            if since is None and stage[0] == target:
                since = time.monotonic()
            if since is not None and time.monotonic() - since >= moment:
                break
            time.sleep(0.0005)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return kills
        kills.append(stage[0])


def foreman(orders: "Connection[Any, Any]", seed: int) -> None:
    """Take (folder, config, day) and answer with the kills of that day, until told to stop."""
    dice = random.Random(seed)
    while order := orders.recv():
        folder, text, day = order
        orders.send(one_day(folder, text, day, dice))


async def measure(wanted: int, orders: "Connection[Any, Any]") -> bool:
    """Run days until there were enough kills; print what arrived; tell whether all is well."""
    kills: Counter[int] = Counter()
    day = 0
    with tempfile.TemporaryDirectory() as name, Site() as site:
        async with Postoffice(starttls=False) as office:
            text = config(site, office.port)
            outlet = Outlet(site, "wire")
            while kills.total() < wanted:
                outlet.items.clear()
                outlet.publish(story(day, 1), story(day, 2))
                orders.send((Path(name), text, day))
                kills.update(await asyncio.to_thread(orders.recv))
                day += 1
    took = list(zip(office.envelopes, office.taken, strict=True))
    repeats = len(took) - len({mail["Message-ID"] for _, mail in took})
    good = repeats <= kills[SENDING]
    for recipient in RECIPIENTS:
        texts: dict[str, str] = {}
        for to, mail in took:
            body = mail.get_body(["plain"])
            if recipient in to and body:
                texts[str(mail["Message-ID"])] = re.sub(r"[\s*]+", " ", str(body.get_content()))
        places = Counter(
            f"{n}-{number}"
            for n in range(day)
            for number in (1, 2)
            for one in texts.values()
            if f"accord number {n}-{number} " in one
        )
        once = sum(count == 1 for count in places.values())
        print(f"{recipient}: {len(texts)} digests for {day} days, {once} of {2 * day} stories once")
        good &= len(texts) == day and once == 2 * day
    print(
        f"kills: {kills.total()} ({kills[POLLING]} polling, {kills[COMPOSING]} composing, "
        f"{kills[SENDING]} sending, {kills[DONE]} when done); messages sent twice: {repeats}"
    )
    print("all is well" if good else "NOT well")
    return good


def main() -> None:
    """Kill, count, and leave with 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200, help="how many kills (default 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments")
    asked = parser.parse_args()
    # The foreman forks, so he is made before there are threads and event loops.
    ours, theirs = multiprocessing.Pipe()
    man = multiprocessing.get_context("fork").Process(target=foreman, args=(theirs, asked.seed))
    man.start()
    theirs.close()  # so that we hear of it when he dies
    good = asyncio.run(measure(asked.kills, ours))
    ours.send(None)
    man.join()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
