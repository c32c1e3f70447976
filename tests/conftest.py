"""What all rooms' tests share: a PostgreSQL server, started when the first test asks for one."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.postgres import Cluster

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of the pipeline run on PostgreSQL as well."""
    parser.addoption("--postgres", action="store_true", help="the pipeline's tests on PostgreSQL")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own; without one the test is skipped with a line."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing():
        pytest.skip(lacking)
    with Cluster() as running:
        yield running
