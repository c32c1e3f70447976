"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on a loopback port.

    with Cluster() as cluster:
        url = cluster.database()      # an empty database of its own, as SQLAlchemy names it

The server does without fsync, since nothing of it outlives the tests. It is the newest one that is
installed; `Cluster.missing()` says in one line what is lacking.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import Self

_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "32MB",
}


def _bin() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


class Cluster:
    """A running server; a context manager."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._folder = Path()
        self.port = 0

    @staticmethod
    def missing() -> str:
        """Return what is lacking to run a server, or ""."""
        if _bin() is None:
            return "no PostgreSQL server is installed"
        if os.geteuid() == 0 and not shutil.which("runuser"):
            return "PostgreSQL does not run as root, and runuser is not installed"
        return ""

    def __enter__(self) -> Self:
        found = _bin()
        assert found is not None
        # Short, since a socket's path has room for 107 bytes.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        data = self._folder / "data"
        self._run(
            found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8",
            "--locale=C.UTF-8",
        )  # fmt: skip
        options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
        options += f" -c port={self.port} -c unix_socket_directories={self._folder}"
        self._run(
            found / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", self._folder / "log",
            "-o", options, "start",
        )  # fmt: skip
        return self

    def __exit__(self, *exc: object) -> None:
        found = _bin()
        assert found is not None
        try:
            self._run(found / "pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, template: str = "template1") -> str:
        """Make a database of its own and return its URL for SQLAlchemy."""
        import psycopg

        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    @property
    def admin(self) -> str:
        """How to connect as its master."""
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def _run(self, *command: object) -> None:
        words = [str(word) for word in command]
        if os.geteuid() == 0:
            words = ["runuser", "-u", "postgres", "--", *words]
        # No pipe: the server inherits it, and its reader would wait for the server's end.
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd="/tmp", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{words} ended with {done.returncode}"
