"""Somebody of one country told of at a place in the other, whatever he does there.

No word of the texts says that two countries deal with each other. All were written for this
project; the events are invented.
"""

import pytest

from monitor.watch import Rulebook
from tests.watch.written import topics_of

CHINA_KOREA, PENINSULA = "china-south-korea", "korean-peninsula"


@pytest.mark.parametrize(
    "text",
    [
        "Hyundai trims second shift in Beijing district",
        "爱茉莉太平洋关闭天津门店",
        "南韓女團獲准在成都開唱",
        "현대차, 충칭 주재원 절반 줄인다",
        "韓国人教師が武漢で表彰",
        "Workers sit in over severance at Suzhou screen plant\nThe supplier of Samsung was sold.",
        "法院支持员工讨薪\n苏州工业园法院判令停产的韩国液晶厂支付补偿金。",
        "合肥で拘束の技術者、家族が訴え\n韓国籍で、元研究員。",
        "Korean bearing maker idles Ningbo line",
        "韩国轮胎商将停嘉兴生产线",
        "韓国タイヤ大手、嘉興の生産ライン停止へ",
        "한국 등산객, 장자제서 조난",
        "Chinese coach drivers queue for licences in Jeju",
        "Herders' trees win award\nKorean foresters have planted in Ningxia since 2008.",
        "Ginseng, again\nCustoms at Pyeongtaek found undeclared roots from Jilin.",
        "Alibaba fined by Seoul regulator over fake reviews",
        "Tencent drops Naver app from its store",
        "명동 시위 100m 제한 통고\n경찰은 중국대사관 앞 집회에 거리 제한을 두었다.",
    ],
)
def test_whoever_is_at_a_place_in_the_other_country(built_in: Rulebook, text: str) -> None:
    """Firms, workers, singers and goods of one in a town of the other are a story of the two."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Hunan-born pianist wins Seoul contest\nShe played Ravel.",
        "Missing hiker in Gyeonggi found safe; Sichuan climbers still missing",
        "广东队签下韩国外援",
        "Airline adds winter flights\nIt will fly from Melbourne to Seoul, Shanghai and Osaka.",
        "Veteran, 96, gets diploma\nHe was wounded at Suwon by Chinese mortars in 1951.",
        "Ethnic Koreans hold a harvest day in Shenyang",
        "Korean-style corn dogs sweep Beijing",
        "밥솥 리콜 확대\n중국 공장에서 만든 제품으로 국내에도 3천대가 팔렸다.",
        "演员被罚\n他在杭州公园驾驶现代汽车被拍。",
        "航空公司增开冬季航班\n墨尔本将直飞首尔、上海和大阪。",
    ],
)
def test_two_places_side_by_side_are_no_story_of_the_two(built_in: Rulebook, text: str) -> None:
    """Nor are births, matches, routes past both, wounds of a far year, dishes and cars."""
    assert CHINA_KOREA not in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "38 North: work resumes at tunnel 3\nImages show vehicles and new spoil at Punggye-ri.",
        "Prisoners of war ask to go South\nThe two do not want to be exchanged to Pyongyang.",
        "家属赴日内瓦\n被带走的日本人亲属要求人权理事会继续向平壤施压。",
        "信用組合に検査\n金融庁は平壌への不正送金の疑いがあるとして立ち入った。",
    ],
)
def test_places_and_bodies_of_the_north_under_a_headline_without_it(
    built_in: Rulebook, text: str
) -> None:
    """They are named for what goes on there, which the country need not be."""
    assert PENINSULA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Tour company bankrupt\nIt had taken travellers to Bhutan, Antarctica and North Korea.",
        "평양냉면집 문 닫는다\n을지로의 노포가 평양 출신 창업주의 뜻을 이었다.",
        "배우 김정은, 4년 만에 안방 복귀",
    ],
)
def test_the_north_by_the_way_is_none(built_in: Rulebook, text: str) -> None:
    """A journey once sold, the birthplace of a cook and an actress of the leader's name."""
    assert PENINSULA not in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "韩国釜山东莱区一工厂起火",
        "韩国蔚山东部地铁开工",
        "釜山西面商圈 韩国商户减少",
        "黄海南部韩国渔船沉没",
        "韩国光阳光电扩产",
        "韩国公司亚太原油业务增长",
    ],
)
def test_a_province_across_two_words_is_none(built_in: Rulebook, text: str) -> None:
    """山东, 山西, 海南 and 太原 stand there in letters, but not as words."""
    assert CHINA_KOREA not in topics_of(built_in, text)
