"""Post what lies in the outbox: try each message whose time has come, and mark what became of it.

Marking comes after sending. A crash in between sends a message a second time, under the same
Message-ID, which mail programs and our own files show once.
"""

import asyncio
import json
import logging
import random
from datetime import UTC, datetime

from monitor import deliver
from monitor.desk import Desk
from monitor.store import sending

log = logging.getLogger(__name__)


async def post(desk: Desk, now: datetime) -> None:
    """Try every queued message that is due, one after the other."""

    def due() -> list[sending.Parcel]:
        with desk.store.read() as db:
            return sending.to_send(db, now)

    for parcel in await asyncio.to_thread(due):
        message = deliver.Outgoing.from_dict(json.loads(parcel.data))
        outcome = await deliver.send(message, desk.mail)
        await asyncio.to_thread(_mark, desk, parcel, outcome, datetime.now(UTC))


def _mark(desk: Desk, parcel: sending.Parcel, outcome: deliver.Outcome, now: datetime) -> None:
    with desk.store.write() as db:
        if outcome.state == "sent":
            sending.mark_sent(db, parcel.id, now)
            return
        attempts = parcel.attempts + 1
        parked = outcome.state == "parked" or deliver.worn_out(parcel.created, now)
        again = deliver.next_attempt(attempts, now, random.random(), outcome.retry_after)
        sending.mark_failed(
            db, parcel.id, outcome.why, attempts=attempts, next_attempt=None if parked else again
        )
    label = deliver.parse_target(parcel.target).label
    what = "parked; see `monitor outbox list`" if parked else f"again at {again:%H:%M} UTC"
    log.warning("message to %s not sent: %s (%s)", label, outcome.why, what)
