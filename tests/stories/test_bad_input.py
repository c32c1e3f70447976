"""Articles that a careless grouping would swallow or choke on."""

import random
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from monitor.model import Article
from monitor.stories import Window, sign
from tests.stories.texts import NOON, article, group, prose, signed

BOILERPLATE = prose(999_999, 90)


@pytest.mark.parametrize("place", ["head", "tail"])
@pytest.mark.parametrize("own_words", [60, 120, 300])
def test_boilerplate_of_one_outlet_joins_nothing(place: str, own_words: int) -> None:
    """Pages of one outlet that share a long notice, above or below the text, stay apart."""
    signatures = []
    for n in range(30):
        own = prose(n, own_words)
        body = BOILERPLATE + own if place == "head" else own + BOILERPLATE
        text = Article(title=prose(n + 500, 15)[0], body=body, language="en")
        signatures.append(signed(text, n + 1, n, "Harbour Daily"))
    assert len(set(group(signatures).values())) == 30


def test_boilerplate_shared_by_many_outlets_joins_nothing() -> None:
    """A notice that a portal puts under every outlet's text is no shared text."""
    signatures = [
        signed(Article(title=prose(n + 500, 15)[0], body=prose(n, 120) + BOILERPLATE), n + 1, n)
        for n in range(30)
    ]
    assert len(set(group(signatures).values())) == 30


def test_a_round_up_does_not_swallow_the_day() -> None:
    """A page that quotes the day's stories in full joins at most the one it opens with."""
    stories = [article(n, 120) for n in range(10)]
    round_up = Article(
        title="News in brief: Tuesday", body=tuple(line for text in stories for line in text.body)
    )
    signatures = [signed(text, n + 1, n) for n, text in enumerate(stories)]
    grouped = group([*signatures, signed(round_up, 50, 30)])
    assert len({grouped[n + 1] for n in range(10)}) == 10
    assert group([signed(round_up, 50, -30), *signatures])[50] == 50


def test_a_live_blog_without_a_name_does_not_join_its_items() -> None:
    """Even where no headline says so, what lies deep in a long page is no copy of it."""
    stories = [article(n, 120) for n in range(10)]
    blog = Article(
        title="What we know", body=prose(77, 60) + tuple(line for s in stories for line in s.body)
    )
    grouped = group(
        [signed(blog, 50, -1), *(signed(text, n + 1, n) for n, text in enumerate(stories))]
    )
    assert len({grouped[n + 1] for n in range(10)}) == 10


def test_yesterdays_market_report_is_another_story() -> None:
    """Two items of one form with other figures are two stories."""
    form = (
        "Seoul shares closed {move} on {day}, with the benchmark index {verb} {points} points to "
        "{close}. Trade volume was moderate at {volume} million shares worth {worth} trillion won. "
        "Foreigners {foreign} a net {net} billion won, while institutions and individuals took the "
        "other side of the trade. Analysts said investors waited for cues from overseas markets.",
    )
    first = form[0].format(
        move="higher", day="Monday", verb="gaining", points=31.5, close=4120.25, volume=412,
        worth=14.5, foreign="bought", net=621,
    )  # fmt: skip
    second = form[0].format(
        move="lower", day="Tuesday", verb="shedding", points=18.25, close=4102, volume=390,
        worth=12.75, foreign="sold", net=308,
    )  # fmt: skip
    grouped = group(
        [
            signed(Article(title="Shares rally on chip hopes", body=(first,)), 1, 0, "A"),
            signed(Article(title="Stocks retreat as won slips", body=(second,)), 2, 1440, "B"),
        ]
    )
    assert grouped == {1: 1, 2: 2}


def test_flashes_about_different_things_stay_apart() -> None:
    """One-line flashes with the same mark and the same subject are not one story by that."""
    titles = [
        '[속보] 이 대통령 "물가 안정에 총력"',
        "[속보] 이 대통령, 신임 총리 지명",
        "[속보] 이 대통령 내일 출국",
        "(URGENT) Parliament passes budget bill",
        "(URGENT) Parliament speaker resigns",
        "快讯：外交部发言人就渔船事件答记者问",
        "快讯：外交部发言人宣布免签安排",
    ]
    signatures = [
        signed(Article(title=title), n + 1, n, "Yonhap", ("lee-jae-myung",))
        for n, title in enumerate(titles)
    ]
    assert len(set(group(signatures).values())) == len(titles)


def test_empty_articles_join_nothing() -> None:
    """Articles without headline and text are stories of their own."""
    signatures = [signed(Article(), n + 1, n) for n in range(5)]
    assert len(set(group(signatures).values())) == 5


def test_headlines_alone_do_not_join_long_texts() -> None:
    """Two long articles under one standing headline are two stories."""
    title = "Today in the history of the southern provinces"
    signatures = [signed(article(n, 300, title=title), n + 1, n) for n in range(4)]
    assert len(set(group(signatures).values())) == 4


def test_a_report_of_two_hundred_pages_and_its_excerpt() -> None:
    """A very long text costs no more than others, and its long excerpt is a copy of it."""
    report = article(1, 100_000)
    half = structs.replace(report, body=report.body[: len(report.body) // 2])
    placed = group([signed(report, 1), signed(half, 2, 5), signed(article(2, 100_000), 3, 6)])
    assert placed == {1: 1, 2: 1, 3: 3}


@pytest.mark.parametrize("hours", [-30, -9, 9, 30])
def test_clocks_that_run_wrong_do_not_part_copies(hours: int) -> None:
    """A copy whose outlet is hours ahead or behind is still a copy."""
    text = structs.replace(article(1), published=NOON)
    skewed = structs.replace(text, published=NOON + timedelta(hours=hours))
    signatures = [
        sign(text, id=1, seen=NOON, outlet="A"),
        sign(skewed, id=2, seen=NOON + timedelta(minutes=3), outlet="B"),
    ]
    assert group(signatures) == {1: 1, 2: 1}


def test_the_same_article_from_ten_feeds_at_once() -> None:
    """Ten sightings of one text within a second are one story with the smallest id."""
    signatures = [signed(article(1), n + 1, 0, "One Outlet") for n in range(10)]
    random.Random(1).shuffle(signatures)
    assert set(group(signatures).values()) == {1}


def test_a_wire_item_that_everyone_carries_is_not_taken_for_boilerplate() -> None:
    """Sixty outlets print one text, and the sixty-first copy still joins."""
    window = Window()
    text = article(1)
    for n in range(60):
        window.file(signed(text, n + 1, n))
    assert window.file(signed(text, 61, 61)).story == 1


@pytest.mark.parametrize(
    "text",
    [
        "\ud800" * 50,
        "\x00" * 500,
        "𠀀" * 400,
        "a" * 100_000,
        "１" * 300,
        "é" * 300,
        "한 " * 5000,
        "9" * 5000,
        "一" + "亿" * 5000,
    ],
    ids=[
        "surrogates",
        "nulls",
        "astral",
        "one word",
        "full width",
        "combining",
        "one syllable",
        "digits",
        "numerals",
    ],
)
def test_odd_text_is_survived(text: str) -> None:
    """Broken and monotonous text is signed and placed like any other."""
    signatures = [
        signed(Article(title=text[:200], body=(text, text), language=language), n, n)
        for n, language in enumerate(("", "zh"), 1)
    ]
    assert set(group(signatures)) == {1, 2}


def test_names_that_everyone_mentions_bridge_nothing() -> None:
    """On the day of a summit the same names and the same kind of event do not make one story."""
    names = ("lee-jae-myung", "xi-jinping", "wi-sung-lac")
    window = Window()
    for n in range(60):
        title = f"Lee, Xi at the summit: tariffs and visas on Nov. 17, part {prose(n, 15)[0][:30]}"
        window.file(signed(article(n, 80, title=title), n + 1, n, entities=names))
    korean = article(100, 80, "ko", title="이 대통령·시 주석 회담 17일 관세와 비자 논의")
    assert window.file(signed(korean, 100, 70, entities=names)).story == 100

    panda = article(
        200, 80, title="Pandas to arrive at Gwangju zoo on Nov. 17, 840 kilos of bamboo"
    )
    window.file(signed(panda, 200, 80, entities=(*names, "gwangju")))
    korean = article(201, 80, "ko", title="판다 17일 광주 동물원 도착…대나무 840㎏")
    placement = window.file(signed(korean, 201, 90, entities=("gwangju", *names)))
    assert (placement.story, placement.role) == (200, "translation")


def test_name_that_the_newest_articles_lost_when_read_again_harms_no_other() -> None:
    """Sixty pages do not name what their feeds did: who named it before keeps its counterpart."""
    window = Window()
    pandas = article(
        200, 80, title="Pandas to arrive at Gwangju zoo on Nov. 17, 840 kilos of bamboo"
    )
    for id_ in (1, 2):
        window.file(signed(pandas, id_, entities=("gwangju",)))
    korean = article(201, 80, "ko", title="판다 17일 광주 동물원 도착…대나무 840㎏")
    window.file(signed(korean, 3, 1, entities=("gwangju",)))
    for named in (("gwangju",), ()):
        for n in range(60):
            window.file(signed(article(n, 80), n + 10, n, entities=named))
    assert window.file(signed(pandas, 2, 90, entities=("gwangju",))).story == 1
    assert window.story_of(3) == 1


def test_items_with_one_headline_are_one_story_however_many() -> None:
    """However many outlets print one headline and no text, they are one text and one story."""
    window = Window()
    title = "Ferry catches fire off the southern port, all passengers are safe"
    for n in range(2_000):
        window.file(signed(Article(title=title), n + 1, n / 20))
    assert {window.story_of(n) for n in (1, 2, 1000, 2_000)} == {1}


@pytest.mark.parametrize("title", ["!!!", "[속보]", "…", "Why?", "속보", "(LEAD)", "地震"])
def test_headlines_that_say_nothing_join_nothing(title: str) -> None:
    """A headline of one word or of marks only is no event."""
    signatures = [signed(Article(title=title), n + 1, n) for n in range(5)]
    assert len(set(group(signatures).values())) == 5


def test_an_outlet_that_gives_all_items_one_summary() -> None:
    """A standing summary under every headline makes no story of an outlet's items."""
    summary = "Read the latest from our correspondents in the capital and from all the provinces."
    titles = [
        "Court frees fishermen",
        "Mayor opens bridge",
        "Rice harvest fails",
        "Bank cuts rates",
    ]
    signatures = [
        signed(Article(title=title, body=(summary,), language="en"), n + 1, n, "Harbour Daily")
        for n, title in enumerate(titles)
    ]
    assert len(set(group(signatures).values())) == 4


def test_items_a_year_apart_or_without_times() -> None:
    """The same words of last year are another event; without a time, when it was seen counts."""
    title = "Typhoon reaches the southern port, thousands leave their houses"
    dated = [
        structs.replace(article(1, 30, title=title), published=NOON - timedelta(days=365 * n))
        for n in range(2)
    ]
    a_year = [sign(text, id=n, seen=NOON - timedelta(days=365 * n)) for n, text in enumerate(dated)]
    assert len(set(group(a_year).values())) == 2
    now = [signed(article(1, 30, title=title), n, n, f"outlet {n}") for n in (1, 2)]
    assert group(now) == {1: 1, 2: 1}


@pytest.mark.parametrize("language", ["", "sw", "th"])
def test_a_language_that_nobody_has_counts_for(language: str) -> None:
    """Words of a language without a shipped start are weighed by what was read of it."""
    title = "Mgomo wa wafanyakazi wa bandari ya Mombasa wasimamisha meli"
    texts = [
        Article(title=title, language=language),
        Article(title=f"{title} tena", language=language),
    ]
    assert group([signed(text, n, n) for n, text in enumerate(texts, start=1)]) == {1: 1, 2: 1}


@pytest.mark.parametrize(
    "published", [None, NOON - timedelta(days=400), NOON + timedelta(days=365)]
)
def test_times_that_are_missing_or_a_year_off_do_not_part_a_flash(
    published: datetime | None,
) -> None:
    """What was seen within minutes is told together, whatever clocks the outlets have."""
    title = "Ferry Saebyeok runs aground off Mokpo, crew safe"
    first = signed(Article(title=title, language="en", published=NOON), 1, 0)
    other = signed(Article(title=title, language="en", published=published), 2, 5)
    assert group([first, other]) == {1: 1, 2: 1}


def test_one_headline_a_year_later_is_another_story() -> None:
    """A headline that comes back after a year opens a story, though the archive is grouped anew."""
    flash = Article(title="Ferry Saebyeok runs aground off Mokpo, crew safe", language="en")
    assert group([signed(flash, 1), signed(flash, 2, 365 * 1440)]) == {1: 1, 2: 2}


@pytest.mark.parametrize(
    ("language", "same", "other"),
    [
        (
            "vi",
            ("Phà Saebyeok mắc cạn ngoài khơi Mokpo", "Mokpo: phà Saebyeok mắc cạn, an toàn"),
            "Ngư dân Mokpo chặn cầu cảng",
        ),
        (
            "ru",
            ("Паром «Сэбёк» сел на мель у Мокпхо", "У Мокпхо сел на мель паром «Сэбёк»"),
            "Рыбаки Мокпхо перекрыли причал",
        ),
        (
            "xx",
            ("Zorvak telun mipra dosken", "Telun zorvak dosken mipra alu"),
            "Qivra nolten ubeska",
        ),
    ],
)
def test_a_language_without_counts_is_grouped_by_what_was_read(
    language: str, same: tuple[str, str], other: str
) -> None:
    """No shipped frequencies are needed: what two headlines share joins them, no more."""
    titles = [*same, other]
    signatures = [
        signed(Article(title=title, language=language), n + 1, 10 * n)
        for n, title in enumerate(titles)
    ]
    stories = group(signatures)
    assert stories == {1: 1, 2: 1, 3: 3}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("기획 ① 북한 미사일 공장을 가다", "기획 ② 북한 미사일 공장을 가다"),
        (
            "Phones in Seoul get system 17.5.1 on Monday",
            "Phones in Seoul get system 9.0.4 on Monday",
        ),
        ("Seoul sells ² plots of land by the river", "Seoul sells ³ plots of land by the river"),
        ("Talks in Seoul \ue000a\ue001 end early", "Talks in Seoul \ue000b\ue002c\ue001 end early"),
    ],
)
def test_signs_that_only_look_like_numbers_or_marks(first: str, second: str) -> None:
    """Circled and raised digits, versions and private characters are words like any other."""
    signatures = [
        signed(Article(title=title, body=(title,)), n + 1, n, f"Outlet {n}")
        for n, title in enumerate((first, second, first))
    ]
    grouped = group(signatures)
    assert grouped[1] == grouped[3]
