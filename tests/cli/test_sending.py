"""`monitor digest --send` and `monitor outbox`: what went out, what waits, and why."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.deliver.postoffice import PASSWORD, USER, Postoffice
from tests.site import Answer, Site
from tests.wire import Item, Outlet, config_text

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        Outlet(running, "wire").publish(Item("talks", HEADLINE, published=None))
        yield running


@pytest.fixture
def desk(site: Site, tmp_path: Path) -> Path:
    digest = '[[digest]]\nname = "broken"\nrules = ["china-south-koree"]\n'
    (tmp_path / "config.toml").write_text(config_text(site, "wire", extra=digest), "utf-8")
    return tmp_path


def test_refused_digest_is_not_called_sent(site: Site, desk: Path) -> None:
    """What went out and what was parked are told apart, without the webhook's secret; code 1."""
    site.at("/T0/secret", Answer(403, body=b"no such channel"))
    to = ["--to", f"slack+{site.url('/T0/secret')}", "--to", f"file:{desk}/now.md"]
    sent = monitor("digest", "--send", *to, folder=desk)
    assert sent.code == 1
    refused, written = [line for line in sent.err.splitlines() if "sent to" in line]
    assert refused.startswith("not sent to slack webhook at 127.0.0.1: ")
    assert "403" in refused
    assert "parked; `monitor outbox retry 1`" in refused
    assert written == f"sent to file:{desk}/now.md"
    assert (desk / "now.md").exists()
    assert "secret" not in sent.out + sent.err


def test_paths_are_seen_from_the_config_or_from_where_they_are_typed(desk: Path) -> None:
    """A target of the file stands beside it, one of `--to` where the command is run."""
    elsewhere = desk / "elsewhere"
    elsewhere.mkdir()
    (desk / "config.toml").write_text('[[digest]]\nname = "kept"\nto = ["file:kept.md"]\n', "utf-8")
    options = ("--config", str(desk / "config.toml"), "digest", "kept", "--send")
    assert monitor(*options, folder=elsewhere).code == 0
    assert monitor(*options, "--to", "file:typed.md", folder=elsewhere).code == 0
    assert [file.name for file in desk.glob("*.md")] == ["kept.md"]
    assert [file.name for file in elsewhere.iterdir()] == ["typed.md"]


def test_message_that_waits_says_so_and_is_sent_by_retry(site: Site, desk: Path) -> None:
    """A server that is down leaves the message waiting; `outbox retry` tells how that went."""
    answers = [Answer(503), Answer(503), Answer(200)]
    site.at("/hook", lambda _: answers.pop(0))
    waits = monitor("digest", "--to", site.url("/hook"), folder=desk)
    again = monitor("outbox", "retry", "1", folder=desk)
    done = monitor("outbox", "retry", "1", folder=desk)
    for told in (waits, again):
        assert told.code == 1
        assert "503" in told.err
        assert "KST on; `monitor outbox retry 1`" in told.err
    assert (done.code, done.err) == (0, "sent to generic webhook at 127.0.0.1\n")
    once_more = monitor("outbox", "retry", "1", folder=desk)
    assert (once_more.code, once_more.err) == (2, "no unsent message has the id 1\n")


def test_digest_with_a_rule_that_nobody_knows_is_refused(desk: Path) -> None:
    """A misspelled rule would make a digest that is quietly empty; the nearest one is named."""
    told = monitor("digest", "broken", folder=desk)
    assert (told.code, told.out) == (2, "")
    assert 'no rule is called "china-south-koree"' in told.err
    assert 'did you mean "china-south-korea"?' in told.err


def test_the_form_that_was_asked_for_goes_out(desk: Path) -> None:
    """`--format` and `--brief` hold for what is sent too; programs are never brief."""
    sent = monitor(
        "digest", "--to", f"file:{desk}/now/", "--format", "markdown", "--brief", folder=desk
    )
    assert sent.code == 0, sent.err
    (written,) = (desk / "now").iterdir()
    assert written.suffix == ".md"
    assert written.read_text("utf-8").startswith("# Latest digest")
    told = monitor("digest", "--format", "json", "--brief", folder=desk)
    assert (told.code, told.out) == (2, "")
    assert "never brief" in told.err


async def test_check_mail_logs_in_and_sends_nothing(tmp_path: Path) -> None:
    """Or says in one line what is wrong: the password, the server, or that there is no [email]."""
    config = tmp_path / "config.toml"
    written = '[[feed]]\nname = "wire"\nurl = "https://wire.example/rss"\n'

    async def check(password: str, port: int) -> tuple[int, str]:
        config.write_text(
            f'{written}\n[email]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
            f'from = "monitor@example.org"\nusername = "{USER}"\n'
            f'password_command = ["echo", "{password}"]\n',
            "utf-8",
        )
        checked = await asyncio.to_thread(monitor, "check", "--mail", folder=tmp_path)
        return checked.code, (checked.err.splitlines() or [""])[-1]

    async with Postoffice(starttls=False) as office:
        assert await check(PASSWORD, office.port) == (0, "mail     logged in to 127.0.0.1")
        code, said = await check("wrong horse", office.port)
        assert code == 2
        assert "refused the login of desk: 535" in said
        assert "wrong horse" not in said
    assert not office.taken
    code, said = await check(PASSWORD, office.port)
    assert (code, f"mail: 127.0.0.1:{office.port}: " in said) == (2, True)
    async with Postoffice(starttls=False) as office:
        config.write_text(
            f'{written}\n[email]\nhost = "127.0.0.1"\nport = {office.port}\nsecurity = "none"\n'
            'from = "monitor@example.org"\n',
            "utf-8",
        )
        open_to_all = await asyncio.to_thread(monitor, "check", "--mail", folder=tmp_path)
        said = open_to_all.err.splitlines()[-1]
        assert (open_to_all.code, said) == (0, "mail     reached 127.0.0.1, without a login")
    config.write_text(written, "utf-8")
    nowhere = await asyncio.to_thread(monitor, "check", "--mail", folder=tmp_path)
    assert (nowhere.code, "config.toml has no [email] table" in nowhere.err) == (2, True)
