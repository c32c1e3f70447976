"""One event told in other words is one story; its steps and its neighbours are not."""

import random
from datetime import timedelta

import pytest

from monitor.model import Article
from monitor.stories import Window, sign
from monitor.stories.clusters import average_link
from tests.stories.texts import NOON, prose, signed

# Headlines of one event an outlet each, and of neighbours that name the same places and people.
EVENTS = {
    "en": [
        (
            "Coast guard tows drifting ferry Saebyeok to Mokpo",
            "Drifting ferry Saebyeok towed to Mokpo port",
        ),
        (
            "Mokpo fishermen block Saebyeok pier over fuel prices",
            "Fuel prices: fishermen block pier in Mokpo",
        ),
    ],
    "ko": [
        ("표류하던 여객선 새벽호 목포항으로 예인", "해경, 표류 여객선 새벽호 목포로 예인 완료"),
        ("목포 어민들 기름값 인상에 부두 봉쇄", "기름값 항의 목포 어민 부두 봉쇄 사흘째"),
    ],
    "ja": [
        (
            "漂流のフェリー「サエビョク」を木浦港にえい航",
            "漂流フェリー「サエビョク」、海洋警察が木浦港へえい航",
        ),
        ("木浦の漁師が燃料高騰に抗議 埠頭を封鎖", "燃料高騰で漁師が埠頭封鎖 木浦"),
    ],
    "zh": [
        ("漂流客轮晨曦号被拖至木浦港", "木浦港：海警将漂流客轮晨曦号拖回"),
        ("木浦渔民因油价上涨封锁码头", "油价上涨 木浦渔民封锁码头抗议"),
    ],
}


@pytest.mark.parametrize("language", EVENTS)
def test_one_event_in_other_words_is_one_story_and_its_neighbour_is_not(language: str) -> None:
    """Two outlets' headlines of one event meet; another event in the same port stays apart."""
    window = Window()
    titles = [title for pair in EVENTS[language] for title in pair]
    for number, title in enumerate(titles, start=1):
        window.file(signed(Article(title=title, language=language), number, 10 * number))
    stories = [window.story_of(number) for number in (1, 2, 3, 4)]
    assert stories == [1, 1, 3, 3]


def test_a_step_of_a_happening_is_related_and_no_part_of_its_story() -> None:
    """The departure and the arrival of one ship are two stories that know of one another."""
    window = Window()
    titles = [
        "Hospital ship Saebyeok departs Busan with forty nurses aboard",
        "Hospital ship Saebyeok arrives at outer islands, patients treated on deck",
    ]
    for number, title in enumerate(titles, start=1):
        window.file(signed(Article(title=title, language="en"), number, 500 * number))
    assert window.story_of(1) != window.story_of(2)
    assert window.related(2) == [1]
    # A late copy of the departure makes it no later than the arrival.
    window.file(signed(Article(title=titles[0], language="en"), 3, 1100))
    assert window.story_of(3) == window.story_of(1)
    assert [window.step_beside(*pair) for pair in ((3, 2), (1, 2))] == ["later"] * 2
    assert [window.step_beside(*pair) for pair in ((2, 3), (2, 1))] == ["earlier"] * 2


def test_what_another_language_tells_of_a_happening_is_related() -> None:
    """A reaction told in Korean and the English launch are two stories that know of one another."""
    window = Window()
    reports = [
        ("en", "N. Korea fires ballistic missile toward East Sea: JCS", ("north-korea", "rok-jcs")),
        ("ko", '합참 "北 탄도미사일에 한미 대비태세 격상"', ("north-korea", "rok-jcs")),
        ("ko", "목포 어민들 기름값 인상에 부두 봉쇄", ("mokpo",)),
    ]
    for number, (language, title, names) in enumerate(reports, start=1):
        article = Article(title=title, language=language)
        window.file(signed(article, number, 30 * number, entities=names))
    assert len({window.story_of(number) for number in (1, 2, 3)}) == 3
    assert (window.related(1), window.related(2), window.related(3)) == ([2], [1], [])


def test_the_order_of_arrival_does_not_matter_for_events() -> None:
    """The same items in any order end in the same groups."""
    items = [
        (n, Article(title=title, language=language))
        for n, (language, title) in enumerate(
            ((la, title) for la, pairs in EVENTS.items() for pair in pairs for title in pair), 1
        )
    ]
    found = set()
    for seed in range(8):
        random.Random(seed).shuffle(items)
        window = Window()
        for place, (number, text) in enumerate(items):
            when = NOON + timedelta(minutes=number)
            seen = NOON + timedelta(minutes=60 + place)
            dated = Article(title=text.title, language=text.language, published=when)
            window.file(sign(dated, id=number, seen=seen, outlet=f"outlet {number}"))
        found.add(tuple(window.story_of(number) for number in range(1, len(items) + 1)))
    assert len(found) == 1


def test_a_newcomer_is_held_against_the_whole_group() -> None:
    """One strong pair does not bring two groups together whose other pairs speak against it."""
    pairs = {(0, 1): 4.0, (2, 3): 4.0, (1, 2): 2.0}
    assert average_link([1, 1, 1, 1], pairs, 0.0, -6.0) == [[0, 1], [2, 3]]
    assert average_link(
        [1, 1, 1, 1], {**pairs, (0, 2): 1.0, (0, 3): 1.0, (1, 3): 1.0}, 0.0, -6.0
    ) == [[0, 1, 2, 3]]


def test_what_a_person_decided_goes_before() -> None:
    """Articles joined by hand are one story, one parted by hand is alone, copies or not."""
    window = Window()
    for number, title in enumerate(EVENTS["en"][0] + EVENTS["en"][1], start=1):
        window.file(signed(Article(title=title, language="en"), number, number))
    assert window.decide(2, 3) == {3: 1, 4: 1}
    assert window.decide(2, 0) == {2: 2, 3: 3, 4: 3}
    assert [window.story_of(number) for number in (1, 2)] == [1, 2]
    assert window.file(signed(Article(title=EVENTS["en"][0][1], language="en"), 2, 60)).story == 2


def test_pages_under_one_headline_are_one_story_only_if_their_text_agrees() -> None:
    """A headline over two whole pages does not join them; a page in other words does join."""
    title = (
        "Harbour office of Mokpo publishes quarterly tables of ferry traffic, pier repairs, crane"
        " inspections, fuel deliveries, customs receipts and fishing licences for island villages"
    )
    told = prose(1, words=240)
    shuffled = [word for paragraph in told for word in paragraph.split()][:60]
    random.Random(1).shuffle(shuffled)
    reworded = (" ".join(shuffled) + ".", *prose(3))
    window = Window()
    for number, body in enumerate((told, prose(2), reworded), start=1):
        page = Article(title=title, body=body, language="en")
        window.file(signed(page, number, 10 * number))
    assert [window.story_of(number) for number in (1, 2, 3)] == [1, 2, 1]


@pytest.mark.parametrize(
    ("title", "is_quake"),
    [
        ("울릉 앞바다 규모 4.6 진동", True),
        ("목포항서 대규모 축제 열려", False),
        ("등대 수리에 50억 규모 예산", False),
    ],
)
def test_a_scale_is_a_quakes_before_a_number_alone(title: str, is_quake: bool) -> None:
    """규모 before its magnitude is a quake's, and elsewhere says how large a thing is."""
    kinds = signed(Article(title=title, language="ko"), 1, 0).headline_events
    assert ("quake" in kinds) == is_quake
