"""What a chat or another receiver of webhooks is sent."""

import json

import pytest

from monitor.deliver import Outgoing, build_messages, parse_target
from tests.deliver.sample import Paper


def built(paper: Paper, *targets: str) -> list[Outgoing]:
    return list(build_messages(paper, map(parse_target, targets), "monitor@example.org"))


def test_slack_text_cannot_call_or_link() -> None:
    """Slack's control sequences in a headline are escaped; our own link stands."""
    paper = Paper(lines=(("<!channel> *a* <https://evil.example|b>", "https://example.org/1"),))
    (one,) = built(paper, "slack+https://example.org/x")
    text = json.loads(one.text)["text"]
    assert "<!channel>" not in text
    assert "evil.example|" not in text
    assert "<https://example.org/1|&lt;!channel&gt;" in text


def test_discord_and_mattermost_text_cannot_call_or_link() -> None:
    """Mentions and Markdown in a headline are taken apart; mentions are off as a whole."""
    paper = Paper(lines=(("@everyone [x](https://evil.example) **b**", "https://example.org/1)"),))
    discord, mattermost = (
        json.loads(one.text)
        for one in built(paper, "discord+https://e.example/x", "mattermost+https://e.example/x")
    )
    assert discord["allowed_mentions"] == {"parse": []}
    for text in (discord["content"], mattermost["text"]):
        assert "- " in text
        assert "@\u200beveryone" in text
        assert r"\[x\]\(https" in text
    assert "(https://example.org/1%29)" in mattermost["text"]


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ("slack", "• <https://e.example/a%7Cb?c(d)=%3C1%3E&amp;e f|a¦b \u200b*\u200bc &lt;d&gt;>"),
        ("discord", r"- a\|b \*c \<d\> <https://e.example/a|b?c(d)=%3C1%3E&e f>"),
        ("mattermost", r"- [a\|b \*c \<d\>](https://e.example/a|b?c%28d%29=<1>&e%20f)"),
    ],
)
def test_neither_headline_nor_link_ends_early(shape: str, shown: str) -> None:
    """What would end a link or begin a format in a chat is written as it must be there."""
    paper = Paper(lines=(("a|b *c <d>", "https://e.example/a|b?c(d)=<1>&e f"),))
    (one,) = built(paper, f"{shape}+https://e.example/x")
    body = json.loads(one.text)
    assert (body.get("text") or body["content"]).split("\n")[1] == shown


@pytest.mark.parametrize(
    ("urgent", "priority", "tag"), [(True, 5, "rotating_light"), (False, 3, "newspaper")]
)
def test_ntfy_gets_topic_title_link_and_priority(urgent: bool, priority: int, tag: str) -> None:
    """ntfy is posted to at its root, the topic inside; alerts are urgent."""
    lines = (("First story", ""), ("Second story", "https://example.org/2"))
    (one,) = built(Paper(urgent=urgent, lines=lines), "ntfy+https://example.org/base/desk")
    assert json.loads(one.text) == {
        "topic": "desk",
        "title": "Morning digest: 2 stories",
        "message": "• First story\n• Second story",
        "priority": priority,
        "tags": [tag],
        "click": "https://example.org/2",
    }


def test_ntfy_without_a_story_says_the_subject() -> None:
    """And links nowhere."""
    (one,) = built(Paper(lines=()), "ntfy+https://example.org/desk")
    body = json.loads(one.text)
    assert body["message"] == "Morning digest: 2 stories"
    assert "click" not in body


def test_our_own_webhook_carries_the_whole_edition() -> None:
    """The generic shape holds id, subject and the edition as JSON."""
    (one,) = built(Paper(), "https://example.org/hook")
    assert json.loads(one.text) == {
        "message_id": one.message_id,
        "subject": "Morning digest: 2 stories",
        "urgent": False,
        "content": {"form": "json"},
    }


@pytest.mark.parametrize(
    ("shape", "field", "most"),
    [
        ("slack", "text", 12_000),
        ("discord", "content", 2000),
        ("mattermost", "text", 16_383),
        ("ntfy", "message", 4096),
    ],
)
def test_a_long_digest_is_cut_to_what_a_chat_takes(shape: str, field: str, most: int) -> None:
    """500 stories in a chat end with how many more there are, within the receiver's limit."""
    paper = Paper(lines=[(f"한국 Story {n} " + "x" * 100, "") for n in range(500)])
    (one,) = built(paper, f"{shape}+https://example.org/x")
    text = json.loads(one.text)[field]
    assert len(text.encode() if shape == "ntfy" else text) <= most
    assert "more" in text.split("\n")[-1]


@pytest.mark.parametrize(("letters", "last"), [(1891, "- xxx"), (1892, "… and 1 more")])
def test_what_just_fits_into_a_chat_is_not_cut(letters: int, last: str) -> None:
    """Discord is given 1,900 characters, the ends of lines among them."""
    paper = Paper(subject="T", lines=[("x" * letters, "")])
    (one,) = built(paper, "discord+https://example.org/x")
    title, story = json.loads(one.text)["content"].split("\n")
    assert title == "**T**"
    assert story.startswith(last)


@pytest.mark.parametrize(
    ("shape", "field", "room"),
    [("slack", "text", 11_000), ("discord", "content", 1900), ("mattermost", "text", 15_000)],
)
def test_a_chat_gets_whole_lines_as_far_as_they_fit(shape: str, field: str, room: int) -> None:
    """And is told how many did not."""
    paper = Paper(subject="x", lines=[("y" * 50, "")] * 400)
    (one,) = built(paper, f"{shape}+https://e.example/x")
    title, *lines, rest = json.loads(one.text)[field].split("\n")
    assert rest == f"… and {400 - len(lines)} more"
    used = len(title) + 1 + sum(len(line) + 1 for line in lines)
    assert 0 <= room - used < len(lines[0]) + 1


def test_ntfy_is_filled_by_bytes_and_its_title_cut() -> None:
    """A letter of Korean has three."""
    paper = Paper(subject="s" * 250, lines=[("가" * 100, "")] * 50)
    (one,) = built(paper, "ntfy+https://e.example/desk")
    body = json.loads(one.text)
    assert len(body["title"]) == 200
    *lines, rest = body["message"].split("\n")
    assert rest == f"… and {50 - len(lines)} more"
    assert len(lines) == 3600 // (300 + 4 + 1)
