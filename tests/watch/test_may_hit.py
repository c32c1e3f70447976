"""Whether what a feed says of an article is reason enough to read its page."""

import pytest

from monitor.model import Article, Feed
from monitor.watch import Rulebook
from tests.watch.written import block_of, book_of, rule_of

GAZETTEER = """
[office.chief]
side = "CN"
leader = true
en = ["Chief"]
ko = ["총재"]
[office.envoy]
side = "CN"
en = ["Envoy"]
[[entity]]
id = "sorn"
type = "person"
sides = ["CN"]
office = "chief"
names.en = ["Dora Sorn"]
short.en = ["Sorn"]
short.zh-Hant = ["尹"]
[[entity]]
id = "ames"
type = "person"
sides = ["CN"]
office = "envoy"
names.en = ["Emil Ames"]
short.en = ["Ames"]
[[entity]]
id = "east"
type = "country"
sides = ["CN"]
names.en = ["Eastland"]
headline.ko = ["中"]
[[entity]]
id = "west"
type = "country"
sides = ["KR"]
names.en = ["Westland"]
home.en = ["Landy"]
[[entity]]
id = "hill"
type = "place"
sides = ["KR"]
weak.en = ["Hill"]
[[entity]]
id = "voice"
type = "media"
sides = ["KR"]
names.en = ["Hill Voice"]
[[entity]]
id = "both-voices"
type = "media"
sides = ["KR", "CN"]
names.en = ["Two Voices"]
[[decoy]]
id = "times"
country = "KR"
names.en = ["Mountain Times"]
[[decoy]]
id = "quay-cup"
names.en = ["Quay Cup"]
[list.results]
patterns = ['\\b\\d-\\d\\b']
"""
OTHER = block_of('any = ["dock"]')


def wants(*blocks: str, alert: str = "{ digest = 4 }") -> Rulebook:
    """Return a rulebook whose one rule has some blocks."""
    return book_of(rule_of("\n".join(blocks), alert=alert), entities=GAZETTEER)


@pytest.mark.parametrize(
    ("wanted", "title", "may"),
    [
        ("@east", "Eastland sings", True), ("@east", "Westland sings", False),
        ("@east", "中, 항모 공개", True), ("@hill", "Hill closed", True),
        ("@KR", "Hill closed", True), ("@place.KR", "Hill closed", True),
        ("@place.CN", "Hill closed", False), ("@sorn", "Sorn sings", True),
        ("@sorn", "尹 방문", True), ("@ames", "Ames sings", False),
        ("@ames", "Envoy Ames sings", True), ("@office.envoy", "Envoy Ames sings", True),
        ("@office.envoy", "Emil Ames sings", True), ("@office.chief", "Emil Ames sings", False),
        ("quay", "Quays fall", True), ("quay", "Quay Cup", True), ("quay", "Rain", False),
        ("#results", "It was 2-0", True), ("#results", "It rained", False),
    ],
)  # fmt: skip
def test_a_name_or_word_of_a_rule_is_a_reason(wanted: str, title: str, may: bool) -> None:
    """However weak the name; one that no rule asks for is none."""
    assert wants(block_of(f'any = ["{wanted}"]', "score = 4")).may_hit(title, "") is may


@pytest.mark.parametrize(
    ("blocks", "title", "may"),
    [
        # Of names and words the names; of words alone each.
        (['all = ["@east", "quay"]\nscore = 4'], "A quay", False),
        (['all = ["@east", "quay"]\nscore = 4'], "Eastland sings", True),
        (['all = ["crane", "quay"]\nscore = 4'], "A quay", True),
        # What gives no points, or too few with all that gives as few, begins nothing.
        (['any = ["quay"]\nscore = 4', 'any = ["toy"]\nlevel = "now"'], "A toy", False),
        (['any = ["quay"]\nscore = 4', 'any = ["toy"]\nscore = -2'], "A toy", False),
        (['any = ["quay"]\nscore = 4', 'any = ["toy"]\nscore = 3'], "A toy", False),
        (['any = ["quay"]\nscore = 3', 'any = ["toy"]\nscore = 1'], "A toy", False),
        (['any = ["quay"]\nscore = 3', 'any = ["toy"]\nscore = 1'], "A quay", True),
        (['any = ["quay"]\nscore = { headline = 4, body = 1 }'], "A quay", True),
        (['any = ["quay"]\nscore = 4', 'any = ["toy"]\nscore = -9', 'any = ["dock"]\nscore = 3'],
         "A dock", False),
        (['any = ["quay"]'] * 4, "A quay", True), (['any = ["quay"]'] * 3, "A quay", False),
    ],
)  # fmt: skip
def test_what_may_begin_an_article_that_a_rule_wants(
    blocks: list[str], title: str, may: bool
) -> None:
    """The lowest level must be within reach."""
    written = [f"[[rule.when]]\n{block}" for block in blocks]
    assert wants(*written, alert="{ now = 9, digest = 4 }").may_hit(title, "") is may


def test_a_block_that_only_raises_a_level_begins_nothing() -> None:
    """However little a rule asks for."""
    book = wants(
        block_of('any = ["quay"]'),
        block_of('any = ["toy"]', 'level = "now"'),
        alert="{ digest = 1 }",
    )
    assert [book.may_hit(title, "") for title in ("A quay", "A toy")] == [True, False]


def test_a_rule_that_is_switched_off_wants_nothing() -> None:
    """Nor does it keep another from wanting."""
    rules = [rule_of(block_of(f'any = ["{word}"]'), word) for word in ("quay", "toy")]
    rules[0] = rules[0].replace('id = "quay"\n', 'id = "quay"\nenabled = false\n')
    book = book_of(*rules)
    assert [book.may_hit(title, "") for title in ("A quay", "A toy")] == [False, True]


@pytest.mark.parametrize(
    ("source", "feed_country", "ids"),
    [
        ("Hill Voice", "", ["west"]), ("HILL-VOICE", "", ["west"]), ("Two Voices", "", []),
        ("Mountain Times", "", ["west"]), ("Quay Cup", "", []), ("Westland", "", []),
        ("Hill Voice", "CN", []), ("", "KR", ["west"]), ("Two Voices", "KR", ["west"]),
    ],
)  # fmt: skip
def test_the_outlet_that_an_article_names_says_where_it_is_at_home(
    source: str, feed_country: str, ids: list[str]
) -> None:
    """By the gazetteer's media of one side and its outlets; a feed's country goes first."""
    book = wants(OTHER)
    feed = Feed("f", "https://a.example/", country=feed_country)
    article = Article(title="Landy wins", language="en", source=source)
    assert [mention.entity for mention in book.mentions(article, feed)] == ids
