"""The rules of the package, compiled once for all tests of a process.

That takes most of a second, and a rulebook never changes.
"""

from functools import cache

from monitor import watch
from monitor.desk import Desk


@cache
def built_in() -> watch.Rulebook:
    """Return the built-in gazetteer and topics."""
    return watch.load()


def sharing_rules(desk: Desk) -> Desk:
    """Return the desk; one without rules and entities of its own has those that are shared."""
    if not desk.config.monitor.rule_files + desk.config.monitor.entity_files:
        desk.take_rules(built_in())
    return desk
