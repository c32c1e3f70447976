"""What `import monitor` offers, as somebody who builds on it would use it."""

import doctest
import subprocess
import sys

import pytest

import monitor
from monitor import public
from tests.waiting import PATIENCE


@pytest.mark.parametrize("name", monitor.__all__)
def test_all_that_is_offered_is_there_and_described(name: str) -> None:
    """Every name of the public face can be imported and says what it is."""
    offered = getattr(monitor, name)
    assert name in dir(monitor)
    assert offered.__doc__


def test_what_is_not_offered_is_said_to_be_missing() -> None:
    """A name that is not there is an AttributeError, as of any module."""
    with pytest.raises(AttributeError, match="no attribute 'scrape_all'"):
        _ = monitor.scrape_all


def test_the_examples_do_what_they_say() -> None:
    """The examples in the docstrings run as printed."""
    result = doctest.testmod(public)
    assert result.attempted >= 12
    assert result.failed == 0


def test_importing_the_package_is_cheap() -> None:
    """Nothing is loaded before it is asked for."""
    told = "import sys, monitor; print(sorted(m for m in sys.modules if m.startswith('monitor')))"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert done.stdout.strip() == "['monitor', 'monitor.face']"
