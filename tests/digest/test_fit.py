"""A long day's mail stays small: index lines first, then as many stories as have room."""

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from msgspec import structs

from monitor.deliver import MailSettings, Outgoing, parse_target, to_mime
from monitor.digest import compose_alert, lay_out, lay_out_alert
from monitor.digest.alerts import AlertPage
from monitor.digest.fit import MAIL, alert_mail, alert_text_mail, mail
from monitor.model import MailBodies, StoryView
from tests.digest.sample import RULES, UNTIL, digest, four_languages

SETTINGS = MailSettings(host="localhost", from_="monitor@example.org")


def many(number: int) -> list[StoryView]:
    """Stories in four languages, each with a headline of its own."""
    patterns = four_languages()
    return [
        structs.replace(like, id=n, headline=f"{like.headline} ({n})")
        for n in range(number)
        for like in (patterns[n % 4],)
    ]


def sent(number: int, limit: int = 30) -> tuple[int, BeautifulSoup, str]:
    """Return the bytes of a mail less its attachment, its HTML and the attached file."""
    bodies = mail(lay_out(digest(many(number), limit=limit)))
    return size_of(bodies), BeautifulSoup(bodies.html, "lxml"), bodies.attachment


def size_of(bodies: MailBodies) -> int:
    """Return the bytes of a mail with these bodies and without its attachment."""
    outgoing = Outgoing(
        "<1@example.org>",
        parse_target("mailto:desk@example.org"),
        "digest",
        "morning",
        "Morning",
        bodies.text,
        datetime(2026, 11, 23, tzinfo=UTC),
        html=bodies.html,
    )
    return len(bytes(to_mime(outgoing, SETTINGS)))


def test_a_day_of_117_stories_fits_and_lists_them_all() -> None:
    """Every story has its line, some are told, and all of them stand in the attached file."""
    size, html, attached = sent(117, limit=60)
    assert size <= MAIL
    assert len(html.select(".index tr")) == 117 + 1  # and one that says "also here"
    told = len(html.select(".story"))
    assert 10 <= told < 117
    whole = BeautifulSoup(attached, "lxml")
    assert len(whole.select(".story")) == 117
    assert "attached file" in html.text
    for page in (html, whole):
        inside = [str(link["href"]) for link in page.select('a[href^="#"]')]
        assert len(inside) > 10
        assert all(page.select(link) for link in inside)


@pytest.mark.parametrize("number", [150, 200, 300, 500, 1000])
def test_a_mail_is_as_short_as_it_is_meant_to_be(number: int) -> None:
    """Whatever the number of stories, nothing of the mail is behind a link of its reader."""
    size, html, _ = sent(number)
    assert size <= MAIL
    assert len(html.select(".index tr")) > 100


def test_every_rule_keeps_its_best() -> None:
    """Where there is no room for all, each rule tells its first stories."""
    _, html, _ = sent(117)
    heads = [head.text for head in html.select("h2")]
    assert heads == ["China–South Korea", "Korean Peninsula"]


def test_a_short_day_has_nothing_attached() -> None:
    """What fits is told as it is, without a file."""
    size, html, attached = sent(8)
    assert (attached, len(html.select(".story"))) == ("", 8)
    assert size < MAIL


def test_a_day_of_thousands_still_fits() -> None:
    """When not even the lines have room, they are cut and counted; the file holds them all."""
    size, html, attached = sent(3000)
    assert size <= MAIL
    assert re.search(r"and [\d,]+ more in the attached file", html.text)
    assert len(BeautifulSoup(attached, "lxml").select(".index tr")) == 3001


def alert(number: int) -> AlertPage:
    """An alert of so many stories, laid out."""
    return lay_out_alert(compose_alert(many(number), RULES, "Asia/Seoul", UNTIL))


@pytest.mark.parametrize("number", [9, 60, 150, 500])
def test_a_burst_of_alerts_fits_and_is_attached_whole(number: int) -> None:
    """The first are told, each other one has a linked line if there is room, none is lost."""
    page = alert(number)
    bodies = alert_mail(page)
    assert size_of(bodies) <= MAIL
    html, whole = BeautifulSoup(bodies.html, "lxml"), BeautifulSoup(bodies.attachment, "lxml")
    told, lines = len(html.select(".story")), html.select(".index tr")
    if number == 9:
        assert (told, lines, bodies.attachment) == (9, [], "")
        return
    assert told >= 5
    assert html.select(".story")[0].select(".n")[0].text == "1"
    assert len(whole.select(".story")) == number
    assert "attached file" in html.text
    assert "attached file" in bodies.text
    if number == 500:
        assert re.search(r"and [\d,]+ more in the attached file", html.text)
    else:
        assert told + len(lines) == number
        assert sum(bool(line.select("a[href]")) for line in lines) > len(lines) / 2


def test_a_burst_of_alerts_as_text_alone_fits() -> None:
    """It has the room of both bodies, and the attached file is the whole alert."""
    short, long = alert_text_mail(alert(20)), alert_text_mail(alert(500))
    assert short.attachment == ""
    assert size_of(long) <= MAIL
    assert long.text.startswith("What is not told in full here stands whole in the attached file.")
    assert len(BeautifulSoup(long.attachment, "lxml").select(".story")) == 500
