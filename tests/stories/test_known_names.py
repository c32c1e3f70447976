"""One thing under two names, in two scripts or under two headlines; and two things in one form."""

from datetime import timedelta

import pytest

from monitor.model import Article
from monitor.stories import Signature, sign
from monitor.stories.known_names import mark, plain
from monitor.watch import Rulebook
from tests.rules import built_in
from tests.stories.texts import NOON, group


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return built_in()


def _signed(
    rulebook: Rulebook, number: int, title: str, language: str, body: str = "", outlet: str = ""
) -> Signature:
    article = Article(title=title, body=(body,) if body else (), language=language)
    mentions = rulebook.mentions(article)
    return sign(
        article,
        id=number + 1,
        seen=NOON + timedelta(minutes=40 * number),
        outlet=outlet or f"outlet {number}",
        entities=[mention.entity for mention in mentions],
        headline_entities=[mention.entity for mention in mentions],
        headline_names=[(m.start, m.end, m.entity, m.sides) for m in mentions],
    )


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Seoul protests over ferry seized", "South Korea protests over ferry seized"),
        ("en", "Pyongyang tests rocket engine", "N. Korea tests rocket engine"),
        (
            "en",
            "JCS: North fires shells into sea",
            "Seoul: North fires shells into sea",
        ),
        ("ko", "北, 서해로 방사포 발사", "북, 서해로 방사포 발사"),
        ("ko", "日 방위상 내주 방한", "일본 방위상 내주 방한"),
        ("ko", "한중 어업회담 재개", "韓中 어업회담 재개"),
        ("ko", "시진핑, 내달 초 방북", "習, 내달 초 방북"),
        ("zh", "韩国召回驻外大使讨论渔船扣押", "南韩召回驻外大使讨论渔船扣押"),
        ("ja", "プーチン大統領が訪朝へ", "ロシア大統領が訪朝へ"),
    ],
)
def test_another_name_of_the_same_is_no_other_thing(
    rulebook: Rulebook, language: str, one: str, other: str
) -> None:
    """A capital, a short form, Han characters or the leader of a state stand for it."""
    told = [_signed(rulebook, n, title, language) for n, title in enumerate((one, other))]
    assert len(set(group(told).values())) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "Wang Yi lands in Seoul for talks", "Cho Hyun lands in Seoul for talks"),
        ("en", "Wang Yi lands in Seoul for talks", "Wang Yi lands in Pyongyang for talks"),
        ("ko", "한중 외교장관, 부산서 회담", "한일 외교장관, 부산서 회담"),
        ("zh", "习近平会见李在明", "习近平会见金正恩"),
        ("ja", "金正恩氏、ロシア代表団と会談", "金正恩氏、中国代表団と会談"),
    ],
)
def test_the_name_of_another_is_another_thing(
    rulebook: Rulebook, language: str, one: str, other: str
) -> None:
    """One form of words with another state or person in it is another event, at once."""
    told = [_signed(rulebook, n, title, language) for n, title in enumerate((one, other))]
    assert len(set(group(told).values())) == 2


def test_marked_names_are_the_longest_in_their_place() -> None:
    """Of names that overlap the longest is marked; without the marks the headline is as it was."""
    title = "[속보] 李대통령 中 도착"
    names = [(5, 6, "lee", ("KR",)), (5, 9, "lee", ("KR",)), (10, 11, "china", ("CN",))]
    marked = mark("李대통령 中 도착", title, names)
    assert marked.count("\ue000") == 2
    assert plain(marked) == "李대통령 中 도착"
    assert mark("李대통령 中 도착", title, [(5, 6, "term-x", ("KR",))]) == ""
    assert mark("a headline from elsewhere", title, names) == ""


@pytest.mark.parametrize(
    ("titles", "body", "stories"),
    [
        (
            ("왕이 김해공항 내려…나흘간 방한", "조선소로 간 왕이, 방한 일정에 눈길 쏠려"),
            "왕이 중국 외교부장이 전용기로 김해공항에 내려 "
            "나흘간의 방한에 들어갔다고 소식통이 전했다.",
            1,
        ),
        (
            ("등대 앞 벼룩시장 열려", '"돌고래 떼 방파제에"…관광객 북적'),
            "항구신문을 구독하시면 매일 아침 지역 소식을 담은 편지를 받아 보실 수 있습니다.",
            2,
        ),
    ],
)
def test_one_text_under_two_headlines_is_one_report_where_both_name_the_same(
    rulebook: Rulebook, titles: tuple[str, str], body: str, stories: int
) -> None:
    """What an outlet prints under unlike headlines is its standing text, unless they agree whom."""
    told = [_signed(rulebook, n, title, "ko", body, "항구신문") for n, title in enumerate(titles)]
    assert len(set(group(told).values())) == stories


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("韩国海警在黄海扣押两艘中国渔船", "韓國海警在黃海扣押兩艘中國漁船"),
        ("朝鲜向东部海域发射多枚弹道导弹", "北韓向東部海域發射多枚彈道導彈"),
        ("码头工人罢工进入第三天 轮渡停航", "碼頭工人罷工進入第三天 輪渡停航"),
    ],
)
def test_chinese_is_one_language_in_either_script(rulebook: Rulebook, one: str, other: str) -> None:
    """A headline in traditional characters meets the same in simplified ones."""
    told = [_signed(rulebook, n, title, "zh") for n, title in enumerate((one, other))]
    assert len(set(group(told).values())) == 1


def test_a_page_converted_to_the_other_script_is_a_copy(rulebook: Rulebook) -> None:
    """A text shares its characters with its conversion, whatever the headlines are."""
    texts = (
        "港口管理局宣布，自下周起渡轮班次减半，理由是码头维修工程延误。船员工会对此表示不满，"
        "并要求与市政府会谈。市长办公室说，会在周末之前公布补偿办法，受影响的居民可以登记。",
        "港口管理局宣布，自下周起渡輪班次減半，理由是碼頭維修工程延誤。船員工會對此表示不滿，"
        "並要求與市政府會談。市長辦公室說，會在週末之前公布補償辦法，受影響的居民可以登記。",
    )
    titles = ("渡轮下周起班次减半", "碼頭維修延誤 渡輪減班")
    told = [
        _signed(rulebook, n, title, "zh", text)
        for n, (title, text) in enumerate(zip(titles, texts, strict=True))
    ]
    assert len(set(group(told).values())) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (
            "en",
            "Chinese trawler capsizes off Gageo Island",
            "Chinese trawler seized off Gageo Island",
        ),
        ("ko", "가거도 해상서 중국어선 전복…9명 실종", "가거도 인근서 불법조업 중국어선 2척 나포"),
        ("ja", "可居島沖で中国漁船転覆、9人不明", "可居島沖で違法操業の中国漁船2隻を拿捕"),
        ("zh", "韩国海警扣押两艘中国渔船", "韩国海警击沉一艘拒检中国渔船"),
        ("ko", "외교부, 日총괄공사 초치…독도 항의", "외교부, 中공사 초치…서해 부표 항의"),
    ],
)
def test_another_fate_or_another_state_is_another_event(
    rulebook: Rulebook, language: str, one: str, other: str
) -> None:
    """A boat that sinks is not one that is seized, and the envoy of one not that of the other."""
    told = [_signed(rulebook, n, title, language) for n, title in enumerate((one, other))]
    assert len(set(group(told).values())) == 2


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (
            "en",
            "Trawler capsizes off Gageo, captain held",
            "Captain held as trawler sinks off Gageo",
        ),
        ("ko", "가거도서 어선 전복…선장 체포", "가거도 어선 전복, 선장 긴급체포"),
        (
            "en",
            "Hanjin tanker collides off Ulsan, crew rescued",
            "Crew rescued as Hanjin tanker catches fire off Ulsan",
        ),
    ],
)
def test_a_fate_in_common_is_one_event(
    rulebook: Rulebook, language: str, one: str, other: str
) -> None:
    """An arrest over a sinking is told with the sinking, a collision with the fire it brought."""
    told = [_signed(rulebook, n, title, language) for n, title in enumerate((one, other))]
    assert len(set(group(told).values())) == 1
