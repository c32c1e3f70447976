"""Pages that are not the story: they never take the place of what the feed said."""

from datetime import timedelta

import pytest

from monitor.desk import Desk
from monitor.pipeline.read_pages import RETRIES
from monitor.store.articles import StoredArticle
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import poll, rules_by_headline, stored
from tests.pipeline.test_left_aside import feed
from tests.site import Answer, Site
from tests.wire import NOW, TALKS, Clock, config_text

TITLE = "South Korea and China set date for coast guard talks"
TEXT = "Seoul and Beijing will hold coast guard talks in Incheon on 3 December, the ministry said."
KO_TITLE = "한중 해경, 내달 인천서 회담"
KO_TEXT = "한국과 중국 해경이 다음 달 3일 인천에서 회담을 연다고 해양경찰청이 밝혔다."

WALLS = {
    "consent": (
        "Your privacy matters to us",
        "We and our 842 partners store and access information on a device, such as unique "
        "identifiers, and process personal data for advertising and audience measurement.",
        "You may accept or manage your choices by clicking below, at any time.",
    ),
    "consent-de": (
        "Bevor Sie fortfahren",
        "Wir verwenden Cookies und Daten, um Dienste bereitzustellen und zu verbessern, und um zu "
        "messen, wie Anzeigen wirken.",
    ),
    "bot-check": (
        "One more step",
        "Please complete the security check to access this website. Ray ID: 7d3e.",
    ),
    "bot-check-zh": ("安全验证", "您的访问过于频繁，请输入验证码后继续浏览本网站。"),
    "not-found-ja": (
        "お探しのページは見つかりません",
        "ページが移動または削除された可能性があります。URLをご確認ください。",
    ),
    "not-found-zh": ("出错啦", "很抱歉，您访问的页面不存在或已被移除，三秒后返回首页。"),
    "login-ko": (
        "로그인",
        "이 서비스를 이용하려면 로그인이 필요합니다. 아이디와 비밀번호를 입력하세요.",
    ),
    "script": ("Loading", "This site needs JavaScript. Please turn it on in your browser."),
    "another-story": (
        "Champions League: late goal sends Porto through",
        "Porto scored in the last minute of extra time to beat their visitors and go on to the "
        "quarter finals, where they will meet the winners of the other match.",
    ),
}


def page(title: str, *paragraphs: str, head: str = "") -> Answer:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = (
        f"<html><head><title>{title}</title>{head}</head><body>"
        f"<main><h1>{title}</h1>{body}</main></body></html>"
    )
    return Answer(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def only(desk: Desk) -> StoredArticle:
    (article,) = stored(desk)
    return article


def feed_of_walls(site: Site, title: str, text: str) -> None:
    """Serve a feed with one item for each wall, at /a/NAME."""
    rows = "".join(
        f'<item><guid isPermaLink="false">{name}</guid><title>{title}</title>'
        f"<link>{site.url(f'/a/{name}')}</link><description>{text}</description></item>"
        for name in WALLS
    )
    body = f'<rss version="2.0"><channel><title>Wire</title>{rows}</channel></rss>'
    site.at("/wire.xml", Answer(body=body.encode()))


@pytest.mark.parametrize(("title", "text"), [(TITLE, TEXT), (KO_TITLE, KO_TEXT), (TITLE, "")])
async def test_wall_leaves_the_feeds_text_and_is_tried_again(
    site: Site, open_desk: OpenDesk, title: str, text: str
) -> None:
    """The items are flagged by the feed's words; their pages count as not had, and come later."""
    feed_of_walls(site, title, text)
    for name, wall in WALLS.items():
        site.at(f"/a/{name}", page(*wall))
    desk, clock = open_desk(config_text(site, "wire", pages="all")), Clock()
    await poll(desk, clock)
    articles = stored(desk)
    assert {item.text.title for item in articles} == {title}
    assert {(item.text.origin, item.page) for item in articles} == {("feed", "todo")}
    for item in articles:
        assert WALLS[item.url.rpartition("/")[2]][0] in item.page_error
    assert rules_by_headline(desk) == {title: {"china-south-korea"}}
    for name in WALLS:
        site.at(f"/a/{name}", page(title, text or TITLE, *TALKS))
    clock.forward(minutes=RETRIES[0] / timedelta(minutes=1) + 1)
    await poll(desk, clock)
    assert {(item.text.origin, item.page) for item in stored(desk)} == {("page", "done")}


async def test_wall_at_a_second_reading_leaves_the_text_that_was_read(
    site: Site, open_desk: OpenDesk
) -> None:
    """A page that was read and flagged is not overwritten, and no change of it is told."""
    feed_of_walls(site, TITLE, TEXT)
    for name in WALLS:
        site.at(f"/a/{name}", page(TITLE, TEXT, *TALKS))
    desk, clock = open_desk(config_text(site, "wire", pages="all")), Clock()
    await poll(desk, clock)
    before = stored(desk)
    for name, wall in WALLS.items():
        site.at(f"/a/{name}", page(*wall))
    clock.forward(minutes=70)
    await poll(desk, clock)
    for old, new in zip(before, stored(desk), strict=True):
        assert (new.text, new.revision, new.withdrawn) == (old.text, old.revision, None)
        assert "not the story" in new.page_error


async def test_wall_under_the_storys_own_headline_is_a_wall(
    site: Site, open_desk: OpenDesk
) -> None:
    """The headline above it does not make a wall's text that of the story, and is not blamed."""
    feed_of_walls(site, TITLE, TEXT)
    for name, wall in WALLS.items():
        site.at(f"/a/{name}", page(TITLE, *wall[1:]))
    desk = open_desk(config_text(site, "wire", pages="all"))
    await poll(desk, Clock())
    assert {item.text.body for item in stored(desk)} == {(TEXT,)}
    assert all("headline stands over a text that" in item.page_error for item in stored(desk))


@pytest.mark.parametrize("front", ["/", "/news/", "/news/index.html", "/en/", "/Main.html"])
async def test_redirect_to_a_front_page_is_no_page(
    site: Site, open_desk: OpenDesk, front: str
) -> None:
    """A front page may well name the story, and is not it."""
    feed(site, site.url("/news/2026/one"), TITLE, TEXT)
    site.at("/news/2026/one", Answer(302, headers={"Location": site.url(front)}))
    site.at(front, page("The Harbour Times", TITLE, "Snow closes two roads", "Porto go through"))
    desk = open_desk(config_text(site, "wire", pages="all"))
    await poll(desk, Clock())
    assert (only(desk).text.title, only(desk).text.body) == (TITLE, (TEXT,))


async def test_front_page_at_the_storys_own_url_is_no_page(site: Site, open_desk: OpenDesk) -> None:
    """One line of a list names the story, and nothing else on it does."""
    feed(site, site.url("/news/2026/one"), TITLE, TEXT)
    lines = (TITLE, "Snow closes two mountain roads", "Porto go through", "Rice harvest falls")
    site.at("/news/2026/one", page("The Harbour Times", *lines))
    desk = open_desk(config_text(site, "wire", pages="all"))
    await poll(desk, Clock())
    assert only(desk).text.body == (TEXT,)


@pytest.mark.parametrize(
    "content",
    ["0; url=/real", "1;URL='/real'", "0;/real", '3, url="{base}/real"', "0;url={base}/real"],
)
async def test_refresh_is_followed_once(site: Site, open_desk: OpenDesk, content: str) -> None:
    """A stub that leads on to the story is followed; one that leads on for ever is not."""
    feed(site, site.url("/a/one"), TITLE, TEXT)
    content = content.format(base=site.url("")).replace('"', "&quot;")
    meta = f'<meta http-equiv="Refresh" content="{content}">'
    site.at("/a/one", page("Moved", "You will be taken there in a moment.", head=meta))
    site.at("/real", page(TITLE, TEXT, *TALKS))
    desk, clock = open_desk(config_text(site, "wire", pages="all")), Clock()
    await poll(desk, clock)
    assert (only(desk).text.origin, only(desk).page) == ("page", "done")


async def test_refresh_to_itself_and_round_in_circles_ends(site: Site, open_desk: OpenDesk) -> None:
    """Two stubs that lead to each other cost two requests and keep the feed's text."""
    feed(site, site.url("/a/one"), TITLE, TEXT)
    for here, there in (("/a/one", "/a/two"), ("/a/two", "/a/one")):
        meta = f'<meta http-equiv="refresh" content="0;url={there}">'
        site.at(here, page("Moved", "Please wait.", head=meta))
    desk = open_desk(config_text(site, "wire", pages="all"))
    await poll(desk, Clock())
    assert only(desk).text.origin == "feed"
    assert [asked.path for asked in site.asked if asked.path.startswith("/a/")] == [
        "/a/one",
        "/a/two",
    ]


STORY_PAGES = {
    "other headline, same matter": page(
        "Incheon hosts fishing season meeting",
        "Coast guard officials of South Korea and China set a date for talks in Incheon.",
        *TALKS,
    ),
    "headline shortened": page("Coast guard talks set", *TALKS),
    "headline with its section and outlet": page(f"World | {TITLE} - Harbour Times", *TALKS),
    "a flash of one line": page("(URGENT) Seoul, Beijing set coast guard talks date", TEXT),
    "text rewritten under the headline": page(
        TITLE, "It is the first such meeting since spring, officials told reporters. " * 30
    ),
}


@pytest.mark.parametrize("kind", STORY_PAGES)
async def test_page_that_differs_from_its_item_is_the_story_still(
    site: Site, open_desk: OpenDesk, kind: str
) -> None:
    """Pages have other headlines and texts than their teasers."""
    feed(site, site.url("/a/one"), TITLE, TEXT)
    site.at("/a/one", STORY_PAGES[kind])
    desk = open_desk(config_text(site, "wire", pages="all"))
    await poll(desk, Clock())
    assert (only(desk).text.origin, only(desk).page) == ("page", "done")


async def test_withdrawal_under_the_headline_is_told(site: Site, open_desk: OpenDesk) -> None:
    """A short note that says the story was withdrawn is no wall."""
    feed(site, site.url("/a/one"), TITLE, TEXT)
    site.at("/a/one", page(TITLE, TEXT, *TALKS))
    desk, clock = open_desk(config_text(site, "wire", pages="all")), Clock()
    await poll(desk, clock)
    site.at("/a/one", page(TITLE, "This story has been withdrawn by its editors."))
    clock.forward(minutes=70)
    await poll(desk, clock)
    assert only(desk).text.body == ("This story has been withdrawn by its editors.",)


async def test_new_words_of_an_item_are_flagged_though_its_page_turns_into_a_wall(
    site: Site, open_desk: OpenDesk
) -> None:
    """The feed's new headline stands over the page's text until the page can be had again."""
    feed(site, site.url("/a/one"), "Two roads closed by snow", "Snow fell on the northern hills.")
    site.at("/a/one", page("Two roads closed by snow", "Snow fell on the northern hills today."))
    desk, clock = open_desk(config_text(site, "wire", pages="all")), Clock(NOW)
    await poll(desk, clock)
    assert rules_by_headline(desk) == {}
    feed(site, site.url("/a/one"), TITLE, TEXT)
    site.at("/a/one", page(*WALLS["consent"]))
    clock.forward(minutes=20)
    await poll(desk, clock)
    assert rules_by_headline(desk) == {TITLE: {"china-south-korea"}}
