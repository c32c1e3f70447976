"""Publication and update times: instant, zone and words as printed, and what was assumed."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, KOREAN, PROSE, meta, page, structured

MOMENT = datetime(2024, 9, 30, 0, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    "html",
    [
        page(head=structured(datePublished="2024-09-30T09:58:00+09:00")),
        page(head=structured(datePublished="2024-09-30T00:58:00Z")),
        page(head=meta(article__published_time="2024-09-30T09:58:00+09:00")),
        page(top='<time datetime="2024-09-30T09:58:00+09:00">30 September</time>'),
        page(top='<span class="date">2024.09.30 08:58 GMT+8</span>'),
        page(top='<p class="info">입력 2024-09-30 오전 9:58 KST</p>'),
        page(top="<div>Published: 30 September 2024, 09:58 KST</div>"),
    ],
)
def test_every_source_gives_the_instant(html: str) -> None:
    """JSON-LD, meta tags, time elements, named lines and plain text are all read."""
    assert extract(html, "https://harbourpost.example/a").published == MOMENT


def test_the_words_and_the_offset_of_the_printed_line_are_kept() -> None:
    """Where the page prints the moment that the machine time gives, its words are the record's."""
    html = page(
        head=structured(datePublished="2024-09-29T01:58:00Z"),
        top='<span class="date">2024.09.29 09:58 GMT+8</span>',
    )
    article = extract(html)
    assert article.published_text == "2024.09.29 09:58 GMT+8"
    assert article.published is not None
    assert article.published.utcoffset() == timedelta(hours=8)


def test_an_assumed_zone_is_noted() -> None:
    """A clock without zone on a Korean host is Korean time, and the notes say so."""
    html = page(top='<span class="date">2024.09.30 09:58</span>', prose=KOREAN, lang="ko")
    article = extract(html, "https://news.example.kr/a")
    assert article.published == MOMENT
    assert "published: no zone printed, Asia/Seoul assumed" in article.notes


def test_the_configured_country_goes_before_the_host() -> None:
    """The outlet's country as configured settles the zone of an international host."""
    html = page(top='<span class="date">2024.09.30 09:58</span>')
    assert extract(html, "https://example.com/a", country="KR").published == MOMENT
    assert extract(html, "https://example.com/a", timezone="Asia/Seoul").published == MOMENT


def test_a_clock_without_any_hint_stays_naive() -> None:
    """No zone is made up where neither page, host nor configuration tells one."""
    html = page(top='<span class="date">2024.09.30 09:58</span>')
    published = extract(html, "https://example.com/a").published
    assert published == datetime(2024, 9, 30, 9, 58)  # noqa: DTZ001


def test_the_language_of_the_text_is_a_hint() -> None:
    """A Chinese text on a host that tells nothing has China's clock, and the notes say so."""
    html = page(
        top='<h1>港口委员会同意重建北面码头</h1><span class="date">2024年9月30日08:58</span>',
        prose=CHINESE,
    ).replace(' lang="en"', "")
    article = extract(html, "http://127.0.0.1:8000/a")
    assert article.published == MOMENT
    assert "published: no zone printed, Asia/Shanghai assumed" in article.notes


def test_a_machine_time_confirms_the_local_clock() -> None:
    """A local clock that means the declared instant gives the offset and is no assumption."""
    html = page(
        head=structured(datePublished="2024-09-30T00:58:00Z"),
        top='<span class="date">2024.09.30 09:58</span>',
    )
    article = extract(html, "https://news.example.kr/a")
    assert article.published_text == "2024.09.30 09:58"
    assert article.published is not None
    assert article.published.isoformat() == "2024-09-30T09:58:00+09:00"
    assert not article.notes


def test_update_and_publication_are_told_apart() -> None:
    """Two dates on one line are read by the words before them."""
    html = page(top='<p class="date">입력 2024.09.30 09:58 수정 2024.09.30 11:05</p>', lang="ko")
    article = extract(html, "https://news.example.kr/a")
    assert article.published_text == "2024.09.30 09:58"
    assert article.updated_text == "2024.09.30 11:05"


def test_the_word_before_a_date_element_tells_its_kind() -> None:
    """ "Updated" beside an element that holds only the date makes it the update."""
    html = page(
        top='<p><span class="date">2024.09.30 09:58 GMT+8</span></p>'
        '<p>Updated <span class="date">2024.09.30 11:05 GMT+8</span></p>'
    )
    article = extract(html)
    assert article.published_text == "2024.09.30 09:58 GMT+8"
    assert article.updated_text == "2024.09.30 11:05 GMT+8"


def test_an_update_before_publication_is_dropped() -> None:
    """A template's date from before the story is no update of it."""
    html = page(
        head=structured(
            datePublished="2024-09-30T09:58:00+09:00", dateModified="2023-01-01T00:00:00+09:00"
        )
    )
    assert extract(html).updated is None


def test_the_day_in_the_address_is_the_last_resort() -> None:
    """Where the page prints no date, the one in its address is taken, and said to be a day."""
    article = extract(page(), "https://news.example.kr/2024/09/30/quay.html")
    assert article.published is not None
    assert article.published.date().isoformat() == "2024-09-30"
    assert "published: only the day is known" in article.notes


@pytest.mark.parametrize(
    ("host", "top", "prose"),
    [
        ("news.example.kr", '<span class="date">2024.09.30 09:58</span>', KOREAN),
        ("news.example.kr", '<div class="byline">입력 2024.09.30 오전 9:58</div>', KOREAN),
        ("news.example.kr", "<div>등록 2024-09-30 09:58:12</div>", KOREAN),
        ("www.example.jp", '<p class="info">2024年9月30日 9時58分</p>', KOREAN),
    ],
)
@pytest.mark.parametrize("declared", ["2024-09-30T09:58:00Z", "2024-09-30T09:58:00+00:00"])
def test_a_local_clock_marked_as_utc_is_local(
    host: str, top: str, prose: tuple[str, ...], declared: str
) -> None:
    """Where the page prints the machine's digits as its own clock, the mark of UTC is wrong."""
    html = page(head=structured(datePublished=declared), top=top, prose=prose, lang="ko")
    article = extract(html, f"https://{host}/a")
    assert article.published is not None
    assert article.published.replace(second=0) == MOMENT
    assert any("marked as UTC" in note for note in article.notes)


def test_a_true_utc_time_stays() -> None:
    """A printed clock that differs by the outlet's offset confirms the machine's."""
    html = page(
        head=structured(datePublished="2024-09-30T00:58:00Z"),
        top='<div class="byline">입력 2024.09.30 09:58</div>',
        prose=KOREAN,
        lang="ko",
    )
    article = extract(html, "https://news.example.kr/a")
    assert article.published == MOMENT
    assert not any("marked as UTC" in note for note in article.notes)


def test_elsewhere_the_doubt_is_only_noted() -> None:
    """What a European page prints may come from a server in UTC, so both are kept."""
    html = page(
        head=structured(datePublished="2024-09-30T09:58:00Z"),
        top='<span class="date">30.09.2024, 09:58 Uhr</span>',
    )
    article = extract(html, "https://www.example.de/a")
    assert article.published == datetime(2024, 9, 30, 9, 58, tzinfo=UTC)
    assert any("marked as UTC" in note for note in article.notes)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<div>Stand: <b>30.05.2026</b> <b>17:23 Uhr</b></div>", "2026-05-30T17:23:00+02:00"),
        ("<div><i>Ada Lind</i><i>30 May 2026</i></div>", "2026-05-30T00:00:00+02:00"),
        # Of two days that are near each other the machine's stays:
        ("<div>Stand: 13.03.2026</div>", "2026-03-12T16:28:00+01:00"),
    ],
)
def test_the_day_between_headline_and_text_goes_before_other_stories(line: str, day: str) -> None:
    """Where a page declares no time, another story's date yields to that beside the headline."""
    other = '<a href="/x">Other</a> <time datetime="2026-03-12T16:28:00+01:00">12.3.</time>'
    html = (
        f"<html lang=de><body><p>{other}</p><h1>Council to rebuild the quay</h1>{line}"
        f"<div>{''.join(f'<p>{paragraph}</p>' for paragraph in PROSE)}</div></body></html>"
    )
    found = extract(html, "https://hafen.example/x", timezone="Europe/Berlin").published
    assert found is not None
    assert found.isoformat() == day
