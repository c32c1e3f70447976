"""Dates from formatters that ran in somebody's locale, with zones in every spelling."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor import dates

NINE_UTC = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        # names of months and days of the week, as strftime and Java write them
        "Sat, 28 11월 2026 18:00:00 +0900",
        "토, 28 11월 2026 18:00:00 +0900",
        "토요일, 28 11월 2026 18:00:00 KST",
        "토, 28-11월-2026 18:00:00 +0900",
        "11월 28일 2026 18:00 +0900",
        "周六, 28 十一月 2026 17:00:00 +0800",
        "星期六, 28 11月 2026 17:00:00 +0800",
        "六, 28 11月 2026 17:00:00 +0800",
        "土, 28 11月 2026 18:00:00 +0900",
        "土曜日, 28 十一月 2026 18:00:00 JST",
        "Сб, 28 ноя 2026 12:00:00 +0300",
        "28 ноября 2026, 12:00 +03:00",
        "Sa., 28 Nov. 2026 10:00:00 +0100",
        "sam., 28 nov. 2026 10:00:00 +0100",
        "sáb, 28 nov 2026 10:00:00 +0100",
        "Sab, 28 Nopember 2026 16:00:00 +0700",
        "28 tháng 11 năm 2026 16:00 +0700",
        "28 thg 11, 2026 16:00 +0700",
        "2026-Nov-28 18:00:00 +0900",
        "2026 November 28 18:00:00 +0900",
        "2026年 十一月 28日 17:00:00 +0800",
        "2026. 11. 28. 오후 6:00:00 +0900",
        "2026年11月28日 星期六 下午05时00分00秒 +0800",
        "二〇二六年十一月二十八日 17:00 +0800",
        "Sat Nov 28 2026 18:00:00 GMT+0900 (대한민국 표준시)",
        "토 11월 28 18:00:00 KST 2026",
        "土 11月 28 18:00:00 JST 2026",
        # offsets that lost their zeros
        "Sat, 28 Nov 2026 18:00:00 +900",
        "Sat, 28 Nov 2026 18:00:00 +9",
        "Sat, 28 Nov 2026 18:00:00 +9:00",
        "Sat, 28 Nov 2026 18:00:00 +09",
        "Sat, 28 Nov 2026 14:30:00 +530",
        "Sat, 28 Nov 2026 04:00:00 -500",
        "Sat, 28 Nov 2026 04:00:00 -5",
        "2026-11-28T18:00:00+9",
        "2026-11-28 18:00 +900",
        "Sat, 28 Nov 2026 18:00:00 UTC+9",
        "Sat, 28 Nov 2026 18:00:00 gmt+9",
        "Sat, 28 Nov 2026 18:00:00 + 0900",
        "Sat, 28 Nov 2026 18:00:00 +09.00",
        "Sat, 28 Nov 2026 18:00:00 kst",
        "2026-11-28 18:00:00.123456 +0900 KST m=+0.1",
        # names of zones
        "Sat, 28 Nov 2026 18:00:00 Asia/Seoul",
        "2026-11-28 18:00:00 (Asia/Seoul)",
        "2026-11-28T18:00:00[Asia/Pyongyang]",
        "28 Nov 2026 17:00 Asia/Shanghai",
        "28 Nov 2026 06:00 America/Argentina/Buenos_Aires",
        "28 Nov 2026 18:00 Etc/GMT-9",
        "Sat, 28 Nov 2026 10:00:00 MET",
        "28 Nov 2026 18:00 Korea Standard Time",
        "28 Nov 2026 17:00 China Standard Time",
        "28 Nov 2026 4:00 AM US Eastern Time",
        "2026년 11월 28일 18:00 (평양시간)",
        "2026년 11월 28일 4:00 (미 동부시간)",
        # eras
        "주체115(2026)년 11월 28일 18:00 KST",
        "주체115년 11월 28일 18:00 KST",
        "主体115（2026）年11月28日 18:00 KST",
        "November 28, Juche 115 (2026) 18:00 KST",
        "주체115(2026).11.28 18:00 KST",
        "Juche 115 (2026). 11. 28. 18:00 KST",
        "단기 4359년 11월 28일 18:00 KST",
    ],
)
def test_the_moment_that_is_written_counts(text: str) -> None:
    """The offset counts where one stands, whatever language the formatter spoke."""
    reading = dates.read(text, zone="Europe/Berlin", now=NOW)
    assert reading is not None
    assert reading.when == NINE_UTC
    assert (reading.precision, reading.zone) == ("instant", "printed")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Thu, 30 Apr 2026 08:57:00 MEST", 2),
        ("Thu, 30 Apr 2026 08:57:00 CEDT", 2),
        ("30 Apr 2026 08:57 Europe/Berlin", 2),
        ("30 Apr 2026 08:57 Central European Summer Time", 2),
        ("30 Apr 2026 08:57 Eastern Daylight Time", -4),
        ("30 Apr 2026 08:57 EEDT", 3),
        ("1 Jul 2016 12:00 Asia/Pyongyang", 8.5),
        ("2016년 7월 1일 12:00 (평양시간)", 8.5),
    ],
)
def test_summer_time_and_what_a_zone_was_then(text: str, hours: float) -> None:
    """A zone's name means the offset it had at that moment."""
    reading = dates.read(text)
    assert reading is not None
    assert reading.when.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-11-28 18:00 Seoul/Busan desk", "assumed"),
        ("28 Nov 2026 18:00-19:30", "assumed"),
        ("28 Nov 2026 18:00 +99", "assumed"),
        ("28 Nov 2026 18:00 - 5 comments", "assumed"),
    ],
)
def test_what_only_looks_like_a_zone_is_none(text: str, zone: str) -> None:
    """A slash, a span of hours or an impossible offset beside a clock is no zone."""
    reading = dates.read(text, zone="Asia/Seoul")
    assert reading is not None
    assert reading.when == NINE_UTC
    assert reading.zone == zone


@pytest.mark.parametrize(
    "text", ["28 13월 2026", "28 十三月 2026", "주체115년 2월 30일", "二〇二六年十三月一日"]
)
def test_impossible_local_dates_are_none(text: str) -> None:
    """The calendar has the last word in every language."""
    assert dates.read(text) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026.11.28 낮 12시 30분", "28 12:30"),
        ("2026.11.28 낮 1시", "28 13:00"),
        ("2026年11月28日 中午11:30", "28 11:30"),
        ("2026年11月28日 中午12点", "28 12:00"),
        ("2026.11.28 밤 10시", "28 22:00"),
        ("2026.11.28 밤 12시", "29 00:00"),
        ("2026.11.28 밤 1시", "28 01:00"),
        ("2026年11月28日晚8时", "28 20:00"),
        ("2026年11月28日晚上9点05分", "28 21:05"),
        ("2026年11月28日夜9時", "28 21:00"),
        ("2026年11月28日 夕方5時", "28 17:00"),
        ("2026.11.28 오후 0:30", "28 12:30"),
        ("2026.11.28 오전 12:30", "28 00:30"),
        ("2026.11.28 새벽 3시", "28 03:00"),
    ],
)
def test_parts_of_the_day(text: str, clock: str) -> None:
    """Morning, noon, afternoon and night each have their own way with twelve."""
    reading = dates.read(text)
    assert reading is not None
    assert f"{reading.when:%d %H:%M}" == clock


@pytest.mark.parametrize(
    ("text", "zone", "day"),
    [
        ("發布日期：115年5月30日", "", "2026-05-30"),
        ("115-05-30", "Asia/Taipei", "2026-05-30"),
        ("115.05.30 10:20", "Asia/Taipei", "2026-05-30"),
        ("R8.5.30", "Asia/Tokyo", "2026-05-30"),
        ("H31/4/30", "Asia/Tokyo", "2019-04-30"),
        ("115-05-30", "Asia/Seoul", None),
        ("115.05.30.1", "Asia/Taipei", None),
        ("第115年5月30日", "", None),
    ],
)
def test_years_without_the_name_of_their_era(text: str, zone: str, day: str | None) -> None:
    """A bare year of the Republic or a letter for a reign counts where it is in use."""
    reading = dates.read(text, zone=zone)
    assert (reading.when.strftime("%Y-%m-%d") if reading else None) == day
