"""Only new items are parsed, and nobody can tell from what comes out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import feeds
from monitor.model import Entry, FeedState
from tests.feeds.documents import item, parse, rss, stories

TEXT = st.text(st.sampled_from("abc 가나 漢字 é<>&\"']]>—\n"), min_size=0, max_size=12).map(
    lambda text: text.replace("]]>", "]]")
)
CDATA = TEXT.map(lambda text: f"<![CDATA[{text}<item>no</item>]]>")


@st.composite
def items(draw: st.DrawFn) -> str:
    """An item of random fields in random order, some plain and some odd."""
    fields = [
        f"<title>{draw(CDATA)}</title>",
        f"<link>https://w.example/{draw(st.integers(0, 30))}</link>",
        f'<guid isPermaLink="{draw(st.sampled_from(["true", "false"]))}">'
        f"g{draw(st.integers(0, 30))}</guid>",
        f"<description>{draw(CDATA)}</description>",
        f"<pubDate>2026-11-{draw(st.integers(10, 23))}T09:00:00+09:00</pubDate>",
        f"<dc:creator>{draw(st.sampled_from(['Han', 'Lee, Kim', '']))}</dc:creator>",
        f"<m:group><m:title>p</m:title><m:content url='u{draw(st.integers(0, 3))}'/></m:group>",
        "<!-- <item> in a comment </item> -->",
        "<description>second</description>",
        "<source url='https://s.example'>Gazette</source>",
        "<author><name>Cho</name></author>",
        "<title>naked <b>markup</b></title>",
        "<tags>odd</tags>",
        "<a:link href='https://w.example/atom'/>",
    ]
    chosen = draw(st.lists(st.sampled_from(fields), unique=True, max_size=9))
    return "<item>" + "".join(chosen) + "</item>"


ROOT = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://search.yahoo.com/mrss/"'
    ' xmlns:a="http://www.w3.org/2005/Atom"'
)


@settings(max_examples=70, deadline=None)
@given(st.lists(items(), min_size=1, max_size=8), st.data())
def test_reading_the_new_items_alone_gives_what_the_whole_gives(
    drawn: list[str], data: st.DataObject
) -> None:
    """The reduced reading is the whole reading without the known items, in order."""
    whole = parse(rss(*drawn, root=ROOT))
    known_items = data.draw(st.sets(st.sampled_from(drawn)))
    known = frozenset(
        digest for one in known_items for digest in parse(rss(one, root=ROOT)).segment_hashes
    )
    reduced = parse(rss(*drawn, root=ROOT), known=known)
    expected = [
        entry for text, entry in zip(drawn, whole.entries, strict=True) if text not in known_items
    ]
    assert list(reduced.entries) == expected
    assert reduced.listed == len(drawn)
    assert reduced.segment_hashes == whole.segment_hashes
    assert (reduced.title, reduced.format) == (whole.title, whole.format)


@settings(max_examples=70, deadline=None)
@given(st.lists(items(), min_size=1, max_size=8, unique=True), st.integers(0, 7))
def test_a_new_item_alone_gets_the_keys_it_gets_among_all(drawn: list[str], which: int) -> None:
    """What items share with known neighbours is noticed without parsing them all."""
    which %= len(drawn)
    state = FeedState(distrust_guid=True)
    whole, _ = feeds.identify(parse(rss(*drawn, root=ROOT)), state)
    known = frozenset(
        digest
        for number, one in enumerate(drawn)
        if number != which
        for digest in parse(rss(one, root=ROOT)).segment_hashes
    )
    reduced = parse(rss(*drawn, root=ROOT), known=known)
    alone, _ = feeds.identify(reduced, state)
    for one in alone:
        among = [other for other in whole if other.entry == one.entry]
        # A double of a known item is no entry of its own in the whole reading.
        assert not among or among[0].keys == one.keys


@pytest.mark.parametrize("new", [1, 40])
def test_a_guid_that_a_known_item_has_too_is_noticed_however_many_are_new(new: int) -> None:
    """A guid of two items names neither, whether one item is new or forty are."""
    listed = [
        item("Harbour reopens", link="https://wire.example/harbour", guid="twin"),
        *stories(1, 9),
    ]
    known = parse(rss(*listed)).segment_hashes
    twin = item("Harbour closes again", link="https://wire.example/closes", guid="twin")
    news = [twin, *stories(20, 18 + new)]
    found, distrust = feeds.identify(parse(rss(*news, *listed), known=known), FeedState())
    assert distrust
    assert len(found) == new


@settings(max_examples=70, deadline=None)
@given(st.lists(items(), min_size=1, max_size=5))
def test_the_quick_reader_and_feedparser_agree(drawn: list[str]) -> None:
    """An item reads the same whichever reader takes it; xml:base sends all to feedparser."""
    quick = parse(rss(*drawn, root=ROOT))
    thorough = parse(rss(*drawn, root=ROOT + ' xml:base=""'))
    assert quick.entries == thorough.entries


@pytest.mark.parametrize(
    "one",
    [
        "<title>A &lt;i&gt;b&lt;/i&gt; &amp;amp; c</title>",
        "<title>caf\u00c3\u00a9 \u00e2\u0080\u0099</title>",
        "<title></title><m:title>picture</m:title>",
        "<m:title>picture</m:title><title>real</title>",
        "<dc:title>first</dc:title><title>second</title>",
        "<guid>https://w.example/1</guid>",
        "<guid isPermaLink='TRUE'>https://w.example/1</guid>",
        "<guid>https://w.example/1</guid><link/>",
        "<link>https://w.example/?a=1&amp;b;=2</link><guid isPermaLink='false'>x</guid>",
        "<link>http:///w.example/1</link>",
        "<a:link href='https://w.example/s' rel='self'/><a:link href='https://w.example/h'/>",
        "<a:link href='https://w.example/j' type='application/json'/>",
        "<description>a</description><c:encoded>b</c:encoded><description>c</description>",
        "<c:encoded>b</c:encoded><description>b</description>",
        "<description type='base64'>YQ==</description>",
        "<author>desk@w.example (Han)</author>",
        "<author>Han</author><dc:creator>Lee</dc:creator><dc:creator>Han</dc:creator>",
        "<pubDate>a</pubDate><pubDate>b</pubDate>",
        "<dc:date>2026-11-22</dc:date><a:updated>2026-11-23</a:updated>",
        "<source url='u'>Gazette</source><m:title>late</m:title>",
        "<image><title>i</title><link>https://w.example/i</link></image><title>t</title>",
        "<enclosure url='https://w.example/2026/11/20/e.jpg'/>",
        "<unknown><title>inner</title></unknown><title>outer</title>",
        "<x:title xmlns:x='urn:x'>foreign</x:title>",
        "<title xmlns='urn:y'>foreign</title>",
        "<PubDate>2026-11-23</PubDate><TITLE>Capitals</TITLE>",
    ],
)
def test_readers_agree_on_what_newsrooms_do(one: str) -> None:
    """The shapes that feeds are known for read the same through both readers."""
    root = ROOT + ' xmlns:c="http://purl.org/rss/1.0/modules/content/"'
    quick = parse(rss(f"<item>{one}</item>", root=root))
    thorough = parse(rss(f"<item>{one}</item>", root=root + ' xml:base=""'))
    assert quick.entries == thorough.entries


def test_a_known_body_costs_no_entry() -> None:
    """A body whose items are all known gives none, and still its head and count."""
    body = rss(*stories(1, 20), head="<ttl>5</ttl>")
    first = parse(body)
    again = parse(body.replace(b"Desk wire", b"Desk wire, updated"), known=first.segment_hashes)
    assert again.entries == ()
    assert again.listed == 20
    assert again.title == "Desk wire, updated"
    assert again.ttl == first.ttl


def test_one_broken_item_does_not_spoil_the_cheap_path() -> None:
    """A document that is broken in one item is cut all the same, and only that item is mended."""
    broken = "<item><title>Never closed<link>https://w.example/b</link></item>"
    body = rss(*stories(1, 5), broken)
    first = parse(body)
    assert len(first.segment_hashes) == 6
    assert len(first.entries) == 6
    second = parse(rss(*stories(1, 6), broken), known=first.segment_hashes)
    assert [entry.guid for entry in second.entries] == ["story-6"]


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>Outer</title><item><title>Inner</title></item></item>"),
        rss(item("One"), "<title>between items</title>", item("Two")),
        rss(item("One"), "<item><title>Never closed</title>"),
    ],
)
def test_what_does_not_cut_cleanly_is_parsed_whole(body: bytes) -> None:
    """Nested, interleaved or unclosed items give no hashes, so nothing is ever left out."""
    document = parse(body)
    assert document.segment_hashes == frozenset()
    assert document.entries
    assert parse(body, known=frozenset({"x"})) == document


def test_an_edited_item_is_parsed_again() -> None:
    """A changed word makes a segment new; its entry comes with the keys it had."""
    before, after = item("Ten hurt", guid="1"), item("Twelve hurt", guid="1")
    first = parse(rss(before, item("Other", guid="2")))
    second = parse(rss(after, item("Other", guid="2")), known=first.segment_hashes)
    assert [entry.title for entry in second.entries] == ["Twelve hurt"]
    keys = [feeds.identify(document, FeedState())[0][0].keys for document in (first, second)]
    assert keys[0] == keys[1]


def test_an_entry_is_plain_data() -> None:
    """Entries of both readers are equal values, fit for comparing."""
    (entry,) = parse(rss(item("One", guid="1"))).entries
    assert entry == Entry(guid="1", url="", title="One")
