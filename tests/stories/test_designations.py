"""Models, versions and serial numbers: another number is another thing, however near it lies."""

import pytest

from monitor.model import Article
from monitor.stories import group
from monitor.stories.designations import are_of_two, read
from tests.stories.texts import signed

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
]
LIKE = [
    ("Tokyo sends F-35 jets to the base", "Tokyo sends F-35B jets to the base"),
    ("Firm releases Editor 3.0 with new fonts", "New fonts in Editor 3 of the firm"),
    ("Hwasong-17 and Hwasong-18 shown at parade", "Hwasong-18 missile shown at parade"),
    ("북한, 화성-17형 발사", "북한 화성 17형 미사일 발사"),
]
COUNTS = [
    "Bus Crash in Daegu Leaves 25 Injured", "Fire in Busan 25 injured at market",
    "Ministers meet in Seoul on Nov 17", "Kospi 2,600.35 at the close of trade",
    "APEC 2025 summit ends in Gyeongju", "Kites edge Tigers 3-1 to stay top",
    "11月17号公报", "17日外长会谈", "死者3人に増える", "부상 25명",
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "other", "place"), UNLIKE)
def test_reports_of_unlike_ones_are_two_stories(
    language: str, title: str, other: str, place: str
) -> None:
    """Two headlines that differ in the number of one name stay apart, whatever else they share."""
    titles = (title, title.replace(place, other))
    articles = [Article(title=text, language=language) for text in titles]
    signatures = [signed(text, n + 1, 60 * n) for n, text in enumerate(articles)]
    assert len(set(group(signatures).values())) == 2


@pytest.mark.parametrize(("title", "other"), LIKE)
def test_one_thing_may_be_told_more_or_less_exactly(title: str, other: str) -> None:
    """A letter left out, a nought, another gap or one of several is no other thing."""
    assert read(title)
    assert not are_of_two(title, other)


@pytest.mark.parametrize("title", COUNTS)
def test_what_is_counted_or_dated_is_no_name(title: str) -> None:
    """Tolls, days, years, indexes and scores tell nothing apart here: they have units of theirs."""
    assert not read(title)
