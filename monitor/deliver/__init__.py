"""The ways out: mail, webhooks, files, the terminal. Nothing here decides what is news.

`parse_target` reads where to, `build_messages` makes one `Outgoing` a target for the outbox, `send`
tries one of them once and says what became of it, and `next_attempt` says when to try again.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.deliver.backoff import GIVE_UP_AFTER, next_attempt, worn_out
    from monitor.deliver.mail_settings import (
        MailSettings,
        password_from_command,
        resolve_password,
    )
    from monitor.deliver.messages import build_messages
    from monitor.deliver.mime import to_mime
    from monitor.deliver.outcome import Outcome, unwritten
    from monitor.deliver.outgoing import Outgoing
    from monitor.deliver.sending import send
    from monitor.deliver.smtp import check_mail
    from monitor.deliver.targets import Target, label_of, mail_address, parse_target
else:
    __getattr__ = on_demand(
        __name__,
        {
            "backoff": (
                "GIVE_UP_AFTER",
                "next_attempt",
                "worn_out",
            ),
            "mail_settings": (
                "MailSettings",
                "password_from_command",
                "resolve_password",
            ),
            "messages": ("build_messages",),
            "mime": ("to_mime",),
            "outcome": ("Outcome", "unwritten"),
            "outgoing": ("Outgoing",),
            "sending": ("send",),
            "smtp": ("check_mail",),
            "targets": (
                "Target",
                "label_of",
                "mail_address",
                "parse_target",
            ),
        },
    )

__all__ = [
    "GIVE_UP_AFTER",
    "MailSettings",
    "Outcome",
    "Outgoing",
    "Target",
    "build_messages",
    "check_mail",
    "label_of",
    "mail_address",
    "next_attempt",
    "parse_target",
    "password_from_command",
    "resolve_password",
    "send",
    "to_mime",
    "unwritten",
    "worn_out",
]
