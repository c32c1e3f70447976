"""Saying why: reasons of a flag, explanations of every rule, self-tests and JSON Lines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.errors import UsageError
from monitor.model import Article
from monitor.watch import (
    Rulebook,
    article_from_json,
    flags_to_json,
    load,
    run_tests,
)
from tests.watch.written import block_of, book_of, rule_of

RULES = """
[[rule]]
id = "harbour"
name = "Harbour"
alert = { now = 6, digest = 3 }
[[rule.when]]
name = "crane in the harbour"
all = ["harbour", "crane"]
within = "sentence"
score = { headline = 6, lede = 3 }
[[rule.when]]
any = ["strike", "walkout"]
at_least = 2
in = ["headline"]
score = 3
[[rule.unless]]
any = ["toy"]
in = ["headline"]
keep_if = ["lawsuit"]
[[rule.test]]
level = "now"
should = ["Harbour crane falls", "Harbour strike"]
should_not = ["Harbour", "Harbour crane sinks"]
[[rule.test]]
todo = true
should = ["Port crane falls"]
should_not = ["Nothing"]
"""


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """One rule of two `when` blocks and an `unless`."""
    path = tmp_path_factory.mktemp("rules") / "rules.toml"
    path.write_text(RULES)
    return load([path], builtin=False)


def test_a_reason_holds_the_sentence_and_the_marks(rulebook: Rulebook) -> None:
    """A flag says which block held, with how much, and marks the words in their sentence."""
    article = Article(title="News", body=("It rained. A crane fell in the harbour. Then dark.",))
    (flag,) = rulebook.flags(article)
    (reason,) = flag.reasons
    assert (flag.level, flag.score) == ("digest", 3)
    assert (reason.block, reason.score, reason.zone) == ("crane in the harbour", 3, "lede")
    assert reason.sentence == "A crane fell in the harbour."
    assert [reason.sentence[a:b] for a, b in reason.marks] == ["crane", "harbour"]
    assert reason.words == ("crane", "harbour")


@pytest.mark.parametrize("body", ["A quay. A crane fell.", "A crane fell. A quay."])
def test_marks_are_of_the_sentence_that_is_shown(body: str) -> None:
    """Words of a block that stand in the sentences around it are told, and marked nowhere."""
    block = block_of('all = ["quay", "crane"]', 'within = "paragraph"')
    (flag,) = book_of(rule_of(block)).flags(Article(title="News", body=(body,)))
    (reason,) = flag.reasons
    (word,) = (reason.sentence[a:b] for a, b in reason.marks)
    assert reason.sentence == {"quay": "A quay.", "crane": "A crane fell."}[word]
    assert set(reason.words) == {"quay", "crane"}


def test_an_explanation_shows_held_blocks_and_near_misses(rulebook: Rulebook) -> None:
    """Every block is shown; one that does not hold says what it lacked."""
    (explanation,) = rulebook.explain(Article(title="Harbour strike", body=("A crane.",)))
    assert explanation.level is None
    assert explanation.why_not == "score 0 of 3"
    crane, strike, toy = explanation.blocks
    assert crane.lacking == ("not within one sentence",)
    assert crane.found == ("harbour: Harbour (headline)", "crane: crane (lede)")
    assert strike.lacking == ("only 1 different of 2 of strike | walkout in headline",)
    assert (toy.kind, toy.held) == ("unless", False)


def test_an_explanation_names_what_is_missing(rulebook: Rulebook) -> None:
    """A group without a hit is named."""
    (explanation,) = rulebook.explain(Article(title="Crane"))
    assert explanation.blocks[0].lacking == ("no harbour",)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Calm in the Yellow Sea", '"Yellow Sea" is a weak name of @yellow-sea'),
        ("黄海構造物", '"黄海" counts as part of "黄海構造物" (@yellow-sea-structures)'),
        ("Calm in the Baltic", ""),
    ],
)
def test_a_name_that_stands_there_and_does_not_count_is_told(
    tmp_path: Path, title: str, said: str
) -> None:
    """Beside what was lacking: the weak name, or the longer one that it is part of."""
    file = tmp_path / "own.toml"
    file.write_text(
        '[[rule]]\nid = "sea"\nname = "Sea"\n[[rule.when]]\nany = ["@yellow-sea"]\n'
        '[[rule.test]]\nshould = ["中国と黄海"]\nshould_not = ["Rain"]\n',
        encoding="utf-8",
    )
    (block,) = load([file]).explain_rule("sea", Article(title=title)).blocks
    assert block.lacking[0].startswith(f"no @yellow-sea; {said}" if said else "no @yellow-sea")
    assert (";" in block.lacking[0]) == bool(said)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ('any = ["ant", "bee", "cat", "dog"]', "no ant | bee | cat | dog"),
        ('any = ["ant", "bee", "cat", "dog", "elk"]', "no ant | bee | cat | dog | … (5 in all)"),
        ('any = ["ant", "bee"]\nat_least = 1', "no ant | bee"),
    ],
)
def test_a_long_group_is_named_by_its_first_words(block: str, said: str) -> None:
    """Four of them, and how many there are."""
    (explanation,) = book_of(rule_of(block_of(block))).explain(Article(title="Rain"))
    assert explanation.blocks[0].lacking == (said,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("enabled = false", "the rule is switched off"),
        ("until = 2026-11-22", "the rule ended on 2026-11-22"),
        ('languages = ["ko", "zh"]', "only for stories in ko, zh"),
        ('feeds = ["a", "!b"]', "only for feeds a, !b"),
    ],
)
def test_an_explanation_says_why_a_rule_is_not_asked(line: str, said: str) -> None:
    """Switched off, ended, or for others."""
    rule = rule_of(block_of('any = ["quay"]')).replace('id = "r"\n', f'id = "r"\n{line}\n')
    day = datetime(2026, 11, 23, tzinfo=UTC)
    (explanation,) = book_of(rule).explain(Article(title="Quay", language="en", published=day))
    assert explanation.why_not == said


def test_an_explanation_names_the_silencer(rulebook: Rulebook) -> None:
    """A rule that was silenced says by which block; one that was kept says by what."""
    (silenced,) = rulebook.explain(Article(title="Toy harbour crane"))
    assert silenced.why_not == "silenced by unless 1"
    (lifted,) = rulebook.explain(Article(title="Toy harbour crane lawsuit"))
    assert lifted.level == "now"
    assert lifted.blocks[-1].lacking == ("lifted by lawsuit",)


def test_an_explanation_agrees_with_the_flags(built_in: Rulebook) -> None:
    """What is explained as flagged is flagged, with the same level and score."""
    for title in ("Wang Yi, Cho Hyun hold talks", "N. Korea fires missile", "Rain in Lyon"):
        article = Article(title=title)
        explained = {(e.rule, e.level, e.score) for e in built_in.explain(article) if e.level}
        assert explained == {(f.rule, f.level, f.score) for f in built_in.flags(article)}


def test_an_unknown_rule_cannot_be_explained(rulebook: Rulebook) -> None:
    """Asking for a rule that does not exist is a usage error."""
    with pytest.raises(UsageError, match="nothing-such"):
        rulebook.explain_rule("nothing-such", Article(title="x"))


def test_self_tests_say_what_was_expected_and_what_came(rulebook: Rulebook) -> None:
    """Failures, known failures and passes are told apart, each with its reasons."""
    results = {result.text: result for result in run_tests(rulebook)}
    assert results["Harbour crane falls"].outcome == "passed"
    wrong = results["Harbour strike"]
    assert (wrong.outcome, wrong.ok) == ("failed", False)
    assert (wrong.expected, wrong.got) == ("flagged now", "not flagged: score 0 of 3")
    assert results["Harbour crane sinks"].got == "flagged now"
    assert results["Port crane falls"].outcome == "expected failure"
    stale = results["Nothing"]
    assert (stale.outcome, stale.ok) == ("unexpected pass", False)
    assert wrong.place.endswith("rules.toml:2")


def test_a_line_of_json_becomes_an_article() -> None:
    """Newlines end paragraphs, a date may be given under either name, unknown keys pass."""
    article, feed = article_from_json(
        {
            "id": 7, "title": "T", "text": "One.\n\nTwo.", "published": "2026-11-01T08:00:00+09:00",
            "feed": "paper", "language": "ko", "source": "The Paper", "colour": "red",
        }
    )  # fmt: skip
    assert article.body == ("One.", "Two.")
    assert article.published == datetime.fromisoformat("2026-11-01T08:00:00+09:00")
    assert (article.language, article.source) == ("ko", "The Paper")
    assert feed is not None
    assert feed.name == "paper"
    dated, none = article_from_json({"title": "T", "date": "2026-11-01"})
    assert dated.published == datetime(2026, 11, 1, tzinfo=UTC)
    assert none is None
    assert article_from_json({"title": "T", "date": "someday"})[0].published is None


@pytest.mark.parametrize("line", [{}, {"title": 3}, {"title": "a", "text": ["b"]}, [1], "x"])
def test_a_line_that_is_no_story_is_refused(line: object) -> None:
    """A line without title and text, or with values of the wrong kind, is a usage error."""
    with pytest.raises(UsageError):
        article_from_json(line)  # type: ignore[arg-type]


def test_flags_as_json(rulebook: Rulebook) -> None:
    """The stable output names rules, levels, scores and reasons."""
    flags = rulebook.flags(Article(title="Harbour crane falls"))
    line = flags_to_json("a1", flags)
    assert line["id"] == "a1"
    assert line["topics"] == ["harbour"]
    (flag,) = line["flags"]
    assert (flag["rule"], flag["level"], flag["score"]) == ("harbour", "now", 6)
    assert flag["why"][0]["words"] == ["Harbour", "crane"]
    assert flag["why"][0]["marks"] == [[0, 7], [8, 13]]


def test_entities_are_found_by_any_name(built_in: Rulebook) -> None:
    """A name in any script leads to the entity with all its names and their sources."""
    for name in ("王毅", "Wang Yi", "왕이", "wang-yi", "WANG YI"):
        found = {entity.entity.id: entity for entity in built_in.find_entities(name)}
        assert "wang-yi" in found
        names = {(n.text, n.strength) for n in found["wang-yi"].names}
        assert {("Wang Yi", "safe"), ("왕이", "weak"), ("Wang", "surname")} <= names
        assert any(n.seen for n in found["wang-yi"].names)
    assert built_in.find_entities("nobody at all") == ()
    assert built_in.entity_name("nobody-at-all") == "nobody-at-all"
    for name in ("Rhee Jae Myung", "Lee Jaemyeong", "YI JAE-MYONG"):
        assert [one.entity.id for one in built_in.find_entities(name)] == ["lee-jae-myung"]
    assert "Wang Yi" in built_in.names_like("Wang Yy")
    held = {t.office: t for t in built_in.find_entities("wang-yi")[0].entity.tenures}
    assert held["foreign-minister-cn"].since


def test_reading_a_rulebook_leaves_files_alone(tmp_path: Path) -> None:
    """Nothing is cached on disk beside the user's files."""
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    load([path], builtin=False)
    assert list(tmp_path.iterdir()) == [path]
