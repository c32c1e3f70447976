"""Every form of a digest: what a reader of it sees, and what hostile text cannot do to it."""

import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import feedparser
import pytest
from bs4 import BeautifulSoup
from msgspec import structs
from rich.cells import cell_len
from rich.console import Console

from monitor.digest import edition, late_note, lay_out, to_json
from monitor.model import Change, Coverage, Digest, FeedTrouble, Form, Hit, Related
from tests.digest.sample import (
    COVERAGE,
    HOSTILE,
    UNTIL,
    copy,
    digest,
    flag,
    four_languages,
    reason,
    story,
    to_atom,
    to_html,
    to_markdown,
    to_svg,
    to_terminal,
    to_text,
)


def terminal(made: Digest, width: int = 80, *, styles: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=styles, color_system="truecolor" if styles else None
    )
    to_terminal(made, console)
    return out.getvalue()


FORMS: dict[str, Callable[[Digest], str]] = {
    "terminal": terminal,
    "text": to_text,
    "html": to_html,
    "json": to_json,
    "atom": to_atom,
    "markdown": to_markdown,
    "svg": to_svg,
}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


@each_form
def test_every_form_tells_the_whole_story(form: Callable[[Digest], str]) -> None:
    """Each form names the stories, outlets, words, entities and changes it was given."""
    shown = re.sub(r"[\s*]+", " ", re.sub(r"<[^>]+>|\\", "", form(digest(four_languages()))))
    for said in ("It is a vice minister.", "财经港", "항구통신", "Dandong"):
        assert said in shown
    assert "Han Ji-won" in shown or form is to_svg


def test_each_name_or_term_that_flagged_a_story_is_said_once() -> None:
    """Endings are left off a term's word, and a name's other spellings out."""
    found = [
        ("missile*", "미사일을", ""),
        ("missile*", "미사일", ""),
        ("@north-korea", "북한", "north-korea"),
        ("@north-korea", "北", "north-korea"),
        ("launch*", "발사", ""),
        ("launch*", "발사했을", ""),
    ]
    hits = tuple(Hit(term, words, "body", 0, 0, 1, entity) for term, words, entity in found)
    why = structs.replace(reason("북한 미사일", *(words for _, words, _ in found)), hits=hits)
    text = to_text(digest([story(1, "Launch", flags=[flag("ties", why)])]))
    assert "for 미사일, 북한, 발사  ·" in re.sub(r"\s*\n\s*", " ", text)


@pytest.mark.parametrize("form", [terminal, to_text, to_html, to_markdown, to_json])
def test_story_is_called_by_the_article_on_top(form: Callable[[Digest], str]) -> None:
    """The number that a digest gives is the one that `list` gives and `show` takes."""
    kept = story(70216, "Talks in Dandong", copies=(copy(70233), copy(70254)))
    shown = form(digest([kept]))
    assert "70233" in shown
    assert "70216" not in shown


@each_form
def test_an_empty_day_says_so(form: Callable[[Digest], str]) -> None:
    """A day without matches gives a whole document, not silence."""
    shown = form(digest([]))
    assert shown.strip()
    if form is not to_json:
        assert "41 of 43 feeds" in re.sub(r"<[^>]+>", "", shown)


def test_an_empty_day_is_told_apart_from_a_fault() -> None:
    """No match, no feed read, no feed configured and feeds missing are four different lines."""

    def said(**fields: int) -> str:
        return to_text(digest([], coverage=Coverage(**({"entries": 0} | fields))))  # type: ignore[arg-type]

    assert "Nothing matched. 0 entries from 3 of 3 feeds were looked at." in said(feeds=3, read=3)
    assert "something may be missing" in said(feeds=3, read=1, entries=1).replace("\n", " ")
    assert "This is a fault, not a quiet day." in said(feeds=3, read=0).replace("\n", " ")
    assert "no feed is configured" in said(feeds=0, read=0)


def test_times_are_the_readers_with_the_printed_ones_beside() -> None:
    """A copy printed at 20:50 in Beijing stands at 21:50 in Seoul, with what was printed."""
    text = to_text(digest(four_languages()))
    assert "Sun 21:50 东海通讯 · +38 min · zh · rewrite  [2026年11月22日 20:50]" in text
    assert "first seen; no time printed" in text
    other = to_text(digest(four_languages(), timezone="America/New_York"))
    assert "Window: Sat 21 Nov 17:30 – Sun 22 Nov 17:30 EST" in other
    assert "07:50 东海通讯" in other


def test_times_without_clock_zone_or_printed_words() -> None:
    """A bare date shows no clock, an offset stands in for missing words, zones get their names."""
    made = digest(
        [
            story(
                1,
                copies=[
                    copy(1, "Bare", published=datetime(2025, 3, 1)),  # noqa: DTZ001
                    copy(2, "Offset", published=UNTIL - timedelta(days=40)),
                ],
            )
        ],
        timezone="Asia/Singapore",
    )
    text = to_text(made)
    assert "1 Mar 2025 Bare" in text
    assert "[2026-10-13 22:30 UTC]" in text
    assert "Mon 23 Nov 06:30 UTC+8" in text


def test_a_date_at_the_end_of_the_calendar_breaks_nothing() -> None:
    """A page that claims to be of the year 1 or 9999 still stands in the digest."""
    made = digest(
        [
            story(1, copies=[copy(1, published=datetime.max.replace(tzinfo=UTC))]),
            story(2, copies=[copy(2, published=datetime.min.replace(tzinfo=UTC))]),
        ],
        timezone="Pacific/Kiritimati",
    )
    west = structs.replace(made, timezone="Pacific/Pago_Pago")
    for form in FORMS.values():
        assert "9999" in form(made)
        assert form(west)


def test_words_are_marked_in_their_sentence() -> None:
    """Hit words are set off in headline, opening or a line of their own, each sentence once."""
    text = re.sub(r"\n +(\| )?", " ", to_text(digest(four_languages())))
    assert "Ministers of *South Korea*, *China* agree" in text
    assert "the *Korean Peninsula* calm and restore the *China-South Korea* hotline" in text
    assert "*Beijing* sends a vice minister to *Seoul* in December. (both capitals)" in text
    assert "*中国*商务部二十三日发布公告。" in text
    assert text.count("restore the") == 1
    html = BeautifulSoup(to_html(digest(four_languages())), "lxml")
    assert [mark.text for mark in html.select("h3")[0].select("mark")] == ["South Korea", "China"]
    assert "**Beijing** sends" in to_markdown(digest(four_languages()))
    assert "\x1b[1;4mBeijing\x1b[0m" in terminal(digest(four_languages()), styles=True)


def test_a_long_sentence_is_cut_around_its_words() -> None:
    """A sentence of thousands of characters is shown where its words are."""
    sentence = "filler " * 900 + "then Seoul and Beijing spoke " + "more " * 900
    text = to_text(digest([story(1, flags=[flag("ties", reason(sentence, "Seoul", "Beijing"))])]))
    assert "*Seoul* and *Beijing*" in re.sub(r"\s+\|?\s*", " ", text)
    assert len(text) < 3000


@pytest.mark.parametrize("width", [60, 80, 100])
def test_terminal_lines_fit(width: int) -> None:
    """No line of the terminal digest but an address is wider than the terminal."""
    for line in terminal(digest(four_languages(), late=True, notes=["x " * 90]), width).split("\n"):
        assert cell_len(line) <= width or "https://" in line


def test_terminal_columns_line_up_over_scripts() -> None:
    """The languages of outlets named in Latin, Chinese and Japanese start in one column."""
    lines = terminal(digest(four_languages()), 100).split("\n")
    rows = [line for line in lines if re.search(r"  (Harbour Wire|东海通讯|朝陽新報)  +\S", line)]
    rows = [row for row in rows if re.search(r"(en|zh|ja)( |$)", row)][:3]
    assert len({cell_len(re.split(r"  (?=\+|en|zh|ja)", row)[0]) for row in rows}) == 1


def test_index_lines_end_at_one_column() -> None:
    """One line a story, whatever the script, and its clock ends where the others end."""
    made = digest(four_languages())
    lines = [line for line in terminal(made, 80).split("\n") if re.match(r" +\d+ \S", line)]
    index = lines[:4]
    assert [cell_len(line) for line in index] == [80] * 4
    brief = to_text(made, brief=True).split("\n")
    assert max(map(cell_len, brief)) <= 72
    assert not [line for line in brief if "vice minister" in line]


@pytest.mark.parametrize("headline", ["Short", "A headline that goes on and on " * 5])
def test_the_urgent_tag_keeps_its_shape(headline: str) -> None:
    """The tag of an urgent story has its blanks on both sides, wrapped headline or not."""
    made = digest([story(1, headline, [flag(level="now")])])
    assert "\u00a0NOW\u00a0\x1b[0m" in terminal(made, styles=True)


def test_terminal_without_styles_has_no_escapes_and_stars_its_words() -> None:
    """A pipe or --plain gets no escape sequence, and marked words between asterisks."""
    out = terminal(digest(four_languages()))
    assert "\x1b" not in out
    assert "*South Korea*" in out


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_plain_text_stays_within_72_columns(text: str) -> None:
    """Whatever the headline, a line of mail is at most 72 columns wide."""
    made = digest([story(1, text, [flag("ties", reason(text, text[:20]))], opening=text)])
    for line in to_text(made).split("\n"):
        assert cell_len(line) <= 72


class Links(HTMLParser):
    """Collects what a browser would load, run or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers.append(name)
            if name in {"src", "href", "srcset", "background", "data", "action"}:
                self.links.append(value or "")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_reaches_no_renderer_raw(text: str) -> None:
    """Controls, escapes, bidi, markup and templates in any field stay harmless text."""
    made = digest(
        [
            story(
                1,
                text,
                [flag("ties", reason(text, text[3:9], block=text))],
                [copy(1, text, title=text, published_text=text, language=text, role=text)],
                opening=text,
                entities=(text,),
                changes=(Change(UNTIL, "update", text),),
                language=text,
            )
        ],
        name=text,
        rules=[("ties", text)],
        notes=[text],
        coverage=Coverage(2, 1, 3, (FeedTrouble(text, "failing", None, text),), 0, 1, text),
    )
    unsafe = re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]"
    )
    for form in FORMS.values():
        shown = form(made)
        assert not unsafe.search(shown)
        shown.encode()
    page = Links()
    page.feed(to_html(made))
    assert not page.tags & {"script", "img", "iframe", "link", "object", "form", "svg"}
    assert not page.handlers
    assert not [link for link in page.links if "evil" in link]
    assert "49" not in BeautifulSoup(to_html(made), "lxml").select("h3")[0].text
    assert json.loads(to_json(made))["rules"][0]["stories"][0]["id"] == 1
    assert feedparser.parse(to_atom(made)).entries[0].id
    ET.fromstring(to_svg(made))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://x/y", "https://", "http://[", "x" * 9]
)
def test_only_web_addresses_become_links(url: str) -> None:
    """An address that is not http or https is shown as no link at all."""
    made = digest([story(1, copies=[copy(1, url=url)])])
    for form in FORMS.values():
        assert url not in form(made) or url == "https://"
    page = Links()
    page.feed(to_html(made))
    assert all(link.startswith("#") for link in page.links)


def test_links_inside_the_html_lead_somewhere() -> None:
    """Every link of the index leads to a section or story that is there."""
    both = story(1, flags=[flag("ties", score=9), flag("peninsula", score=2)])
    made = digest([both, *(story(n) for n in range(2, 9))], limit=3)
    html = BeautifulSoup(to_html(made), "lxml")
    stories = ["#story-1", "#story-2", "#story-3"]
    inside = [str(link["href"]) for link in html.select('a[href^="#"]')]
    assert inside == ["#coverage", "#rule-1", *stories, "#rule-2", "#story-1"]
    assert all(html.select(link) for link in inside)
    assert len(html.select(".index tr")) == 9  # one a story, and one that says "also here"


def test_stories_told_under_another_rule_are_named_in_a_few_numbers() -> None:
    """Three and more in a row are named from and to, in every form; what is named is a link."""
    also = {1, 2, 4, 5, 6, 8, 9, 10, 11, 13}
    made = digest(
        story(n, flags=[flag(score=50 - n)] + [flag("peninsula", score=2)] * (n in also))
        for n in range(1, 14)
    )
    line = "also here: 1, 2, 4–6, 8–11, 13"
    html = BeautifulSoup(to_html(made), "lxml")
    (cell,) = (cell for cell in html.select(".index td") if "also here" in cell.text)
    assert cell.text.strip() == line
    assert [link.text for link in cell.select("a")] == ["1", "2", "4", "6", "8", "11", "13"]
    for text in (to_text(made), to_markdown(made), terminal(made)):
        assert line in text


@pytest.mark.parametrize(
    ("name", "title"),
    [("morning", "Morning digest"), ("digest", "Digest"), ("", "Digest"), ("아침", "아침 digest")],
)
def test_a_digest_is_called_by_its_name(name: str, title: str) -> None:
    """The title is the digest's name; one without a name is just a digest."""
    assert to_text(digest([], name=name)).startswith(f"{title} - Monday")


def test_html_loads_nothing_and_links_only_to_stories() -> None:
    """The HTML is one file: no remote image, style, font or script, only links to articles."""
    html = to_html(digest(four_languages()))
    page = Links()
    page.feed(html)
    assert all(link.startswith(("https://example.org/", "#")) for link in page.links)
    assert "url(" not in html
    assert "@import" not in html


def test_json_keeps_marks_true_after_cleaning() -> None:
    """Offsets in JSON point at the marked words even where unsafe characters were taken out."""
    sentence = "In \u202eSeoul\u202c the \x07ministers  met\nin Beijing."
    made = digest([story(1, flags=[flag("ties", reason(sentence, "Seoul", "Beijing"))])])
    why = json.loads(to_json(made))["rules"][0]["stories"][0]["flags"][0]["why"][0]
    assert [why["sentence"][a:b] for a, b in why["marks"]] == ["Seoul", "Beijing"]
    assert why["sentence"] == "In Seoul the ministers met in Beijing."


def test_feedparser_reads_our_atom_back() -> None:
    """Titles, links, ids, dates and rules of the Atom feed come back; ids stay from day to day."""
    first = feedparser.parse(to_atom(digest(four_languages()), "https://desk.example/m.atom"))
    assert not first.bozo
    assert first.feed.title == "Morning digest"
    assert first.entries[0].link == "https://example.org/10"
    assert first.entries[0].tags[1].term == "Korean Peninsula"
    changed = datetime.fromisoformat(first.entries[0].updated)
    assert timedelta(0) < changed - (UNTIL - timedelta(hours=2)) < timedelta(seconds=1)
    told = [
        story
        for part in json.loads(to_json(digest(four_languages())))["rules"]
        for story in part["stories"]
    ]
    assert [entry.id for entry in first.entries] == [story["urn"] for story in told]
    later = digest(four_languages(), made_at=UNTIL + timedelta(days=1), name="evening")
    second = feedparser.parse(to_atom(later, "https://desk.example/m.atom"))
    assert [entry.id for entry in first.entries] == [entry.id for entry in second.entries]


def test_our_atom_is_as_feed_readers_want_it() -> None:
    """What the W3C service recommends: a link to itself, languages, one time for each entry."""
    many = [story(n, first_seen=UNTIL - timedelta(hours=1)) for n in (7, 1007, 2007, 1_000_008)]
    url = "https://desk.example/m.atom"
    made = edition(digest([*four_languages(), *many]))
    feed = ET.fromstring(made.render(Form("atom", url=url)))
    atom, language = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
    (own,) = [link for link in feed.findall(f"{atom}link") if link.get("rel") == "self"]
    assert own.get("href") == url
    entries = feed.findall(f"{atom}entry")
    times = [entry.findtext(f"{atom}updated", "") for entry in entries]
    assert len(set(times)) == len(entries) == 8
    assert max(times) <= feed.findtext(f"{atom}updated", "")
    for one in ("title", "content"):
        spoken = {entry.find(f"{atom}{one}").get(language) for entry in entries}  # type: ignore[union-attr]
        assert spoken == {"en", "zh", "ko"}


def test_bars_stand_for_the_week_before_and_now() -> None:
    """The overview draws eight days, one story being visible beside many."""
    made = digest(four_languages(), history={"ties": (0, 1, 80, 0, 0, 0, 40)})
    line = next(line for line in to_text(made).split("\n") if "17.3 a day" in line)
    assert "▁▂█▁▁▁▅▂" in line
    assert json.loads(to_json(made))["rules"][0]["history"] == [0, 1, 80, 0, 0, 0, 40]


def test_coverage_is_told_in_full() -> None:
    """Feeds read, feeds in trouble and since when, pages waiting, what was left out and where."""
    made = digest([story(1), story(2, flags=[flag(level="log")])])
    text = re.sub(r"\s+", " ", to_text(made))
    assert "41 of 43 feeds read; 412 entries seen." in text
    assert "north-wire: failing since Fri 07:30 (HTTP 503)" in text
    assert "ministry: silent (no new entry; usually 4 a day)" in text
    assert "7 pages could not be read yet." in text
    assert "! 2 of 43 feeds not read: north-wire, ministry" in text
    assert "1 story left out (1 flagged for the log only)" in text
    assert "`monitor list`" in text


def test_a_late_digest_and_a_continued_story_say_so() -> None:
    """The reader is told that a digest is late and that a story goes on from before."""
    note = late_note(UNTIL - timedelta(hours=3), UNTIL, 1)
    made = digest(four_languages(), late=True, notes=[note])
    for form in (to_text, to_html, to_markdown, terminal):
        assert "3 h late" in re.sub(r"\s+", " ", form(made))
    assert "continued, first seen Fri 07:30" in to_text(made)
    assert "(late)" in edition(made).subject


def test_a_feed_s_own_text_is_called_so_once() -> None:
    """Of a story that only its feed tells, the short text is no page that lets nobody in."""
    flags = [flag("ties", reason("A ferry sails.", "ferry"))]
    feed_only, cut_off = (
        to_text(digest([story(1, "Ferry", flags, origin=origin, access="stub")]))
        for origin in ("feed", "page")
    )
    assert "the feed's text only" in feed_only
    assert "the beginning" not in feed_only
    assert "the feed's text only" not in cut_off
    assert "only the beginning is open" in cut_off


def test_many_outlets_are_counted_not_listed() -> None:
    """Twenty outlets of one story are three lines and a count, the first of them on top."""
    at = UNTIL - timedelta(hours=1)
    copies = [copy(n, f"Outlet {n}", seen=at + timedelta(minutes=n)) for n in range(20)]
    text = to_text(digest([story(1, copies=reversed(copies))]))
    assert "and 17 more" in text
    lines = [line for line in text.split("\n") if re.search(r"  \S+ Outlet \d+ ·", line)]
    assert [re.findall(r"Outlet (\d+)", line)[0] for line in lines] == ["0", "1", "2"]
    assert "+2 min" in lines[2]


def test_an_outlet_and_a_page_stand_once_with_the_desk_s_label() -> None:
    """A second copy of an outlet, or of a page, adds no line; a label stands with its outlet."""
    copies = [
        copy(1, "North Wire", label="state media"),
        copy(2, "North Wire"),
        copy(3, "Aggregator", url="https://example.org/1?utm_source=feed#top"),
        copy(4, "Harbour Wire", role="copy"),
    ]
    for form in (to_text, to_markdown, to_html, terminal):
        shown = " ".join(
            BeautifulSoup(form(digest([story(1, copies=copies)])), "lxml").text.split()
        )
        assert re.search(r"North Wire\W.{0,40}?en · state media", shown)
        assert shown.count("state media") == 1
        assert "Aggregator" not in shown
        assert re.search(r"Harbour Wire\W.{0,40}?en · copy", shown)


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (terminal, r"\n   2 - NOW Headline 3  "),
        (to_text, r"\n   2 - NOW Headline 3  "),
        (to_markdown, r"\n  - 2\. \*\*NOW\*\* \[Headline 3\]"),
        (to_html, r"<td>2<td class=\"step\"[^>]*><b>NOW</b> <a href=\"#story-2\">Headline 3"),
        (to_json, r'"steps": \[\s*3\s*\]'),
    ],
)
def test_a_step_of_a_happening_is_set_in_beneath_it(
    form: Callable[[Digest], str], line: str
) -> None:
    """Each form shows what belongs together, and names a related story as the reader finds it."""
    near = (Related("earlier", 1, "Headline 1", "en"), Related("later", 77, "Told then", "en"))
    first = story(1, flags=[flag(score=9, level="now")])
    made = digest([first, story(2), story(3, flags=[flag(score=1, level="now")], related=near)])
    shown = form(made)
    assert re.search(line, shown)
    if form is not to_json:
        said = shown.replace("\\", "")
        assert "arlier: Headline 1 (no. 1)" in said
        assert "ater: Told then (story 77)" in said
    if form is to_html:
        assert "earlier: Headline 1 (no. 1) · later: Told then (story 77) · " in shown


def test_the_index_alone_is_every_form_s_short_one() -> None:
    """Brief is a line a story and no more, in a mail of either kind and in a file."""
    made = edition(digest(four_languages()))
    bodies = made.mail(Form("html", brief=True))
    for brief in (bodies.text, bodies.html, made.render(Form("markdown", brief=True))):
        assert "Rail freight over the Yalu slows" in brief
        assert "vice minister" not in brief
    assert made.mail(Form("text")).html == ""
    assert "vice minister" in made.mail(Form("text")).text


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Xinhua", "The Chosun Daily", "Harbour Wire"]),
        ("ko", ["신화통신", "조선일보", "Harbour Wire"]),
        ("zh", ["新華社", "朝鲜日报", "Harbour Wire"]),
        ("fi", ["Xinhua", "The Chosun Daily", "Harbour Wire"]),
        ("", ["新華社", "조선일보", "Harbour Wire"]),
    ],
)
def test_outlets_go_by_their_names_in_the_reader_s_language(
    language: str, names: list[str]
) -> None:
    """A known outlet is called as readers know it; one that nobody knows keeps its own name."""
    outlets = ("新華社", "조선일보", "Harbour Wire")
    copies = [copy(n, one, seen=UNTIL - timedelta(minutes=9 - n)) for n, one in enumerate(outlets)]
    page = lay_out(digest([story(1, copies=copies)]), language)
    assert [outlet.name for outlet in page.sections[0].cards[0].outlets] == names


def test_a_rule_that_flags_nothing_has_a_row_and_no_link() -> None:
    """A rule without stories is named with its nought; nothing links to a section it lacks."""
    html = BeautifulSoup(to_html(digest([story(1)])), "lxml")
    rows = [row.text.split() for row in html.select(".rule")]
    assert [row[-1] for row in rows] == ["1", "0", "0"]
    assert [head.text for head in html.select("h2")] == ["China–South Korea"]
    assert "#rule-2" not in to_html(digest([story(1)]))
    assert "Korean Peninsula  0" in to_text(digest([story(1)]))


def test_copies_without_times_stand_in_the_order_they_were_seen() -> None:
    """Where nobody printed a time, that is said, and delays count from when we saw the first."""
    at = UNTIL - timedelta(hours=1)
    seen = {"Third": 30, "First": 0, "Second": 7}
    copies = [
        copy(n, name, seen=at + timedelta(minutes=m)) for n, (name, m) in enumerate(seen.items())
    ]
    made = digest([story(1, copies=copies)])
    lines = [line.strip() for line in to_text(made).splitlines() if "no time printed" in line]
    assert lines == [
        "06:30 First · en  [first seen; no time printed]",
        "06:37 Second · +7 min · en  [first seen; no time printed]",
        "07:00 Third · +30 min · en  [first seen; no time printed]",
    ]
    assert [
        c["published"] for c in json.loads(to_json(made))["rules"][0]["stories"][0]["copies"]
    ] == [
        None,
        None,
        None,
    ]


def test_an_edition_knows_its_subject_forms_and_short_lines() -> None:
    """What is delivered carries a subject with the counts, and a line a story for chats."""
    made = edition(digest(four_languages()))
    assert made.subject == "Morning digest, Mon 23 Nov: 4 stories, 41 of 43 feeds read"
    assert made.lines[0] == ("2 of 43 feeds not read: north-wire, ministry", "")
    assert made.lines[1] == ("China–South Korea 2 · Korean Peninsula 3 · 녹차 무역 0", "")
    assert made.lines[2][0].startswith("NOW: Ministers of South Korea")
    assert made.lines[2][1].startswith("https://example.org/")
    assert set(made.forms) == {"text", "html", "json", "atom", "markdown"}
    assert edition(digest([])).subject.endswith("no matches, 41 of 43 feeds read")
    assert edition(digest([], made_at=UNTIL + timedelta(1))).seed != edition(digest([])).seed


def test_a_window_of_another_year_says_so() -> None:
    """A digest of an archive's past, and one at New Year, tell the year that is not this one."""
    past = digest([], since=UNTIL.replace(year=2023), until=UNTIL.replace(year=2024))
    assert lay_out(past).window == "Thu 23 Nov 2023 07:30 – Sat 23 Nov 2024 07:30 KST"
    assert lay_out(digest([], since=UNTIL.replace(year=2025))).window.endswith("23 Nov 07:30 KST")


def test_a_window_over_a_clock_change_names_both_zones() -> None:
    """When the clocks went back inside the window, each end has its own zone."""
    text = to_text(
        digest(
            [],
            timezone="America/New_York",
            since=datetime(2026, 10, 31, 11, 30, tzinfo=UTC),
            until=datetime(2026, 11, 1, 12, 30, tzinfo=UTC),
        )
    )
    assert "Window: Sat 31 Oct 07:30 EDT – Sun 1 Nov 07:30 EST" in text


def test_utc_stays_utc() -> None:
    """A reader in UTC sees UTC."""
    assert "23:00 – Mon 23 Nov 23:00 UTC" in to_text(
        digest(
            [],
            timezone="UTC",
            since=datetime(2026, 11, 22, 23, tzinfo=UTC),
            until=datetime(2026, 11, 23, 23, tzinfo=UTC),
            coverage=COVERAGE,
        )
    )


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ((None, None), ""),
        ((None, 3), "3 the day before"),
        ((None, 0), "none the day before"),
        ((0, None, 0), "none in the 2 days before"),
        ((1, 2), "1.5 a day in the 2 days before"),
        ((2,) * 7, "2 a day in the week before"),
    ],
)
def test_the_days_before_are_told_in_words(history: tuple[int | None, ...], said: str) -> None:
    """How many there were a day, of the days on which anybody looked."""
    section = lay_out(digest(four_languages())).sections[0]
    assert structs.replace(section, history=history).usual == said
