"""No document takes more work than its size: what one server serves cannot hold up the others."""

import contextlib

import pytest

from monitor import feeds
from monitor.errors import NotAFeed
from monitor.model import Feed, ListPage
from tests.budget import within
from tests.feeds.documents import NOW, item, parse, rss, stories

HEAD = '<rss version="2.0"><channel><title>Desk</title>'
TAIL = "</channel></rss>"
BROKEN = [f"<item><title>Talks {n} & tea</title><b></item>" for n in range(1500)]

HOSTILE = {
    "blanks and a word between two items": HEAD + item("a") + " " * 5000 + "x" + item("b") + TAIL,
    "line breaks between items": HEAD + (item("a") + " \n" * 400 + "x") * 200 + TAIL,
    "comments that do not end": HEAD + item("a") + "<!--" * 100_000 + item("b") + TAIL,
    "a long head before broken items": HEAD
    + "<image><url>u</url></image>" * 30_000
    + "".join(BROKEN)
    + TAIL,
    "a long start tag before broken items": HEAD.replace(
        "<rss", "<rss " + " ".join(f'a{n}="1"' for n in range(20_000))
    )
    + "".join(BROKEN)
    + TAIL,
    "a start tag of many attributes": HEAD
    + item("a", more="<x " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/><tags>odd</tags>")
    + TAIL,
    "start tags of some attributes": HEAD
    + item("a", more=("<x " + " ".join(f'a{n}=""' for n in range(90)) + "/>") * 3000 + "<tags/>")
    + TAIL,
    "groups in groups": HEAD.replace("<rss", '<rss xmlns:m="http://search.yahoo.com/mrss/"')
    + item("a", more="<m:group>" * 5000 + "</m:group>" * 5000)
    + TAIL,
    "odd items": HEAD + item("a", more="<tags>odd</tags>" + "<a/>" * 100) * 2000 + TAIL,
    "tags without end tags": HEAD + "<a>" * 400_000,
    "an item of tags without end tags": HEAD + "<item>" + "<a>" * 400_000 + "</item>" + TAIL,
    "a name of one word": HEAD + item("a", more=f"<author>{'a' * 100_000}</author><odd>") + TAIL,
    "skipHours without end": HEAD + "<skipHours>" * 60_000 + item("a") + TAIL,
    "skipHours without bracket": HEAD + "<skipHours" * 60_000 + item("a") + TAIL,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_ends(name: str) -> None:
    """What would take minutes or hours by its square is read or refused at once."""

    def read() -> None:
        with contextlib.suppress(NotAFeed):
            parse(HOSTILE[name].encode())

    within(5, read)


def test_known_items_are_looked_through_once() -> None:
    """A thousand new items beside a thousand known ones are no million of comparisons."""
    numbers = [" ".join(f"123456{n}{k}" for k in range(300)) for n in range(1000)]
    known = [
        item(f"Known {n}", guid=f"old {n} " + numbers[n], more="x" * 6000) for n in range(1000)
    ]
    new = [item(f"New {n}", guid=f"new {n} " + numbers[n][::-1]) for n in range(1000)]
    hashes = parse(rss(*known)).segment_hashes
    assert len(hashes) == 1000

    def read() -> None:
        assert len(parse(rss(*known, *new), known=hashes).entries) == 1000

    within(8, read)


def test_what_was_too_much_for_one_reading_is_read_the_next_time() -> None:
    """Broken items beyond the work of one reading stay unknown, so none of them is lost."""
    body = rss(*BROKEN, head="")
    known: frozenset[str] = frozenset()
    titles: list[str] = []
    for _ in range(4):
        document = parse(body, known=known)
        titles += [entry.title for entry in document.entries]
        known |= document.segment_hashes
    assert sorted(titles) == sorted(f"Talks {n} & tea" for n in range(1500))


def test_a_broken_item_is_read_in_the_elements_it_stands_in() -> None:
    """Namespaces that the root declares are bound for an item that is read alone."""
    broken = "<item><title>Vote</title><x:creator>Han Su</x:creator><b>&nosuch</item>"
    body = rss(*stories(1, 2), broken, root=' xmlns:x="http://purl.org/dc/elements/1.1/"')
    last = parse(body).entries[-1]
    assert (last.title, last.authors) == ("Vote", ("Han Su",))


def test_odd_items_are_read_in_turns() -> None:
    """Items that only the slow reader reads come over several readings, none of them twice."""
    odd = [item(f"Talks {n}", more="<tags>odd</tags>" + "<a/>" * 100) for n in range(800)]
    known: frozenset[str] = frozenset()
    titles: list[str] = []
    for _ in range(4):
        document = parse(rss(*odd), known=known)
        titles += [entry.title for entry in document.entries]
        known |= document.segment_hashes
    assert sorted(titles) == sorted(f"Talks {n}" for n in range(800))


@pytest.mark.parametrize(
    "page", ["<div>x" * 40_000, "<li><span>" * 15_000 + "<a href=x>t</a>", "<i><b>" * 30_000]
)
def test_a_deep_list_page_is_read_in_time(page: str) -> None:
    """A tree as deep as it is long would cost its square: minutes for 200 kB."""
    feed = Feed("list", "https://news.example/", format="list", list_page=ListPage("li"))

    def read() -> None:
        with contextlib.suppress(NotAFeed):
            feeds.parse(page.encode(), feed, now=NOW)

    within(5, read)


def test_items_in_items_are_all_read() -> None:
    """An outer item has its own link, the inner ones have theirs."""
    page = "<ul><li><a href=/a>Headline</a><ul><li><a href=/b>Related</a></li></ul></li></ul>"
    feed = Feed("list", "https://news.example/", format="list", list_page=ListPage("li"))
    found = feeds.parse(page.encode(), feed, now=NOW).entries
    assert [entry.title for entry in found] == ["Headline", "Related"]
