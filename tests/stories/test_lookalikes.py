"""News that comes again and again in nearly the same words: each time another event."""

from datetime import timedelta

import pytest

from monitor.model import Article
from monitor.stories import Signature, across, sign
from monitor.stories.wording import is_filled_otherwise
from monitor.watch import Rulebook
from tests.rules import built_in
from tests.stories.texts import NOON, group, signed

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
        ("Mokpo and Otaru agree on ferry timetable", "Otaru and Mokpo agree on ferry timetable"),
        # The same report with its last words the other way round.
        (
            "부두 파업 사흘째 노사 함께 협의…계속 대화",
            "부두 파업 사흘째 노사 함께 협의…대화 계속될 것",
        ),
    ],
)
def test_the_same_said_otherwise_is_no_form_filled_otherwise(one: str, other: str) -> None:
    """Short for long, another ending or another order is the same headline."""
    assert not is_filled_otherwise(one, other)


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Ferry firm names Hong chief engineer", "Ferry firm names Baek chief engineer"),
        ("en", "N. Korean rockets fly about 620 km", "N. Korean rockets fly about 340 km"),
        ("ko", "항만공사, 목포에 새 부두 건설 발표", "항만공사, 삼척에 새 부두 건설 발표"),
        ("zh", "海运公司宣布烟台新船厂计划", "海运公司宣布大连新船厂计划"),
        ("ja", "海運大手、小樽の新ドック計画を発表", "海運大手、高知の新ドック計画を発表"),
    ],
)
def test_one_form_of_words_on_the_next_day_with_another_thing_is_another_event(
    language: str, first: str, second: str
) -> None:
    """What is told in the same words a day later, but for one name or figure, stays apart."""
    articles = [Article(title=title, language=language) for title in (first, second)]
    signed_ = [signed(text, n + 1, 60 * 20 * n) for n, text in enumerate(articles)]
    assert len(set(group(signed_).values())) == 2


def test_within_hours_one_word_for_another_may_be_one_event() -> None:
    """A second outlet's verb in the same headline is no other event; a day later it is."""
    one, other = "海運大手、小樽の新ドック計画を発表", "海運大手、小樽の新ドック計画を公表"
    assert not is_filled_otherwise(one, other)
    assert is_filled_otherwise(one, other, later=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("도선사협회, 강민재 새 회장 선임", "도선사협회, 배수아 새 회장 선임"),
        ("海运协会任命林秀雅为会长", "海运协会任命高宇轩为会长"),
        ("水先人会、新会長に小笠原氏を選出", "水先人会、新会長に千葉氏を選出"),
        ("Bae Su-a elected head of Pilots", "Kang Min-jae elected head of Pilots"),
        ("Dock blaze in Otaru: 31 hurt by smoke", "Dock blaze in Mokpo: 12 hurt by smoke"),
        ("海运大厅任命斯特凡诺夫为首席顾问", "贝尔塔任命高宇轩为首席顾问"),
        ("东方船厂成功交付海鸥三号货轮", "环球海事局成功交付信天翁X货轮"),
        ("Dockers and Herons meet in harbour final", "Anchors and Dockers meet in harbour final"),
        ("林秀雅击败高宇轩 晋级港口杯决赛", "高宇轩击败斯特凡诺夫 晋级港口杯决赛"),
        ("小笠原氏、千葉氏と港湾問題で電話協議", "千葉氏、ベルタ氏と港湾問題で電話協議"),
    ],
)
def test_a_name_for_a_name_is_another_event_at_once(one: str, other: str) -> None:
    """Of headlines that are the same but for a name inside, each has its own event."""
    assert is_filled_otherwise(one, other)


def test_a_toll_that_grew_overnight_is_no_other_thing() -> None:
    """Where numbers count people, a number in another's place is the same event told later."""
    one, other = "목포 공장 화재 3명 사망", "목포 공장 화재 5명 사망"
    assert not is_filled_otherwise(one, other, later=True, counted=True)


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ("Mokpo harbour pilots count winter swans", "Otaru harbour pilots mend a clock")),
        ("ko", ("목포 국립수족관, 해파리 수조 공개", "삼척 국립수족관, 노조와 임금 담판")),
        ("zh", ("烟台国家水族馆修复旧钟楼", "大连国家水族馆清点水母")),
        ("ja", ("小樽の国立水族館、クラゲを数える", "高知の国立水族館、時計台を直す")),
    ],
)
def test_one_phrase_in_common_is_no_event(language: str, titles: tuple[str, str]) -> None:
    """Two items about houses of one name have no event in common, however rare the name is."""
    articles = [Article(title=title, language=language) for title in titles]
    signed_ = [signed(text, n + 1, 30 * n) for n, text in enumerate(articles)]
    assert len(set(group(signed_).values())) == 2


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ("Otaru lamplighters extend jellyfish tour", "Mokpo lamplighters extend choir bid")),
        ("ko", ("목포 등대지기, 해파리 관람 연장", "삼척 등대지기, 합창 유치 연장")),
        ("zh", ("烟台灯塔看守延长水母展", "大连灯塔看守延长合唱赛")),
        ("ja", ("小樽の灯台守、クラゲ展を延長", "高知の灯台守、合唱大会を延長")),
    ],
)
def test_the_like_done_elsewhere_is_another_event(language: str, titles: tuple[str, str]) -> None:
    """People of one calling who do the like to another thing in another place are two stories."""
    articles = [Article(title=title, language=language) for title in titles]
    signed_ = [signed(text, n + 1, 30 * n) for n, text in enumerate(articles)]
    assert len(set(group(signed_).values())) == 2


def test_one_text_under_another_headline_days_later_is_another_issue() -> None:
    """What an outlet prints again under a like headline is a series, no copy."""
    text = ("The harbour office wishes all readers well and thanks them for letters received.",)
    titles = "Notices: births of the week", "Notices: deaths of the week"
    signed_ = [
        signed(Article(title=title, body=text, language="en"), n + 1, 60 * 48 * n, "Harbour Daily")
        for n, title in enumerate(titles)
    ]
    assert len(set(group(signed_).values())) == 2


@pytest.mark.parametrize("figure", ["", " for three dollars a month", " in five days"])
def test_a_small_number_in_standing_text_makes_no_issue_the_same(figure: str) -> None:
    """One headline and one text on two mornings are two issues, though the text has a figure."""
    text = (f"Read the harbour letter every morning{figure}, wherever you are.",)
    signed_ = [
        signed(Article(title="Tide tables", body=text, language="en"), n + 1, 1440 * n, "Daily")
        for n in range(2)
    ]
    assert len(set(group(signed_).values())) == 2


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Pilots of Mokpo rescue 4 seals"),
        ("ko", "목포 도선사, 물범 4마리 구조"),
        ("ja", "小樽の水先人、アザラシ4頭を救助"),
        ("zh", "烟台领航员救起4只海豹"),
    ],
)
@pytest.mark.parametrize(("hours", "stories"), [(3, 1), (30, 2)])
def test_the_same_small_count_a_day_later_is_the_next_event(
    language: str, title: str, hours: int, stories: int
) -> None:
    """What two outlets say alike within hours is one; a day later a small count proves nothing."""
    article = Article(title=title, language=language)
    assert len(set(group([signed(article, n + 1, 60 * hours * n) for n in (0, 1)]).values())) == (
        stories
    )


def _named(rulebook: Rulebook, number: int, title: str, language: str, minutes: float) -> Signature:
    """The signature of a headline with the names that the gazetteer finds in it."""
    article = Article(title=title, language=language)
    names = tuple(mention.entity for mention in rulebook.mentions(article))
    assert names
    seen = NOON + timedelta(minutes=minutes)
    return sign(
        article,
        id=number + 1,
        seen=seen,
        outlet=f"outlet {number}",
        entities=names,
        headline_entities=names,
    )


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("Fire guts Qingdao factory", "칭다오에 통조림 공장 신설"),
        ("North Korea fires 5 missiles", "북한 미사일 3발 발사"),
    ],
)
def test_two_languages_need_more_than_a_place_and_no_other_figure(
    english: str, korean: str
) -> None:
    """One place alone does not link two languages, nor does a launch of another number."""
    rulebook = built_in()
    told = [
        _named(rulebook, number, title, language, number)
        for number, (title, language) in enumerate(((english, "en"), (korean, "ko")))
    ]
    assert len(set(group(told).values())) == 2


@pytest.mark.parametrize(
    ("language", "earlier", "later"),
    [
        (
            "en",
            "Unidentified projectile seen off Wonsan",
            "FLASH: Unidentified projectile off Wonsan",
        ),
        ("ko", "합참, 미상 발사체 포착", "[속보] 합참, 미상 발사체 포착"),
        ("ja", "元山沖に不明の飛翔体", "【速報】元山沖に不明の飛翔体"),
        ("zh", "元山外海出现不明飞行物", "快讯：元山外海出现不明飞行物"),
    ],
)
@pytest.mark.parametrize(("hours", "stories"), [(2, 1), (20, 2)])
def test_what_is_flashed_long_after_a_report_is_new(
    language: str, earlier: str, later: str, hours: int, stories: int
) -> None:
    """A flash within hours of a report may be of the same event; a day later it is of the next."""
    told = [
        signed(Article(title=title, language=language), number + 1, 60 * hours * number)
        for number, title in enumerate((earlier, later))
    ]
    assert len(set(group(told).values())) == stories


@pytest.mark.parametrize(("hours", "stories"), [(6, 1), (20, 2)])
def test_the_same_told_a_day_later_in_another_language_is_the_next(
    hours: int, stories: int
) -> None:
    """A soldier who crosses the line today, by another language's outlets, is not yesterday's."""
    rulebook = built_in()
    told = [
        _named(rulebook, 0, "北朝鮮兵士1人が軍事境界線越え韓国に亡命", "ja", 0),
        _named(rulebook, 1, "一名朝鲜士兵越过军事分界线投奔韩国", "zh", 60 * hours),
    ]
    assert len(set(group(told).values())) == stories


@pytest.mark.parametrize(("hours", "apart"), [(2, False), (20, True)])
def test_what_is_flashed_long_after_a_foreign_report_is_new(hours: int, apart: bool) -> None:
    """So also across languages: the launch that is flashed today is not the one of yesterday."""
    rulebook = built_in()
    report = _named(rulebook, 0, "North Korea fires missile", "en", 0)
    flash = _named(rulebook, 1, "[속보] 북한 미사일 발사", "ko", 60 * hours)
    assert across.contradict(across.pool([report]), across.pool([flash])) is apart
