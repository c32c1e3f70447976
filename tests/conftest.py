"""What all rooms' tests share: a PostgreSQL server, started when the first test asks for one."""

from collections.abc import Iterator

import pytest

from tests.postgres import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own; without one the test is skipped with a line."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing():
        pytest.skip(lacking)
    with Cluster() as running:
        yield running
