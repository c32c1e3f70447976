"""Hosts and roles that are given up while the database takes no write."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from monitor.errors import HostElsewhere, StoreError
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.membership import Joining, join
from monitor.pipeline.roles import Roles
from monitor.store import open_store
from tests.postgres import Cluster

HOST = "a.example"
SITES = {HOST: ""}


@asynccontextmanager
async def machine(folder: Path, name: str, url: str) -> AsyncIterator[tuple[HostClaims, Roles]]:
    """Give what a machine of this name holds."""
    store = open_store(folder / name, url)
    member = await join(store, folder / name, Joining(name, kind="daemon"), timedelta(minutes=5))
    fenced = store.fenced(member.fence)
    yield HostClaims(fenced, member), Roles(fenced, member)
    store.close()


@contextmanager
def unwritable(url: str) -> Iterator[None]:
    """Let nobody write a claim, for a reason that takes no wait to find."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as db:
        db.execute("ALTER TABLE claim RENAME TO claim_away")
        try:
            yield
        finally:
            db.execute("ALTER TABLE claim_away RENAME TO claim")


async def test_a_host_whose_giving_up_could_not_be_written_is_free_later(
    cluster: Cluster, tmp_path: Path
) -> None:
    """It is not asked any more, and others have it with the next sharing out."""
    url = cluster.database()
    async with machine(tmp_path, "one", url) as (one, _), machine(tmp_path, "two", url) as (two, _):
        assert await one.take([HOST]) == {HOST}
        with unwritable(url), pytest.raises(StoreError):
            await one.give([HOST])
        with pytest.raises(HostElsewhere):
            one.check(HOST)
        assert await two.take([HOST]) == set()
        await one.share_out({}, busy=())
        assert await two.take([HOST]) == {HOST}
        assert await one.take([HOST]) == set()


async def test_a_host_that_was_to_be_given_up_can_be_taken_again(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Who still stands for it in the database has it back, and keeps it."""
    url = cluster.database()
    async with machine(tmp_path, "one", url) as (one, _), machine(tmp_path, "two", url) as (two, _):
        await one.take([HOST])
        with unwritable(url), pytest.raises(StoreError):
            await one.give([HOST])
        await one.admit(HOST)
        one.check(HOST)
        await one.share_out(SITES, busy=())
        one.check(HOST)
        assert await two.take([HOST]) == set()


async def test_a_role_whose_giving_up_could_not_be_written_is_given_up_later(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Nobody has it meanwhile; it is still named among what is to be given up."""
    url = cluster.database()
    async with machine(tmp_path, "one", url) as (_, one), machine(tmp_path, "two", url) as (_, two):
        assert await one.take(["digest"]) == ["digest"]
        with unwritable(url), pytest.raises(StoreError):
            await one.give(["digest"])
        assert not one.has("digest")
        assert one.held == {"digest"}
        assert await two.take(["digest"]) == []
        await one.give(one.held)
        assert one.held == frozenset()
        assert await two.take(["digest"]) == ["digest"]
