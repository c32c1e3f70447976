"""A site, and daemons that are gone after the test."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from tests.daemon import running
from tests.daemon.running import Daemon
from tests.site import Site


class Start(Protocol):
    """Starts `monitor OPTIONS run` in the test's folder."""

    def __call__(self, *options: str, variables: Mapping[str, str] | None = None) -> Daemon: ...


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture(autouse=True)
def _on_this_database(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the configs of the test name the database it is to run on."""
    monkeypatch.setattr(running, "DATABASE", database)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    daemons: list[Daemon] = []

    def begin(*options: str, variables: Mapping[str, str] | None = None) -> Daemon:
        daemons.append(Daemon(tmp_path, *options, variables=variables))
        return daemons[-1]

    yield begin
    for daemon in daemons:
        daemon.close()
