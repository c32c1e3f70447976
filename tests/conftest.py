"""What all rooms' tests share: a PostgreSQL server, started when the first test asks for one."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Cluster

# A busy machine is no fault, and one run finds what any other does;
# `--hypothesis-profile searching` looks for examples that nobody has seen.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", UNHURRIED)
settings.register_profile("settled", UNHURRIED, derandomize=True)
settings.load_profile("settled")


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
