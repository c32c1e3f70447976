"""Webhooks: one POST of JSON a message.

Any 2xx means it was taken. 408, 425, 429, 5xx and faults of the network may pass, and a Retry-After
is honoured; any other answer, a redirect among them, needs somebody to correct the address. The
message's id travels as Idempotency-Key, so that a receiver can tell a repeat.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import httpx

from monitor.dates import http
from monitor.deliver.outcome import Outcome, parked, retry, sent
from monitor.deliver.outgoing import Outgoing
from monitor.deliver.shapes import posting_address
from monitor.deliver.targets import Target
from monitor.text import one_line

_STEP, _WHOLE = 30.0, 120.0  # seconds for one step, and for all of an answer
_SAID = 300
_PASSING = {408, 425, 429}


async def post(
    outgoing: Outgoing,
    target: Target,
    *,
    client: httpx.AsyncClient | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Outcome:
    """Post a message's JSON body to a webhook; never raises for what the server does."""
    if client is None:
        async with httpx.AsyncClient(timeout=_STEP) as own:
            return await post(outgoing, target, client=own, now=now)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "wire-monitor",
        "Idempotency-Key": outgoing.message_id,
    }
    try:
        async with (
            asyncio.timeout(_WHOLE),
            client.stream(
                "POST",
                posting_address(target),
                content=outgoing.text.encode(),
                headers=headers,
                follow_redirects=False,
            ) as response,
        ):
            return _judge(response, await _said(response), target, now())
    except (httpx.TimeoutException, TimeoutError):
        return retry(f"{target.label} did not answer in time")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return retry(f"{target.label}: {one_line(str(error))[:_SAID] or type(error).__name__}")


def _judge(response: httpx.Response, said: str, target: Target, now: datetime) -> Outcome:
    status = response.status_code
    if 200 <= status < 300:
        return sent()
    why = f"{target.label} answered {status}" + (f": {said}" if said else "")
    if status in _PASSING or status >= 500:
        clock = http.read(response.headers.get("date", "")) or now  # a date is by the server's
        return retry(why, http.retry_after(response.headers.get("retry-after", ""), clock))
    if response.has_redirect_location:
        return parked(f"{why}; it redirects, so write its new address into the configuration")
    return parked(why)


async def _said(response: httpx.Response) -> str:
    """Return the beginning of an answer, for the reader of the outbox."""
    if response.is_success:
        return ""
    read = b""
    async for chunk in response.aiter_bytes(1024):
        read += chunk
        if len(read) >= 1024:
            break
    return one_line(read.decode("utf-8", "replace"))[:_SAID]
