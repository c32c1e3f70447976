"""An item of one sentence on a page that holds far more text than the item."""

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, KOREAN, PROSE

URL = "https://quay.example/2026/05/30/quay"
ITEMS = {
    "en": (
        "North fires missiles off east coast",
        "The North fired several missiles off its east coast on Friday, the military said.",
        PROSE,
    ),
    "ko": (
        "[속보] 북한 동해상으로 탄도미사일 발사",
        "합동참모본부는 28일 북한이 동해상으로 탄도미사일을 발사했다고 밝혔다.",
        KOREAN,
    ),
    "zh": (
        "韩国军方：朝鲜发射弹道导弹",
        "韩国联合参谋本部28日说，朝鲜当天上午向东部海域发射弹道导弹。",
        CHINESE,
    ),
}
BESIDE = {
    "cards": (
        "<section>{}</section>",
        "<article class=card><h3><a href=/1>{0}</a></h3>{1}</article>",
    ),
    "clocks": ("<div><h2>More</h2>{}</div>", "<div class=r><span>10:12</span>{1}</div>"),
    "items": ("<ul>{}</ul>", "<li><a href=/1>{0}</a>{1}</li>"),
    "a notice": ("<div>{}</div>", "{1}"),
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE.keys())
@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_what_speaks_of_something_else_is_no_part_of_a_flash(
    language: str, beside: tuple[str, str]
) -> None:
    """Other stories, tickers and notices around a sentence are left out, however long they are."""
    title, text, others = ITEMS[language]
    around, unit = beside
    units = "".join(unit.format(other[:30], f"<p>{other}</p>") for other in others)
    item = f"<div><h1>{title}</h1><div><p>{text}</p></div></div>"
    page = f"<title>{title}</title><main>{item}{around.format(units)}</main>"
    assert extract(page, URL).body == (text,)


@pytest.mark.parametrize("title", ["Council agrees to rebuild quay", "Notes of a harbour town"])
def test_a_text_below_a_box_with_headline_and_opening_stays(title: str) -> None:
    """A text that comes back to its opening, or an opening that is not the headline's, stays."""
    head = f"<header><h1>{title}</h1><p>{PROSE[0]}</p></header>"
    text = "".join(f"<p>{line}</p>" for line in PROSE[1:])
    page = f"<title>{title}</title><main>{head}<div>{text}</div></main>"
    assert extract(page, URL).body == PROSE


def test_the_parts_of_a_briefing_stay() -> None:
    """Below the gravest item of a day come others, each under its heading."""
    title = "Friday briefing: North fires missiles off east coast"
    head = f"<header><h1>{title}</h1><p>{ITEMS['en'][1]}</p></header>"
    parts = "".join(f"<h2>Part {n} of the day</h2><p>{line}</p>" for n, line in enumerate(PROSE))
    page = f"<title>{title}</title><main>{head}<div>{parts}</div></main>"
    assert extract(page, URL).body[-1] == PROSE[-1]


@pytest.mark.parametrize(
    ("language", "count"), [("en", "Comments (6)"), ("ko", "댓글 6"), ("zh", "评论 6")]
)
def test_announced_comments_below_a_flash_are_none_of_it(language: str, count: str) -> None:
    """A line that announces comments ends a story of one sentence as well."""
    title, text, _ = ITEMS[language]
    unit = "<div class=u><b>user{0}</b><p>{1} {0}</p><a href=#>R</a></div>"
    answers = "".join(unit.format(n, f"{text[:30]}…? {text}") for n in range(6))
    page = f"<title>{title}</title><div><h1>{title}</h1><div>{text}</div>"
    assert extract(f"{page}<div><h3>{count}</h3>{answers}</div></div>", URL).body == (text,)


@pytest.mark.parametrize("tag", ["div", "article"])
@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_teasers_beside_a_flash_are_none_of_it(language: str, tag: str) -> None:
    """Four linked headlines with a sentence each outweigh one sentence, and are other stories.

    The only `article` of a page is its story, though the headline stands above it.
    """
    title, text, others = ITEMS[language]
    box = "<div class=b><h3><a href=/{0}>{1}</a></h3><p>{1} {2}</p></div>"
    boxes = "".join(box.format(n, line[:30], text[:9]) for n, line in enumerate(others))
    item = f"<h1>{title}</h1><{tag}><p>{text}</p></{tag}>"
    page = f"<title>{title}</title><div>{item}<div>{boxes}</div></div>"
    assert extract(page, URL).body == (text,)


def test_an_article_element_among_paragraphs_is_an_inset() -> None:
    """What is set between a story's paragraphs speaks of something else."""
    title, text, others = ITEMS["en"]
    inset = "<article>Ferry fares are to rise in spring. It is the price of fuel.</article>"
    lines = [f"<p>{line}</p>" for line in (text, *others)]
    page = f"<title>{title}</title><h1>{title}</h1><div>{lines[0]}{lines[1]}{inset}{lines[2]}</div>"
    assert extract(page, URL).body == (text, *others[:2])
