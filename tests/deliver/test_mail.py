"""Mail over a real SMTP server, through its good days and its bad ones."""

import asyncio
import re
import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.deliver import MailSettings, Outcome, check_mail, send
from monitor.errors import ConfigError, DeliveryError
from tests.deliver.postoffice import PASSWORD, USER, Postoffice, greeting
from tests.deliver.sample import message


def outcome(sent: Outcome) -> tuple[str, str]:
    return sent.state, sent.why


async def test_starttls_and_login_carry_the_message() -> None:
    """With STARTTLS, a verified certificate and AUTH the server takes the message whole."""
    async with Postoffice() as office:
        settings = office.settings(username=USER, password=PASSWORD)
        assert await send(message(), settings) == Outcome("sent")
    (mail,) = office.taken
    assert office.envelopes == [["desk@example.org"]]
    assert mail["Message-ID"] == "<1234567890abcdef@example.org>"
    assert mail["Subject"] == "朝の要約: 한국–中国"
    text, html = mail.get_body(["plain"]), mail.get_body(["html"])
    assert text
    assert html
    assert text.get_content().splitlines() == ["Plain text.", "한국 中国"]
    assert html.get_content().splitlines() == ["<p>HTML 한국</p>"]


@pytest.mark.parametrize(
    "subject",
    [
        "한국 – talks 中国 朝の要約 Seoul 한국 and minister and “a” 朝の要約 “b” “c” a",
        "Seoul and 한국 " * 12 + "end",
        "New take: (URGENT) Ministers of the two meet today, toward an agreement: X",
        "Plain words only, and many of them, so that the line has to be broken somewhere",
    ],
)
async def test_a_subject_arrives_letter_for_letter(subject: str) -> None:
    """In lines that every server takes, whatever scripts it mixes."""
    async with Postoffice() as office:
        assert (await send(message(subject=subject), office.settings())).state == "sent"
    assert office.taken[0]["Subject"] == subject[:180].strip()
    head = office.raw[0].partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 78


async def test_tls_from_the_start() -> None:
    """Security "tls" speaks TLS from the first byte."""
    async with Postoffice(tls=True) as office:
        assert (await send(message(), office.settings())).state == "sent"
    assert len(office.taken) == 1


async def test_no_security_on_loopback() -> None:
    """Security "none" sends in the clear, as a local relay wants it."""
    async with Postoffice(starttls=False) as office:
        assert (await send(message(), office.settings())).state == "sent"


async def test_a_login_to_this_machine_may_go_in_the_clear() -> None:
    """Nobody can read along on the way to a relay of one's own, by number or by name."""
    async with Postoffice(starttls=False) as office:
        settings = office.settings(username=USER, password=PASSWORD)
        assert await send(message(), settings) == Outcome("sent")
    result = await send(message(), replace(settings, host="localhost"))
    assert result.state == "retry"  # nobody is there any more, but it was tried


async def test_an_untrusted_certificate_is_not_spoken_to() -> None:
    """A certificate nobody vouches for stops the message; it is tried again and says why."""
    async with Postoffice() as office:
        result = await send(message(), office.settings(ca=None, password=PASSWORD))
    assert result.state == "retry"
    assert "certificate is not trusted" in result.why
    assert not office.taken


async def test_a_certificate_for_another_host_is_refused() -> None:
    """A trusted certificate that names another host is refused too."""
    async with Postoffice(tls=True) as office:
        result = await send(message(), office.settings(host="127.0.0.2"))
    assert result.state == "retry"
    assert not office.taken


async def test_a_server_without_starttls_gets_nothing() -> None:
    """Where STARTTLS is asked for and not offered, nothing is sent in the clear."""
    async with Postoffice(starttls=False) as office:
        result = await send(message(), office.settings(security="starttls"))
    assert (result.state, result.patience) == ("retry", timedelta(hours=4))
    assert "STARTTLS" in result.why.upper()
    assert not office.taken


async def test_a_wrong_password_is_tried_for_a_while_with_its_reason() -> None:
    """A refused login may pass; it names the user and does not repeat the password."""
    async with Postoffice() as office:
        settings = office.settings(username=USER, password="wrong horse")
        result = await send(message(), settings)
    assert (result.state, result.patience) == ("retry", timedelta(hours=4))
    assert "refused the login of desk: 535" in result.why
    assert "wrong horse" not in result.why + repr(settings)


async def test_a_password_is_never_sent_in_the_clear() -> None:
    """Security "none" with a login is refused for any host but this one."""
    settings = MailSettings(
        host="mail.example.org", from_="a@example.org", security="none", username="u", password="p"
    )
    result = await send(message(), settings)
    assert result.state == "parked"
    assert "readable" in result.why


@pytest.mark.parametrize(
    ("command", "answer", "state"),
    [
        ("RCPT", "450 4.2.1 mailbox busy", "retry"),
        ("RCPT", "550 5.1.1 no such user", "parked"),
        ("MAIL", "451 4.7.1 greylisted, come back", "retry"),
        ("MAIL", "553 5.7.1 you may not send as that", "parked"),
        ("DATA", "452 4.3.1 disk full", "retry"),
        ("DATA", "552 5.3.4 message too big", "parked"),
        ("DATA", "421 4.3.2 going down", "retry"),
    ],
)
async def test_4xx_is_tried_again_and_5xx_is_parked(command: str, answer: str, state: str) -> None:
    """The server's code decides, and its words are kept for the reader of the outbox."""
    async with Postoffice(answers={command: answer}) as office:
        result = await send(message(), office.settings())
    assert result.state == state
    assert answer[:3] in result.why
    assert answer.split(" ", 2)[2] in result.why
    assert not office.taken


async def test_a_misspelt_recipient_is_named() -> None:
    """The reason of a refused recipient says which address it was."""
    async with Postoffice(answers={"RCPT": "550 unknown"}) as office:
        result = await send(message(target="mailto:dsek@example.org"), office.settings())
    assert "refused the address dsek@example.org: 550 unknown" in result.why


async def test_a_busy_server_is_tried_again() -> None:
    """A 421 greeting is tried again."""
    async with greeting(b"421 4.7.0 too many connections\r\n") as port:
        settings = MailSettings(host="127.0.0.1", port=port, from_="a@example.org")
        result = await send(message(), settings)
    assert result.state == "retry"
    assert "421" in result.why


@pytest.mark.parametrize(
    ("code", "state"), [(400, "retry"), (499, "retry"), (500, "parked"), (599, "parked")]
)
async def test_every_code_of_a_server_is_told_with_its_words(code: int, state: str) -> None:
    """From 400 they may pass, from 500 somebody has to do something."""
    async with Postoffice(answers={"DATA": f"{code} no room"}) as office:
        result = await send(message(), office.settings())
    assert outcome(result) == (state, f"127.0.0.1:{office.port} answered {code} no room")


async def test_a_server_that_hangs_up_after_the_text_gets_the_same_message_again() -> None:
    """A connection lost after DATA is tried again; the repeat is the same to the byte."""
    async with Postoffice(drop=True) as office:
        assert (await send(message(), office.settings())).state == "retry"
        office.drop = False
        assert (await send(message(), office.settings())).state == "sent"
    assert office.raw[0] == office.raw[1]


async def test_a_server_that_never_answers_is_given_up_for_now() -> None:
    """A server that takes the connection and says nothing ends in a retry."""
    async with greeting(b"") as port:
        settings = MailSettings(host="127.0.0.1", port=port, from_="a@b.example", timeout=0.3)
        result = await send(message(), settings)
    assert result.state == "retry"
    assert "in time" in result.why


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    """A refused connection is tried again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        settings = MailSettings(host="127.0.0.1", port=port, from_="a@example.org")
        result = await send(message(), settings)
    assert result.state == "retry"
    assert re.match(rf"127\.0\.0\.1:{port}: .*(refused|connect)", result.why)


async def test_a_server_that_speaks_no_smtp_is_tried_again() -> None:
    """A web server's greeting, or noise, is no reason to lose a message."""
    for line in (b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff\xfe\x00\r\n", b"999 what\r\n"):
        async with greeting(line) as port:
            settings = MailSettings(host="127.0.0.1", port=port, from_="a@example.org", timeout=1.0)
            assert (await send(message(), settings)).state == "retry"


async def test_many_messages_at_once() -> None:
    """Twenty messages sent at the same time all arrive, each once."""
    async with Postoffice() as office:
        messages = [message(message_id=f"<{n}@example.org>") for n in range(20)]
        results = await asyncio.gather(*(send(one, office.settings()) for one in messages))
    assert {result.state for result in results} == {"sent"}
    assert {mail["Message-ID"] for mail in office.taken} == {one.message_id for one in messages}


async def test_a_hostile_answer_is_one_short_line() -> None:
    """What a server says cannot break out of the line it is shown in."""
    async with greeting(b"554-no\x1b[31m\r\n554-" + b"x" * 400 + b"\r\n554 end\r\n") as port:
        settings = MailSettings(host="127.0.0.1", port=port, from_="a@example.org")
        result = await send(message(), settings)
    assert "\x1b" not in result.why
    assert "\n" not in result.why
    assert len(result.why) < 400


async def test_login_is_proven_without_sending() -> None:
    """`check_mail` logs in and leaves; a wrong password, a dead host and a bad sender are named."""
    async with Postoffice() as office:
        await check_mail(office.settings(username=USER, password=PASSWORD))
        with pytest.raises(DeliveryError, match="refused the login") as refused:
            await check_mail(office.settings(username=USER, password="no"))
        assert refused.value.permanent
        with pytest.raises(ConfigError, match=r"email\.from"):
            await check_mail(office.settings(from_="Desk"))
        with pytest.raises(ConfigError, match=r"email\.ca"):
            await check_mail(office.settings(ca=Path("no-such.pem")))
    assert not office.taken
    with pytest.raises(DeliveryError) as absent:
        await check_mail(office.settings())
    assert not absent.value.permanent


async def test_without_a_mail_server_mail_is_parked() -> None:
    """Mail without an [email] table is parked and says what to write."""
    assert outcome(await send(message(), None)) == (
        "parked",
        "no mail server is configured; write an [email] table",
    )
