"""The example desks: their rules hold what their own tests say, and the config names them."""

from datetime import date
from pathlib import Path

import pytest

from monitor import watch
from monitor.desk import Desk
from monitor.errors import UsageError
from monitor.settings import check_config
from monitor.setup import DESKS, Answers, ExampleDesk, config_text, desk_named, example_text
from monitor.tomlfile import parse_toml

each = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)


@pytest.fixture
def rules(desk: ExampleDesk, tmp_path: Path) -> Path:
    """The rules of an example desk as `monitor init` writes them."""
    file = tmp_path / "rules" / f"{desk.name}.toml"
    file.parent.mkdir()
    file.write_text(desk.text, "utf-8")
    return file


@each
def test_its_own_tests_hold_in_all_four_languages(desk: ExampleDesk, rules: Path) -> None:
    """Each rule of a desk is tested in four languages, both ways, and nothing fails or clashes."""
    book = watch.load([rules], [])
    own = [result for result in watch.run_tests(book) if result.rule in desk.rules]
    assert [f"{result.rule}: {result.text}" for result in own if not result.ok] == []
    for rule in book.rules:
        if rule.id in desk.rules:
            texts = [text for test in rule.tests for text in test.should]
            assert len(texts) >= 4
            assert any(test.should_not for test in rule.tests)
    assert not list(watch.lint_rules(book, [], date(2026, 11, 23)))
    built_in = {finding.message for finding in watch.lint(watch.load([], []), date(2026, 11, 23))}
    found = {finding.message for finding in watch.lint(book, date(2026, 11, 23))}
    assert found <= built_in


@each
def test_the_config_names_its_rules(desk: ExampleDesk, rules: Path) -> None:
    """What init writes loads as it is, and the digest tells the desk's own rules first."""
    text = config_text(Answers("Europe/Berlin", "desk@example.org", "ko", desk))
    opened = Desk(check_config(parse_toml(text, "config.toml"), rules.parents[1]))
    opened.check_references()
    config = opened.config
    assert config.digest[0].rules[: len(desk.rules)] == desk.rules
    assert (config.monitor.timezone, config.monitor.contact) == (
        "Europe/Berlin",
        "desk@example.org",
    )
    assert config.monitor.reader_language == "ko"


def test_answers_leave_everything_else_as_it_is() -> None:
    """Comments and other lines of the example stay; without answers it is the example."""
    assert config_text(Answers()) == example_text()
    before = example_text().splitlines()
    after = config_text(Answers(contact='me"\\@example.org')).splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert 'contact = "me\\"\\\\@example.org"' in changed[0]


def test_an_unknown_desk_names_the_nearest() -> None:
    """A slip of the pen is answered with the name that was meant."""
    with pytest.raises(UsageError, match='did you mean "borders"'):
        desk_named("border")
