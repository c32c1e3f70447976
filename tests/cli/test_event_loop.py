"""Ctrl-C while threads have something in hand."""

import os
import signal
import subprocess
import sys

from tests.waiting import until

SCRIPT = """
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


def test_a_second_ctrl_c_ends_at_once_and_says_nothing() -> None:
    """The first one waits for a thread that waits for ever, and the next ones do not."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"PYTHONPATH": os.getcwd()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "begun\n"

        def ended_by_ctrl_c() -> bool:
            process.send_signal(signal.SIGINT)
            return process.poll() is not None

        until(ended_by_ctrl_c)
        assert (process.returncode, process.stderr.read()) == (130, "")
