"""Alerts: folding, forms, and quiet hours."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from monitor.digest import (
    alert_html,
    alert_json,
    alert_line,
    alert_subject,
    alert_text,
    compose_alert,
    edition,
    lay_out_alert,
    quiet,
)
from monitor.digest.data import story_data
from monitor.errors import ConfigError
from monitor.model import Change, Form
from tests.digest.sample import HOSTILE, RULES, UNTIL, copy, flag, four_languages, story


def test_a_burst_is_one_message_with_the_weightiest_first() -> None:
    """Thirty stories at once are one alert; its subject is the weightiest and a count."""
    burst = [story(n, flags=[flag(score=n, level="now")]) for n in range(1, 31)]
    alert = compose_alert(burst, RULES, "Asia/Seoul", UNTIL)
    assert [one.id for one in alert.stories] == list(range(30, 0, -1))
    assert alert_subject(alert) == "Alert: Headline 30 (and 29 more)"
    assert alert_line(alert).count("\n") == 30
    assert edition(alert).threads[0] == "30"


def test_an_alert_tells_who_when_what_and_why() -> None:
    """The line, the mail and the JSON name the headline, outlet, time, words and link."""
    alert = compose_alert(four_languages()[:1], RULES, "Asia/Seoul", UNTIL)
    line = alert_line(alert)
    assert line.startswith("ALERT Sun 21:12 Harbour Wire: Ministers of South Korea, China agree")
    assert "[05:30 correction: It is a vice minister.]" in line
    assert line.rstrip().endswith("https://example.org/10")
    text = alert_text(lay_out_alert(alert))
    assert "*South Korea*" in text
    assert all(cell_len(row) <= 72 for row in text.split("\n"))
    assert "<mark>" in alert_html(lay_out_alert(alert))
    assert json.loads(alert_json(alert))["stories"][0]["id"] == 10


def test_an_alert_comes_in_the_form_that_was_wished_for() -> None:
    """Text alone has no HTML, brief is the line of a terminal, in a mail as well."""
    alert = edition(compose_alert(four_languages()[:1], RULES, "Asia/Seoul", UNTIL))
    assert alert.mail(Form("html")).html
    assert alert.mail(Form("text")).html == ""
    assert alert.mail(Form("text")).text == alert.mail(Form("html")).text
    line = alert.render(Form("line"))
    assert alert.mail(Form("html", brief=True)).text == line
    assert alert.render(Form("text", brief=True)) == line


def test_an_update_is_called_what_it_is() -> None:
    """An alert about a story that changed says correction or withdrawal in its subject."""
    changed = story(1, changes=(Change(UNTIL, "withdrawal", "The outlet took it back."),))
    alert = compose_alert([changed], RULES, "Asia/Seoul", UNTIL)
    assert alert_subject(alert) == "Withdrawal: Headline 1"


def test_who_was_not_told_yet_gets_no_update() -> None:
    """The first alert of a story of several takes is an alert; told of it before, a new take."""
    taken = story(1, changes=(Change(UNTIL, "new take", "Harbour Wire: Ministers agree"),))
    subjects = [
        alert_subject(compose_alert([taken], RULES, "UTC", UNTIL, told=told)) for told in ((), (1,))
    ]
    assert subjects == ["Alert: Headline 1", "New take: Headline 1"]


def test_what_changed_is_linked_where_it_is_to_be_read() -> None:
    """A take with a page of its own is the link of the alert; one without is not linked twice."""
    copies = [copy(1), copy(2, url="https://example.org/lead", role="copy")]
    changes = [Change(UNTIL, "new take", "Harbour Wire: Ministers agree", n) for n in (1, 2)]
    for changed, shown in zip(
        changes, ("https://example.org/1", "https://example.org/lead"), strict=True
    ):
        view = story(1, copies=copies, changes=(changed,))
        alert = compose_alert([view], RULES, "UTC", UNTIL, told=(1,))
        assert edition(alert).lines[0][1] == shown
        assert alert_line(alert).rstrip().endswith(shown)
        assert alert_text(lay_out_alert(alert)).count(shown) == 1
        assert f'href="{shown}"' in alert_html(lay_out_alert(alert))
        assert story_data(view)["changes"][0]["url"] == shown


def test_a_line_of_a_chat_counts_the_outlets_it_does_not_name() -> None:
    """Three outlets stand by name, of more their number."""

    def named(outlets: int) -> str:
        copies = [copy(n, f"Wire {n}") for n in range(1, outlets + 1)]
        view = story(1, copies=copies)
        return edition(compose_alert([view], RULES, "UTC", UNTIL)).lines[0][0]

    assert named(3).endswith("Wire 1, Wire 2, Wire 3)")
    assert [named(4)[-3:], named(9)[-3:]] == ["+1)", "+6)"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_headline_stays_one_line(text: str) -> None:
    """A headline cannot break the subject or the terminal line, nor fill the screen."""
    alert = compose_alert([story(1, text)], RULES, "UTC", UNTIL)
    assert len(alert_subject(alert)) < 200
    assert "\n" not in alert_subject(alert)
    assert alert_line(alert).count("\n") == 1
    assert "\x1b" not in alert_line(alert)
    assert "<script" not in alert_html(lay_out_alert(alert))


def test_an_alert_speaks_the_reader_s_language() -> None:
    """A copy in it heads the alert and its subject, the original stands beneath."""
    copies = [copy(1, "新华社", title="王毅访韩", language="zh"), copy(2, title="Wang Yi in Seoul")]
    view = story(1, "王毅访韩", copies=copies, language="zh")
    alert = compose_alert([view], RULES, "UTC", UNTIL, "en")
    assert alert_subject(alert) == "Alert: Wang Yi in Seoul"
    assert "Wang Yi in Seoul" in alert_line(alert)
    assert alert_line(alert).endswith("https://example.org/2\n")
    assert "王毅访韩" in alert_text(lay_out_alert(alert))
    assert "Xinhua" in alert_text(lay_out_alert(alert))


@pytest.mark.parametrize(
    ("hours", "local", "end"),
    [
        ("22:00-06:00", "2026-11-23T23:10", "2026-11-24T06:00"),
        ("22:00-06:00", "2026-11-24T05:59", "2026-11-24T06:00"),
        ("22:00-06:00", "2026-11-24T06:00", None),
        ("22:00-06:00", "2026-11-24T21:59", None),
        ("12:00 - 13:00", "2026-11-24T12:30", "2026-11-24T13:00"),
        ("12:00-13:00", "2026-11-24T13:30", None),
        ("", "2026-11-24T03:00", None),
    ],
)
def test_quiet_hours(hours: str, local: str, end: str | None) -> None:
    """Inside the span the end is given, outside nothing; the end itself is not quiet."""
    zone = ZoneInfo("Asia/Seoul")
    now = datetime.fromisoformat(local).replace(tzinfo=zone)
    over = quiet(hours, "Asia/Seoul", now)
    assert over == (datetime.fromisoformat(end).replace(tzinfo=zone) if end else None)


@given(
    st.sampled_from(["Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe"]),
    st.integers(0, 365 * 1440).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.sampled_from(["22:00-06:00", "01:30-02:15", "02:30-03:00", "23:00-01:45", "00:00-12:00"]),
)
@settings(max_examples=400, deadline=None)
def test_quiet_hours_end_soon_and_for_good(zone: str, now: datetime, hours: str) -> None:
    """The end lies ahead within a day, and at it the quiet hours are over."""
    over = quiet(hours, zone, now)
    if over is not None:
        assert now < over <= now + timedelta(hours=26)
        again = quiet(hours, zone, over)
        assert again is None


@pytest.mark.parametrize("hours", ["22-6", "22:00", "22:00-22:00", "22:00-26:00", "late"])
def test_quiet_hours_that_cannot_be_read_are_named(hours: str) -> None:
    """A span that is none is refused with an example."""
    with pytest.raises(ConfigError):
        quiet(hours, "Asia/Seoul", UNTIL)
