"""What runs in a worker process: one document after the other, each within limits.

It loads next to nothing before the first task, and then what that task is done with: a worker that
reads feeds holds 10 MB, one that reads pages 20.
"""

import contextlib
import logging
import os
import pickle
import resource
import signal
import socket
from collections.abc import Callable
from typing import Any

from monitor.errors import MonitorError, TooCostly

_MEMORY = 768 * 1024 * 1024  # bytes of address space
_NICE = 10  # what asks, files and sends goes first: it is waited for by everything else
READY = b"!"
LENGTH = 8  # bytes before an answer that say how many it has, the lowest first

Task = tuple[Callable[..., Any], tuple[object, ...], dict[str, object], float]


def serve(channel: int) -> None:
    """Do one task after the other until the other end is closed.

    Args:
        channel: descriptor of a stream socket. We say READY there; then tasks come, pickled one
            after the other as (function, arguments, named arguments, seconds of processor time),
            and to each we answer with LENGTH bytes and a pickled (True, result) or (False,
            exception).
    """
    logging.disable()  # what is to be said is in the answers
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with contextlib.suppress(OSError):  # a sandbox may forbid it
        os.nice(_NICE)
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # as well
            resource.setrlimit(what, (most, most))
    with (
        socket.socket(fileno=channel) as ours,
        ours.makefile("rb") as tasks,
        # Whoever started us may be killed at any moment: then there is nothing to do or to say.
        contextlib.suppress(EOFError, OSError, pickle.UnpicklingError),
    ):
        ours.sendall(READY)
        while True:
            try:
                task: Task = pickle.load(tasks)
            except (AttributeError, ImportError) as error:  # another version was put in our place
                why = f"its reader is of another version than who asks it ({error})"
                ours.sendall(_packed((False, RuntimeError(why))))
                return  # where the next task begins cannot be told
            ours.sendall(_packed(_done(task)))


def _packed(answer: tuple[bool, Any]) -> bytes:
    """Return an answer as it is sent; an exception where a result cannot be handed over."""
    try:
        packed = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except (MemoryError, RecursionError) as error:
        packed = pickle.dumps((False, _too_large(error)))
    except Exception as error:
        why = f"what was read cannot be handed over ({type(error).__name__}: {error})"
        packed = pickle.dumps((False, RuntimeError(why)))
    return len(packed).to_bytes(LENGTH, "little") + packed


def _too_large(error: Exception) -> TooCostly:
    return TooCostly(f"reading it takes too much memory ({type(error).__name__})")


def _done(task: Task) -> tuple[bool, Any]:
    work, arguments, named, seconds = task
    # The system ends us by itself, wherever we are; nothing of Python need run for it.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return True, work(*arguments, **named)
    except MonitorError as error:
        return False, error
    except (MemoryError, RecursionError) as error:
        return False, _too_large(error)
    except Exception as error:
        return False, _portable(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _portable(error: Exception) -> Exception:
    """The error itself, or its words where it cannot be handed over."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
