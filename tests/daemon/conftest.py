"""A site, and daemons that are gone after the test."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from tests.daemon.running import Daemon
from tests.site import Site


class Start(Protocol):
    """Starts `monitor OPTIONS run` in the test's folder."""

    def __call__(self, *options: str, variables: Mapping[str, str] | None = None) -> Daemon: ...


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Daemon] = []

    def begin(*options: str, variables: Mapping[str, str] | None = None) -> Daemon:
        running.append(Daemon(tmp_path, *options, variables=variables))
        return running[-1]

    yield begin
    for daemon in running:
        daemon.close()
