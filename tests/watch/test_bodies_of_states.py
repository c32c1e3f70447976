"""Ministries, agencies, courts, provinces and sites that stand for a state without its name.

All texts were written for this project; the events are invented.
"""

import pytest

from monitor.watch import Rulebook
from tests.watch.written import topics_of

CHINA_KOREA, PENINSULA = "china-south-korea", "korean-peninsula"


@pytest.mark.parametrize(
    "text",
    [
        "Ministry of Oceans and Fisheries seizes two Chinese trawlers",
        "Fair Trade Commission fines Chinese platform for misleading Korean shoppers",
        "国家移民管理局：韩国公民免签入境人数翻番",
        "市场监管总局附条件批准韩国企业收购",
        "서울고법 “中 게임사, 저작권 침해” 배상 판결",
        "中 불법 촬영 장비 적발한 관세청",
        "北部戦区、韓国軍と電話会談",
    ],
)
def test_a_body_stands_for_its_state(built_in: Rulebook, text: str) -> None:
    """A ministry, agency or court of one, beside the other, is a story of the two."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Panghyon airfield sees rollout of large drone",
        "Starlink dishes turn up in Hoeryong, broker says",
        "两江道官员被捕",
        "우리민족끼리 “괴뢰들 불장난 말라”",
        "삭간몰 기지에 새 갱도 포착",
        "国家航空宇宙技術総局が衛星打ち上げを予告",
    ],
)
def test_a_place_or_body_of_the_north_stands_for_it(built_in: Rulebook, text: str) -> None:
    """Its provinces, towns, agencies and media are the North without its name."""
    assert PENINSULA in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "김 위원장 “방송 공정성 지킬 것”\n방통위 국감에서 답했다.",
        "Ministry of Public Security arrests gang in Ho Chi Minh City",
        "평산마을 책방에 독자 발길",
        "해주 오씨 종친회 열려",
        "개천에서 용 난다는 말은 옛말",
        "금융위기 우려 커진다",
        "国土交通省、道路の予算を発表",
        "海州区新设三所学校",
    ],
)
def test_others_of_such_names_are_none(built_in: Rulebook, text: str) -> None:
    """A chairman at home, other states' ministries, and words that look like a town are none."""
    assert not topics_of(built_in, text)
