"""Editions of digests and alerts, put into the outbox as messages."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from monitor import deliver, model
from monitor.desk import Desk, read_target
from monitor.settings import TargetTable
from monitor.store import Connection, outbox


def enqueue(
    desk: Desk,
    db: Connection,
    content: model.Edition,
    targets: Sequence[TargetTable],
    now: datetime,
) -> tuple[deliver.Outgoing, ...]:
    """Put an edition into the outbox, a message for each target; return these messages.

    Raises:
        ConfigError: a target cannot be read.
    """
    if desk.store.desk:  # another desk's of this name to the same target is another message
        content = structs.replace(content, seed=f"{content.seed} {desk.store.desk}")
    messages = deliver.build_messages(
        content,
        [read_target(to) for to in targets],
        sender=desk.config.email.from_ if desk.config.email else "",
    )
    for message in messages:
        outbox.enqueue(
            db,
            message_id=message.message_id,
            target=message.target.text,
            subject=message.subject,
            data=message.to_json(),
            now=now,
        )
    return messages
