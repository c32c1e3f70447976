"""Watch rules and entities: what a desk wants to see, in four languages, and why it was flagged.

`load` reads the built-in gazetteer and topics and the user's files into a `Rulebook`, which never
changes and may be used by several threads; a changed configuration makes a new one.
"""

from monitor.watch.compare import Difference, RuleChange, compare, summarise
from monitor.watch.evaluate import BlockResult, Explanation
from monitor.watch.gazetteer import Entity
from monitor.watch.jsonl import article_from_json, flag_to_json, flags_to_json
from monitor.watch.lint import Finding, lint
from monitor.watch.mentions import Mention
from monitor.watch.rulebook import FoundEntity, Name, Rulebook, load
from monitor.watch.rules import Rule
from monitor.watch.selftest import TestResult, run_tests
from monitor.watch.suggest import Suggestion, suggest

__all__ = [
    "BlockResult",
    "Difference",
    "Entity",
    "Explanation",
    "Finding",
    "FoundEntity",
    "Mention",
    "Name",
    "Rule",
    "RuleChange",
    "Rulebook",
    "Suggestion",
    "TestResult",
    "article_from_json",
    "compare",
    "flag_to_json",
    "flags_to_json",
    "lint",
    "load",
    "run_tests",
    "suggest",
    "summarise",
]
