"""News that comes again and again in nearly the same words: each time another event."""

import pytest

from monitor.model import Article
from monitor.stories import group
from monitor.stories.units import differ
from monitor.stories.wording import is_filled_otherwise
from tests.stories.test_figures import measures_of
from tests.stories.texts import signed

TWO_EVENTS = [
    ("en", "Bus crash in Daegu leaves 25 injured", "Bus crash in Mokpo leaves 7 injured"),
    ("en", "Magnitude 4.1 quake shakes Ulleung", "Magnitude 5.3 quake shakes Ulleung"),
    ("en", "Kites edge Tigers 3-1 to stay top", "Kites edge Tigers 2-0 to stay top"),
    ("ko", "목포에 호우경보…항구 통제", "삼척에 호우경보…항구 통제"),
    ("ko", "목포 물류창고 화재…3명 부상", "삼척 물류창고 화재…17명 부상"),
    ("ko", "환율 1,391.4원 출발", "환율 1,388.2원 출발"),
    ("zh", "烟台发布暴雨预警", "马尾发布暴雨预警"),
    ("zh", "烟台附近海域发生4.1级地震", "烟台附近海域发生5.0级地震"),
    ("ja", "小樽の工場火災 14人が病院に搬送", "高知の工場火災 33人が病院に搬送"),
    ("ja", "小樽沖でM4.1の地震 津波なし", "小樽沖でM5.0の地震 津波なし"),
]


@pytest.mark.parametrize(("language", "first", "second"), TWO_EVENTS)
@pytest.mark.parametrize("hours", [2, 20])
def test_one_form_of_words_with_other_names_or_figures_is_two_events(
    language: str, first: str, second: str, hours: int
) -> None:
    """Two outlets' headlines that differ in a place, a count or an exact figure stay apart."""
    articles = [Article(title=title, language=language) for title in (first, second)]
    signed_ = [signed(text, n + 1, 60 * hours * n) for n, text in enumerate(articles)]
    assert len(set(group(signed_).values())) == 2


def test_a_toll_that_grows_is_one_event() -> None:
    """Counts of people are no exact figure: a later report of the same fire joins."""
    titles = ["Fire guts Mokpo cannery, 3 dead", "Fire guts Mokpo cannery, 5 dead"]
    articles = [Article(title=title, language="en") for title in titles]
    signed_ = [signed(text, n + 1, 90 * n) for n, text in enumerate(articles)]
    assert len(set(group(signed_).values())) == 1


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Morning weather across the islands"),
        ("ko", "오늘의 항구 날씨"),
        ("ja", "きょうの港の天気"),
        ("zh", "今日港口天气"),
    ],
)
def test_each_issue_of_a_series_is_an_event(language: str, title: str) -> None:
    """One headline on three mornings, of one outlet or of two, is three stories."""
    articles = [
        signed(
            Article(title=title, language=language), 2 * day + n + 1, 1440 * day + n, f"outlet {n}"
        )
        for day in range(3)
        for n in range(2)
    ]
    assert len(set(group(articles).values())) == 3


@pytest.mark.parametrize("language", ["en", "ko", "zh", "ja"])
def test_what_an_outlet_prints_under_everything_joins_nothing(language: str) -> None:
    """Items of one outlet with one text under them, a sentence or some, are as many stories."""
    text = {
        "en": "Sign up for the harbour letter and read the best of our newsroom every morning.",
        "ko": "회원으로 가입하시면 항구일보의 모든 기사를 매일 아침 무료로 받아보실 수 있습니다.",
        "zh": "关注港口日报公众号，每天早晨为您送上最新资讯，更多精彩内容请下载客户端阅读。",
        "ja": "この記事は会員限定です。登録すると続きをお読みいただけます。初月は無料です。",
    }[language]
    titles = {
        "en": ["Otters return to river", "Mayor bans fireworks", "Crane topples on pier"],
        "ko": ["수달 돌아온 하천", "불꽃놀이 금지한 시장", "부두서 크레인 전도"],
        "zh": ["水獭重返河道", "市长禁放烟花", "码头吊车倒塌"],
        "ja": ["カワウソ川に戻る", "市長が花火を禁止", "埠頭でクレーン転倒"],
    }[language]
    articles = [
        signed(
            Article(title=title, body=(text,), language=language), n + 1, 30 * n, "Harbour Daily"
        )
        for n, title in enumerate(titles)
    ]
    assert len(set(group(articles).values())) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("북, 사이버 공동대응에 반발", "북한, 사이버 공동대응에 반발"),
        ("현대차 미국법인 고용 관행 점검", "현대차 美법인 고용 관행 점검"),
        ("Seoul protests ship inspection by Beijing", "Seoul protests ship inspections by Beijing"),
        ("위로한 총리 유족 또 만나", "총리 유족 또 만나 위로"),
    ],
)
def test_the_same_said_otherwise_is_no_form_filled_otherwise(one: str, other: str) -> None:
    """Short for long, another ending or another order is the same headline."""
    assert not is_filled_otherwise(one, other)


def test_figures_differ_only_in_an_exact_unit() -> None:
    """Magnitudes, scores and rates tell two events apart; tolls and hours do not."""
    assert differ(measures_of("규모 4.6 지진", "ko"), measures_of("M5.4の地震", "ja"))
    assert differ(measures_of("won 3-1", "en"), measures_of("2대0 승리", "ko"))
    assert not differ(measures_of("3-1 win", "en"), measures_of("1-3 패배", "ko"))
    assert not differ(measures_of("300 detained", "en"), measures_of("475명 구금", "ko"))
    assert not differ(measures_of("no figure", "en"), measures_of("5.4级地震", "zh"))
