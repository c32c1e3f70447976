"""Chats by Apprise: told once, retried when the service is away, without showing its token."""

import json
from collections.abc import Iterator

import pytest

from monitor.deliver import build_messages, parse_target, send
from monitor.errors import ConfigError
from tests.deliver.sample import Paper
from tests.site import Answer, Site
from tests.waiting import PATIENCE

pytest.importorskip("apprise")
pytestmark = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated")  # in Apprise


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def target(site: Site) -> str:
    # Apprise itself waits four seconds for a connection and four for an answer.
    patient = f"?cto={PATIENCE:.0f}&rto={PATIENCE:.0f}"
    return "apprise:" + site.url("/hook/secret-token").replace("http://", "json://") + patient


async def test_a_service_is_told_subject_and_stories(site: Site) -> None:
    """The service gets one notification with the subject as title and a line a story."""
    site.at("/hook/secret-token", Answer(200))
    (message,) = build_messages(Paper(), [parse_target(target(site))])
    assert (await send(message)).state == "sent"
    (asked,) = site.asked
    told = json.loads(asked.body)
    assert told["title"] == "Morning digest: 2 stories"
    assert "First story https://example.org/1" in told["message"]


async def test_a_service_that_is_away_is_tried_again(site: Site) -> None:
    """A refusal is a retry, and what is said of it holds no token."""
    site.at("/hook/secret-token", Answer(503))
    (message,) = build_messages(Paper(), [parse_target(target(site))])
    outcome = await send(message)
    assert outcome.state == "retry"
    assert "json (Apprise)" in outcome.why
    assert "secret-token" not in outcome.why + parse_target(target(site)).label


async def test_a_service_nobody_knows_is_parked() -> None:
    """An address that Apprise cannot read needs a person."""
    (message,) = build_messages(Paper(), [parse_target("apprise:nosuchservice://x")])
    outcome = await send(message)
    assert "no address that Apprise knows" in outcome.why


@pytest.mark.parametrize("text", ["apprise:", "apprise:telegram", "apprise://x"])
def test_a_target_without_a_service_is_a_fault(text: str) -> None:
    """What names no service is told when the configuration is read."""
    with pytest.raises(ConfigError, match="names no service"):
        parse_target(text)
