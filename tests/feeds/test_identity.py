"""An entry is recognised whatever its feed does to it, and never taken for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import feeds, url_keys
from monitor.model import FeedDocument, FeedState
from tests.feeds.documents import entries, identified, item, parse, rss, same

GOOGLE = "https://news.google.com/rss/articles/"


def test_01_guid_changes_when_the_headline_is_edited() -> None:
    """A new guid on a known address is the same entry."""
    (before,) = identified(item("Talks open", guid="talks-open", link="https://wire.example/81"))
    (after,) = identified(item("Talks fail", guid="talks-fail", link="https://wire.example/81"))
    assert same(before, after)


def test_01_guid_and_slug_change_and_the_story_number_stays() -> None:
    """The site's own number in the address holds an entry together when guid and slug change."""
    old, new = (
        "https://wire.example/n/talks-open-10482211",
        "https://wire.example/n/talks-fail-10482211",
    )
    (before,) = identified(item("Talks open", guid=old, link=old))
    (after,) = identified(item("Talks fail", guid=new, link=new))
    assert same(before, after)


def test_01_a_day_in_the_address_is_no_story_number() -> None:
    """Two stories of one day are two, though their addresses end in the same date."""
    (one,) = identified(item("A", guid="a", link="https://wire.example/port-strike-20261123"))
    (two,) = identified(item("B", guid="b", link="https://wire.example/rice-harvest-20261123"))
    assert not same(one, two)


def test_02_no_guid_and_an_edited_title() -> None:
    """Without a guid the address identifies."""
    (before,) = identified(item("Ferry sinks", link="https://wire.example/a/5.html"))
    (after,) = identified(item("Ferry sinks, ten rescued", link="https://wire.example/a/5.html"))
    assert same(before, after)


def test_02_no_guid_and_no_link() -> None:
    """With nothing else, headline and day identify; the same headline a day later is another."""
    monday, tuesday = "Mon, 23 Nov 2026 08:00:00 GMT", "Tue, 24 Nov 2026 08:00:00 GMT"
    (first,) = identified(item("Morning brief", date=monday))
    (again,) = identified(item("Morning  Brief", date="Mon, 23 Nov 2026 09:30:00 GMT"))
    (next_day,) = identified(item("Morning brief", date=tuesday))
    assert same(first, again)
    assert not same(first, next_day)


def test_03_all_items_share_one_guid() -> None:
    """Items with one guid are several entries, and the feed's guids are distrusted for ever."""
    body = rss(
        item("One", guid="wire", link="https://wire.example/1"),
        item("Two", guid="wire", link="https://wire.example/2"),
    )
    found, distrust = feeds.identify(parse(body), FeedState())
    assert distrust
    assert len(found) == 2
    assert not same(*found)
    (later,) = identified(
        item("Three", guid="wire", link="https://wire.example/3"),
        state=FeedState(distrust_guid=True),
    )
    assert not any(same(later, one) for one in found)


def test_03_the_switch_to_distrust_makes_no_doubles() -> None:
    """An entry known by its guid is still known after the feed's guids became worthless."""
    (before,) = identified(item("One", guid="wire", link="https://wire.example/1"))
    after = identified(
        item("Two", guid="wire", link="https://wire.example/2"),
        item("One", guid="wire", link="https://wire.example/1"),
    )
    assert same(before, after[1])
    assert not same(before, after[0])


def test_04_all_items_share_one_link() -> None:
    """An address that several items share identifies none of them."""
    home = "https://wire.example/latest"
    found = identified(
        item("One", guid="1", link=home), item("Two", guid="2", link=home), item("Three", link=home)
    )
    assert len(found) == 3
    assert not any(same(a, b) for a in found for b in found if a is not b)


def test_04_a_new_item_beside_known_ones_shares_their_link() -> None:
    """A shared address is noticed also when the items that share it are not parsed again."""
    home = "https://wire.example/section"
    old = [item(f"Old {n}", link=home) for n in range(3)]
    new = item("Fresh story", link=home)
    first = parse(rss(*old))
    known, _ = feeds.identify(first, FeedState())
    second = parse(rss(new, *old), known=first.segment_hashes)
    (fresh,), _ = feeds.identify(second, FeedState())
    assert [entry.title for entry in second.entries] == ["Fresh story"]
    assert not any(same(fresh, one) for one in known)


@pytest.mark.parametrize(
    "other",
    [
        "http://wire.example/2026/11/port-strike-goes-on/",
        "https://www.wire.example/2026/11/port-strike-goes-on",
        "https://m.wire.example/2026/11/port-strike-goes-on/",
        "https://news.wire.example/2026/11/port-strike-goes-on/index.html",
        "https://WIRE.example:443/2026/11/port-strike-goes-on/",
    ],
)
def test_05_scheme_or_host_flips_between_polls(other: str) -> None:
    """Scheme, host and decoration of an address make no new entry, in link or guid."""
    address = "https://wire.example/2026/11/port-strike-goes-on/"
    (before,) = identified(item("Strike", guid=address, link=address))
    (by_link,) = identified(item("Strike", link=other))
    (by_guid,) = identified(item("Strike", guid=other))
    assert same(before, by_link)
    assert same(before, by_guid)


def test_05_short_addresses_of_two_hosts_are_two_stories() -> None:
    """Where the path says little, the host counts."""
    (one,) = identified(item("One", link="https://busan.wire.example/?p=7"))
    (two,) = identified(item("Two", link="https://incheon.wire.example/?p=7"))
    assert not same(one, two)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("https://a.example/s/1?utm_source=rss&utm_medium=feed", "https://a.example/s/1"),
        ("https://a.example/s/1?at_medium=RSS&at_campaign=rss", "https://a.example/s/1"),
        ("https://a.example/s/1?maca=en-rss&idxno=77", "https://a.example/s/1?idxno=77"),
        ("https://a.example/v?seq=310&source=rss", "https://a.example/v?seq=310"),
        ("https://a.example/v?source=77120", "https://a.example/v?source=77120"),
        ("HTTPS://A.example:443/s#part", "https://a.example/s"),
        ("https://a.example/#!/story/5", "https://a.example/#!/story/5"),
        ("https://[::1", "https://[::1"),
        ("urn:x:1", "urn:x:1"),
        ("", ""),
    ],
)
def test_06_tracking_parameters(raw: str, clean: str) -> None:
    """Known tracking goes, the rest of a query stays: it is often the article's number."""
    assert url_keys.canonical(raw) == clean
    assert url_keys.canonical(clean) == clean


def test_07_google_news_links() -> None:
    """Google News addresses change daily; headline without outlet and the outlet identify."""
    source = '<source url="https://paper.example">Harbour Times</source>'
    (monday,) = identified(
        item(
            "Leaders to meet - Harbour Times", guid="CBMi1", link=GOOGLE + "CBMi1?oc=5", more=source
        )
    )
    (tuesday,) = identified(
        item(
            "Leaders to meet - Harbour Times", guid="CBMi2", link=GOOGLE + "CBMi2?oc=5", more=source
        )
    )
    other = '<source url="https://gazette.example">Gazette</source>'
    (elsewhere,) = identified(
        item("Leaders meet - Gazette", guid="CBMi3", link=GOOGLE + "CBMi3", more=other)
    )
    assert same(monday, tuesday)
    assert not same(monday, elsewhere)
    assert monday.entry.url == GOOGLE + "CBMi1?oc=5"
    assert monday.entry.outlet == "Harbour Times"


def test_08_content_and_dates_change_and_identity_does_not() -> None:
    """Neither text nor dates are part of a key where guid or address are."""
    (before,) = identified(
        item(
            "Quake",
            guid="q",
            date="Mon, 23 Nov 2026 01:00:00 GMT",
            more="<description>a</description>",
        )
    )
    (after,) = identified(
        item(
            "Quake",
            guid="q",
            date="Mon, 23 Nov 2026 09:00:00 GMT",
            more="<description>b</description>",
        )
    )
    assert before.keys == after.keys


def test_09_a_published_time_edited_later_is_no_second_entry() -> None:
    """The day of publication is no part of a key where the address is."""
    link = "https://wire.example/9"
    (before,) = identified(item("Vote", link=link, date="Sun, 22 Nov 2026 23:50:00 GMT"))
    (after,) = identified(item("Vote", link=link, date="Mon, 23 Nov 2026 00:10:00 GMT"))
    assert same(before, after)


def test_25_an_old_item_that_returns_has_its_old_keys() -> None:
    """Keys depend on the item alone, not on what else the feed lists."""
    alone = identified(item("One", guid="1", link="https://wire.example/1"))
    among = identified(
        item("Two", guid="2", link="https://wire.example/2"),
        item("One", guid="1", link="https://wire.example/1"),
    )
    assert alone[0].keys == among[1].keys


@pytest.mark.parametrize("guid", ["http://[broken", "https://w.example:x/1", "http://", "a b"])
def test_a_guid_that_is_no_address_is_a_guid(guid: str) -> None:
    """A guid that only looks like an address identifies as it stands."""
    (one,) = identified(item("One", guid=guid))
    (again,) = identified(item("Changed", guid=guid))
    assert same(one, again)


def test_an_item_listed_twice_is_one_entry() -> None:
    """A double inside one document is kept once and makes no distrust."""
    double = item("One", guid="1", link="https://wire.example/1")
    found, distrust = feeds.identify(parse(rss(double, double)), FeedState())
    assert len(found) == 1
    assert not distrust


def test_items_with_neither_guid_nor_link_nor_headline() -> None:
    """Notes that are nothing but text are several entries."""
    notes = [f"<item><description>Note {n}</description></item>" for n in range(3)]
    assert len(identified(*notes)) == 3


def test_items_with_one_headline_and_several_times() -> None:
    """Where only a headline and a time are given, each time is an entry."""
    found = identified(*(item("Weather", date=f"2026-11-23T0{n}:00:00Z") for n in range(3)))
    assert len(found) == 3
    assert not same(found[0], found[1])


def test_an_item_that_says_nothing_is_no_entry() -> None:
    """An empty item gives no entry."""
    assert (
        feeds.identify(parse(rss("<item/>", item("One"))), FeedState())[0][0].entry.title == "One"
    )
    assert len(identified("<item></item>", item("One"))) == 1


WORD = st.sampled_from(["port", "strike", "envoy", "summit", "rice", "missile"])
ITEMS = st.lists(
    st.tuples(
        st.lists(WORD, min_size=1, max_size=3).map(" ".join),
        st.sampled_from(["", "g1", "g2", "g3", "g4"]),
        st.sampled_from(["", "https://wire.example/a", "https://wire.example/b?x=1"]),
    ),
    min_size=1,
    max_size=6,
)


@given(ITEMS)
def test_entries_of_one_document_never_share_a_key(drawn: list[tuple[str, str, str]]) -> None:
    """Whatever guids and links a document gives, its entries stay apart and each has a key."""
    listed = entries(*(item(title, guid=guid, link=link) for title, guid, link in drawn))
    found, _ = feeds.identify(FeedDocument(listed, "rss"), FeedState())
    keys = [key for one in found for key in one.keys]
    assert len(keys) == len(set(keys))
    assert all(one.keys for one in found)
    assert len(found) == len(set(drawn))


@given(ITEMS)
def test_identifying_twice_gives_the_same_keys(drawn: list[tuple[str, str, str]]) -> None:
    """Keys are a function of the document."""
    body = rss(*(item(title, guid=guid, link=link) for title, guid, link in drawn))
    assert feeds.identify(parse(body), FeedState()) == feeds.identify(parse(body), FeedState())
