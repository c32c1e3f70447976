"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, on a loopback port.

    with Cluster() as cluster:
        url = cluster.database()      # an empty database of its own, as SQLAlchemy names it

The server does without fsync, since nothing of it outlives the tests. It is the newest one that is
installed; `Cluster.missing()` says in one line what is lacking.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import Self

from tests.ports import free_port
from tests.waiting import PATIENCE, until

_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "shared_buffers": "32MB",
}


def _bin() -> Path | None:
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def as_postgres(*command: object) -> list[str]:
    """Return a command that does not run as root: neither the server nor the pooler would."""
    words = [str(word) for word in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


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
        self.port = free_port()
        data = self._folder / "data"
        self._run(
            found / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8",
            "--locale=C.UTF-8",
        )  # fmt: skip
        self.start()
        return self

    def start(self) -> None:
        """Start the server, after `stop`."""
        found = _bin()
        assert found is not None
        options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items())
        options += f" -c port={self.port} -c unix_socket_directories={self._folder}"
        self._run(
            found / "pg_ctl", "-D", self._folder / "data", "-w", "-t", f"{PATIENCE:.0f}",
            "-l", self._folder / "log", "-o", options, "start",
        )  # fmt: skip

    def stop(self) -> None:
        """Stop the server; all connections are cut."""
        self._stop("fast")

    def restart(self) -> None:
        """Stop the server, which cuts all connections, and start it again."""
        self.stop()
        self.start()

    def keep(self) -> None:
        """Keep a copy of what the server holds now, as a standby does; all connections are cut."""
        self.stop()
        shutil.copytree(self._folder / "data", self._folder / "kept")
        self._give_away(self._folder / "kept")
        self.start()

    def fall_back(self) -> None:
        """Let the copy take the server's place, so that what was stored since is gone."""
        self._stop("immediate")
        shutil.rmtree(self._folder / "data")
        (self._folder / "kept").rename(self._folder / "data")
        self.start()

    def _give_away(self, folder: Path) -> None:
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, "postgres")

    def __exit__(self, *exc: object) -> None:
        try:
            self._stop("immediate")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, template: str = "template1") -> str:
        """Make a database of its own and return its URL for SQLAlchemy."""
        import psycopg

        name = f"test_{next(self._numbers)}"

        def is_made() -> bool:
            """Whether it could be: who used the template a moment ago may still be there."""
            try:
                connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            except psycopg.errors.ObjectInUse:
                return False
            return True

        with psycopg.connect(self.admin, autocommit=True) as connection:
            until(is_made)
        return f"{self.url}/{name}"

    @property
    def url(self) -> str:
        """Where the databases are, as SQLAlchemy names it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Return the processor time of the server with all its processes, ended ones too."""
        pid = (self._folder / "data" / "postmaster.pid").read_text().split()[0]
        ticks = 0
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                if process.name == pid:
                    ticks += sum(map(int, fields[11:15]))
                elif fields[1] == pid:
                    ticks += sum(map(int, fields[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    @property
    def admin(self) -> str:
        """How to connect as its master."""
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    def _stop(self, how: str) -> None:
        found = _bin()
        assert found is not None
        self._run(
            found / "pg_ctl", "-D", self._folder / "data", "-w", "-t", f"{PATIENCE:.0f}",
            "-m", how, "stop",
        )  # fmt: skip

    def _run(self, *command: object) -> None:
        words = as_postgres(*command)
        # No pipe: the server inherits it, and its reader would wait for the server's end.
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd="/tmp", timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{words} ended with {done.returncode}"


class Pooler:
    """PgBouncer in transaction mode before a server; a context manager.

    A session of the server's serves one client's transaction and then another's, so nothing that
    lives in a session can be relied on.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._folder = Path()
        self.port = 0

    @staticmethod
    def missing() -> str:
        """Return what is lacking to run it, or ""."""
        return "" if shutil.which("pgbouncer") else "PgBouncer is not installed"

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="pool-", dir="/tmp"))
        self.port = free_port()
        (self._folder / "users").write_text('"postgres" ""\n')
        (self._folder / "ini").write_text(
            f"[databases]\n* = host=127.0.0.1 port={self._cluster.port}\n[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {self.port}\nauth_type = trust\n"
            f"auth_file = {self._folder}/users\npool_mode = transaction\n"
            "default_pool_size = 8\nmax_client_conn = 200\nunix_socket_dir =\n"
            f"logfile = {self._folder}/log\nserver_login_retry = 1\n"
        )
        if os.geteuid() == 0:
            for path in (self._folder, *self._folder.iterdir()):
                shutil.chown(path, "postgres")
        program = shutil.which("pgbouncer")
        self._process = subprocess.Popen(
            as_postgres(program, self._folder / "ini"), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp",
        )  # fmt: skip
        until(self._listens)
        return self

    def _listens(self) -> bool:
        assert self._process.poll() is None, "PgBouncer did not start"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(self, *exc: object) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)
        shutil.rmtree(self._folder, ignore_errors=True)

    def through(self, database: str) -> str:
        """Return the URL of a database of the server's as it is reached through the pooler."""
        return database.replace(f":{self._cluster.port}/", f":{self.port}/")
