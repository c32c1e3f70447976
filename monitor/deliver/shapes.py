"""Webhook bodies in the shapes of the common receivers.

Chats get the short form: the subject, then a line a story with its link, cut to what the receiver
takes and saying what was cut. Text from the web is escaped for each receiver, so that a headline
can neither make a link nor call a channel (`@everyone`, `<!channel>`).
"""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from monitor import urls
from monitor.deliver.targets import Target
from monitor.text import one_line

_MARKDOWN = re.compile(r"([\\`*_~|\[\]()<>#])")
# What each receiver takes, with some room left: characters, for ntfy bytes.
_DISCORD, _SLACK, _MATTERMOST, _NTFY = 1900, 11_000, 15_000, 3600


class Brief(Struct, frozen=True):
    """A message in short: a subject and (text, link) lines, the most important first."""

    subject: str
    lines: Sequence[tuple[str, str]]
    urgent: bool


def webhook_body(target: Target, brief: Brief, whole: Callable[[], str], message_id: str) -> str:
    """Return the JSON body a receiver expects.

    Args:
        target: the webhook; its shape decides.
        brief: the message in short, for chats.
        whole: gives the whole message as a JSON object, for the generic shape.
        message_id: the message's id, for the generic shape.
    """
    body: dict[str, Any]
    if target.shape == "slack":
        lines = [f"*{_slack(brief.subject)}*", *(_slack_line(*line) for line in brief.lines)]
        body = {"text": _fill(lines, _SLACK), "unfurl_links": False, "unfurl_media": False}
    elif target.shape == "discord":
        lines = [f"**{_markdown(brief.subject)}**", *(_plain_line(*line) for line in brief.lines)]
        body = {"content": _fill(lines, _DISCORD), "allowed_mentions": {"parse": []}, "flags": 4}
    elif target.shape == "mattermost":
        title = f"**{_markdown(brief.subject)}**"
        body = {
            "text": _fill([title, *(_markdown_line(*line) for line in brief.lines)], _MATTERMOST)
        }
    elif target.shape == "ntfy":
        body = _ntfy(target, brief)
    else:
        body = {
            "message_id": message_id,
            "subject": one_line(brief.subject),
            "urgent": brief.urgent,
            "content": json.loads(whole()),
        }
    return json.dumps(body, ensure_ascii=False)


def posting_address(target: Target) -> str:
    """Return where to post: ntfy takes JSON at its root, the topic being named inside."""
    if target.shape != "ntfy":
        return target.address
    return target.address.rstrip("/").rpartition("/")[0] + "/"


def _ntfy(target: Target, brief: Brief) -> dict[str, Any]:
    message = _fill(
        [f"• {one_line(text)}" for text, _ in brief.lines] or [one_line(brief.subject)],
        _NTFY,
        measure=lambda line: len(line.encode()),
    )
    link = next((url for _, url in brief.lines if url), "")
    return {
        "topic": urls.split(target.address).path.rstrip("/").rpartition("/")[2],
        "title": one_line(brief.subject)[:200],
        "message": message,
        "priority": 5 if brief.urgent else 3,
        "tags": ["rotating_light" if brief.urgent else "newspaper"],
        **({"click": link} if link else {}),
    }


def _fill(lines: Sequence[str], room: int, measure: Callable[[str], int] = len) -> str:
    """Join as many lines as fit, and say how many did not."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        room -= measure(line) + 1
        if room < 0:
            kept.append(f"… and {len(lines) - number} more")
            break
        kept.append(line)
    return "\n".join(kept)


def _slack(text: str) -> str:
    """Escape for Slack, and keep *, _, ~ and ` from becoming formatting."""
    text = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([*_~`])", "\u200b\\1\u200b", text)


def _slack_line(text: str, url: str) -> str:
    shown = _slack(text)
    # A vertical bar or an angle bracket would end the link early.
    address = url.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E").replace("&", "&amp;")
    return f"• <{address}|{shown.replace('|', '¦')}>" if url else f"• {shown}"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", one_line(text)).replace("@", "@\u200b")


def _markdown_line(text: str, url: str) -> str:
    shown = _markdown(text)
    address = url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"- [{shown}]({address})" if url else f"- {shown}"


def _plain_line(text: str, url: str) -> str:
    # Angle brackets keep Discord from unfolding a preview of every link.
    address = url.replace(">", "%3E").replace("<", "%3C")
    return f"- {_markdown(text)}" + (f" <{address}>" if url else "")
