"""Ctrl-C while something is in hand."""

import os
import signal
import subprocess
import sys

from tests.waiting import PATIENCE, until

THREAD_IN_HAND = """
import asyncio
import sys

from monitor.cli import event_loop


async def main():
    print("begun", flush=True)
    await asyncio.to_thread(sys.stdin.read)


try:
    event_loop.run(main())
except KeyboardInterrupt:
    sys.exit(130)
"""


SLOW_TO_END = """
import asyncio
import contextlib
import os
import sys

from monitor.cli import event_loop


async def main():
    print("begun", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        asyncio.get_running_loop().call_soon(os.write, 1, b"ending\\n")  # when it waits below
        while True:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()


try:
    event_loop.run(main())
except KeyboardInterrupt:
    sys.exit(130)
"""


DONE_BUT_FOR_A_THREAD = """
import asyncio
import os
import sys

from monitor.cli import event_loop


async def closing():
    try:
        yield
    finally:
        os.write(1, b"closing\\n")


async def main():
    await anext(left_open)
    asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    return "report"


left_open = closing()
print(event_loop.run(main()), flush=True)
"""


def python(script: str) -> "subprocess.Popen[str]":
    """Start a script that can import the program, and hears Ctrl-C.

    A shell that runs tests in the background has its children ignore it.
    """
    return subprocess.Popen(
        [sys.executable, "-c", script],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_ctrl_c_waits_for_no_thread() -> None:
    """The first one waits for a thread that waits for ever; the next ones end it in silence."""
    with python(THREAD_IN_HAND) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "begun\n"

        def ended_by_ctrl_c() -> bool:
            process.send_signal(signal.SIGINT)
            return process.poll() is not None

        until(ended_by_ctrl_c)
        assert (process.returncode, process.stderr.read()) == (130, "")


def test_a_second_ctrl_c_waits_for_nothing_that_is_ending() -> None:
    """The first one cancels what is in hand, and where that takes its time the second ends it."""
    with python(SLOW_TO_END) as process:
        assert process.stdout is not None
        for said in ("begun\n", "ending\n"):
            assert process.stdout.readline() == said
            process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE)[1] == ""
        assert process.returncode == 130


def test_ctrl_c_after_the_work_is_done_loses_no_result() -> None:
    """What is known is told, and a second one waits for no thread that is left."""
    with python(DONE_BUT_FOR_A_THREAD) as process:
        assert process.stdout is not None
        for said in ("closing\n", "report\n"):
            assert process.stdout.readline() == said
            process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE)[1] == ""
        assert process.returncode == -signal.SIGINT
