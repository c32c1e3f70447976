"""Feeds of every format and state of repair are read into entries; what is no feed is named."""

import json
import warnings
from datetime import timedelta

import pytest

from monitor import feeds
from monitor.errors import NotAFeed
from monitor.model import Feed, FeedState, ListPage
from tests.feeds.documents import FEED, NOW, entries, item, parse, rss

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom &amp;amp; wire</title>
<link href="https://atom.example/"/><updated>2026-11-23T10:00:00Z</updated>
<entry><id>tag:atom.example,2026:1</id><title type="html">Envoy &lt;b&gt;speaks&lt;/b&gt;</title>
<link rel="self" href="https://atom.example/1.atom"/><link href="https://atom.example/1"/>
<published>2026-11-23T09:00:00+09:00</published><updated>2026-11-23T10:00:00Z</updated>
<author><name>Han</name></author><summary>Short.</summary>
<content type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:a="http://www.w3.org/2005/Atom">
<channel rdf:about="https://rdf.example/"><title>RDF wire</title><link>https://rdf.example/</link>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="https://rdf.example/1"><title>One</title><link>https://rdf.example/1</link>
<dc:date>2026-11-23T09:00:00+09:00</dc:date><dc:creator>Kim</dc:creator></item></rdf:RDF>"""


@pytest.mark.parametrize(("frequency", "hours"), [("2", 12), ("0", 24), ("", 24), ("9" * 5000, 24)])
def test_how_often_a_feed_is_updated_is_a_number_that_somebody_means(
    frequency: str, hours: int
) -> None:
    """Beside sy:updatePeriod a frequency that is none, or endless, is left out."""
    markup = RDF.replace(">hourly<", ">daily<").replace("Frequency>2<", f"Frequency>{frequency}<")
    assert parse(markup.encode()).update_period == timedelta(hours=hours)


def test_rss() -> None:
    """All fields of an RSS item come out as plain text."""
    more = (
        "<description>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three&lt;br&gt;four&lt;/p&gt;"
        "</description><author>Lee</author>"
        "<c:encoded><![CDATA[<p>Full <i>text</i>.</p>]]></c:encoded>"
    )
    head = "<language>ko-KR</language><ttl>10</ttl>"
    space = ' xmlns:c="http://purl.org/rss/1.0/modules/content/"'
    document = parse(
        rss(item("A &amp; B", link="/1.html", guid="1", more=more), head=head, root=space)
    )
    (entry,) = document.entries
    assert (document.format, document.title, document.language) == ("rss", "Desk wire", "ko")
    assert document.ttl is not None
    assert document.ttl.total_seconds() == 600
    assert (entry.guid, entry.url, entry.title) == ("1", "https://wire.example/1.html", "A & B")
    assert entry.summary == "One & two.\nThree\nfour"
    assert entry.content == ("Full text.",)
    assert entry.authors == ("Lee",)


def test_atom() -> None:
    """Atom entries give id, alternate link, both dates, author and content."""
    document = parse(ATOM.encode())
    (entry,) = document.entries
    assert (document.format, document.title) == ("atom", "Atom & wire")
    assert (entry.guid, entry.url) == ("tag:atom.example,2026:1", "https://atom.example/1")
    assert (entry.title, entry.summary, entry.authors) == (
        "Envoy speaks",
        "Short.",
        ("Han",),
    )
    assert entry.content == ("First.", "Second.")
    assert entry.published
    assert entry.published.isoformat() == "2026-11-23T09:00:00+09:00"
    assert entry.updated
    assert entry.date_source == "item"


def test_rdf() -> None:
    """RSS 1.0 items outside the channel are read, and the syndication module."""
    document = parse(RDF.encode())
    (entry,) = document.entries
    assert document.format == "rdf"
    assert document.update_period
    assert document.update_period.total_seconds() == 1800
    assert (entry.guid, entry.title, entry.date_source) == (
        "https://rdf.example/1",
        "One",
        "dc:date",
    )


def test_json_feed() -> None:
    """JSON Feed is read, and fields of a wrong type count as missing."""
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON wire",
        "items": [
            {
                "id": 7,
                "url": "https://json.example/7",
                "title": "Seven",
                "content_html": "<p>a</p><p>b</p>",
                "date_published": "2026-11-23T09:00:00+09:00",
                "authors": [{"name": "Cho"}, "nobody"],
            },
            {"id": "8", "title": ["odd"], "url": 3, "date_published": {}},
            "odd",
        ],
    }
    document = parse(json.dumps(body).encode())
    assert document.format == "json"
    seven, eight = document.entries
    assert (seven.guid, seven.content, seven.authors) == ("7", ("a", "b"), ("Cho",))
    assert (eight.guid, eight.title, eight.published) == ("8", "", None)


def test_google_news_sitemap() -> None:
    """A news sitemap gives address, headline, date and outlet language."""
    body = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
     xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
     xmlns:i="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc>https://map.example/1</loc><i:image><i:title>A picture</i:title></i:image>
    <n:news><n:publication><n:name>Map Times</n:name><n:language>ko</n:language></n:publication>
    <n:publication_date>2026-11-23T09:00:00+09:00</n:publication_date>
    <n:title>Headline of one</n:title></n:news></url>
    <url><loc>https://map.example/2</loc><lastmod>2026-11-22</lastmod></url></urlset>"""
    document = parse(body)
    assert (document.format, document.title, document.language) == ("sitemap", "Map Times", "ko")
    assert [entry.title for entry in document.entries] == ["Headline of one", ""]
    assert all(entry.published for entry in document.entries)


def test_an_index_of_sitemaps_names_those_it_lists() -> None:
    """An index is refused with the sitemaps to use instead."""
    body = (
        b"<sitemapindex><sitemap><loc>https://map.example/news.xml</loc></sitemap></sitemapindex>"
    )
    with pytest.raises(NotAFeed, match=r"index of sitemaps.*news\.xml"):
        parse(body)


PAGE = """<html lang="zh"><head><title>Ministry</title><base href="https://gov.example/zh/"></head>
<body><ul class="list">
<li><a href="202611/t20261121_1.html" title="A headline in full">A head…</a><span>2026-11-21</span>
<li><a href="/b.html">Second</a> (2026-11-20)</li><li>no link</li></ul></body></html>"""


def test_list_page() -> None:
    """A page of links is read by the user's selectors, with days where they stand."""
    page = ListPage(item="ul.list li", link="a", date="span")
    feed = Feed(name="m", url="https://gov.example/", format="list", list_page=page, country="CN")
    document = parse(PAGE.encode(), feed)
    first, second = document.entries
    assert (document.format, document.title, document.language) == ("list", "Ministry", "zh")
    assert first.url == "https://gov.example/zh/202611/t20261121_1.html"
    assert first.title == "A headline in full"
    assert second.url == "https://gov.example/b.html"
    assert [f"{entry.published:%Y-%m-%d %z}" for entry in (first, second)] == [
        "2026-11-21 +0800",
        "2026-11-20 +0800",
    ]


@pytest.mark.parametrize(
    ("selector", "words"), [("div.none", "nothing that matches"), ("a[", "CSS")]
)
def test_list_page_with_selectors_that_fail(selector: str, words: str) -> None:
    """Selectors that find nothing, or are none, are named in the error."""
    feed = Feed(name="m", url="https://gov.example/", format="list", list_page=ListPage(selector))
    with pytest.raises(NotAFeed, match=words):
        parse(PAGE.encode(), feed)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (
            b"<!doctype html><html><head><title>Just a  moment</title></head></html>",
            "“Just a moment”",
        ),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "HTML page"),
        (b'{"error": "gone"}', "no JSON Feed"),
        (b'{"items": [', "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<opml><body/></opml>", "OPML"),
        (b"<note>hello</note>", "<note>"),
        (b"<html><body><item><title>x</title></item></body></html>", "HTML page"),
        (b"Forbidden by policy", "begins “Forbidden by policy”"),
    ],
)
def test_17_what_is_no_feed_is_named(body: bytes, words: str) -> None:
    """A body that is no feed is refused with a word on what it is."""
    with pytest.raises(NotAFeed) as caught:
        parse(body)
    assert words in str(caught.value)


def test_17_the_root_decides_and_not_the_content_type() -> None:
    """A feed as text/html is read, a page as application/rss+xml is refused."""
    assert parse(rss(item()), content_type="text/html").entries
    with pytest.raises(NotAFeed):
        parse(b"<html><body>Blocked</body></html>", content_type="application/rss+xml")


def test_24_control_characters_and_bad_utf8() -> None:
    """Control characters and stray bytes cost nothing but themselves."""
    odd = "<item><title>B&#7;ad &#0;ref</title></item>"
    bad = rss(item("Bell\x07 and \x0bescape\x1b"), item("Good", guid="g"), odd)
    document = parse(bad.replace(b"Good", b"Go\xffod"))
    assert [entry.title for entry in document.entries] == ["Bell and escape", "Goÿod", "Bad ref"]
    assert document.notes


@pytest.mark.parametrize(
    "spoiled",
    [
        "<item><title>Loose & free</title></item>",
        "<item><title>Rock&nbsp;&amp;&nbsp;roll</title></item>",
        "<item><title>1 < 2</title></item>",
        "<item><title>Never closed</item>",
        "<item><link>https://w.example/?a=1&b=2&copy=3</link></item>",
        "<item><title>\ud800</title></item>".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_24_one_bad_item_never_loses_the_rest(spoiled: str) -> None:
    """Items around one that is broken are read."""
    document = parse(rss(item("Before", guid="1"), spoiled, item("After", guid="2")))
    titles = [entry.title for entry in document.entries]
    assert titles[0] == "Before"
    assert "After" in titles
    assert len(titles) == 3


@pytest.mark.parametrize(
    "spoiled",
    [
        "<item><title>Bad</title></cc:license></item>",
        "<item><title>Bad</title></image><height>4<b></height></item>",
        "<item><title>Bad &#99999999999;</title></media:player></item>",
    ],
)
def test_24_what_feedparser_stumbles_over_costs_one_item(spoiled: str) -> None:
    """Markup that makes feedparser itself fail is read as far as it goes."""
    space = ' xmlns:cc="http://web.resource.org/cc/" xmlns:media="http://search.yahoo.com/mrss/"'
    document = parse(rss(item("Before"), spoiled, item("After"), root=space))
    titles = [entry.title for entry in document.entries]
    assert titles[0] == "Before"
    assert titles[-1] == "After"


def test_24_a_query_with_bare_ampersands_is_whole() -> None:
    """A link with unescaped ampersands keeps its parameters."""
    (entry,) = entries("<item><link>https://w.example/v?a=1&b=2&seq=310</link></item>")
    assert entry.url == "https://w.example/v?a=1&b=2&seq=310"


def test_a_truncated_document_gives_its_whole_items() -> None:
    """A body that stops in the middle gives the items before."""
    body = rss(item("One", guid="1"), item("Two", guid="2"), item("Three", guid="3"))
    document = parse(body[: body.index(b"Three") + 2])
    assert [entry.title for entry in document.entries][:2] == ["One", "Two"]


def test_23_items_are_capped() -> None:
    """No more items are read than the feed's cap, and the document says so."""
    many = rss(*(item(f"Story {n}", guid=str(n)) for n in range(300)))
    capped = parse(many, Feed(name="big", url=FEED.url, max_items=100))
    assert len(capped.entries) == capped.listed == 100
    assert any("100" in note for note in capped.notes)
    broken = many.replace(b"Story 250", b"Story & 250 <")
    assert len(parse(broken, Feed(name="big", url=FEED.url, max_items=100)).entries) == 100


def test_23_a_hundred_thousand_items() -> None:
    """A feed of 100,000 items is read up to the cap."""
    assert len(parse(rss(*[item("Same", guid="1")] * 100_000)).entries) == 2000


def test_entities_are_never_expanded() -> None:
    """Neither a billion laughs nor an external entity is expanded; their names stay as text."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}'
    prolog += (
        '<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://127.0.0.1:9/">]>'
    )
    body = rss("<item><title>&l9; and &file;</title></item>").split(b"\n", 1)[1]
    (entry,) = parse(prolog.encode() + body).entries
    assert entry.title == "&l9; and &file;"


def test_a_doctype_inside_an_item_is_content() -> None:
    """Only the document's own prolog is taken away."""
    (entry,) = entries("<item><title><![CDATA[On <!DOCTYPE html> and XML]]></title></item>")
    assert "XML" in entry.title


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
        ("<![CDATA[<em>Em</em> &ndash; dash]]>", "Em – dash"),
        ("KOSPI &lt; 2,400", "KOSPI < 2,400"),
        ("  two\n lines ", "two lines"),
        ("caf\u00c3\u00a9", "café"),
        ("Hulu\u00e2\u20ac\u2122s plan", "Hulu’s plan"),
        ("\u00d0\u0161\u00d0\u02dc\u00d0\u0090", "КИА"),
        ("Ãngel y Ñandú", "Ãngel y Ñandú"),
        ("\u202eevil", "evil"),
    ],
)
def test_titles_are_plain(markup: str, plain: str) -> None:
    """A headline is one line without markup, entities resolved, double encoding undone."""
    assert entries(f"<item><title>{markup}</title></item>")[0].title == plain


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a.html", "https://wire.example/a.html"),
        ("  https://w.example/a b\n ", "https://w.example/a%20b"),
        ("http:///w.example/a", "http://w.example/a"),
        ("javascript:alert(1)", ""),
        ("mailto:desk@example.org", ""),
        ("http://[::1/", ""),
        ("http://w.example:99999/a", ""),
        ("https:///", ""),
    ],
)
def test_links_are_absolute_and_http(link: str, url: str) -> None:
    """Links stand on the site's home page; what is not http(s) is none."""
    assert entries(f"<item><link>{link}</link></item>")[0].url == url


def test_the_documents_own_base_wins() -> None:
    """xml:base is what relative links of Atom stand on."""
    body = ATOM.replace("<feed ", '<feed xml:base="https://base.example/x/" ').replace(
        'href="https://atom.example/1"', 'href="one"'
    )
    assert parse(body.encode()).entries[0].url == "https://base.example/x/one"


def test_skip_hours_and_days() -> None:
    """All skipHours and skipDays are read."""
    head = (
        "<skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>"
        "<skipDays><day>Saturday</day><day>Sunday</day><day>Moonday</day></skipDays>"
    )
    document = parse(rss(item(), head=head))
    assert document.skip_hours == {0, 5}
    assert document.skip_days == {5, 6}


def test_a_list_page_that_serves_xml_is_refused_quietly() -> None:
    """XML where a page of links was configured gives the usual refusal and no warning."""
    feed = Feed(name="m", url=FEED.url, format="list", list_page=ListPage("ul li"))
    for document in (rss(item()), b"<<?xml?>?xml version='1.0'?><rss/>", b"https://b.example/x"):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(NotAFeed, match="nothing that matches"):
                parse(document, feed)


def test_reading_warns_of_nothing() -> None:
    """No library's warning escapes, whichever reader takes the document."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parse(ATOM.replace("<feed ", '<feed xml:base="https://b.example/" ').encode())
        feeds.identify(feeds.parse(RDF.encode(), FEED, now=NOW), FeedState())


@pytest.mark.parametrize("name", ["links", "authors", "contributors", "enclosures", "tags"])
def test_an_element_that_is_called_as_a_reader_calls_its_own(name: str) -> None:
    """A document's `<links>` is text, and its item is read as any other, by the tolerant reader."""
    odd = f"<{name}>Seoul, Beijing</{name}><odd>"  # not closed: no quick reader takes it
    (entry,) = entries(item("Envoys meet", link="https://wire.example/1", more=odd))
    assert (entry.title, entry.url, entry.authors) == (
        "Envoys meet",
        "https://wire.example/1",
        (),
    )
