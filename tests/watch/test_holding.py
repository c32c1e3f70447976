"""Where a block holds, with how many points, and what the reasons show of it."""

from datetime import UTC, datetime

import pytest

from monitor.model import Article, Feed, Flag
from tests.watch.written import block_of, book_of, rule_of


def flags(blocks: str, article: Article, feed: Feed | None = None, **rule: str) -> list[Flag]:
    return list(book_of(rule_of(blocks, **rule)).flags(article, feed))


def story(title: str, *body: str) -> Article:
    return Article(title=title, body=body, language="en")


DAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG = ("One.", "Two.")  # a lede, so that what follows is the body


@pytest.mark.parametrize(
    ("zones", "titles"),
    [
        ('["headline"]', ["head"]), ('["lede"]', ["lede"]), ('["body"]', ["body"]),
        ('["headline", "body"]', ["head", "body"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("scope", ["story", "sentence", "paragraph", "3 words"])
def test_hits_count_in_the_zones_that_are_asked_for(
    zones: str, titles: list[str], scope: str
) -> None:
    """In no other, whatever the reach."""
    block = block_of('any = ["quay"]', f"in = {zones}", f'within = "{scope}"')
    articles = {
        "head": story("Quay", *LONG), "lede": story("News", "A quay."),
        "body": story("News", *LONG, "A quay."),
    }  # fmt: skip
    assert [name for name, article in articles.items() if flags(block, article)] == titles


def test_a_zone_without_points_does_not_count() -> None:
    """What is worth nothing there is not there."""
    block = block_of('any = ["quay"]', "score = { headline = 2, body = 0 }")
    assert flags(block, story("Quay"))[0].score == 2
    assert not flags(block, story("News", *LONG, "A quay."))


@pytest.mark.parametrize(
    ("body", "holds"),
    [(("A toy.", "Two."), False), ((*LONG, "A toy."), True), (("Rain.", "Two."), True)],
)
def test_what_must_be_absent_from_a_story_is_absent_from_its_zones(
    body: tuple[str, ...], holds: bool
) -> None:
    """`none` is asked in the zones that count."""
    block = block_of('any = ["quay"]', 'none = ["toy"]', 'in = ["headline", "lede"]')
    assert bool(flags(block, story("Quay", *body))) is holds


def test_what_must_be_absent_anywhere_is_absent_from_the_whole_story() -> None:
    """Without zones, `none` is asked of every paragraph."""
    block = block_of('any = ["quay"]', 'none = ["toy"]')
    assert flags(block, story("Quay", *LONG, "Rain."))
    assert not flags(block, story("Quay", *LONG, "A toy."))


def test_a_block_for_outlets_of_some_countries() -> None:
    """Others never fire it."""
    block = block_of('any = ["quay"]', 'outlets = ["KR", "KP"]')
    fired = [
        country
        for country in ("KR", "KP", "CN", "")
        if flags(block, story("Quay"), Feed("f", "https://a.example/", country=country))
    ]
    assert fired == ["KR", "KP"]


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("Quay and crane.", True),
        ("Crane and dock.", True),
        ("Crane and crane.", False),
        ("Crane. Dock.", False),
    ],
)
def test_different_items_are_counted_in_one_reach(sentence: str, holds: bool) -> None:
    """`at_least` asks for so many different ones in the sentence, not in the story."""
    block = block_of('any = ["quay", "crane", "dock"]', "at_least = 2", 'within = "sentence"')
    assert bool(flags(block, story("News", sentence))) is holds
    assert bool(flags(block, story("News", f"{sentence} Crane here, and crane there."))) is holds


def test_the_best_sentence_counts() -> None:
    """Of several that hold, the one worth most; its words are the reason's."""
    block = block_of(
        'all = ["quay", "crane"]', 'within = "sentence"',
        "score = { headline = 5, lede = 2, body = 7 }",
    )  # fmt: skip
    article = story("Storm", "A quay, a crane.", "Two.", "Then the crane fell on a quay.")
    (flag,) = flags(block, article)
    assert flag.score == 7
    (reason,) = flag.reasons
    assert (reason.zone, reason.sentence) == ("body", "Then the crane fell on a quay.")
    assert [(hit.words, hit.paragraph, hit.start, hit.end) for hit in reason.hits] == [
        ("crane", 2, 9, 14), ("quay", 2, 25, 29),
    ]  # fmt: skip
    assert reason.marks == ((9, 14), (25, 29))
    assert flags(block, story("Quay and crane", *article.body))[0].score == 5  # headlines decide


def test_a_story_holds_where_its_last_group_is_first_met() -> None:
    """The reason is the sentence there, and all hits of the story are told."""
    block = block_of('all = ["quay", "crane"]', "score = { headline = 5, lede = 3, body = 1 }")
    (flag,) = flags(block, story("Quay opens", "It rains. A crane came.", "Crane, quay."))
    (reason,) = flag.reasons
    assert (flag.score, reason.zone, reason.sentence) == (3, "lede", "A crane came.")
    assert reason.words == ("Quay", "crane", "Crane", "quay")
    assert reason.marks == ((2, 7),)


def test_a_reason_shows_no_more_than_a_dozen_hits_of_a_group() -> None:
    """However often a word stands in a story."""
    (flag,) = flags(block_of('any = ["quay"]'), story("News", " ".join(["quay"] * 40)))
    assert len(flag.reasons[0].hits) == 12


def test_blocks_are_told_one_by_one() -> None:
    """Each that holds is a reason, by its name and with its points."""
    blocks = "\n".join(
        (
            block_of('name = "harbour"', 'any = ["quay"]', "score = 2"),
            block_of('name = "machine"', 'any = ["crane"]', "score = 1.5"),
            block_of('name = "toys"', 'any = ["toy"]'),
        )
    )
    (flag,) = flags(blocks, story("Quay and crane"))
    assert [(reason.block, reason.score) for reason in flag.reasons] == [
        ("harbour", 2), ("machine", 1.5),
    ]  # fmt: skip
    assert flag.score == 3.5


@pytest.mark.parametrize(
    ("level", "raised"), [("now", "now"), ("digest", "digest"), ("log", "digest")]
)
def test_a_block_with_a_level_never_lowers_one(level: str, raised: str) -> None:
    """It raises what was reached, or says nothing."""
    blocks = block_of('any = ["quay"]') + "\n" + block_of('any = ["fire"]', f'level = "{level}"')
    assert flags(blocks, story("Fire on quay"))[0].level == raised


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ('feeds = ["wire-*"]', ["wire-a", "wire-b"]),
        ('feeds = ["!wire-b"]', ["wire-a", "desk", ""]),
        ('feeds = ["wire-*", "!wire-b"]', ["wire-a"]),
        ('languages = ["ko"]', []),
        ('languages = ["ko", "en"]', ["wire-a", "wire-b", "desk", ""]),
        ("until = 2026-11-22", []),
        ("until = 2026-11-23", ["wire-a", "wire-b", "desk", ""]),
        ("enabled = false", []),
    ],
)
def test_a_rule_may_be_for_some_feeds_languages_and_days(line: str, fits: list[str]) -> None:
    """And is never asked about others."""
    rule = rule_of(block_of('any = ["quay"]')).replace('id = "r"\n', f'id = "r"\n{line}\n')
    rulebook = book_of(rule)
    article = Article(title="Quay", language="en", published=DAY)
    fired = [
        name
        for name in ("wire-a", "wire-b", "desk", "")
        if rulebook.flags(article, Feed(name, "https://a.example/") if name else None)
    ]
    assert fired == fits


def test_share_is_of_all_sentences_for_each_group_of_names() -> None:
    """A group of words has no share; half is enough where half is asked for."""
    block = block_of('all = ["@port-town", "quay"]', "share = 0.5")
    assert flags(block, story("Port Town", "A quay in Port Town.", "Three.", "Four."))
    assert not flags(block, story("Port Town", "A quay in it.", "Three.", "Four."))
    assert not flags(block, story("Port Town", "A quay in Port Town.", "Three.", "Four.", "Five."))


def test_times_counts_every_hit() -> None:
    """In each group."""
    block = block_of('all = ["quay", "crane"]', "times = 2")
    assert flags(block, story("Quay, quay, crane, crane"))
    assert not flags(block, story("Quay, quay, quay, crane"))


def test_hits_without_points_are_not_counted() -> None:
    """A block that gives points in headlines alone counts its hits there alone."""
    block = block_of('any = ["quay"]', "times = 2", "score = { headline = 3 }")
    assert flags(block, story("Quay to quay"))
    assert not flags(block, story("Quay", "A quay."))


def test_expressions_are_tried_in_every_group_and_what_silences() -> None:
    """Beside words, alone, and where a block must not hold."""
    lists = "[list.results]\npatterns = ['\\b\\d-\\d\\b', 'x*']\n"
    alone = block_of('all = ["quay", "#results"]', 'within = "sentence"')
    rulebook = book_of(lists, rule_of(alone))
    assert rulebook.flags(story("Quay wins 2-0"))
    assert not rulebook.flags(story("Quay wins", "It was 2-0"))
    silenced = block_of('any = ["quay"]') + '\n[[rule.unless]]\nany = ["#results"]'
    rulebook = book_of(lists, rule_of(silenced))
    assert rulebook.flags(story("Quay opens"))
    assert not rulebook.flags(story("Quay opens", "Then came 2-0"))
