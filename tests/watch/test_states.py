"""The states of the world: a story of one of them and South Korea is none of the two neighbours.

All texts were written for this project; the events are invented.
"""

import pytest

from monitor.watch import Rulebook
from monitor.watch.desk_tools.selftest import article_of
from tests.watch.written import ENTITIES, block_of, book_of, rule_of, topics_of

DAY = "2026-11-10"
CHINA_KOREA = "china-south-korea"
STATES = """
[[entity]]
id = "arland"
type = "country"
sides = []
names.en = ["Arland"]
[[entity]]
id = "ar-harbour"
type = "place"
sides = []
names.en = ["Ar Harbour"]
"""


@pytest.mark.parametrize(
    "text",
    [
        "South Korean and Peruvian miners held near Guangzhou",
        "페루 사절단, 광저우 공항서 한국인과 함께 억류",
        "中国、チリ産と韓国産の鉄筋に関税",
        "乌兹别克斯坦与韩国工人在广州获救",
    ],
)
def test_another_state_beside_the_two_makes_it_no_story_of_theirs(
    built_in: Rulebook, text: str
) -> None:
    """A sentence that names a third state with the two is about no matter of the two."""
    assert CHINA_KOREA not in topics_of(built_in, text)


@pytest.mark.parametrize(
    "text",
    [
        "Xi, Lee meet in Peru on sidelines of APEC",
        "Panama-flagged freighter with Chinese crew collides with South Korean boat",
        "파나마 선적 화물선 중국인 선장, 한국 해경에 체포",
        "중국 “한국 오만한 태도” 비난",
        "중국 아이티 기업, 한국 게임사 인수",
        "중국 그리스도교 단체, 한국 목사 추방에 항의",
        "中韩沿海地区渔业纠纷升级 韩国海警扣押中国渔船",
        "韩国将中国加纳入免签名单",
        "内蒙古巴彦淖尔与韩国企业签署投资协议",
        "韓国でスキューバダイビング中の中国人拘束",
    ],
)
def test_where_they_meet_and_words_that_look_like_a_state_are_none(
    built_in: Rulebook, text: str
) -> None:
    """Where the two meet, a ship's flag, and a word with its name in it are no third state."""
    assert CHINA_KOREA in topics_of(built_in, text)


@pytest.mark.parametrize(
    ("text", "holds"),
    [("Arland sends a ship", True), ("Ar Harbour fills", False), ("Port Town fills", False)],
)
def test_a_term_may_ask_for_whatever_of_a_type_has_no_side(text: str, holds: bool) -> None:
    """@country.other is any country without a side, but no place and nothing of a side."""
    book = book_of(rule_of(block_of('any = ["@country.other"]')), entities=ENTITIES + STATES)
    assert bool(book.flags(article_of(text, DAY))) is holds
