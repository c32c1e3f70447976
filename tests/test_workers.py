"""What takes too long or too much is ended by the system, and nothing else notices."""

import asyncio
import contextlib
import importlib
import logging
import operator
import os
import pickle
import re
import resource
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.articles import extract
from monitor.cli import event_loop
from monitor.errors import NoArticle, TooCostly
from monitor.worker_process import READY
from monitor.workers import Workers
from tests.processes import children
from tests.waiting import PATIENCE, until

HANGING = (r"(?:a|a)+b", "a" * 60)  # takes longer than anybody lives, holding the interpreter


def wait_until_gone(pid: int) -> None:
    """Return when a process has ended."""
    with contextlib.suppress(ProcessLookupError):
        descriptor = os.pidfd_open(pid)
        select.select([descriptor], [], [], PATIENCE)
        os.close(descriptor)


@pytest.fixture
def started() -> Callable[[], set[int]]:
    """Return what tells which processes this test has started, ended but unclaimed ones as well.

    Others of this process are of other tests: a database that serves many of them, say.
    """
    before = children()
    return lambda: children() - before


async def test_a_result_and_an_error_come_back() -> None:
    """What a function returns or raises is the same as without a worker."""
    async with Workers(1) as workers:
        assert await workers.run(sorted, (3, 1, 2), reverse=True) == [3, 2, 1]
        with pytest.raises(ValueError, match="invalid literal"):
            await workers.run(int, "one")
        with pytest.raises(NoArticle):
            await workers.run(extract, b"%PDF-1.4", "https://wire.example/a")


async def test_an_error_that_cannot_be_handed_over_is_told_in_its_words() -> None:
    """What it says must not be lost with its class, which only the worker knows."""
    async with Workers(1) as workers:
        with pytest.raises(RuntimeError, match="Odd: no such ferry"):
            await workers.run(exec, "class Odd(Exception): ...\nraise Odd('no such ferry')", {})


async def test_a_result_that_cannot_be_handed_over_is_told(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It is an error like any other: no traceback is printed, and the worker reads on."""
    async with Workers(1) as workers:
        pid = await workers.run(os.getpid)
        with pytest.raises(RuntimeError, match=r"cannot be handed over .*generator"):
            await workers.run(eval, "(n for n in range(3))")
        deep = "__import__('functools').reduce(lambda found, _: [found], range(200_000), [])"
        with pytest.raises(TooCostly, match="memory"):
            await workers.run(eval, deep)
        assert await workers.run(os.getpid) == pid
    assert capfd.readouterr().err == ""


async def test_a_task_that_a_newer_program_does_not_know_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Who was installed anew under a daemon says so in a line, and what is known is done."""
    monkeypatch.syspath_prepend(tmp_path)
    module = tmp_path / "read_before.py"
    module.write_text("def read() -> int:\n    return 1\n")
    read = importlib.import_module("read_before").read
    module.write_text("")
    async with Workers(1) as workers:
        with pytest.raises(RuntimeError, match=r"of another version .*read_before"):
            await workers.run(read)
        assert await workers.run(max, 1, 2) == 2
    assert capfd.readouterr().err == ""


def test_answers_of_any_length_come_back() -> None:
    """One is nothing and one is three megabytes, in any order and on either event loop."""

    async def ask() -> None:
        async with Workers(2) as workers:
            sizes = (0, 3_000_000, 1, 300_000)
            asked = [workers.run(operator.mul, "é", size) for size in sizes]
            assert await asyncio.gather(*asked) == ["é" * size for size in sizes]
            assert await workers.run(len, "é" * 3_000_000) == 3_000_000

    event_loop.run(ask())
    asyncio.run(ask())


async def test_a_worker_gives_way_to_who_asks() -> None:
    """It is nicer than the process that waits for it."""
    async with Workers(1) as workers:
        assert await workers.run(os.nice, 0) > os.nice(0)


async def test_ctrl_c_in_a_terminal_does_not_reach_a_worker() -> None:
    """A terminal sends it to all of a process group, and a worker is in none of ours."""
    async with Workers(1) as workers:
        assert await workers.run(os.getpgrp) != os.getpgrp()


async def test_what_never_ends_is_ended_and_the_others_go_on() -> None:
    """One document hangs in a regular expression; another is read meanwhile, and one after it."""
    async with Workers(2, seconds=2) as workers:
        hanging = asyncio.create_task(workers.run(re.match, *HANGING))
        assert await workers.run(max, 1, 2) == 2
        with pytest.raises(TooCostly, match="2 s of processor time"):
            await hanging
        assert [await workers.run(max, n, 2) for n in range(4)] == [2, 2, 2, 3]


async def test_what_waits_without_end_is_ended_as_well(started: Callable[[], set[int]]) -> None:
    """A reading that takes no processor time is held for too costly by the clock."""
    async with Workers(1, seconds=0.05) as workers:
        with pytest.raises(TooCostly, match=r"0\.05 s of processor time"):
            await workers.run(select.select, (), (), ())
        await asyncio.to_thread(until, lambda: not started())


async def test_what_eats_memory_is_refused() -> None:
    """Two gigabytes are more than a document may take."""
    async with Workers(1) as workers:
        with pytest.raises(TooCostly, match="memory"):
            await workers.run(bytes, 2 * 1024**3)
        assert await workers.run(max, 1, 2) == 2


async def test_a_reader_that_crashes_takes_nobody_with_it() -> None:
    """A fault in C code is told by the name of its signal, and the next document is read."""
    async with Workers(1) as workers:
        with pytest.raises(TooCostly, match="SIGSEGV"):
            await workers.run(signal.raise_signal, signal.SIGSEGV)
        assert await workers.run(max, 1, 2) == 2


async def test_an_idle_worker_that_was_ended_is_replaced() -> None:
    """Who ends a worker from outside costs no document."""
    async with Workers(1) as workers:
        pid = await workers.run(os.getpid)
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(wait_until_gone, pid)
        assert await workers.run(max, 1, 2) == 2


async def test_idle_workers_that_were_all_ended_are_replaced() -> None:
    """Where memory runs short the system may end all of them, and it costs no document."""
    async with Workers(2) as workers:
        for pid in set(await asyncio.gather(*(workers.run(os.getpid) for _ in range(2)))):
            os.kill(pid, signal.SIGKILL)
            await asyncio.to_thread(wait_until_gone, pid)
        assert await workers.run(max, 1, 2) == 2


async def test_a_worker_may_be_ended_before_it_is_ready(
    monkeypatch: pytest.MonkeyPatch, started: Callable[[], set[int]]
) -> None:
    """A second one reads the document; where none gets ready, the limits are gone, and it is."""
    async with Workers(1) as workers:
        waiting = asyncio.create_task(workers.run(os.getpid))
        await asyncio.to_thread(until, started)
        os.kill(started().pop(), signal.SIGKILL)
        assert await waiting != os.getpid()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    async with Workers(1) as workers:
        assert await workers.run(os.getpid) == os.getpid()


async def test_a_worker_without_work_goes_and_the_next_document_gets_another(
    tmp_path: Path, started: Callable[[], set[int]]
) -> None:
    """What nobody has needed for a while holds no memory, and nothing is left of it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    async with Workers(2, rest=0) as workers:
        busy = asyncio.create_task(workers.run(pipe.read_text))
        end = await asyncio.to_thread(os.open, pipe, os.O_WRONLY)  # it has its worker, and reads
        pid = await workers.run(os.getpid)
        await asyncio.to_thread(wait_until_gone, pid)
        os.close(end)  # the one that came first goes last
        assert await busy == ""
        await asyncio.to_thread(until, lambda: not started())
        assert await workers.run(os.getpid) != pid


async def test_a_document_given_up_while_its_worker_starts_leaves_no_process(
    started: Callable[[], set[int]],
) -> None:
    """Who cancels a reading at once, or closes the pool, has nothing to look after."""
    async with Workers(1) as workers:
        for _ in range(3):
            unwanted = asyncio.create_task(workers.run(max, 1, 2))
            await asyncio.sleep(0)
            unwanted.cancel()
        assert await workers.run(max, 1, 2) == 2
        await asyncio.to_thread(until, lambda: len(started()) == 1)
    assert not started()


def test_a_worker_whose_daemon_was_killed_says_nothing(tmp_path: Path) -> None:
    """It ends when it has nobody to answer to, and leaves no traceback in the log."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ours, theirs = socket.socketpair()
    program = f"from monitor.worker_process import serve; serve({theirs.fileno()})"
    with subprocess.Popen(
        [sys.executable, "-c", program], pass_fds=[theirs.fileno()], stderr=subprocess.PIPE
    ) as worker:
        theirs.close()
        assert ours.recv(1) == READY
        ours.sendall(pickle.dumps((pipe.read_text, (), {}, 60.0)))
        end = os.open(pipe, os.O_WRONLY)  # it is at work
        ours.close()
        os.close(end)
        assert worker.communicate(timeout=PATIENCE)[1] == b""
        assert worker.returncode == 0


async def test_leaving_ends_what_is_in_hand() -> None:
    """The pool closes at once, though a worker would go on for an hour and others wait for it."""
    async with Workers(1, seconds=3600) as workers:
        pid = await workers.run(os.getpid)
        hanging = asyncio.create_task(workers.run(re.match, *HANGING))
        waiting = asyncio.create_task(workers.run(max, 1, 2))
        await asyncio.sleep(0)
    for unfinished in (hanging, waiting):
        with pytest.raises(asyncio.CancelledError):
            await unfinished
    await asyncio.to_thread(wait_until_gone, pid)


async def test_without_workers_the_same_is_done_here() -> None:
    """`workers = 0` does everything in threads of this process."""
    async with Workers(0) as workers:
        assert await workers.run(os.getpid) == os.getpid()


SCRIPT = """
import asyncio
import os

from monitor.worker_process import READY
from monitor.workers import Workers

print("once", flush=True)


async def main():
    async with Workers(1) as workers:
        print(await workers.run(max, 1, 2), await workers.run(os.getpid) != os.getpid())


asyncio.run(main())
"""


@pytest.mark.parametrize("words", [["script.py"], ["-c", SCRIPT], ["-"]])
def test_a_script_is_not_run_again_for_a_worker(tmp_path: Path, words: list[str]) -> None:
    """A pool may be opened by a file without a guard, by a line, and from standard input."""
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        input=SCRIPT if words == ["-"] else "",
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("once\n2 True\n", 0), done.stderr


@contextlib.contextmanager
def no_descriptors() -> Iterator[None]:
    """Use up all file descriptors, so that no pipe can be made."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    held: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, before[1]))
    try:
        with contextlib.suppress(OSError):
            while True:
                held.append(os.dup(0))
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def test_without_a_process_it_is_done_here(caplog: pytest.LogCaptureFixture) -> None:
    """A system that gives no pipe costs the limits, which is told once, and no document."""
    caplog.set_level(logging.WARNING)  # whatever the tests before have set
    async with Workers(1) as workers:
        await asyncio.to_thread(int)  # starts the thread that does it then
        with no_descriptors():
            assert [await workers.run(max, n, 2) for n in (1, 3)] == [2, 3]
        assert await workers.run(os.getpid) != os.getpid()
    assert caplog.text.count("no worker process can be started") == 1
