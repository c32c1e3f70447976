"""Dates as outlets print them: every form of one moment, zones, and what is refused."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import dates

MOMENT = datetime(2024, 9, 30, 0, 58, tzinfo=UTC)
LATER = datetime(2024, 10, 1, tzinfo=UTC)

FORMS = [
    "Mon, 30 Sep 2024 09:58:00 +0900",
    "Mon, 30 Sep 2024 09:58:00 +09:00",
    "Mon, 30 Sep 2024 09:58:00 KST",
    "Mon, 30 Sep 2024 09:58:00",
    "Mon,30 Sep 2024 09:58:00 +0900",
    "Mon, 30 09 2024 09:58:00 +0900",
    "Mon,30-Sep-2024 00:58:00 GMT",
    "Mon, 30 Sep 24 00:58:00 UT",
    "Mon Sep 30 2024 09:58:00 GMT+0900 (KST)",
    "Mon Sep 30 09:58:00 KST 2024",
    "2024-09-30 09:58:00",
    "2024.09.30 09:58",
    "2024/9/30 09:58",
    "2024. 9. 30. 오전 9:58",
    "2024-09-30 오전 9:58:00",
    "2024-09-30 9:58 AM",
    "24.09.30 09:58",
    "2024년 9월 30일 09:58",
    "2024년 9월 30일(월) 오전 9시 58분",
    "2024年9月30日 09:58",
    "2024年9月30日(月) 9時58分",
    "2024年09月30日08时58分 北京时间",
    "北京时间2024年9月30日8点58分",
    "２０２４年９月３０日 ９時５８分",
    "令和6年9月30日 9時58分",
    "民國113年9月30日 09:58",
    "20240930095800+0900",
    "202409300958",
    "2024-09-30T00:58:00.000Z",
    "2024-09-30T00:58Z",
    "2024-09-30T09:58:00+0900",
    "2024-09-30T09:58:00+09:00[Asia/Seoul]",
    "2024.09.30 08:58 GMT+8",
    "Monday, Sep 30, 2024 - 09:58 (GMT+9)",
    "9:58 AM, September 30, 2024",
    "8:58 PM EDT, Sept. 29, 2024",
    "8:58 PM GMT-4, Sept. 29, 2024",
    "Sep 29, 2024 08:58 PM ET",
    "Published: Sep 30, 2024 09:58 AM",
    "30. September 2024, 02:58 Uhr CEST",
    "30 de septiembre de 2024 09:58",
    "30/09/2024 09:58",
    "입력 2024.09.30. 09:58 수정 2024.10.01. 10:00",
    "9월 30일 09:58",
    "09-30 09:58",
    "Sept. 30, 9:58 a.m.",
    "1727657880",
    "1727657880000",
]


@pytest.mark.parametrize("text", FORMS)
def test_every_printed_form_of_one_moment_reads_as_that_moment(text: str) -> None:
    """A source that keeps Korean time gives the same instant in whatever form it prints it."""
    reading = dates.read(text, zone="Asia/Seoul", now=LATER)
    assert reading is not None
    assert reading.when == MOMENT
    assert reading.precision == "instant"


@pytest.mark.parametrize(
    ("text", "zone", "offset"),
    [
        ("2024.09.29 09:58 GMT+8", "", 8),
        ("2024-09-30 09:58 KST", "Europe/Berlin", 9),
        ("Mon, 30 Sep 2024 09:58:00 CST", "Asia/Shanghai", 8),
        ("Mon, 30 Sep 2024 09:58:00 CST", "", -6),
        ("30 Sep 2024 09:58 IST", "Europe/Dublin", 1),
        ("30 Sep 2024 09:58 IST", "", 5.5),
        ("Jan 5, 2024 9:58 AM ET", "", -5),
        ("July 5, 2024 9:58 AM ET", "", -4),
        ("2024-09-30 09:58 Beijing time", "", 8),
        ("2024-09-30 HKT 09:58", "", 8),
        ("2024년 9월 30일 09:58 (한국시간)", "", 9),
    ],
)
def test_a_printed_zone_is_kept_with_its_offset(text: str, zone: str, offset: float) -> None:
    """The zone on the page wins over the expected one, which settles only what is ambiguous."""
    reading = dates.read(text, zone=zone)
    assert reading is not None
    assert reading.zone == "printed"
    assert reading.when.utcoffset() == timedelta(hours=offset)


def test_the_words_as_printed_are_kept() -> None:
    """The reading shows the date, clock and zone as they stood on the page, and nothing else."""
    reading = dates.read("Updated 2024.09.29 09:58 GMT+8 by the desk")
    assert reading is not None
    assert reading.text == "2024.09.29 09:58 GMT+8"


def test_an_assumed_zone_is_said_and_follows_summer_time() -> None:
    """A bare clock takes the expected zone's offset of that day and is marked as assumed."""
    summer = dates.read("1 July 2024 12:00", zone="Europe/Berlin")
    winter = dates.read("1 January 2024 12:00", zone="Europe/Berlin")
    assert summer is not None
    assert winter is not None
    assert (summer.zone, winter.zone) == ("assumed", "assumed")
    assert summer.when.utcoffset() == timedelta(hours=2)
    assert winter.when.utcoffset() == timedelta(hours=1)


def test_without_any_hint_the_clock_stays_naive() -> None:
    """No zone is made up when neither the page nor the caller names one."""
    reading = dates.read("2024-09-30 09:58")
    assert reading is not None
    assert reading.zone == "none"
    assert reading.when.tzinfo is None


@pytest.mark.parametrize("text", ["2024-09-30", "2024년 9월 30일", "30 September 2024", "20240930"])
def test_a_day_alone_has_day_precision(text: str) -> None:
    """Where no clock is printed the precision says so."""
    reading = dates.read(text)
    assert reading is not None
    assert reading.precision == "day"
    assert reading.when.replace(tzinfo=None) == datetime.fromisoformat("2024-09-30T00:00")


@pytest.mark.parametrize(
    ("text", "zone", "month", "day"),
    [
        ("03/04/2024", "America/New_York", 3, 4),
        ("03/04/2024", "Europe/London", 4, 3),
        ("03.04.2024", "America/New_York", 4, 3),
        ("25/12/2023", "America/New_York", 12, 25),
    ],
)
def test_day_and_month_follow_the_country(text: str, zone: str, month: int, day: int) -> None:
    """Slashes are read as the outlet's country writes them, points day first everywhere."""
    reading = dates.read(text, zone=zone)
    assert reading is not None
    assert (reading.when.month, reading.when.day) == (month, day)


def test_a_future_day_gives_way_to_the_reading_that_is_past() -> None:
    """An ambiguous date that would lie ahead of now is read the other way round."""
    reading = dates.read("09/10/2024", zone="Europe/London", now=LATER)
    assert reading is not None
    assert (reading.when.month, reading.when.day) == (9, 10)


def test_a_date_without_a_year_is_the_last_such_day() -> None:
    """Month and day alone mean the latest one that is not ahead; without now they mean nothing."""
    now = datetime(2025, 1, 2, tzinfo=timezone(timedelta(hours=9)))
    reading = dates.read("12月30日 18:00", zone="Asia/Shanghai", now=now)
    assert reading is not None
    assert reading.when.year == 2024
    assert dates.read("12月30日 18:00") is None


@pytest.mark.parametrize(
    "text",
    ["", "no date here", "2024-13-45", "30 Febtober 2024", "0001-01-01T00:00:00Z", "12:30", "5/0"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Text without a day that the calendar knows gives nothing."""
    assert dates.read(text, now=LATER) is None


@pytest.mark.parametrize(
    ("country", "url", "zone"),
    [
        ("KR", "", "Asia/Seoul"),
        ("", "https://news.example.co.kr/a", "Asia/Seoul"),
        ("", "https://example.cn", "Asia/Shanghai"),
        ("", "https://example.uk/x", "Europe/London"),
        ("US", "https://example.de", "America/New_York"),
        ("", "https://example.tv", ""),
        ("", "https://example.com", ""),
        ("", "http://[broken", ""),
        ("", "", ""),
    ],
)
def test_the_zone_of_an_outlet(country: str, url: str, zone: str) -> None:
    """The country decides, else the country label of the host; labels sold as words say nothing."""
    assert dates.zone_for(country, url) == zone


@given(st.text(max_size=600), st.sampled_from(["", "Asia/Seoul", "America/New_York", "No/Where"]))
def test_any_text_is_read_or_refused(text: str, zone: str) -> None:
    """No text makes the reader fail, and what it read stands in the text."""
    reading = dates.read(text, zone=zone, now=LATER)
    assert reading is None or reading.text in text


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)),  # noqa: DTZ001
    st.sampled_from(["%Y-%m-%dT%H:%M:%S%z", "%a, %d %b %Y %H:%M:%S %z", "%Y.%m.%d %H:%M %z"]),
    st.integers(-12, 14),
)
def test_a_formatted_moment_reads_back(naive: datetime, form: str, hours: int) -> None:
    """What strftime wrote with an offset is read as the same minute with the same offset."""
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    reading = dates.read(moment.strftime(form))
    assert reading is not None
    assert reading.when.replace(second=0) == moment.replace(second=0, microsecond=0)
    assert reading.when.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("clock", ["00:27", "09:12", "23:31"])
def test_a_clock_before_the_month_is_no_day(clock: str) -> None:
    """In "00:27 November 24, 2026" the 27 belongs to the clock, not to the month after it."""
    reading = dates.read(f"{clock} November 24, 2026", zone="Asia/Seoul")
    assert reading is not None
    assert reading.when.strftime("%Y-%m-%d %H:%M") == f"2026-11-24 {clock}"


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_the_date_of_a_feed_reads_back(naive: datetime, minutes: int) -> None:
    """RFC 5322 dates read as the moment they were written from, with their offset."""
    written = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    found = dates.read(format_datetime(written))
    assert found is not None
    assert (found.when, found.when.utcoffset()) == (written, written.utcoffset())
    assert (found.precision, found.zone) == ("instant", "printed")


@pytest.mark.parametrize(
    "text",
    ["Wed, 31 Jun 2026 08:10:00 +0000", "Wed, 10 Jun 2026 25:10:00 +0000", "10 Jun 1026 08:10 GMT"],
)
def test_a_feed_date_that_cannot_be_is_not_read_as_it_stands(text: str) -> None:
    """A day, hour or year that does not exist is never made up from the rest of the date."""
    found = dates.read(text)
    assert found is None or found.precision == "day"


def _twelve(moment: datetime, before: str, after: str) -> str:
    return f"{before if moment.hour < 12 else after} {moment.hour % 12 or 12}"


PRINTED = {
    "korean": lambda m: f"{m:%Y}. {m.month}. {m.day}. {_twelve(m, '오전', '오후')}:{m:%M}",
    "korean words": lambda m: (
        f"{m.year}년 {m.month}월 {m.day}일 {_twelve(m, '오전', '오후')}시 {m.minute}분"
    ),
    "korean label": lambda m: f"입력 {m:%Y-%m-%d %H:%M} 수정",
    "chinese": lambda m: f"{m:%Y}年{m:%m}月{m:%d}日 {m:%H:%M} 来源：",
    "chinese weekday": lambda m: f"{m.year}年{m.month}月{m.day}日 星期二 {m:%H:%M:%S}",
    "three elements": lambda m: f"{m:%Y} {m:%m}/{m:%d} {m:%H:%M:%S}",
    "japanese": lambda m: f"{m.year}年{m.month}月{m.day}日（火） {m.hour}時{m:%M}分",
    "japanese half": lambda m: (
        f"{m.year}年{m.month}月{m.day}日 {_twelve(m, '午前', '午後')}:{m:%M}"
    ),
    "english": lambda m: f"{m:%b} {m.day}, {m.year} - {m:%H:%M:%S}",
    "american": lambda m: f"{m:%B} {m.day}, {m.year} at {m.hour % 12 or 12}:{m:%M} {m:%p}",
    "american, clock first": lambda m: (
        f"{m.hour % 12 or 12}:{m:%M} {m:%p}, {m:%B} {m.day}, {m.year}"
    ),
    "british": lambda m: f"{m:%a} {m.day} {m:%b} {m.year} {m:%H.%M} GMT",
    "german": lambda m: f"{m:%d.%m.%Y}, {m:%H:%M} Uhr",
    "norwegian": lambda m: f"{m.day}.{m.month}.{m.year} kl. {m:%H.%M}",
    "french": lambda m: f"Publié le {m.day} octobre {m.year} à {m:%H}h{m:%M}",
    "two moments": lambda m: (
        f"Updated {m.hour % 12 or 12}:{m:%M} {m:%p}, {m:%b}. {m.day}, {m.year} Published 9:01 AM"
    ),
}


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 12, 31)),  # noqa: DTZ001
    st.sampled_from(sorted(PRINTED)),
    st.sampled_from(["Asia/Seoul", "Asia/Shanghai", "Asia/Tokyo", "Europe/Oslo", "US/Eastern"]),
)
def test_each_printed_form_reads_back_in_each_zone(naive: datetime, form: str, zone: str) -> None:
    """What an outlet prints is read as that minute, in the zone printed or else the outlet's."""
    # A printed clock cannot say which of the two hours it means when the clocks go back.
    naive = naive.replace(fold=0, month=10 if form == "french" else naive.month)
    reading = dates.read(PRINTED[form](naive), zone=zone)
    assert reading is not None
    assert reading.precision == "instant"
    assert reading.when.strftime("%Y-%m-%d %H:%M") == naive.strftime("%Y-%m-%d %H:%M")
    local = timedelta(0) if form == "british" else naive.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    assert reading.when.utcoffset() == local


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("3:10 PM EST, March 5, 2024 Published 2:22 PM EST, March 5, 2024", "15:10"),
        ("Published March 5, 2024 2:22 PM EST Updated 3:10 PM EST", "14:22"),
    ],
)
def test_the_clock_of_another_moment_is_left_to_it(text: str, clock: str) -> None:
    """A clock behind "Published" is not that of the day before the word."""
    reading = dates.read(text)
    assert reading is not None
    assert reading.when.strftime("%H:%M") == clock
