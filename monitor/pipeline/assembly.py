"""Put a pipeline together: take part among the machines, and set up what lives as long."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime

import monitor
from monitor.desk import Desk
from monitor.errors import MonitorError
from monitor.pipeline.desks import Desks
from monitor.pipeline.draft_ahead import DraftAhead
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.intake import Intake
from monitor.pipeline.membership import Joining, Membership, join
from monitor.pipeline.pipeline import Pipeline
from monitor.pipeline.poll_feed import Clock
from monitor.pipeline.roles import Roles
from monitor.pipeline.tools import Tools
from monitor.store import left, unjudged
from monitor.store.feeds import KnownFeed
from monitor.web import Client, user_agent
from monitor.workers import Workers


@contextlib.asynccontextmanager
async def assembled(
    desk: Desk, workers: Workers, ahead: DraftAhead, joining: Joining, clock: Clock | None
) -> AsyncIterator[Pipeline]:
    """Give the pipeline of a desk until the block ends; see `open_pipeline`.

    Args:
        workers: that read feeds and pages.
        ahead: reads entries in another process, where many wait.
    """
    table = desk.config.monitor
    async with contextlib.AsyncExitStack() as ending:
        store = await asyncio.to_thread(lambda: desk.store)
        member = await join(store, desk.state, joining, table.lease)
        ending.push_async_callback(_leave, member)
        desk = desk.on(store.fenced(member.fence))
        held = HostClaims(desk.store, member)
        now = clock or member.now
        client = Client(
            user_agent(table.contact, monitor.__version__),
            in_flight=table.in_flight,
            per_host=table.per_host,
            spacing=table.spacing,
            permission=held,
            shelf=held,
        )
        held.watch(client.turns)
        desks = Desks(desk)
        known = await asyncio.to_thread(_prepare, desks, member.name, now())
        await ending.enter_async_context(client)
        intake = await ending.enter_async_context(Intake(desk.store))
        tools = Tools(client, workers, ahead, intake)
        pipeline = Pipeline(desks, tools, known, now, member, held)
        ending.push_async_callback(_give_up, pipeline.roles, held)
        held.tell(pipeline.refresh, pipeline.settle)
        await pipeline.share_out()
        keeping = asyncio.create_task(member.keep(pipeline.share_out))
        ending.callback(keeping.cancel)
        ending.callback(pipeline.filer.stop)
        yield pipeline


async def _leave(member: Membership) -> None:
    """Say that we go, where that can still be written; else the lease runs out."""
    with contextlib.suppress(MonitorError):
        await asyncio.to_thread(member.leave)


async def _give_up(roles: Roles, held: HostClaims) -> None:
    with contextlib.suppress(MonitorError):
        await roles.give(roles.held)
        await held.close()


def _prepare(desks: Desks, machine: str, now: datetime) -> dict[str, KnownFeed]:
    """Publish our desk, and return all feeds that are known.

    What another version left aside is tried by this one.
    """
    with desks.store.write() as db:
        states = desks.publish(db, machine, now)
        if left.count(db):
            left.again(db, now, version=monitor.__version__)
        unjudged.again(db, version=monitor.__version__)
    return states
