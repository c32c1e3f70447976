"""What is kept of an article."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import StoreError
from monitor.model import Article
from monitor.stories import Signature, sign
from tests.stories.texts import NOON, article, signed

texts = st.text(max_size=400)


@given(title=texts, body=st.lists(texts, max_size=5), entities=st.lists(st.text(max_size=12)))
@settings(max_examples=150, deadline=None)
def test_bytes_give_the_same_signature_back(
    title: str, body: list[str], entities: list[str]
) -> None:
    """Any article, however broken its text, is signed, stored and read back unchanged."""
    signature = sign(
        Article(title=title, body=tuple(body)), id=7, seen=NOON, entities=entities, sides=["KR"]
    )
    assert Signature.from_bytes(signature.to_bytes()) == signature


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_damaged_bytes_are_a_typed_error(data: bytes) -> None:
    """Bytes that are no signature raise StoreError and say what to do."""
    with pytest.raises(StoreError, match="monitor stories rebuild"):
        Signature.from_bytes(data)


def test_cut_bytes_are_a_typed_error() -> None:
    """A signature that was stored in part is not read as another one."""
    data = signed(article(1), 1).to_bytes()
    for length in range(0, len(data), 7):
        with pytest.raises(StoreError):
            Signature.from_bytes(data[:length])


def test_signatures_are_the_same_in_every_process() -> None:
    """Stored signatures stay comparable: no process's hash seed goes into them."""
    code = (
        "from tests.stories.texts import article, signed\n"
        "print(signed(article(3), 3).to_bytes().hex())\n"
        "print(signed(article(4, 400, 'zh'), 4).to_bytes().hex())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert signed(article(3), 3).to_bytes().hex() in outputs.pop()


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_signatures_are_small(language: str) -> None:
    """An ordinary article takes less than a kilobyte and a half in the store."""
    assert len(signed(article(5, 900, language), 5).to_bytes()) < 1500


def test_an_article_of_two_hundred_pages_is_signed_as_small() -> None:
    """A report of 200 pages leaves a signature of a few kilobytes."""
    assert len(signed(article(6, 100_000), 6).to_bytes()) < 4000


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Two missiles flew 350 km at 7:10 a.m. on Nov. 17, 1.2 trillion won in damage", "en"),
        ("미사일 두 발 17일 오전 7시 10분 350㎞ 비행, 피해 1조2천억원", "ko"),
        ("17日上午7时10分发射两枚导弹 飞行350公里 损失1.2万亿韩元", "zh"),
        ("17日午前7時10分 ミサイル2発 350キロ飛行 被害1兆2000億ウォン", "ja"),
    ],
)
def test_numbers_days_and_times_are_the_same_in_every_language(title: str, language: str) -> None:
    """Figures are written one way, whatever the script, the units or the numerals."""
    text = Article(title=title, language=language, published=NOON)
    signature = sign(text, id=1, seen=NOON)
    assert signature.numbers == (2.0, 350.0, 1.2e12)
    assert signature.clocks == (7 * 60 + 10,)
    assert signature.days == (datetime(2026, 11, 17, tzinfo=UTC).toordinal(),)


@pytest.mark.parametrize("words", ["Tuesday", "화요일", "周二", "星期二", "火曜日"])
def test_weekdays_are_days(words: str) -> None:
    """A weekday is the last such day up to the day of the report."""
    thursday = datetime(2026, 11, 19, 9, tzinfo=timezone(timedelta(hours=9)))
    text = Article(title=f"Talks {words}", published=thursday)
    signature = sign(text, id=1, seen=thursday)
    assert signature.days == (datetime(2026, 11, 17, tzinfo=UTC).toordinal(),)


@pytest.mark.parametrize("words", ["一周天气", "两周一次", "本周天氣預報", "3日連続"])
def test_weeks_are_no_weekdays(words: str) -> None:
    """The weather of a week and what comes every two weeks name no day; nor do days running."""
    text = Article(title=words, published=NOON)
    assert sign(text, id=1, seen=NOON).days == ()


@pytest.mark.parametrize(
    ("published", "believed"),
    [
        (NOON - timedelta(hours=3), True),
        (NOON + timedelta(hours=9), False),
        (NOON - timedelta(days=300), False),
        (datetime(2026, 11, 17, 9), False),  # noqa: DTZ001
        (None, False),
    ],
)
def test_an_outlets_clock_is_believed_within_reason(
    published: datetime | None, believed: bool
) -> None:
    """A time in the future, of last year or without a zone gives way to when we saw the article."""
    signature = sign(Article(title="x", published=published), id=1, seen=NOON)
    assert signature.when == (published if believed else NOON)


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("SEOUL, Nov. 17 (Yonhap) -- The port was shut.", "yonhap"),
        ("(부산=연합뉴스) 홍길동 기자 = 항만이 닫혔다.", "yonhap"),
        ("新华社釜山11月17日电 港口关闭。", "xinhua"),
        ("【ソウル聯合ニュース】港が閉鎖された。", "yonhap"),
        ("BUSAN (AP) — The port was shut.", "ap"),
        ("The port (see map) was shut.", ""),
    ],
)
def test_the_agency_of_a_dateline_is_known(opening: str, agency: str) -> None:
    """A dateline names its agency in every language's own form."""
    assert sign(Article(title="Port shut", body=(opening,)), id=1, seen=NOON).agency == agency
