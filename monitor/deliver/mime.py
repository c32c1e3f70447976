"""From an outgoing message to a mail (RFC 5322, MIME).

Every header value is one clean line before it reaches `email`, which refuses line breaks a second
time. The same message gives the same bytes each time, its boundary and date included, so that a
repeated delivery can be told by anyone. Bodies are 7-bit clean, because not every server between us
and the reader takes 8-bit mail.
"""

import binascii
import hashlib
import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from monitor.deliver.mail_settings import MailSettings
from monitor.deliver.outgoing import Outgoing
from monitor.text import clean, one_line

_HEADER_LINE = 76  # characters (RFC 2047, 2); an encoded word has 75 at most


class _Policy(EmailPolicy):
    """Headers beyond ASCII are written by `email.header`.

    `EmailPolicy` writes encoded words of 76 characters, and loses a space where ASCII words and
    others meet (7 % of mixed subjects in a trial).
    """

    def fold(self, name: str, value: Any) -> str:
        """Return a header as it is sent."""
        text, charset = str(value), "utf-8"
        if text.isascii():
            folded = str(super().fold(name, value))
            # A subject of just a line would begin on the second, and read with a space before it.
            if name != "Subject" or not folded.startswith("Subject:\r\n"):
                return folded
            charset = "us-ascii"
        rest = ""
        if addresses := getattr(value, "addresses", ()):
            text, rest = addresses[0].display_name, f" <{addresses[0].addr_spec}>"
        header = Header(text, charset, maxlinelen=_HEADER_LINE, header_name=name)
        written = header.encode(linesep="\r\n")
        if len(written.rpartition("\n")[2]) + len(rest) > _HEADER_LINE:
            rest = f"\r\n{rest}"
        return f"{name}: {written}{rest}\r\n"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as it is sent."""
        return self.fold(name, value).encode("ascii", "surrogateescape")


_POLICY = _Policy(linesep="\r\n", cte_type="7bit", raise_on_defect=False)
_SUBJECT = 180
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}@[!-;=?-~]{1,240}>")


def to_mime(outgoing: Outgoing, settings: MailSettings) -> EmailMessage:
    """Return the message as mail, ready to be sent or written to a maildir.

    Raises:
        ConfigError: the sender's address cannot be read.
    """
    sender = settings.sender
    user, _, domain = sender.rpartition("@")
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(settings.sender_name, user, domain)
    target = outgoing.target
    message["To"] = target.address if target.kind == "mail" else sender
    message["Subject"] = one_line(outgoing.subject)[:_SUBJECT] or "(no subject)"
    message["Date"] = format_datetime(outgoing.created_at)
    message["Message-ID"] = outgoing.message_id
    if _MESSAGE_ID.fullmatch(outgoing.in_reply_to):
        message["In-Reply-To"] = outgoing.in_reply_to
    references = [one for one in outgoing.references if _MESSAGE_ID.fullmatch(one)]
    if references:
        message["References"] = " ".join(references)
    # RFC 2919 names the list, RFC 3834 keeps out-of-office answers away.
    label = re.sub(r"[^A-Za-z0-9-]+", "-", outgoing.name).strip("-").lower() or outgoing.kind
    message["List-Id"] = f"<{label[:60]}.wire-monitor.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if outgoing.kind == "alert":
        message["Importance"] = "high"
    text = clean(outgoing.text)
    message.set_content(text, cte=_encoding(text))
    if outgoing.html:
        message.add_alternative(outgoing.html, subtype="html", cte=_encoding(outgoing.html))
    if outgoing.attachment:
        file = f"{label[:60]}-{outgoing.created_at:%Y-%m-%d}.html"
        message.add_attachment(outgoing.attachment, subtype="html", filename=file)
    seed = hashlib.sha256(outgoing.message_id.encode()).hexdigest()[:40]
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{seed}{number}" if number else f"=_{seed}")
    return message


def _encoding(body: str) -> str | None:
    """Return "base64" where that is shorter; else None, and `email` chooses what can be read.

    `email` looks at the first ten lines alone, and a page that begins with its styles has its
    Chinese and Korean, three times as long in quoted-printable, after them.
    """
    data = body.encode("utf-8", "replace")
    shorter = len(binascii.b2a_base64(data)) < len(binascii.b2a_qp(data))
    return "base64" if shorter else None
