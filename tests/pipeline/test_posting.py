"""The outbox under two senders, without a password, and after a crash."""

import asyncio
import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from monitor import deliver
from monitor.desk import Desk
from monitor.pipeline import post_outbox
from monitor.store import outbox
from tests.deliver.postoffice import PASSWORD, USER, Postoffice, greeting
from tests.pipeline.conftest import OpenDesk
from tests.site import CERTIFICATE, Answer, Asked, Site
from tests.waiting import PATIENCE, until
from tests.wire import NOW

MAIL = "mailto:desk@example.org"


def mail_server(port: int, password: str) -> str:
    return (
        f'[email]\nhost = "127.0.0.1"\nport = {port}\nusername = "{USER}"\n{password}\n'
        f'ca = "{CERTIFICATE}"\nfrom = "Wire monitor <monitor@example.org>"\n'
    )


def enqueue(desk: Desk, *targets: str) -> None:
    with desk.store.write() as db:
        for number, target in enumerate(targets):
            message = deliver.Outgoing(
                f"<{number}@example.org>",
                deliver.parse_target(target),
                "digest",
                "morning",
                "Morning",
                "News.",
                NOW,
            )
            values = {"target": target, "subject": "Morning", "data": message.to_json()}
            outbox.enqueue(db, message_id=message.message_id, **values, now=NOW)


def parcels(desk: Desk, states: Sequence[str] = ("queued", "parked")) -> list[outbox.Parcel]:
    with desk.store.read() as db:
        return outbox.parcels(db, states)


async def test_missing_password_holds_up_mail_only(open_desk: OpenDesk, tmp_path: Path) -> None:
    """Without its password mail is tried again later, with the reason; files are written."""
    desk = open_desk(mail_server(1, 'password_env = "NOBODY_SETS_THIS"'))
    enqueue(desk, MAIL, f"file:{tmp_path}/x.txt", "mailto:b@example.org", f"maildir:{tmp_path}/box")
    await post_outbox.post(desk, NOW)
    assert (tmp_path / "x.txt").read_text("utf-8") == "News."
    (written,) = (tmp_path / "box/new").iterdir()
    assert "monitor@example.org" in written.read_text("utf-8")
    waiting = parcels(desk)
    assert [item.target for item in waiting] == [MAIL, "mailto:b@example.org"]
    for item in waiting:
        assert (item.state, item.attempts) == ("queued", 1)
        assert "NOBODY_SETS_THIS is not set" in item.error
        assert item.next_attempt < NOW + post_outbox.LEASE


async def test_a_damaged_message_is_parked_and_named(open_desk: OpenDesk, tmp_path: Path) -> None:
    """It holds up no other, and what it holds is not told."""
    desk = open_desk("")
    enqueue(desk, f"file:{tmp_path}/a.txt", f"file:{tmp_path}/b.txt", f"file:{tmp_path}/x.txt")
    with desk.store.write() as db:
        db.exec_driver_sql("UPDATE outbox SET data = 's3cret' WHERE id = 1")
        db.exec_driver_sql("UPDATE outbox SET data = '[\"s3cret\"]' WHERE id = 2")
    await post_outbox.post(desk, NOW)
    assert (tmp_path / "x.txt").read_text("utf-8") == "News."
    for number, item in enumerate(parcels(desk), 1):
        assert (item.state, f"message {number} cannot be read" in item.error) == ("parked", True)
        assert "s3cret" not in item.error


async def test_desk_without_mail_needs_no_password(open_desk: OpenDesk, tmp_path: Path) -> None:
    """A message that is no mail never asks for the password."""
    asked = tmp_path / "asked"
    desk = open_desk(mail_server(1, f'password_command = ["touch", "{asked}"]'))
    enqueue(desk, f"file:{tmp_path}/x.txt")
    await post_outbox.post(desk, NOW)
    assert parcels(desk) == []
    assert not asked.exists()


async def test_slow_password_command_stops_nothing_else(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    """While a command looks the password up, everything else in the process goes on."""
    os.mkfifo(tmp_path / "password")
    async with Postoffice() as office:
        command = f'password_command = ["cat", "{tmp_path}/password"]'
        desk = open_desk(mail_server(office.port, command))
        enqueue(desk, MAIL)
        posted = asyncio.create_task(post_outbox.post(desk, NOW))
        # Opening waits for the command to read; going on afterwards takes a free event loop.
        with await asyncio.to_thread((tmp_path / "password").open, "w") as end:
            end.write(f"{PASSWORD}\n")
        await posted
        assert parcels(desk) == []
        assert office.envelopes == [["desk@example.org"]]


async def test_a_slow_password_that_is_not_to_be_had_is_asked_for_once(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Mails that no longer wait for the first learn that its password failed, and do not ask."""
    os.mkfifo(tmp_path / "gate")
    script = f"echo asked >> '{tmp_path}/log'; cat '{tmp_path}/gate'; exit 1"
    desk = open_desk(mail_server(1, f'password_command = ["sh", "-c", "{script}"]'))
    enqueue(desk, MAIL, "mailto:b@example.org")
    posted = asyncio.create_task(post_outbox.post(desk, NOW, long=0.05))
    with await asyncio.to_thread((tmp_path / "gate").open, "w"):  # the command waits at its gate
        await asyncio.to_thread(
            until, lambda: all(item.next_attempt > NOW for item in parcels(desk))
        )
    await posted
    assert (tmp_path / "log").read_text("utf-8") == "asked\n"
    assert [item.attempts for item in parcels(desk)] == [1, 1]


async def test_two_senders_send_each_message_once(site: Site, open_desk: OpenDesk) -> None:
    """What one process has in hand, or has sent since another looked, is not sent again."""
    arrived, go = threading.Event(), threading.Event()
    asked: list[str] = []

    def hook(request: Asked) -> Answer:
        asked.append(request.path)
        if request.path == "/1":
            arrived.set()
            while not (go.wait(0.02) or site.closing.is_set()):
                pass
        return Answer()

    paths = ["/1", "/2", "/3"]
    for path in paths:
        site.at(path, hook)
    desk, other = open_desk(""), open_desk("")
    enqueue(desk, *(site.url(path) for path in paths))
    first = asyncio.create_task(post_outbox.post(desk, NOW))
    assert await asyncio.to_thread(arrived.wait, PATIENCE)
    await post_outbox.post(other, NOW, by=outbox.Claimant("command"))
    go.set()
    await first
    assert sorted(asked) == paths
    assert parcels(desk) == []


async def test_crash_delays_a_message_by_the_lease(open_desk: OpenDesk, tmp_path: Path) -> None:
    """A message whose sender died is sent when its claim has run out, and not before."""
    desk = open_desk("")
    enqueue(desk, f"file:{tmp_path}/x.txt")
    with desk.store.write() as db:
        assert outbox.claim(
            db, 1, NOW, until=NOW + post_outbox.LEASE, by=outbox.Claimant("command")
        )
    await post_outbox.post(desk, NOW + timedelta(minutes=1))
    assert not (tmp_path / "x.txt").exists()
    await post_outbox.post(desk, NOW + post_outbox.LEASE)
    assert (tmp_path / "x.txt").exists()


async def test_a_target_nobody_can_read_is_parked(open_desk: OpenDesk) -> None:
    """A message stored with a target of another version is parked and said, not raised."""
    desk = open_desk("")
    data = '{"target": "pigeon:coop", "created_at": "2026-11-23T07:30:00+00:00", "references": []}'
    with desk.store.write() as db:
        values = {"target": "pigeon:coop", "subject": "Morning", "data": data}
        outbox.enqueue(db, message_id="<1@example.org>", **values, now=NOW)
    await post_outbox.post(desk, NOW)
    (left,) = parcels(desk)
    assert left.state == "parked"
    assert "pigeon:coop" in left.error


def test_claim_is_for_one(open_desk: OpenDesk) -> None:
    """Of two who saw a message due one gets it; it cannot be put back while it is in hand."""
    desk = open_desk("")
    enqueue(desk, "terminal")
    until = NOW + post_outbox.LEASE
    with desk.store.write() as db:
        assert outbox.claim(db, 1, NOW, until=until, by=outbox.Claimant("daemon"))
        assert not outbox.claim(db, 1, NOW, until=until, by=outbox.Claimant("command"))
        assert not outbox.requeue(db, 1, NOW)
        assert outbox.requeue(db, 1, until)


def test_start_releases_what_a_daemon_left_and_no_more(open_desk: OpenDesk) -> None:
    """A new daemon takes over the claims of the last one; a command that is sending keeps its."""
    desk = open_desk("")
    enqueue(desk, "terminal", MAIL)
    with desk.store.write() as db:
        outbox.claim(db, 1, NOW, until=NOW + post_outbox.LEASE, by=outbox.Claimant("daemon"))
        outbox.claim(db, 2, NOW, until=NOW + post_outbox.LEASE, by=outbox.Claimant("command"))
        assert outbox.release(db, NOW) == 1
        assert [item.target for item in outbox.to_send(db, NOW)] == ["terminal"]


def test_what_was_sent_stays_sent(open_desk: OpenDesk) -> None:
    """A sender that was slow cannot put back or park what another one has sent meanwhile."""
    desk = open_desk("")
    enqueue(desk, "terminal")
    again = NOW + timedelta(minutes=1)
    with desk.store.write() as db:
        outbox.mark_sent(db, 1, NOW)
        outbox.mark_failed(db, 1, "too slow", attempts=1, next_attempt=None)
        outbox.mark_failed(db, 1, "too slow", attempts=1, next_attempt=again)
        assert not outbox.requeue(db, 1, again)
    (parcel,) = parcels(desk, ("sent",))
    assert (parcel.attempts, parcel.error, parcel.sent) == (0, "", NOW)


async def test_a_target_that_stalls_delays_its_own_messages_only(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """While one webhook hangs, mails and files go out, in this call and in the ones that follow."""
    arrived, go = threading.Event(), threading.Event()

    def hang(_request: Asked) -> Answer:
        arrived.set()
        while not (go.wait(0.02) or site.closing.is_set()):
            pass
        return Answer()

    site.at("/hang", hang)
    in_hand: set[str] = set()
    async with Postoffice() as office:
        desk = open_desk(mail_server(office.port, 'password_command = ["echo", "x"]'))
        enqueue(desk, site.url("/hang"), site.url("/hang"), f"file:{tmp_path}/one.txt")
        first = asyncio.create_task(post_outbox.post(desk, NOW, in_hand=in_hand))
        assert await asyncio.to_thread(arrived.wait, PATIENCE)
        enqueue(desk, *[site.url("/hang")] * 3, f"file:{tmp_path}/two.txt")
        await post_outbox.post(desk, NOW, in_hand=in_hand)
        assert (tmp_path / "two.txt").exists()
        hangs = {site.url("/hang")}  # while the first may be at its file
        await asyncio.to_thread(until, lambda: in_hand == hangs)
        assert (tmp_path / "one.txt").exists()
        go.set()
        await first
    assert in_hand == set()


async def test_refused_login_is_parked_after_a_while(open_desk: OpenDesk) -> None:
    """A login that is refused once is tried again; one refused for half a day needs somebody."""
    async with Postoffice() as office:
        desk = open_desk(mail_server(office.port, 'password_command = ["echo", "wrong"]'))
        enqueue(desk, MAIL)
        await post_outbox.post(desk, NOW)
        (waiting,) = parcels(desk)
        assert (waiting.state, waiting.attempts) == ("queued", 1)
        assert "refused the login" in waiting.error
        await post_outbox.post(desk, NOW + timedelta(hours=12))
        assert [parcel.state for parcel in parcels(desk)] == ["parked"]


async def test_a_mail_that_is_not_taken_holds_up_no_other_reader(open_desk: OpenDesk) -> None:
    """Where a server takes long over one reader's mail, the others' go beside it, all of them."""
    others = [f"mailto:{n}@example.org" for n in range(12)]
    async with Postoffice() as office:
        answered = asyncio.Event()
        office.held = {"slow@example.org": answered}
        desk = open_desk(mail_server(office.port, 'password_command = ["echo", "tide pool 7"]'))
        enqueue(desk, "mailto:slow@example.org", *others)
        posted = asyncio.create_task(post_outbox.post(desk, NOW, long=0.05))
        await asyncio.to_thread(until, lambda: len(office.taken) == len(others))
        answered.set()
        await posted
    assert parcels(desk) == []
    assert len(office.taken) == len(others) + 1


async def test_who_stops_sending_has_nothing_in_hand(open_desk: OpenDesk) -> None:
    """A mail that Ctrl-C interrupts may be tried again at once, and says that it was stopped."""
    reached = asyncio.Event()

    class Held(asyncio.Event):
        async def wait(self) -> Literal[True]:
            reached.set()
            return await super().wait()

    async with Postoffice() as office:
        answered = Held()
        office.held = {"desk@example.org": answered}
        desk = open_desk(mail_server(office.port, f'password_command = ["echo", "{PASSWORD}"]'))
        enqueue(desk, MAIL)
        posted = asyncio.create_task(post_outbox.post(desk, NOW, by=outbox.Claimant("command")))
        await asyncio.wait_for(reached.wait(), PATIENCE)
        posted.cancel()
        with pytest.raises(asyncio.CancelledError):
            await posted
        (waiting,) = parcels(desk)
        assert (waiting.state, waiting.attempts) == ("queued", 0)
        assert waiting.why == "stopped before it was taken"
        answered.set()
        await post_outbox.post(desk, waiting.next_attempt)
        assert parcels(desk) == []


@pytest.mark.parametrize("greets", [b"", b"554 closed for the week\r\n"])
async def test_a_server_that_lets_nobody_in_is_asked_once(
    open_desk: OpenDesk, greets: bytes
) -> None:
    """A round knocks once where a server keeps its door shut, and all its mails say why."""
    visits: list[int] = []
    async with greeting(greets, visits) as port:
        desk = open_desk(mail_server(port, 'password_command = ["echo", "x"]'))
        desk.mail = replace(desk.mail, timeout=0.3)
        enqueue(desk, *(f"mailto:{n}@example.org" for n in range(9)))
        await post_outbox.post(desk, NOW)
    assert len(visits) == 1
    assert {item.attempts for item in parcels(desk)} == {1}
    (why,) = {item.error for item in parcels(desk)}
    assert "in time" in why or "closed for the week" in why
