"""What the tests of rules share."""

import pytest

from monitor.watch import Rulebook, load


@pytest.fixture(scope="session")
def built_in() -> Rulebook:
    """The built-in gazetteer and topics; a rulebook never changes, so all may use one."""
    return load()
