"""Runs `python -m monitor` over and over, each time in a process of its own.

    python -m tests.command_server DESCRIPTOR

A new interpreter takes longer to import the libraries than most commands take to work, so this one
imports them once and forks for each command. What it was asked comes as a line of JSON, with
the descriptors that are to be the command's standard ones; its exit code goes back. The command is
run as `-m` runs it, and its interpreter ends as any other does. Nothing of `monitor` is imported
here, so that a command loads what it needs.
"""

import contextlib
import gc
import importlib
import json
import os
import runpy
import socket
import sys
import time
from typing import Any

LIBRARIES = (
    "aiosmtplib", "alembic.command", "alembic.config", "apscheduler.schedulers.asyncio", "bs4",
    "chardet", "feedparser", "httpx", "jinja2", "lxml.etree", "markdown_it", "msgspec", "protego",
    "pydantic", "rich.console", "rich.table", "selectolax.lexbor", "sqlalchemy",
    "sqlalchemy.dialects.sqlite", "tomli", "typer",
)  # fmt: skip

STREAMS = (
    ("stdin", 0, "r", "strict"),
    ("stdout", 1, "w", "strict"),
    ("stderr", 2, "w", "backslashreplace"),
)


def serve(ours: socket.socket) -> dict[str, Any] | None:
    """Fork for each request; return it in the child, and None when nobody asks any more."""
    while True:
        asked, descriptors, _, _ = socket.recv_fds(ours, 65_536, 3)
        if not asked:
            return None
        while not asked.endswith(b"\n"):
            asked += ours.recv(65_536)
        child = os.fork()
        if child == 0:
            ours.close()
            for number, descriptor in enumerate(descriptors):
                os.dup2(descriptor, number)
            os.closerange(3, max(descriptors) + 1)
            found: dict[str, Any] = json.loads(asked)
            return found
        for descriptor in descriptors:
            os.close(descriptor)
        _, status = os.waitpid(child, 0)
        ours.sendall(str(os.waitstatus_to_exitcode(status)).encode() + b"\n")


def main() -> None:
    """Be a command when one is asked for."""
    for name in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # no collection in a command walks over what was imported here
    with socket.socket(fileno=int(sys.argv[1])) as ours:
        request = serve(ours)
    if request is None:
        return
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    for name, number, mode, errors in STREAMS:
        stream = os.fdopen(number, mode, encoding="utf-8", errors=errors, closefd=False)
        setattr(sys, name, stream)
    sys.path[0] = request["folder"]
    sys.argv = ["monitor", *request["arguments"]]
    runpy.run_module("monitor", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
