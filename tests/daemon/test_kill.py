"""SIGKILL at random moments of a live run; benchmarks/kill_test.py does it by the hundred."""

import json
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.commands import monitor
from tests.daemon.conftest import Start, WriteConfig
from tests.ports import free_port
from tests.site import Site
from tests.waiting import PATIENCE, until
from tests.wire import Item, Outlet

KILLS = 6
PLACES = ("Tarsk", "Belmo", "Ouvrey", "Candel", "Ystrad", "Pemba", "Lorne", "Kivu")
RULES = """
[[rule]]
id = "treaty"
name = "Treaty"
alert = { now = 2, digest = 1 }

[[rule.when]]
any = ["treaty"]
score = 4

[[rule.test]]
should = ["The treaty was signed"]
should_not = ["Nothing was signed"]
"""


class Mailbox:
    """Takes every mail."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail; aiosmtpd's interface."""
        message = BytesParser(policy=default).parsebytes(envelope.original_content)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 taken"


@pytest.fixture
def post() -> Iterator[tuple[Mailbox, int]]:
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    yield mailbox, port
    controller.stop()


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def item(number: int) -> Item:
    """Return a story that shares nothing with the others but what the rule looks for."""
    chance = random.Random(number)
    place = PLACES[number]

    def words() -> str:
        return " ".join(
            "".join(chance.choices("abcdefghiklmnoprstu", k=7)) for _ in range(25)
        ).capitalize()

    text = tuple(f"{words()} {place}." for _ in range(4))
    return Item(f"story-{number}", f"{place} signs a treaty on {words()[:30]}", text, None)


def test_nothing_is_lost_or_told_twice_by_kills(
    site: Site, tmp_path: Path, start: Start, post: tuple[Mailbox, int], write_config: WriteConfig
) -> None:
    """After six kills every entry is stored once and every flagged story told in one message."""
    mailbox, port = post
    mail = (
        f'[[alert]]\nto = ["mailto:desk@example.org"]\n[email]\nhost = "127.0.0.1"\n'
        f'port = {port}\nsecurity = "none"\nfrom = "monitor@example.org"\n'
    )
    head = 'rule_files = ["rules.toml"]\n'
    write_config(tmp_path, site, "wire", head=head, extra=mail, workers=None)
    (tmp_path / "rules.toml").write_text(RULES, "utf-8")
    outlet, chance = Outlet(site, "wire"), random.Random(5)
    outlet.publish(Item("first", "A quiet day on the northern coast", published=None))

    def listed() -> list[str]:
        lines = monitor("list", "--all", folder=tmp_path).out.splitlines()
        return [json.loads(line)["guid"] for line in lines]

    first = start()
    until(lambda: bool(listed()))  # what a first reading finds is told by no alert
    first.end(signal.SIGKILL)
    for number in range(KILLS):
        outlet.publish(item(number))
        daemon = start()
        if number % 3:
            daemon.wait_for("ready")
        time.sleep(chance.uniform(0, 1.5))  # the moment of the kill, not a wait for anything
        daemon.end(signal.SIGKILL)
    last = start()
    last.wait_for("ready")

    def told() -> Counter[str]:
        """How many messages named each place; one that came twice under one id counts once."""
        texts = {mail["Message-ID"]: text_of(mail) for mail in mailbox.taken}
        return Counter(place for text in texts.values() for place in PLACES if place in text)

    until(lambda: len(told()) >= KILLS)
    assert last.end() == 0
    assert sorted(listed()) == ["first", *(f"story-{number}" for number in range(KILLS))]
    assert set(told().values()) == {1}
    checked = monitor("db", "check", folder=tmp_path)
    assert (checked.code, checked.out) == (0, "")
