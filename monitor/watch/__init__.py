"""Watch rules and entities: what a desk wants to see, in four languages, and why it was flagged.

`load` reads the built-in gazetteer and topics and the user's files into a `Rulebook`, which never
changes and may be used by several threads; a changed configuration makes a new one. Who needs flags
and mentions of an article asks `Rulebook.evaluate` once, who has many articles `evaluate_all`.

The format
----------
A rule file is TOML. It holds `[[rule]]` tables, and may hold word lists, entities, decoys and
offices, too (`language.gazetteer` describes those). The two built-in topics are written in it:
see data/topics.toml.

    [[rule]]
    id = "fm-channel"
    name = "Foreign ministers' channel"
    alert = { now = 8, digest = 3 }     # or one level: "now", "digest", "log"
    feeds = ["yonhap-*", "!*-sports"]   # names of feeds; ! excludes
    languages = ["en", "ko"]
    repeat_after = "2h"                 # another copy after that is an alert again
    until = 2027-01-31                  # the last day; enabled = false switches it off
    note = "kept by the Beijing desk"

    [[rule.when]]                       # adds its points when it holds; several add up
    all = ["@wang-yi", ["meet*", "talk*", "ko:회담"]]   # every item; an inner list = one of these
    any = ["summit", "call*"]           # one of these; at_least = 2 asks for two different ones
    none = ["former"]                   # must not stand in the same reach
    within = "sentence"                 # or "paragraph", "12 words" (2 Han letters a word), "story"
    in = ["headline", "lede"]           # zones where hits count
    score = { headline = 6, lede = 4, body = 1 }        # or one number; less than 0 takes away
    times = 2                           # each group at least so often in those zones
    share = 0.15                        # each group of names in that part of all sentences
    outlets = ["KP"]                    # only for outlets of these countries
    apart = true                        # members of one list ("China and Korea", 中韓) do not count
    level = "now"                       # raises a rule that fires to this level; no points unless
                                        # it has a score

    [[rule.unless]]                     # silences the rule where it holds
    any = ["#sports"]
    in = ["headline"]
    keep_if = ["#hard"]                 # … except with one of these

    [[rule.test]]                       # a rule carries its tests; both kinds are required
    feed = "yonhap-nk"
    date = 2026-09-01                   # decides who held an office
    level = "now"
    should = ["Wang Yi, Cho Hyun hold talks"]
    should_not = ["Wang Yi meets Lavrov"]

    [list.sports]
    words = ["World Cup", "ko:축구", "#ball-games"]      # a list may hold others
    patterns = ['\\b\\d-\\d\\b']          # regular expressions on the text as printed

Terms, in quotes, are described in `language.terms`: "free trade", "missile*", "=ROK",
"ko:방중", "@wang-yi", "@CN", "@weapon.KP", "@office.foreign-minister-kr", "#sports". Zones are
decided in `engine.document`. `extend = true` adds to a rule, list or entity of the same id.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.watch.desk_tools.backtest import Difference, RuleChange, summarise
    from monitor.watch.desk_tools.explain import BlockResult, Explanation
    from monitor.watch.desk_tools.jsonl import article_from_json, flags_to_json
    from monitor.watch.desk_tools.lint import Finding, lint, lint_rules
    from monitor.watch.desk_tools.selftest import TestResult, run_tests
    from monitor.watch.desk_tools.suggest import Suggestion, suggest
    from monitor.watch.engine.evaluate import Evaluation, Verdict
    from monitor.watch.engine.found_names import Mention
    from monitor.watch.language.entities import Entity
    from monitor.watch.language.rules import Rule
    from monitor.watch.load_rules import load, load_texts
    from monitor.watch.rulebook import FoundEntity, Name, Rulebook
else:
    __getattr__ = on_demand(
        __name__,
        {
            "desk_tools.backtest": (
                "Difference",
                "RuleChange",
                "summarise",
            ),
            "desk_tools.explain": (
                "BlockResult",
                "Explanation",
            ),
            "desk_tools.jsonl": (
                "article_from_json",
                "flags_to_json",
            ),
            "desk_tools.lint": (
                "Finding",
                "lint",
                "lint_rules",
            ),
            "desk_tools.selftest": (
                "TestResult",
                "run_tests",
            ),
            "desk_tools.suggest": (
                "Suggestion",
                "suggest",
            ),
            "engine.evaluate": (
                "Evaluation",
                "Verdict",
            ),
            "engine.found_names": ("Mention",),
            "language.entities": ("Entity",),
            "language.rules": ("Rule",),
            "load_rules": ("load", "load_texts"),
            "rulebook": (
                "FoundEntity",
                "Name",
                "Rulebook",
            ),
        },
    )

__all__ = [
    "BlockResult",
    "Difference",
    "Entity",
    "Evaluation",
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
    "Verdict",
    "article_from_json",
    "flags_to_json",
    "lint",
    "lint_rules",
    "load",
    "load_texts",
    "run_tests",
    "suggest",
    "summarise",
]
