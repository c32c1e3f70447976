"""Authors as pages declare them, and what they declare beside writers."""

import pytest

from monitor.articles import extract
from tests.articles.pages import meta, page, structured

URL = "https://harbourpost.example/2026/05/30/quay"
HEADLINE = "Council agrees to rebuild the northern quay"
TOP = f"<h1>{HEADLINE}</h1>"


def _authors(head: str = "", byline: str = "", bottom: str = "") -> list[str]:
    return list(extract(page(head=head, top=TOP + byline, bottom=bottom), URL).authors)


def _person(name: str, **more: str) -> dict[str, str]:
    return {"@type": "Person", "name": name, **more}


@pytest.mark.parametrize(
    "key",
    ["author", "article__author_name", "parsely-author", "news_authors", "DC.creator", "byl"],
)
def test_any_vendors_meta_tag_for_the_author(key: str) -> None:
    """A meta tag that is called an author's names the author, whoever made up its name."""
    assert _authors(meta(**{key: "Ada Lindqvist"})) == ["Ada Lindqvist"]


@pytest.mark.parametrize("key", ["twitter__creator", "author_id", "userAuthState", "web_author"])
def test_meta_tags_that_name_no_writer(key: str) -> None:
    """Accounts, states and who made the template are nobody's byline."""
    assert _authors(meta(**{key: "@harbourpost"})) == []


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("desk@post.example (Ada Lindqvist)", ["Ada Lindqvist"]),
        ("Ada Lindqvist For The Harbour Post", ["Ada Lindqvist"]),
        ("Ada Lindqvist, Reykjavik", ["Ada Lindqvist"]),
        ("Ada Lindqvist, KBC-Studio Wien", ["Ada Lindqvist"]),
        ("Ada Lindqvist, USA DAILY", ["Ada Lindqvist"]),
        ('Ada "Harbour" Lindqvist', ['Ada "Harbour" Lindqvist']),
        ("ADA LINDQVIST and BO EK", ["ADA LINDQVIST", "BO EK"]),
        ("Ada Lindqvist, J.D. Ek, KJ Moon", ["Ada Lindqvist", "J.D. Ek", "KJ Moon"]),
        ("Kim Min-ji, 박서준", ["Kim Min-ji", "박서준"]),
    ],
)
def test_what_stands_behind_a_name_in_one_byline(printed: str, names: list[str]) -> None:
    """Places, stations and papers behind a writer's name are no second writer."""
    assert _authors(meta(author=printed.replace('"', "&quot;"))) == names
    assert _authors(structured(headline=HEADLINE, author=_person(printed))) == names


def test_a_desk_declared_behind_a_writer_stays() -> None:
    """What a page declares one by one is kept: writers, and the desk that stands behind them."""
    desk = [_person("Ada Lindqvist"), _person("Harbour Desk")]
    assert _authors(structured(headline=HEADLINE, author=desk)) == ["Ada Lindqvist", "Harbour Desk"]
    desk.reverse()
    assert _authors(structured(headline=HEADLINE, author=desk)) == ["Ada Lindqvist"]


@pytest.mark.parametrize("account", ["/author/admin/", "/author/administrator", "/users/user-12"])
def test_the_account_that_fills_the_site_is_no_writer(account: str) -> None:
    """Whose own page is that of the administrator is not taken for the author."""
    head = structured(headline=HEADLINE, author=_person("Harbour D", url=URL + account))
    link = f'<span class="author">By <a href="{account}">Harbour D</a></span>'
    assert _authors(head, link) == []
    assert _authors(head, link + "<p><strong>ADA LINDQVIST</strong></p>") == ["ADA LINDQVIST"]


@pytest.mark.parametrize("login", ["False", "Newsroom1", "heryadi"])
def test_a_whole_name_in_the_meta_tags_goes_before_a_login(login: str) -> None:
    """One word in the structured data gives way to a whole name that the page also declares."""
    head = structured(headline=HEADLINE, author=_person(login)) + meta(author="Ada Lindqvist")
    assert _authors(head) == ["Ada Lindqvist"]


def test_a_creator_stands_in_for_an_author() -> None:
    """Where only a desk is named, under either key, the desk is the author."""
    assert _authors(structured(headline=HEADLINE, creator=["Staff report"])) == ["Staff report"]
    assert _authors(structured(headline=HEADLINE, author=_person("AGENCY"))) == ["AGENCY"]


@pytest.mark.parametrize(
    "box",
    [
        '<div itemprop="itemReviewed" itemscope><span itemprop="author">Olga Holm</span></div>',
        '<div itemprop="comment" itemscope><b itemprop="author">Olga Holm</b></div>',
        '<div class="author-video"><h4>Visitor Olga Holm and crew on the old quay</h4></div>',
        f'<div class="byline-box"><i>{HEADLINE}, cost put at 4 million: mayor</i></div>',
    ],
)
def test_others_on_the_page_are_not_the_writer(box: str) -> None:
    """Who made a claim, a comment or a film beside the text did not write it."""
    assert _authors(byline=box) == []
    byline = '<p class="byline">By Ada Lindqvist</p>'
    assert _authors(byline=box + byline) == ["Ada Lindqvist"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(Reporting by Ada Lindqvist, Bo Ek and Cy Park; Editing by Di Moe)", 3),
        ("— Writing by Ada Lindqvist in Seoul; additional reporting by Bo Ek", 1),
        ("Ada Lindqvist, staff reporter", 1),
        ("रमेश वर्मा, संवाददाता", 1),
        ("The quay was seen by Ada Lindqvist and others on the morning of the storm.", 0),
        ("Busan, South Korea", 0),
    ],
)
def test_signatures_under_the_text(line: str, names: int) -> None:
    """Who reported stands under the text, apart from who edited; a sentence signs nothing."""
    found = _authors(bottom=f"<p>{line}</p>")
    assert found == ["Ada Lindqvist", "Bo Ek", "Cy Park"][:names] or found == ["रमेश वर्मा"][:names]
