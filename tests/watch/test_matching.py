"""Matching: terms, scopes, zones and scores on the text as printed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Article, Feed
from monitor.watch import Rulebook, load
from monitor.watch.desk_tools.selftest import article_of
from tests.watch.written import ENTITIES, block_of, book_of, rule_of


def _score(blocks: str, article: Article, alert: str = "{ digest = 1 }") -> float:
    flags = book_of(rule_of(blocks, alert=alert)).flags(article)
    return flags[0].score if flags else 0.0


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("free trade", "A free-trade zone opens"),
        ("free trade", "FREE TRADE zones"),
        ("free-trade", "A free trade zone"),
        ("missile*", "Missiles fired"),
        ("fire* missile*", "It fires missiles again"),
        ("=ROK", "The ROK's navy"),
        ("ko:방중", "다음 달 방중한다"),
        ("미사일*", "탄도미사일을 쐈다"),
        ("导弹", "发射導彈"),
        ("@anna-bell", "Talks with Anna Bell"),
        ("@CN", "Talks with Anna-Bell"),
        ("@person.CN", "ANNA BELL RESIGNS"),
        ("@office.mayor-a", "Carl Bell opens bridge"),
        ("@port-town", "PTN harbour closes"),
    ],
)
def test_terms_that_hit(term: str, text: str) -> None:
    """Each form of a term finds what it promises, however it is spelled."""
    assert _score(block_of(f'any = ["{term}"]'), Article(title=text))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("free trade", "carefree traders"),
        ("missile", "missileman's tale"),
        ("fire* missile*", "It fires old missiles"),
        ("=ROK", "Rok Petrovic, rok, a ROKS ship"),
        ("ko:방중", "The word 방중 in an English story about many other things at all"),
        ("ko:감독", "국가대표감독님네"),
        ("@anna-bell", "anna bell, a song"),
        ("@office.mayor-a", "Anna Bell opens bridge"),
        ("@port-town", "ptn"),
        ("@port-town", "Port\nTown"),
    ],
)
def test_terms_that_do_not(term: str, text: str) -> None:
    """Parts of words, other cases and other languages are not hit."""
    title, *body = text.split("\n")
    assert not _score(block_of(f'any = ["{term}"]'), Article(title=title, body=tuple(body)))


def test_best_zone_counts_once() -> None:
    """A block gives the points of its best zone, however often it is hit."""
    block = block_of('any = ["quay"]', "score = { headline = 6, lede = 4, body = 1 }")
    long = ("No news here.", "None here.")
    assert _score(block, Article(title="Quay", body=("quay", "quay", "quay"))) == 6
    assert _score(block, Article(title="News", body=("The quay.", "A quay."))) == 4
    assert _score(block, Article(title="News", body=(*long, "The quay."))) == 1
    assert _score(block, Article(title="News", standfirst="The quay.", body=long)) == 4


def test_the_lede_of_a_story_in_one_paragraph_ends_early() -> None:
    """A story given as one paragraph has a lede of some 120 words, not of everything."""
    block = block_of('any = ["quay"]', "score = { lede = 4, body = 1 }")
    text = " ".join(["The council met for many hours on that day."] * 30) + " Then the quay."
    assert _score(block, Article(title="News", body=(text,))) == 1


def test_blocks_add_up_to_levels() -> None:
    """Several blocks add their points; the highest threshold reached is the level."""
    blocks = (
        block_of('any = ["quay"]', "score = 3") + "\n" + block_of('any = ["crane"]', "score = 3")
    )
    rulebook = book_of(rule_of(blocks, alert="{ now = 6, digest = 3, log = 1 }"))
    assert rulebook.flags(Article(title="Quay"))[0].level == "digest"
    assert rulebook.flags(Article(title="Quay and crane"))[0].level == "now"
    assert rulebook.flags(Article(title="Nothing")) == ()


def test_a_block_may_take_points_away() -> None:
    """Negative points can keep a rule below its threshold."""
    blocks = (
        block_of('any = ["quay"]', "score = 3") + "\n" + block_of('any = ["toy"]', "score = -2")
    )
    assert _score(blocks, Article(title="Quay"), "{ digest = 3 }") == 3
    assert _score(blocks, Article(title="Toy quay"), "{ digest = 3 }") == 0


@pytest.mark.parametrize(
    ("scope", "text", "holds"),
    [
        ("sentence", "The quay and the crane.", True),
        ("sentence", "The quay. The crane.", False),
        ("paragraph", "The quay. The crane.", True),
        ("paragraph", "The quay.\nThe crane.", False),
        ("3 words", "The quay by the crane.", True),
        ("3 words", "The quay that stands by the crane.", False),
        ("3 words", "Quay one two crane.", True),
        ("3 words", "Quay one two three crane.", False),
        ("3 words", "Crane one two quay.", True),
        ("3 words", "Crane one two three quay.", False),
        ("3 words", "港口和起重机", True),
        ("2 words", "港口以及其他许多起重机", False),
        ("story", "The quay.\nThe crane.", True),
    ],
)
def test_scopes(scope: str, text: str, holds: bool) -> None:
    """All groups must lie within the reach; two Han characters are a word."""
    block = block_of('all = [["quay", "港口"], ["crane", "起重机"]]', f'within = "{scope}"')
    article = Article(title="News", body=tuple(text.split("\n")))
    assert bool(_score(block, article)) is holds


def test_none_counts_within_the_same_reach() -> None:
    """What must be absent must be absent from the sentence that would hold, not from the story."""
    block = block_of('all = ["quay", "crane"]', 'none = ["toy"]', 'within = "sentence"')
    assert not _score(block, Article(title="N", body=("The toy quay and crane.",)))
    assert _score(block, Article(title="N", body=("The toy.", "The quay and crane.")))


def test_at_least_counts_different_items() -> None:
    """One item twice is not two items."""
    block = block_of('any = ["quay", "crane", "dock"]', "at_least = 2")
    assert not _score(block, Article(title="Quay, quay"))
    assert _score(block, Article(title="Quay, dock"))


def test_times_and_share_ask_for_weight() -> None:
    """`times` counts hits in the zones that count, `share` sentences of the whole story."""
    times = block_of('any = ["@port-town"]', "times = 2")
    share = block_of('any = ["@port-town"]', "share = 0.5")
    once = Article(title="Port Town", body=("One.", "Two.", "Three."))
    often = Article(title="Port Town", body=("In Port Town.", "Two."))
    assert not _score(times, once)
    assert _score(times, often)
    assert not _score(share, once)
    assert _score(share, often)


def test_unless_silences_and_keep_if_lifts_it() -> None:
    """`unless` silences the rule where it holds, except with a word of `keep_if`."""
    blocks = block_of('any = ["quay"]') + (
        '\n[[rule.unless]]\nany = ["toy"]\nin = ["headline"]\nkeep_if = ["strike"]'
    )
    assert _score(blocks, Article(title="Quay"))
    assert not _score(blocks, Article(title="Toy quay"))
    assert _score(blocks, Article(title="Quay", body=("A toy.",)))
    assert _score(blocks, Article(title="Toy quay", body=("A strike.",)))


def test_expressions_of_a_list_count() -> None:
    """A list's regular expressions are tried on the text as printed."""
    lists = "[list.results]\nwords = [\"cup\"]\npatterns = ['\\b\\d-\\d\\b']\n"
    rulebook = book_of(lists, rule_of(block_of('any = ["#results"]')))
    assert rulebook.flags(Article(title="They won 2-0"))
    assert rulebook.flags(Article(title="The cup"))
    assert not rulebook.flags(Article(title="They won"))
    words = rule_of(block_of('all = ["quay", "crane"]'), "words")
    rulebook = book_of(lists, rule_of(block_of('any = ["#results"]'), "list"), words)
    for title, rules in {"The cup": ["list"], "A crane at the quay": ["words"]}.items():
        assert [flag.rule for flag in rulebook.flags(Article(title=title))] == rules


def test_brackets_in_brackets_of_an_expression_are_no_warning(
    recwarn: pytest.WarningsRecorder,
) -> None:
    """An opening one in a set stands for itself; nobody hears of what Python may make of it."""
    lists = "[list.odd]\npatterns = ['quay[[(]\\d']\n"
    rulebook = book_of(lists, rule_of(block_of('any = ["#odd"]')))
    assert rulebook.flags(Article(title="At quay[7]"))
    assert not recwarn.list


def test_offices_follow_the_date_of_the_story() -> None:
    """A title with a surname is whoever held the office on the day the story was published."""
    rulebook = book_of(rule_of(block_of('any = ["@office.mayor-a"]')))
    for day, holder in (("2022-03-01", "anna-bell"), ("2025-03-01", "carl-bell")):
        article = article_of("Mayor Bell opens bridge", day)
        assert [m.entity for m in rulebook.mentions(article)] == [holder]
        assert rulebook.flags(article)


def test_of_two_holders_of_one_surname_the_title_is_whose_name_stands_there() -> None:
    """Where it stood before; of neither where neither is named, or both are."""
    second = ENTITIES.partition("[[entity]]")[2].partition("[[entity]]")[0]
    dora = "[[entity]]" + second.replace("anna", "dora").replace("Anna", "Dora")
    rulebook = book_of(rule_of(block_of('any = ["x"]')), entities=ENTITIES + dora)
    for body, titled in {
        "Rain.": [],
        "Dora Bell.": ["dora-bell"],
        "Dora Bell, Anna Bell.": [],
    }.items():
        found = rulebook.mentions(article_of(f"{body}\nMayor Bell opens it", "2022-03-01"))
        assert [one.entity for one in found if one.words == "Mayor Bell"] == titled


def test_one_person_may_hold_several_offices_at_several_times() -> None:
    """A tenure of its own table counts beside the entity's, for its office and its days only."""
    tenures = (
        '[office.harbour-master]\nside = "CN"\nen = ["Harbour Master"]\n'
        '[[tenure]]\nperson = "carl-bell"\n'
        'office = "harbour-master"\nfrom = "2011-02-03"\nuntil = "2012"\nsure = "memory"\n'
    )
    rulebook = book_of(
        rule_of(block_of('any = ["@office.harbour-master"]')), entities=ENTITIES + tenures
    )
    fires = {
        day: bool(rulebook.flags(article_of("Carl Bell opens bridge", day)))
        for day in ("2011-02-02", "2011-02-03", "2012-12-31", "2013-01-01", "2025-03-01")
    }
    assert [day for day, fired in fires.items() if fired] == ["2011-02-03", "2012-12-31"]
    harbour = article_of("Harbour Master Bell resigns", "2012-03-01")
    assert [m.entity for m in rulebook.mentions(harbour)] == ["carl-bell"]


def test_a_block_may_raise_the_level_of_a_rule_that_fires() -> None:
    """A block with a level gives no points, and raises a rule that other blocks made fire."""
    blocks = block_of('any = ["quay"]') + "\n" + block_of('any = ["fire"]', 'level = "now"')
    rulebook = book_of(rule_of(blocks))
    assert rulebook.flags(Article(title="Quay"))[0].level == "digest"
    raised = rulebook.flags(Article(title="Fire on quay"))[0]
    assert (raised.level, raised.score) == ("now", 1)
    assert rulebook.flags(Article(title="Fire")) == ()


@pytest.fixture(scope="module")
def countries_apart(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The built-in names and a rule on China and South Korea, apart."""
    block = block_of('all = ["@CN", "@KR"]', 'within = "sentence"', "apart = true")
    path = tmp_path_factory.mktemp("apart") / "rules.toml"
    path.write_text(rule_of(block), encoding="utf-8")
    return load([path])


@pytest.mark.parametrize(
    ("headline", "holds"),
    [
        ("China lifts ban on South Korean pears", True),
        ("China and South Korea lead demand for pears", False),
        ("Pears: Japan, China, S. Korea buy more", False),
        ("中国、韓国の梨を検査", False),
        ("中国が韓国の梨を検査", True),
        ("中韓の梨が人気", False),
    ],
)
def test_names_apart_are_not_members_of_one_list(
    countries_apart: Rulebook, headline: str, holds: bool
) -> None:
    """With `apart`, countries named in a row with others do not count."""
    flags = countries_apart.flags(Article(title=headline))
    assert any(flag.rule == "r" for flag in flags) is holds


def test_what_the_feed_says_decides_about_korea_alone(built_in: Rulebook) -> None:
    """ "Korea" alone is South Korea in a South Korean feed, and nobody elsewhere."""
    article = Article(title="Korea opens new museum", language="en")
    home = Feed(name="paper", url="", country="KR")
    away = Feed(name="paper", url="", country="DE")
    assert [m.entity for m in built_in.mentions(article, home)] == ["south-korea"]
    assert built_in.mentions(article, away) == ()


def test_may_hit_is_generous(built_in: Rulebook) -> None:
    """A summary with a weak name is worth fetching; one without any term is not."""
    assert built_in.may_hit("조현 씨의 하루", "")
    assert built_in.may_hit("Markets", "Exports to China fell")
    assert not built_in.may_hit("Bakery wins award", "Bread from Lyon")
    assert not built_in.may_hit("School film wins 2-0", "A hospital launch in India")
    assert not built_in.may_hit("Minister ends trade talks in Lima", "Visa fees will rise")
    small = "\n".join(block_of(f'any = ["{word}"]', "score = 2") for word in ("quay", "toy"))
    together = book_of(rule_of(small, alert="{ digest = 4 }"))
    assert together.may_hit("A toy", "") or together.may_hit("A quay", "")
    assert not book_of(rule_of(small, alert="{ digest = 5 }")).may_hit("A toy at a quay", "")


def test_articles_read_together_come_to_the_same(built_in: Rulebook) -> None:
    """Reading many articles in a row changes nothing: flags, verdicts, mentions and their order."""
    few = [
        Article(title="Wang Yi, Cho Hyun hold talks"),
        Article(title="北韓發射飛彈"),
        Article(title="Bakery wins award"),
        Article(title="조현 외교부 장관, 왕이 외교부장과 통화"),
    ]
    articles = few * 70 + [Article(title="Long", body=("bread " * 40_000,))] * 6 + few
    together = list(built_in.evaluate_all((article, None, None) for article in articles))
    assert len(together) == len(articles)
    for article, evaluation in list(zip(articles, together, strict=True))[270:]:
        assert evaluation.flags() == built_in.flags(article)
        assert evaluation.verdicts() == built_in.verdicts(article)
        assert evaluation.mentions() == built_in.mentions(article)


def test_matching_is_safe_in_threads(built_in: Rulebook) -> None:
    """Several threads get the same flags from one built_in."""
    articles = [
        Article(title="Wang Yi, Cho Hyun hold talks"),
        Article(title="北韓發射飛彈"),
        Article(title="Bakery wins award"),
    ] * 20
    alone = [built_in.flags(article) for article in articles]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(built_in.flags, articles)) == alone


WORDS = st.sampled_from(["quay", "crane", "Port Town", "dock", "港口", "항구", "船", "PTN", "x"])
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
BLOCKS = st.sampled_from(
    [
        block_of('any = ["quay", "港口"]'),
        block_of('all = ["crane", "@KR"]', 'within = "sentence"'),
        block_of('any = ["dock*", "항구"]', "score = { headline = 2, body = 1 }"),
        block_of('all = ["@port-town", ["quay", "船"]]', 'none = ["crane"]'),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, min_size=2, max_size=4), TEXTS, TEXTS)
def test_rules_match_alone_as_they_do_together(blocks: list[str], title: str, body: str) -> None:
    """Compiling rules together changes nothing about any of them."""
    article = Article(title=title, body=(body,))
    together = {
        flag.rule: flag
        for flag in book_of(*(rule_of(b, f"r{i}") for i, b in enumerate(blocks))).flags(article)
    }
    for number, block in enumerate(blocks):
        alone = book_of(rule_of(block, f"r{number}")).flags(article)
        assert alone == ((together[f"r{number}"],) if f"r{number}" in together else ())


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4), TEXTS, TEXTS)
def test_verdicts_are_flags_without_reasons(blocks: list[str], title: str, body: str) -> None:
    """Rules, levels and scores are the same, whether reasons are asked for or not."""
    article = Article(title=title, body=(body,))
    rulebook = book_of(*(rule_of(b, f"r{i}") for i, b in enumerate(blocks)))
    assert rulebook.verdicts(article) == tuple(
        (flag.rule, flag.level, flag.score) for flag in rulebook.flags(article)
    )


TERMS = ["quay", "free trade", "Tae-yul", "항구", "港口", "開發", "=PTN", "dock*"]
RULEBOOK = book_of(*(rule_of(block_of(f'any = ["{t}"]'), f"r{i}") for i, t in enumerate(TERMS)))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["quay", "free-trade", "Tae yul", "항구", "港口", "开发", "PTN", "docks"]),
    st.text(st.sampled_from("abc 한국中かé.,-·\n「"), max_size=30),
    st.text(st.sampled_from("abc 한국中かé.,-·\n「"), max_size=30),
)
def test_a_term_is_found_again_in_other_text(word: str, before: str, after: str) -> None:
    """A term found in a text is found again when that text stands among others, with spaces."""
    alone = {flag.rule for flag in RULEBOOK.flags(Article(title="N", body=(word,)))}
    # A line before it, since "PTN --" at the head of a story is a dateline.
    wrapped = Article(title="N", body=("Lead.", *f"{before} {word} {after}".split("\n")))
    assert alone
    assert alone <= {flag.rule for flag in RULEBOOK.flags(wrapped)}


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "World news in brief",
            [
                "Paris bakers strike over flour prices. Shops were shut.",
                "North Korea fires missile toward East Sea. Seoul's military said so.",
                "A panda was born in Madrid.",
            ],
        ),
        (
            "한눈에 보는 아침",
            ["파리 제빵사 파업 돌입", "북한, 동해로 탄도미사일 발사", "판다 출산"],
        ),
        ("Things to know", ["● Bread is dear. ● N. Korea fires missile, JCS says. ● Rain today."]),
        ("今日要聞", ["1. 巴黎罷工", "2. 北韓發射彈道飛彈", "3. 熊貓出生"]),
    ],
)
def test_a_round_up_is_judged_item_by_item(built_in: Rulebook, title: str, body: list[str]) -> None:
    """A story among others is found, the reasons say which part it is, and nobody is woken."""
    article = Article(title=title, body=tuple(body))
    (flag,) = built_in.flags(article)
    assert (flag.rule, flag.level) == ("korean-peninsula", "digest")
    assert {reason.block.split(":")[0] for reason in flag.reasons} == {"part 2"}
    for hit in flag.reasons[0].hits:
        assert article.body[hit.paragraph][hit.start : hit.end] == hit.words


def test_items_of_a_round_up_are_not_joined(built_in: Rulebook) -> None:
    """Two items that name one side each are no story of the two."""
    body = ("China opens a dam.", "South Korea elects a speaker.", "Rain in Rome.")
    assert built_in.flags(Article(title="World news in brief", body=body)) == ()


@pytest.mark.parametrize(
    ("term", "text", "shown"),
    [
        ("missile*", "Many missiles fall", "missiles"),
        ("cooperat*", "They are cooperating", "cooperating"),
        ("ko:미사일*", "탄도미사일을 쏘다", "탄도미사일"),
        ("ko:협력*", "양국 협력은 계속", "협력"),
        ("@anna-bell", "Anna Bell's talks", "Anna Bell"),
    ],
)
def test_hits_are_shown_as_whole_words(term: str, text: str, shown: str) -> None:
    """Marks and words cover the word as printed, never a stem and never a particle."""
    (flag,) = book_of(rule_of(block_of(f'any = ["{term}"]'))).flags(Article(title=text))
    (reason,) = flag.reasons
    assert reason.words == (shown,)
    assert [text[start:end] for start, end in reason.marks] == [shown]
