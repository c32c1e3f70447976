"""Messages and editions for the tests of `monitor.deliver`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from monitor.deliver import Outgoing, parse_target
from monitor.model import Form, MailBodies

AT = datetime(2026, 11, 22, 22, 30, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Paper:
    """An edition of fixed forms."""

    kind: str = "digest"
    name: str = "morning"
    seed: str = "1"
    subject: str = "Morning digest: 2 stories"
    made_at: datetime = AT
    timezone: str = "Asia/Seoul"
    urgent: bool = False
    lines: Sequence[tuple[str, str]] = (
        ("First story", "https://example.org/1"),
        ("Second story", "https://example.org/2"),
    )
    threads: Sequence[str] = ()
    rendered: list[str] = field(default_factory=list)
    attachment: str = ""

    def mail(self, form: Form) -> MailBodies:
        """Return the bodies of a mail."""
        self.rendered.append("mail")
        if form.name == "text":
            return MailBodies("the text 한국 中国\n", "", self.attachment)
        return MailBodies("the text 한국 中国\n", "<p>the html 한국 中国</p>\n", self.attachment)

    def render(self, form: Form) -> str:
        """Return a text that says which form it is."""
        self.rendered.append(form.name)
        said = f"the brief {form.name}" if form.brief else f"the {form.name}"
        return '{"form": "json"}' if form.name == "json" else f"{said} 한국 中国\n"


def message(**fields: Any) -> Outgoing:
    """A mail to the desk."""
    known: dict[str, Any] = {
        "message_id": "<1234567890abcdef@example.org>",
        "target": "mailto:desk@example.org",
        "kind": "digest",
        "name": "morning",
        "subject": "朝の要約: 한국–中国",
        "text": "Plain text.\n한국 中国\n",
        "html": "<p>HTML 한국</p>",
        "created_at": AT,
    }
    known |= fields
    return Outgoing(**known | {"target": parse_target(known["target"])})
