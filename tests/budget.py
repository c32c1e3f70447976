"""Work that is ended by the system when it takes far more of the processor than it may."""

import os
import resource
import signal
import traceback
from collections.abc import Callable

_TRIES = 2  # a virtual machine that stands still for seconds may count them as its processes' own
_SLOWEST = 6  # times as much CPU: a slow machine beside others, and one that counts lines


def within(seconds: int, work: Callable[[], object]) -> None:
    """Do `work` in a child process that has so many seconds of CPU, and assert that it ends.

    Meant for what is either done at once or not within minutes, so that the speed of the machine
    decides nothing; a slow one may take six times as long.
    """
    seconds *= _SLOWEST
    for _ in range(_TRIES):
        status = _tried(seconds, work)
        if not os.WIFSIGNALED(status):
            break
    assert not os.WIFSIGNALED(status), f"ended by the system after {seconds} s of CPU"
    assert os.WEXITSTATUS(status) == 0, "it raised an error; see above"


def _tried(seconds: int, work: Callable[[], object]) -> int:
    """Return how a child process that did `work` ended, as `os.waitpid` has it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            signal.signal(signal.SIGXCPU, signal.SIG_DFL)
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]
