"""What a feed gives of a story, and how it fills in a page."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from monitor.articles import complete, from_entry
from monitor.model import Article, Entry, Feed

FEED = Feed(name="harbour", url="https://harbourpost.example/rss.xml", language="en")
ENTRY = Entry(
    guid="1",
    url="https://harbourpost.example/quay",
    title="Council agrees to rebuild quay",
    summary="The council met on Tuesday.\nWork is to begin in spring.",
    authors=("Ada Lindqvist",),
    published=datetime(2024, 9, 30, 0, 58, tzinfo=UTC),
    published_text="Mon, 30 Sep 2024 00:58:00 GMT",
)


def test_a_feed_alone_gives_a_record_that_says_so() -> None:
    """Summary paragraphs become the body, the record is marked as the feed's and as a stub."""
    article = from_entry(ENTRY, FEED)
    assert article.origin == "feed"
    assert article.access == "stub"
    assert article.title == ENTRY.title
    assert article.body == ("The council met on Tuesday.", "Work is to begin in spring.")
    assert article.published == ENTRY.published
    assert article.source == "harbourpost.example"


def test_a_number_is_no_outlet() -> None:
    """Where an outlet has no name and its host is a number, it is called as the desk calls it."""
    local = Feed(name="ministry-press", url="http://127.0.0.1:8000/list")
    entry = Entry(guid="1", url="http://127.0.0.1:8000/a", title="Remarks")
    assert from_entry(entry, local).source == "ministry-press"
    assert from_entry(ENTRY, FEED).source == "harbourpost.example"


@pytest.mark.parametrize("summary", ["(", "…", "* * *\n—"])
def test_a_summary_without_a_word_is_none(summary: str) -> None:
    """A flash whose summary was cut down to a bracket has no text."""
    assert from_entry(replace(ENTRY, summary=summary), FEED).body == ()


def test_full_content_is_the_body_and_the_summary_its_standfirst() -> None:
    """Where the feed carries the whole text, that is the body."""
    content = tuple(f"Paragraph {n} of a long text about the quay and its crews." for n in range(9))
    entry = Entry(guid="1", url="", title="Quay", summary="In short.", content=content)
    article = from_entry(entry, FEED)
    assert article.body == content
    assert article.standfirst == "In short."
    assert article.access == "full"


def test_an_aggregators_item_names_its_outlet() -> None:
    """The outlet that an aggregator's item names is the source."""
    entry = Entry(guid="1", url="https://news.example/x", title="Quay", outlet="Harbour Post")
    assert from_entry(entry, FEED).source == "Harbour Post"


def test_a_korean_feed_without_a_language_is_recognised() -> None:
    """The language is read off the text where the feed does not tell it."""
    entry = Entry(guid="1", url="", title="항만위원회, 북쪽 부두를 다시 짓기로 합의")
    assert from_entry(entry, Feed(name="x", url="https://x.example")).language == "ko"


def test_the_page_goes_first() -> None:
    """Nothing that the page gave is replaced, except a day by the feed's clock."""
    page = Article(
        url="https://harbourpost.example/quay?x=1",
        title="The council agrees to rebuild the northern quay",
        source="Harbour Post",
        authors=("Bo Ferris",),
        published=datetime(2024, 9, 30, 9, 57, tzinfo=timezone(timedelta(hours=9))),
        body=("The page's own text.",),
        language="en",
    )
    assert complete(page, from_entry(ENTRY, FEED)) == page


def test_what_the_page_lacks_comes_from_the_feed() -> None:
    """Missing fields are filled, and the notes say which."""
    article = complete(Article(url=ENTRY.url, source="Harbour Post"), from_entry(ENTRY, FEED))
    assert article.title == ENTRY.title
    assert article.authors == ENTRY.authors
    assert article.published == ENTRY.published
    assert article.body
    assert article.access == "stub"
    assert "published: from the feed" in article.notes


def test_a_day_or_a_clock_without_zone_gives_way_to_the_feed() -> None:
    """A page without a clock or a zone takes the moment of the feed, if it can be the same."""
    day = Article(
        title="Quay",
        published=datetime(2024, 9, 30, tzinfo=timezone(timedelta(hours=9))),
        published_text="2024.09.30",
        notes=("published: only the day is known",),
    )
    article = complete(day, from_entry(ENTRY, FEED))
    assert article.published == ENTRY.published
    assert "published: only the day is known" not in article.notes
    bare = Article(title="Quay", published=datetime(2024, 9, 30, 9, 58))  # noqa: DTZ001
    assert complete(bare, from_entry(ENTRY, FEED)).published == ENTRY.published
    other = Article(title="Quay", published=datetime(2024, 9, 20, tzinfo=UTC))
    assert complete(other, from_entry(ENTRY, FEED)).published == other.published


def test_a_feeds_text_names_its_agency() -> None:
    """The dateline that opens a feed's text is kept apart, with the agency that filed it."""
    entry = Entry(guid="1", url="", title="Quay", summary="BUSAN, Nov. 3 (Yonhap) -- A quay fell.")
    article = from_entry(entry, FEED)
    assert (article.dateline, article.agency) == ("BUSAN, Nov. 3 (Yonhap) --", "Yonhap")
