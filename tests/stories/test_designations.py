"""Models, versions and serial numbers: another number is another thing, however near it lies."""

import pytest

from monitor.model import Article
from monitor.stories.designations import are_of_two, read
from tests.stories.texts import group, signed

UNLIKE = [
    ("en", "North fires Rocket 17.5 from Sohae site at dawn", "Rocket 17", "Rocket 17.5"),
    ("en", "Pyongyang shows Hwasong-17 missile at parade", "Hwasong-18", "Hwasong-17"),
    ("en", "Crew of Shenzhou-20 leaves for the station", "Shenzhou-21", "Shenzhou-20"),
    ("en", "Lab releases model V3.1 to all developers", "V3", "V3.1"),
    ("en", "Phone maker ships iOS 17.5.1 with fixes", "iOS 17.5.2", "iOS 17.5.1"),
    ("en", "Tokyo sends F-35A jets to the island base", "F-35B", "F-35A"),
    ("ko", "북한, 화성-17형 발사…동해로 비행", "화성-18형", "화성-17형"),
    ("ko", "애플, iOS 17.5 배포…보안 강화", "iOS 17", "iOS 17.5"),
    ("zh", "朝鲜试射火星-17洲际导弹", "火星-18", "火星-17"),
    ("ja", "北朝鮮、火星17を発射 日本海に落下", "火星18", "火星17"),
    # A number that counts nothing tells two things apart, be it never so near the other.
    ("ko", "삼성전자, 엑시노스 2500 양산 시작…성능 20% 향상", "2600", "2500"),
    ("ko", "애플, 아이폰 16 국내 출시일 확정", "아이폰 17", "아이폰 16"),
    ("ko", "보잉 737 여객기 김해공항 회항", "787", "737"),
    ("zh", "波音737客机在首尔迫降", "787", "737"),
    ("ja", "スターシップ 10 打ち上げ成功 洋上に着水", " 11 ", " 10 "),
    ("en", "Exynos 2500 goes into mass output at Samsung line", "2600", "2500"),
    ("en", "Samsung Begins Mass Output of Exynos 2500", "2600", "2500"),
    ("en", "Boeing 737 makes emergency landing at Incheon airport", "787", "737"),
    # In Han characters.
    ("zh", "嫦娥六号成功着陆月球背面", "七号", "六号"),
    ("zh", "神舟二十号载人飞船发射成功", "二十一号", "二十号"),
    ("zh", "長征五號火箭升空", "七號", "五號"),
    ("zh", "朝鲜展示火星十九型导弹", "二十型", "十九型"),
    ("ja", "嫦娥六号が月の裏側に着陸", "七号", "六号"),
]
REWORDED = [
    ("ko", "현대차 '아이오닉 5' 미국서 대규모 리콜", "현대차, 미국서 아이오닉 9 리콜"),
    ("ko", "삼성 엑시노스 2500 성능 공개…퀄컴과 격차", "삼성전자, 엑시노스 2600 성능 첫 공개"),
    ("ko", "보잉 737 여객기, 김해공항 긴급 회항", "김해공항서 보잉 787 여객기 긴급 회항"),
    ("ja", "新型ロケット「イプシロン2」打ち上げ", "ロケット「イプシロン3」を打ち上げ"),
    ("zh", "“红箭19”导弹在珠海展出", "珠海展出“红箭20”导弹"),
]
LIKE = [
    ("Tokyo sends F-35 jets to the base", "Tokyo sends F-35B jets to the base"),
    ("Firm releases Editor 3.0 with new fonts", "New fonts in Editor 3 of the firm"),
    ("Hwasong-17 and Hwasong-18 shown at parade", "Hwasong-18 missile shown at parade"),
    ("북한, 화성-17형 발사", "북한 화성 17형 미사일 발사"),
    ("삼성 엑시노스 2500 양산 시작", "삼성, 엑시노스-2500 양산"),
    ("嫦娥六号着陆月球背面", "嫦娥6号、月の裏側に着陸"),
    ("長征十號火箭完成試車", "长征10号火箭完成试车"),
    ("探査機「ミネルバ2」を公開", "探査機ミネルバ2を公開"),
]
NEAR = [  # counts of one event, by two who counted or rounded
    ("en", "About 2500 rally in Seoul over tariffs", "About 2530 rally in Seoul over tariffs"),
    ("en", "Quake toll climbs to 120 in Hatay", "Quake toll climbs to 124 in Hatay"),
    ("ko", "이란 지진 사망 1200 넘어", "이란 지진 사망 1230 넘어"),
    ("ko", "화재 부상 25 이송 완료", "화재 부상 27 이송 완료"),
    ("zh", "地震已致死亡120人", "地震已致死亡125人"),
    ("zh", "参与集会者达2500 创新高", "参与集会者达2530 创新高"),
    ("ja", "デモ参加者 2500 超 ソウル", "デモ参加者 2540 超 ソウル"),
]
COUNTS = [
    "Bus Crash in Daegu Leaves 25 Injured", "Fire in Busan 25 injured at market",
    "Ministers meet in Seoul on Nov 17", "Kospi 2,600.35 at the close of trade",
    "APEC 2025 summit ends in Gyeongju", "Kites edge Tigers 3-1 to stay top",
    "11月17号公报", "17日外长会谈", "死者3人に増える", "부상 25명", "본부 17 실종 30 집계",
    "한국 2 일본 1 완승", "예산 3000 억 투입", "대통령 2026 방한 추진", "十一月十七号公报",
    "“清朗2026”专项行动", "군산 앞바다 4 명 실종",
]  # fmt: skip


def stories(language: str, *titles: str) -> int:
    """Return how many stories reports under these headlines are, an hour after each other."""
    articles = [Article(title=title, language=language) for title in titles]
    signatures = [signed(text, n + 1, 60 * n) for n, text in enumerate(articles)]
    return len(set(group(signatures).values()))


@pytest.mark.parametrize(("language", "title", "other", "place"), UNLIKE)
def test_reports_of_unlike_ones_are_two_stories(
    language: str, title: str, other: str, place: str
) -> None:
    """Two headlines that differ in the number of one name stay apart, whatever else they share."""
    assert stories(language, title, title.replace(place, other)) == 2


@pytest.mark.parametrize(("language", "title", "other"), REWORDED)
def test_unlike_ones_told_in_other_words_are_two_stories(
    language: str, title: str, other: str
) -> None:
    """A name in Hangul, or in quotes, with another number is another thing in any form of words."""
    assert stories(language, title, other) == 2


@pytest.mark.parametrize(("language", "title", "other"), NEAR)
def test_counts_near_each_other_are_one_event(language: str, title: str, other: str) -> None:
    """A toll that another agency has a little higher, and a rounded number, part no story."""
    assert stories(language, title, other) == 1


@pytest.mark.parametrize(("title", "other"), LIKE)
def test_one_thing_may_be_told_more_or_less_exactly(title: str, other: str) -> None:
    """A letter left out, a nought, another gap or one of several is no other thing."""
    assert read(title)
    assert not are_of_two(title, other)


@pytest.mark.parametrize("title", COUNTS)
def test_what_is_counted_or_dated_is_no_name(title: str) -> None:
    """Tolls, days, years, indexes and scores tell nothing apart here: they have units of theirs."""
    assert not read(title)
