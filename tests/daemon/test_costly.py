"""A document whose reading never ends holds up nobody, and the daemon ends when it is told to."""

import contextlib
import os
import select
import signal
import sys
from pathlib import Path

import pytest

from tests.daemon.conftest import Start, WriteConfig
from tests.daemon.test_hard_times import titles
from tests.processes import children
from tests.site import Site
from tests.waiting import PATIENCE, until
from tests.wire import Item, Outlet

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def test_a_reading_that_never_ends(
    site: Site, tmp_path: Path, start: Start, write_config: WriteConfig
) -> None:
    """While a page hangs in every worker, feeds are read, and SIGTERM ends the daemon and them."""
    wire = Outlet(site, "wire")
    wire.publish(Item("first", "Envoys meet in Seoul"))
    write_config(tmp_path, site, "wire", workers=1)
    daemon = start()
    until(lambda: titles(tmp_path) == ["Envoys meet in Seoul"])
    until(lambda: len(children(daemon.process.pid)) == 1)
    (pid,) = children(daemon.process.pid)
    reader = os.pidfd_open(pid)
    signal.pidfd_send_signal(reader, signal.SIGSTOP)
    wire.publish(Item("second", "Envoys meet in Beijing"))
    until(lambda: any(asked.path == "/second.html" for asked in site.asked))
    wire.publish(Item("third", "Envoys meet in Busan"))
    until(lambda: "Envoys meet in Busan" in titles(tmp_path))
    assert daemon.end() == 0
    if "leaving at once" in "".join(daemon.said):  # by the clock of a machine that stood still
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(reader, signal.SIGCONT)
    assert select.select([reader], [], [], PATIENCE)[0]
    os.close(reader)
