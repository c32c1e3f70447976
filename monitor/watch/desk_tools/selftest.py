"""Rules carry their own tests: texts that should and should not be flagged."""

from datetime import UTC, datetime
from typing import Literal

from msgspec import Struct

from monitor.model import Article, Feed
from monitor.watch.desk_tools.explain import Explanation
from monitor.watch.language.rules import Rule, RuleTest
from monitor.watch.rulebook import Rulebook

Outcome = Literal["passed", "failed", "expected failure", "unexpected pass"]


class TestResult(Struct, frozen=True):
    """One text of one test.

    Attributes:
        rule: id; text: as written; outcome: "expected failure" is a `todo` that fails as known.
        expected, got: "flagged", "flagged now", "not flagged"; explanation: what each block did.
        place: file and line of the rule.
    """

    rule: str
    text: str
    outcome: Outcome
    expected: str
    got: str
    explanation: Explanation
    place: str

    @property
    def ok(self) -> bool:
        """Is this no reason to stop? An unexpected pass is one: the `todo` must go."""
        return self.outcome in ("passed", "expected failure")


def article_of(text: str, day: str = "") -> Article:
    """Make an article of a test's text: the first line is the headline, others are paragraphs."""
    title, *body = text.split("\n")
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Article(title=title, body=tuple(body), published=published)


def run_tests(rulebook: Rulebook) -> tuple[TestResult, ...]:
    """Run every rule's tests, switched off rules too, each as if it were on and had not ended."""
    results: list[TestResult] = []
    for rule in rulebook.rules:
        for test in rule.tests:
            results += [_run(rulebook, rule, test, text, should=True) for text in test.should]
            results += [_run(rulebook, rule, test, text, should=False) for text in test.should_not]
    return tuple(results)


def _run(rulebook: Rulebook, rule: Rule, test: RuleTest, text: str, *, should: bool) -> TestResult:
    feed = Feed(name=test.feed, url="") if test.feed else None
    explanation = rulebook.explain_rule(rule.id, article_of(text, test.date), feed)
    level = explanation.level
    expected = "not flagged"
    if should:
        expected = f"flagged {test.level}" if test.level else "flagged"
    got = f"flagged {level}" if level else f"not flagged: {explanation.why_not}"
    right = (level is not None) == should and (
        not should or test.level is None or level == test.level
    )
    if test.todo:
        outcome: Outcome = "unexpected pass" if right else "expected failure"
    else:
        outcome = "passed" if right else "failed"
    place = f"{rule.file}:{rule.line}" if rule.line else rule.file
    return TestResult(rule.id, text, outcome, expected, got, explanation, place)
