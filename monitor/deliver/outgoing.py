"""A message as it waits in the outbox.

It is complete: sending needs nothing but it and the mail settings. Its Message-ID
is made once from what the message is (digest or alert, name, target and the edition's seed), never
from chance, so that making the same message again gives the same id.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, structs

from monitor.deliver.targets import Target, parse_target


class Outgoing(Struct, frozen=True):
    """One message to one target."""

    message_id: str  # with its angle brackets
    target: Target  # a file's path is filled in
    kind: str  # "digest" or "alert"
    name: str  # of the digest, or "alerts"
    subject: str
    text: str  # what is sent: plain text, a file's content, a webhook's JSON body
    created_at: datetime  # in UTC
    html: str = ""  # the HTML alternative of a mail
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachment: str = ""  # an HTML file that holds what the bodies of a mail have no room for

    def to_json(self) -> str:
        """Return it as JSON, for the store."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-able data."""
        return structs.asdict(self) | {
            "target": self.target.text,
            "created_at": self.created_at.isoformat(),
            "references": list(self.references),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Outgoing":
        """Return what `to_dict` gave; raises ConfigError for a target that cannot be read."""
        return cls(
            **{
                **data,
                "target": parse_target(data["target"]),
                "created_at": datetime.fromisoformat(data["created_at"]),
                "references": tuple(data["references"]),
            }
        )


def fixed_id(*parts: str, domain: str) -> str:
    """Return the Message-ID that belongs to these parts for ever (RFC 5322 section 3.6.4)."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{digest[:32]}@{domain}>"


def in_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC, to the second, as a Date header can say it."""
    return moment.astimezone(UTC).replace(microsecond=0)
