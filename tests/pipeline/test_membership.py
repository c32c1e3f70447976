"""A process among the machines that share its store."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import Superseded
from monitor.pipeline import Joining
from monitor.pipeline.membership import join
from monitor.store import machines, open_store


async def test_what_was_lost_is_told_by_who_ends_for_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A renewal notes it and logs nothing; the next transaction raises it, in the same words."""
    store = open_store(tmp_path)
    member = await join(store, tmp_path, Joining(), timedelta(minutes=1))
    fenced = store.fenced(member.fence)
    assert await member.renew()
    with store.write() as db:
        machines.end_all(db)
    assert not await member.renew()
    assert "others do its work by now" in str(member.lost)
    assert not caplog.records
    with pytest.raises(Superseded, match=str(member.lost)), fenced.write():
        pytest.fail("was let in")
    store.close()
