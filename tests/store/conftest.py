"""Every test of the store that takes `database` runs on SQLite and on PostgreSQL."""

import pytest

from monitor.store import open_store
from tests.postgres import Cluster


@pytest.fixture(scope="session")
def ready(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with our schema in it, to make others from."""
    url = cluster.database()
    open_store(tmp_path_factory.mktemp("ready"), url).close()
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """A database of the test's own, as `open_store` takes it."""
    if request.param == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.database(template=request.getfixturevalue("ready"))
