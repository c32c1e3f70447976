"""Readers of several digests are told every story once, and every change of it once."""

from pathlib import Path

import pytest

from tests.pipeline.days import faults, live


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York"])
def test_readers_of_three_digests_are_told_once(zone: str, tmp_path: Path) -> None:
    """Over the end of summer time and days without the monitor, nothing is told twice or lost."""
    events, readers = live(tmp_path, zone, days=18, seed=1)
    assert len(readers.whole) == 27
    assert faults(events, readers) == []
