"""A process whose clock on the wall is wrong, and whose every other clock is right.

Linux has no clock of a process's own for the time of day (time namespaces leave it out), and
libfaketime 0.9.10 breaks sleeping where it is to leave the monotonic clock alone. So a library of
three functions is put before the C library's.
"""

import shutil
import subprocess
from pathlib import Path

from tests.waiting import PATIENCE

_SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long shift(void) {
    const char *seconds = getenv("CLOCK_SHIFT");
    return seconds ? atol(seconds) : 0;
}

int clock_gettime(clockid_t id, struct timespec *now) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(id, now);
    if (!failed && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
    return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec found;
    (void)zone;
    int failed = clock_gettime(CLOCK_REALTIME, &found);
    if (!failed) {
        now->tv_sec = found.tv_sec;
        now->tv_usec = found.tv_nsec / 1000;
    }
    return failed;
}

time_t time(time_t *now) {
    struct timespec found;
    clock_gettime(CLOCK_REALTIME, &found);
    if (now) *now = found.tv_sec;
    return found.tv_sec;
}
"""


def missing() -> str:
    """Return what is lacking to set a process's clock, or ""."""
    return "" if shutil.which("cc") else "no C compiler is installed"


def shifted(folder: Path, seconds: int) -> dict[str, str]:
    """Return the variables under which a process's clock is off by so many seconds."""
    library = folder / "clock.so"
    if not library.exists():
        source = folder / "clock.c"
        source.write_text(_SOURCE)
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"],
            check=True, timeout=PATIENCE,
        )  # fmt: skip
    return {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(seconds)}
