"""Chats and push services by Apprise, an extra: a hundred services, each by the URL it documents.

Feishu/Lark, DingTalk, WeCom, LINE, Telegram, Teams and their like differ in tokens, signatures and
lengths; Apprise keeps up with them. One message is one notification; what a service does not take
in one piece Apprise cuts to its limit. Its log, which may hold tokens, is kept out of ours.
"""

import asyncio
import logging

from monitor.deliver.outcome import Outcome, parked, retry, sent
from monitor.deliver.outgoing import Outgoing

INSTALL = "pip install 'wire-monitor[chat]'"
_WHOLE = 120.0  # seconds for all of an answer


async def notify(outgoing: Outgoing) -> Outcome:
    """Hand a message to a chat service; never raises for what the service does."""
    try:
        async with asyncio.timeout(_WHOLE):
            return await asyncio.to_thread(_notify, outgoing)
    except TimeoutError:
        return retry(f"{outgoing.target.label} did not answer in time")


def _notify(outgoing: Outgoing) -> Outcome:
    try:
        import apprise  # an extra, and slow to load
    except ImportError:
        return parked(f"apprise is not installed; {INSTALL}")
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    service = apprise.Apprise()
    if not service.add(outgoing.target.address):
        return parked(f"{outgoing.target.label} is no address that Apprise knows")
    told = service.notify(
        title=outgoing.subject, body=outgoing.text, body_format=apprise.NotifyFormat.TEXT
    )
    return sent() if told else retry(f"{outgoing.target.label} did not take the message")
