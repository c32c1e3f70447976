"""The body of a page: what is text, what is not, and where the text stands."""

from typing import Any

import pytest

from monitor.articles.body.paragraphs import Body
from monitor.errors import NoArticle
from tests.articles.pages import paragraphs, read_text

FIRST = (
    "Envoys of the two countries met on Tuesday for the first time since the spring, aides said."
)
SECOND = "They agreed to meet again before the end of the year and to keep a telephone line open."
THIRD = "Neither side would say what had been said about the border, which both have closed."


def body_of(inner: str, **facts: Any) -> Body:
    """Read a page whose body element holds `inner`."""
    return read_text(f"<html><body>{inner}</body></html>", **facts)


MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(30))
    + "</ul></nav>"
)


def test_paragraphs_come_in_reading_order_without_the_frame() -> None:
    """Menus, footers and share bars around the text stay out, sub-headlines stay in."""
    body = body_of(
        f"{MENU}<main><h1>Envoys meet</h1><div class='share-bar'><p>Share this story now.</p></div>"
        f"<div class='text'>{paragraphs(FIRST)}<h2>A line stays open</h2>"
        f"{paragraphs(SECOND, THIRD)}"
        "</div></main><footer><p>The company that runs this site is registered in the city.</p>"
        "</footer>",
        title="Envoys meet",
    )
    assert body.paragraphs == (FIRST, "A line stays open", SECOND, THIRD)
    assert body.method == "dom"


def test_line_breaks_part_paragraphs_where_there_are_no_paragraph_elements() -> None:
    """Text in a bare div is parted at every br, as old Korean pages set it."""
    lines = (
        "두 나라의 외교 당국자가 화요일 서울에서 만나 다음 회담의 일정을 논의했다고 밝혔다.",
        "양측은 올해 안에 다시 만나기로 했으며 전화선도 계속 열어 두기로 했다.",
        "국경 문제에 대해서는 어느 쪽도 자세한 내용을 말하지 않았다.",
    )
    body = body_of(
        f"{MENU}<table><tr><td><div id='articleBody'>{'<br><br>'.join(lines)}</div></td></tr>"
        "</table>"
    )
    assert body.paragraphs == lines


def test_a_line_feed_inside_a_paragraph_is_a_space() -> None:
    """Only elements break lines; line feeds in the source do not."""
    body = body_of(
        f"<article>{paragraphs(FIRST.replace(' for ', chr(10) + ' for '), SECOND)}</article>"
    )
    assert body.paragraphs == (FIRST, SECOND)


def test_text_split_over_look_alike_siblings_is_joined() -> None:
    """An insert that splits the text into several containers does not cost the later ones."""
    body = body_of(
        f"<div class='page'>{MENU}<div class='story'>"
        f"<div class='chunk text'>{paragraphs(FIRST, SECOND)}</div>"
        "<div class='promo'><a href='/x'>Our other stories of the day</a></div>"
        f"<div class='chunk text'>{paragraphs(THIRD)}</div></div></div>"
    )
    assert body.paragraphs == (FIRST, SECOND, THIRD)


def test_a_short_item_wins_over_longer_comments() -> None:
    """What readers wrote under a two-paragraph item is not taken for the article."""
    comment = (
        "I have read this with great interest and do not believe a single word of what it says. "
    )
    body = body_of(
        f"<div class='article'><h1>Envoys meet</h1>{paragraphs(FIRST, SECOND)}</div>"
        f"<div id='comments'>{''.join(f'<p>{comment * 3}{i}</p>' for i in range(20))}</div>"
    )
    assert body.paragraphs == (FIRST, SECOND)


def test_a_class_on_every_paragraph_says_nothing_about_one() -> None:
    """Paragraphs that all bear a suspicious name are kept."""
    texts = tuple(f"{FIRST} That was report number {i}." for i in range(6))
    body = body_of(
        "<article>" + "".join(f"<p class='premium-ad-free'>{t}</p>" for t in texts) + "</article>"
    )
    assert body.paragraphs == texts


def test_lists_and_quotations_are_paragraphs() -> None:
    """Points of a list and a quotation stand in the text where the page has them."""
    body = body_of(
        f"<article>{paragraphs(FIRST)}<ul><li>Both will send an envoy</li><li>Trade stays as "
        "it is</li></ul>"
        "<blockquote><p>“We had a frank talk,” the minister wrote.</p></blockquote>"
        f"{paragraphs(SECOND)}</article>"
    )
    assert body.paragraphs == (
        FIRST,
        "Both will send an envoy",
        "Trade stays as it is",
        "“We had a frank talk,” the minister wrote.",
        SECOND,
    )


def test_ruby_readings_do_not_break_words() -> None:
    """Readings set above Han characters are left out of the word they belong to."""
    body = body_of(
        "<article><p><ruby>外相<rt>がいしょう</rt></ruby>"
        "は火曜日、首都で記者団に対し、交渉を続ける考えを示した。</p>"
        "<p>両国は年内にもう一度会談を開くことで一致したと、関係者が明らかにした。</p></article>"
    )
    assert body.paragraphs[0] == "外相は火曜日、首都で記者団に対し、交渉を続ける考えを示した。"


def test_captions_are_kept_apart_with_their_credit() -> None:
    """A picture's caption is no paragraph; it comes with its credit, the lead picture first."""
    body = body_of(
        "<h1>Envoys meet</h1><figure><img src='a.jpg'><figcaption>The envoys at the gate"
        "<span class='credit'>House Agency</span></figcaption></figure>"
        f"<article>{paragraphs(FIRST)}<div class='pic'><img src='b.jpg'><p>A closed border "
        "post</p></div>"
        f"{paragraphs(SECOND, THIRD)}</article>",
        title="Envoys meet",
    )
    assert body.paragraphs == (FIRST, SECOND, THIRD)
    assert body.captions == (
        ("The envoys at the gate", "House Agency"),
        ("A closed border post", ""),
    )


def test_a_caption_inside_the_container_is_met_once() -> None:
    """The lead picture's caption comes once when it stands inside the text's container."""
    body = body_of(
        "<article><h1>Envoys meet</h1><figure><img src='a.jpg'><figcaption>The envoys at the gate"
        f"</figcaption></figure>{paragraphs(FIRST, SECOND, THIRD)}</article>",
        title="Envoys meet",
    )
    assert body.captions == (("The envoys at the gate", ""),)


@pytest.mark.parametrize(
    "caption",
    [
        "The envoys shake hands in the hall. (AP Photo/Jo Doe)",
        "▲ 회담장에 들어서는 대표단. 사진=연합뉴스",
        "代表团走进会场。（新华社记者摄）",
        "会談の会場に入る代表団＝首都で、代表撮影",
        "Photo: House Agency",
    ],
)
def test_captions_typed_as_paragraphs_are_told_by_their_credit(caption: str) -> None:
    """A caption that stands as a paragraph right after its picture is not text."""
    body = body_of(
        f"<article><p><img src='a.jpg'></p><p>{caption}</p>{paragraphs(FIRST, SECOND)}</article>"
    )
    assert body.paragraphs == (FIRST, SECOND)
    assert caption in {told for told, _ in body.captions}


def test_the_standfirst_above_the_text_comes_first() -> None:
    """The standfirst opens the body when it stands outside of the text's container."""
    lede = "After months of silence both capitals say that a meeting is worth more than none."
    body = body_of(
        f"<header><h1>Envoys meet</h1><p class='standfirst'>{lede}</p><p class='byline'>By Jo "
        "Doe</p></header>"
        f"<div class='text'>{paragraphs(FIRST, SECOND, THIRD)}</div>",
        title="Envoys meet",
        description=lede,
    )
    assert body.paragraphs == (lede, FIRST, SECOND, THIRD)


def test_headline_byline_and_biography_around_the_text_go() -> None:
    """Lines that repeat what the metadata say, and a line about the author, are left out."""
    body = body_of(
        "<article><h2>Envoys meet</h2><p>Jo Doe</p>"
        f"{paragraphs(FIRST, SECOND, THIRD, SECOND + ' So it was.')}"
        "<p>Jo Doe writes about the north from the capital.</p><h3>More to come</h3></article>",
        title="Envoys meet",
        authors=("Jo Doe",),
    )
    assert body.paragraphs == (FIRST, SECOND, THIRD, SECOND + " So it was.")


def test_lists_of_other_stories_inside_the_text_go() -> None:
    """A lead to other stories goes, and with it the linked list that follows it."""
    links = "".join(f"<li><a href='/{i}'>An older story {i}</a></li>" for i in range(4))
    body = body_of(
        f"<article>{paragraphs(FIRST)}<p><b>Read also:</b> <a href='/1'>An older story</a></p>"
        f"{paragraphs(SECOND)}<p>Related stories</p><ul>{links}</ul></article>"
    )
    assert body.paragraphs == (FIRST, SECOND)


def test_copies_of_a_ticker_do_not_outweigh_the_article() -> None:
    """Texts that stand twice on a page are weighed lightly against the one that stands once."""
    items = [
        f"A bulletin of some length about matter {i} was sent to all of the desks today."
        for i in range(3)
    ]
    ticker = "<div class='tick'>" + paragraphs(*items) + "</div>"
    body = body_of(
        f"{ticker}<div class='story'>{paragraphs(FIRST, SECOND, THIRD)}</div><div>{ticker}</div>"
    )
    assert body.paragraphs == (FIRST, SECOND, THIRD)


def test_a_profile_names_the_container_and_what_to_remove() -> None:
    """With a container given, nothing else is read, and removed elements are passed over."""
    html = (
        f"<div id='a'>{paragraphs(FIRST * 3)}</div>"
        f"<div id='b'>{paragraphs(SECOND)}<p class='x'>Not this one, please.</p>"
        f"{paragraphs(THIRD)}</div>"
    )
    body = read_text(html, container="#b", remove=".x, .y")
    assert body.paragraphs == (SECOND, THIRD)
    assert body.method == "profile"


def test_a_post_set_into_the_text_is_kept() -> None:
    """A short post of a social network that the story quotes stays, whatever box it is in."""
    post = "We are on our way to the meeting and will say more tonight."
    body = body_of(
        f"<article>{paragraphs(FIRST)}<div class='social-media-embed'><blockquote "
        "class='twitter-tweet'>"
        f"<p>{post}</p></blockquote></div>{paragraphs(SECOND)}</article>"
    )
    assert body.paragraphs == (FIRST, post, SECOND)


def test_a_short_text_before_a_wall_is_said_to_be_cut() -> None:
    """A page that asks for a subscription after two paragraphs has no full text."""
    body = body_of(
        f"<article>{paragraphs(FIRST, SECOND)}</article><div><p>Subscribe to continue "
        "reading</p></div>",
        nodes=({"@type": "NewsArticle", "isAccessibleForFree": False},),
    )
    assert body.access == "paywall"
    assert body_of(f"<article>{paragraphs(FIRST, SECOND)}</article>").access == "full"


def test_a_text_with_far_fewer_words_than_announced_is_a_stub() -> None:
    """The word count of the page's own data tells that most of the story is not there."""
    body = body_of(f"<article>{paragraphs(FIRST, SECOND)}</article>", nodes=({"wordCount": 900},))
    assert body.access == "stub"


@pytest.mark.parametrize(
    "inner", ["", "   ", "<script>var a = 1;</script>", "<div>Home</div>", f"{MENU}", "<frameset>"]
)
def test_pages_without_prose_are_refused_with_a_reason(inner: str) -> None:
    """A page that holds nothing that reads like an article raises the typed error."""
    with pytest.raises(NoArticle, match="no text that reads like an article"):
        body_of(inner)


def test_section_label_and_clock_above_the_text_are_no_paragraphs() -> None:
    """What stands between headline and text and only says where and when is left out."""
    body = body_of(
        f"{MENU}<article><p>Diplomacy</p><h1>Envoys meet</h1><p>00:27 November 24, 2026</p>"
        f"{paragraphs(FIRST, SECOND, THIRD)}</article>",
        title="Envoys meet",
        labels=("Diplomacy",),
    )
    assert body.paragraphs == (FIRST, SECOND, THIRD)
