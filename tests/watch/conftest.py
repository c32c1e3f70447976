"""What the tests of rules share."""

import pytest

from monitor.watch import Rulebook
from tests import rules


@pytest.fixture(scope="session")
def built_in() -> Rulebook:
    """The built-in gazetteer and topics."""
    return rules.built_in()
