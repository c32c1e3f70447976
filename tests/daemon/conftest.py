"""A site, and daemons that are gone after the test."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from tests.daemon.running import Daemon
from tests.site import Site
from tests.wire import config_text


class Start(Protocol):
    """Starts `monitor OPTIONS run` in the test's folder."""

    def __call__(self, *options: str, variables: Mapping[str, str] | None = None) -> Daemon: ...


class WriteConfig(Protocol):
    """Writes a config.toml that polls feeds of a site every second, into the test's database.

    Args:
        workers: processes that read; None: as many as by default.
    """

    def __call__(
        self,
        folder: Path,
        site: Site,
        *feeds: str,
        head: str = "",
        extra: str = "",
        workers: int | None = 0,
    ) -> None: ...


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


@pytest.fixture
def write_config(database: str) -> WriteConfig:
    def write(
        folder: Path,
        site: Site,
        *feeds: str,
        head: str = "",
        extra: str = "",
        workers: int | None = 0,
    ) -> None:
        text = config_text(site, *feeds, every="1s", extra=extra, workers=workers)
        if database:
            head = f'database = "{database}"\n{head}'
        text = text.replace("[monitor]\n", f"[monitor]\n{head}", 1)
        (folder / "config.toml").write_text(text, "utf-8")

    return write


@pytest.fixture
def only_a_file(database: str) -> None:
    """Skip a test that does something to the file of a SQLite database."""
    if database:
        pytest.skip("it is about the file of a database")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    daemons: list[Daemon] = []

    def begin(*options: str, variables: Mapping[str, str] | None = None) -> Daemon:
        daemons.append(Daemon(tmp_path, *options, variables=variables))
        return daemons[-1]

    yield begin
    for daemon in daemons:
        daemon.close()
