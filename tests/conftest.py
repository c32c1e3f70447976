"""What all rooms' tests share: a PostgreSQL server, started when the first test asks for one."""

import gc
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
    """Let the tests of the pipeline and the daemon run on PostgreSQL as well."""
    told = "the tests of the pipeline and the daemon on PostgreSQL"
    parser.addoption("--postgres", action="store_true", help=told)


def pytest_collection_finish() -> None:
    """Keep thousands of tests, which stay, from being looked through for what may go."""
    gc.freeze()


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """A database on PostgreSQL of the test's own with --postgres, else "" for SQLite."""
    if not request.config.getoption("--postgres"):
        return ""
    running: Cluster = request.getfixturevalue("cluster")
    return running.database()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own; without one the test is skipped with a line."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if lacking := Cluster.missing():
        pytest.skip(lacking)
    with Cluster() as running:
        yield running
