"""Processes of others, as Linux shows them under /proc."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

_PARENT, _USER, _SYSTEM = 1, 11, 12  # fields behind the name


def descendants(pid: int) -> list[int]:
    """Return the ids of the processes that a process started, and of those that they started."""
    children: dict[int, list[int]] = {}
    for other in _all():
        if fields := _fields(other):
            children.setdefault(int(fields[_PARENT]), []).append(other)
    found = [pid]
    for one in found:
        found += children.get(one, ())
    return found[1:]


def ticks_used(pid: int) -> int:
    """Return the processor time a process has used, in clock ticks; 0 when it is gone."""
    fields = _fields(pid)
    return int(fields[_USER]) + int(fields[_SYSTEM]) if fields else 0


def working_in(folder: Path) -> list[str]:
    """Return the commands of the processes whose working directory a folder is."""
    found = []
    for pid in _all():
        with contextlib.suppress(OSError):
            place = Path(f"/proc/{pid}")
            if (place / "cwd").readlink() == folder:
                found.append((place / "cmdline").read_text().replace("\0", " ").strip())
    return found


def _all() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def _fields(pid: int) -> list[str]:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []
