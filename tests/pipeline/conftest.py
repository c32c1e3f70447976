"""A site, and desks that are closed after the test."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from monitor.desk import Desk
from tests.site import Site
from tests.wire import desk_of


class OpenDesk(Protocol):
    """Opens a desk from the text of a config.toml."""

    def __call__(self, text: str) -> Desk: ...


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def named(database: str, text: str) -> str:
    """Return a config that names the database of the test, if it has one on a server."""
    if not database:
        return text
    return text.replace("[monitor]\n", f'[monitor]\ndatabase = "{database}"\n', 1)


@pytest.fixture
def open_desk(tmp_path: Path, database: str) -> Iterator[OpenDesk]:
    with contextlib.ExitStack() as closing:

        def open_it(text: str) -> Desk:
            desk = desk_of(tmp_path, named(database, text))
            closing.callback(desk.close)
            return desk

        yield open_it
