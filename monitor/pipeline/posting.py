"""Post what lies in the outbox: try each message whose time has come, and mark what became of it.

A message is claimed before it is sent: its next attempt is set to a time by which this one is over.
So a store that cannot be written sends nothing, and a crash between sending and marking repeats the
message after that time, under the same Message-ID, which mail programs and our own files show once.
"""

import asyncio
import json
import logging
import random
from datetime import UTC, datetime, timedelta

from monitor import deliver
from monitor.desk import Desk
from monitor.store import sending

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)  # longer than any one attempt takes


async def post(desk: Desk, now: datetime) -> None:
    """Try every queued message that is due, one after the other."""

    def due() -> list[sending.Parcel]:
        with desk.store.read() as db:
            return sending.to_send(db, now)

    for parcel in await asyncio.to_thread(due):
        await asyncio.to_thread(_claim, desk, parcel, datetime.now(UTC))
        message = deliver.Outgoing.from_dict(json.loads(parcel.data))
        outcome = await deliver.send(message, desk.mail)
        await asyncio.to_thread(_mark, desk, parcel, outcome, datetime.now(UTC))


def _claim(desk: Desk, parcel: sending.Parcel, now: datetime) -> None:
    with desk.store.write() as db:
        sending.claim(db, parcel.id, until=now + CLAIM)


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
