"""What the machine gives no more of: files, threads, memory.

That is no fault of what is worked on when it is missed, so it is tried again; only what takes all
memory by itself cannot be told from what meets a machine without any.
"""

import errno

from monitor.errors import Shortage


def lacking(error: BaseException) -> str:
    """Return what the machine gives no more of, and what to do; "" for any other error."""
    if isinstance(error, MemoryError) or _number(error) == errno.ENOMEM:
        return (
            "the machine gives no more memory; end something else, or raise the limit (ulimit -v)"
        )
    if _number(error) in (errno.EMFILE, errno.ENFILE):
        return "too many files are open; raise the limit (ulimit -n; LimitNOFILE of a service)"
    # Python says it in these words only.
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return (
            "the machine gives no more threads; raise the limit (ulimit -u; TasksMax of a service)"
        )
    return ""


def of(error: Exception) -> Shortage | None:
    """Return what is to be raised in place of an error that is the machine's, None for others."""
    why = "" if isinstance(error, MemoryError) else lacking(error)
    return Shortage(why) if why else None


def _number(error: BaseException) -> int | None:
    return error.errno if isinstance(error, OSError) else None
