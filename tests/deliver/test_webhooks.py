"""Webhooks at a real HTTP receiver."""

import asyncio
import json
import re
import socket
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from monitor.deliver import Outcome, build_messages, parse_target, send
from tests.deliver.sample import Paper, message
from tests.site import Answer, Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A receiver."""
    with Site() as receiver:
        yield receiver


async def test_a_webhook_gets_one_post_of_json(site: Site) -> None:
    """The receiver gets the body as JSON, with the message's id as Idempotency-Key."""
    site.at("/hook", Answer(204))
    (one,) = build_messages(Paper(), [parse_target(site.url("/hook"))], "monitor@example.org")
    assert await send(one) == Outcome("sent")
    (asked,) = site.asked
    assert asked.method == "POST"
    assert asked.headers["content-type"] == "application/json; charset=utf-8"
    assert asked.headers["idempotency-key"] == one.message_id
    assert asked.headers["user-agent"] == "wire-monitor"
    assert json.loads(asked.body)["subject"] == "Morning digest: 2 stories"


async def test_a_client_of_the_caller_is_used(site: Site) -> None:
    """The caller's own client may be used for many messages and stays open."""
    site.at("/hook", Answer(200))
    async with httpx.AsyncClient() as client:
        for _ in range(3):
            assert (await send(message(target=site.url("/hook")), client=client)).state == "sent"
        assert not client.is_closed


async def test_ntfy_is_posted_to_its_root(site: Site) -> None:
    """The topic goes into the body, the post to the server's root."""
    site.at("/", Answer(200))
    target = f"ntfy+{site.url('/desk')}"
    (one,) = build_messages(Paper(), [parse_target(target)], "monitor@example.org")
    assert (await send(one)).state == "sent"
    assert json.loads(site.asked[0].body)["topic"] == "desk"


@pytest.mark.parametrize(
    ("status", "state"),
    [(300, "parked"), (400, "parked"), (401, "parked"), (404, "parked"), (410, "parked"),
     (301, "parked"), (307, "parked"), (408, "retry"), (425, "retry"), (429, "retry"),
     (500, "retry"), (503, "retry")],
)  # fmt: skip
async def test_what_an_answer_means(site: Site, status: int, state: str) -> None:
    """Faults that pass are tried again; faults of the address or the message are parked."""
    headers = {"Location": "/elsewhere"} if status in (301, 307) else {}
    site.at("/hook", Answer(status, body=b"no \x1b[31mchannel\n here", headers=headers))
    result = await send(message(target=site.url("/hook")))
    assert result.state == state
    assert str(status) in result.why
    assert "\x1b" not in result.why
    assert len(site.asked) == 1


async def test_a_redirect_asks_for_the_new_address(site: Site) -> None:
    """A redirect is not followed: a message must not go where nobody wrote it should."""
    site.at("/hook", Answer(308, headers={"Location": site.url("/other")}))
    async with httpx.AsyncClient(follow_redirects=True) as client:
        result = await send(message(target=site.url("/hook")), client=client)
    assert "write its new address" in result.why
    assert site.paths() == ["/hook"]


async def test_retry_after_is_honoured_in_both_forms(site: Site) -> None:
    """Retry-After in seconds or as a date comes back with the outcome; nonsense does not."""
    site.at("/hook", Answer(429, headers={"Retry-After": "120"}))
    target = site.url("/hook")
    assert (await send(message(target=target))).retry_after == timedelta(seconds=120)
    later = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    site.at("/hook", Answer(503, headers={"Retry-After": later}))
    wait = (await send(message(target=target))).retry_after
    assert wait
    assert timedelta(hours=1, minutes=50) < wait <= timedelta(hours=2)
    by_server = {"Retry-After": "Tue, 01 Jan 2030 10:02:00 GMT"}
    by_server |= {"Date": "Tue, 01 Jan 2030 10:00:00 GMT"}
    site.at("/hook", Answer(503, headers=by_server))
    assert (await send(message(target=target))).retry_after == timedelta(minutes=2)
    for nonsense in ("soon", "-5", "", "9" * 40, "9" * 5_000):
        site.at("/hook", Answer(503, headers={"Retry-After": nonsense}))
        wait = (await send(message(target=target))).retry_after
        assert wait is None


async def test_a_receiver_that_hangs_up_or_is_not_there_is_tried_again(site: Site) -> None:
    """A reset connection, noise and a closed port are tried again."""
    site.at("/reset", Answer(reset=True))
    site.at("/noise", Answer(raw=b"\x00\x01 nonsense\r\n\r\n"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/hook"
        for target in (site.url("/reset"), site.url("/noise"), nobody):
            result = await send(message(target=target))
            assert result.state == "retry"
            assert re.fullmatch(r"generic webhook at 127\.0\.0\.1: .*\w.*", result.why)


async def test_a_fault_without_words_is_told_by_its_kind() -> None:
    """A connection that is reset says nothing; the reason does."""

    async def reset(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(len(message().text.encode()))
        unsaid = struct.pack("ii", 1, 0)  # hang up without what is still to be said
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, unsaid)
        writer.transport.abort()

    async with await asyncio.start_server(reset, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        result = await send(message(target=f"http://127.0.0.1:{port}/hook"))
    assert (result.state, result.why) == ("retry", "generic webhook at 127.0.0.1: ReadError")


async def test_a_receiver_that_never_answers_is_given_up_for_now(site: Site) -> None:
    """A receiver that takes the post and says nothing ends in a retry."""
    site.at("/hook", Answer(silent=True))
    async with httpx.AsyncClient(timeout=0.3) as client:
        result = await send(message(target=site.url("/hook")), client=client)
    assert result.state == "retry"
    assert "in time" in result.why


async def test_the_secret_of_an_address_is_not_in_the_reason(site: Site) -> None:
    """A failing webhook's reason names its host, not its path."""
    site.at("/T0/SECRET", Answer(404, body=b"no_service"))
    result = await send(message(target=f"slack+{site.url('/T0/SECRET')}"))
    assert result.why == "slack webhook at 127.0.0.1 answered 404: no_service"


async def test_an_endless_answer_is_not_read(site: Site) -> None:
    """A receiver that answers without end is judged by its status."""
    site.at("/hook", Answer(500, body=(b"x" * 4096 for _ in range(1_000_000))))
    result = await send(message(target=site.url("/hook")))
    assert result.state == "retry"
    assert len(result.why) < 400


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        (
            "slack",
            {
                "text": "*Digest: 2*\n• <https://example.org/1|One &amp; two>\n• Three",
                "unfurl_links": False,
                "unfurl_media": False,
            },
        ),
        (
            "discord",
            {
                "content": "**Digest: 2**\n- One & two <https://example.org/1>\n- Three",
                "allowed_mentions": {"parse": []},
                "flags": 4,
            },
        ),
    ],
)
async def test_a_chat_shows_links_without_previews_and_calls_nobody(
    site: Site, shape: str, body: dict[str, object]
) -> None:
    """What a chat is sent is the whole of what it would do with it."""
    site.at("/hook", Answer(200))
    paper = Paper(
        subject="Digest: 2", lines=(("One & two", "https://example.org/1"), ("Three", ""))
    )
    target = parse_target(f"{shape}+{site.url('/hook')}")
    (one,) = build_messages(paper, [target], "monitor@example.org")
    assert (await send(one)).state == "sent"
    assert json.loads(site.asked[0].body) == body
