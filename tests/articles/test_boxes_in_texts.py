"""Boxes that pages set among the paragraphs and below them, whatever the paragraphs are made of."""

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
FORMS = {
    "p": "<p>{}</p>",
    "div": "<div>{}</div>",
    "br": "{}<br><br>",
    "span": "<div><span>{}</span></div>",
    "block": "<section><div><p>{}</p></div></section>",
}
BOXES = {
    "player": "<div><button>▶</button><span>Listen to this story, 4 min</span></div>",
    "appeal": "<div><b>News is dear</b><p>Give what you can today.</p><a href=/g>Give</a></div>",
    "letter": "<section><p>The Quay Letter</p><p>Each day at six.</p><button>OK</button></section>",
    "poll": "<div><p>Is it right?</p><input type=radio><input type=radio><p>91 votes</p></div>",
}
TEXTS = {"en": PROSE, "ko": KOREAN, "zh": CHINESE, "ja": JAPANESE}


def _read(story: str, beside: str = "", language: str = "en", title: str = TITLE) -> Article:
    body = f"<main><h1>{title}</h1><p>30 May 2026</p><div>{story}</div>{beside}</main>"
    return extract(f"<html lang={language}><body>{body}</body></html>")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
def test_a_box_that_wants_something_is_no_text(box: str, form: str) -> None:
    """A box with a button, a field or a link is left out in texts of all kinds of elements."""
    told = [form.format(line) for line in PROSE]
    assert _read("".join((*told[:3], box, *told[3:]))).body == PROSE


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_box_of_facts_stays(form: str) -> None:
    """A heading with a list or a sentence is the story's where nothing is to be done there."""
    box = "<div><h4>The quay</h4><p>It was built in 1911.</p><p>It is 90 metres long.</p></div>"
    told = [form.format(line) for line in PROSE]
    read = _read("".join((*told[:3], box, *told[3:]))).body
    assert read == (
        *PROSE[:3],
        "The quay",
        "It was built in 1911.",
        "It is 90 metres long.",
        *PROSE[3:],
    )


def test_the_parts_of_a_digest_with_a_link_each_stay() -> None:
    """Where boxes with links hold the text, they are it."""
    part = "<div><h3>Matter {n}</h3><p>{text}</p><a href=/{n}>Read it all</a></div>"
    parts = "".join(part.format(n=n, text=text) for n, text in enumerate(PROSE))
    assert set(PROSE) <= set(_read(parts).body)


UNIT = "<li><b>quay{n}</b> <i>{age}</i><p>{text}</p></li>"
SAID = "Nobody asked those who have been fishing there for {n} years, as usual."
LABELS = {
    "en": ("Reader comments", "3h"),
    "ko": ("전체 댓글 12", "3시간 전"),
    "zh": ("热门评论", "5小时前"),
    "ja": ("みんなのコメント 12件", "3時間前"),
}


@pytest.mark.parametrize("tag", ["li", "div", "article"])
@pytest.mark.parametrize("language", LABELS)
def test_one_announced_comment_is_no_text(language: str, tag: str) -> None:
    """Below a label that ends in "comments" a name with what somebody wrote is a thread."""
    label, age = LABELS[language]
    unit = UNIT.replace("li>", f"{tag}>").format(n=3, age=age, text=SAID.format(n=30))
    prose = TEXTS[language]
    thread = f"<div><h3>{label}</h3><div>{unit}</div></div>"
    assert _read(paragraphs(*prose), thread, language, prose[0][:20]).body == prose


@pytest.mark.parametrize("age", ["3h", "12 minutes ago", "3시간 전", "2026.05.30 14:02"])
def test_names_with_a_clock_below_the_text_are_readers(age: str) -> None:
    """Two or more units that open with a name and a time are a thread without any label."""
    units = (UNIT.format(n=n, age=age, text=SAID.format(n=30 + n)) for n in range(3))
    thread = f"<div><h3>Join in</h3>{''.join(units)}</div>"
    assert _read(paragraphs(*PROSE), thread).body == PROSE


@pytest.mark.parametrize(
    "name", ["<h3>Quay is closed</h3><i>3h</i>", "<b>Tuesday, 26 May 2026</b>"]
)
def test_posts_with_headings_and_the_days_of_a_chronicle_stay(name: str) -> None:
    """A live blog's headings and the days of a chronicle open no comments."""
    parts = [f"<div>{name}<p>{SAID.format(n=30 + n)}</p></div>" for n in range(3)]
    read = _read(paragraphs(*PROSE), f"<div>{''.join(parts)}</div>").body
    assert {SAID.format(n=30 + n) for n in range(3)} <= set(read)


BIOGRAPHIES = {
    "en": ("By Ada Lindqvist", "Ada Lindqvist is a reporter in Oslo."),
    "ko": ("홍길동 기자", "홍길동 기자는 십 년째 항만을 취재하고 있다."),
    "zh": ("记者 王明", "王明，驻首尔记者，从事国际报道多年。"),
    "ja": ("編集委員 山田太郎", "山田太郎　ソウル特派員。国際報道に長く携わる。"),
}


@pytest.mark.parametrize("language", BIOGRAPHIES)
def test_who_the_writer_is_ends_a_short_text_too(language: str) -> None:
    """A last sentence that begins with the writer's name is none of the text, but answers are."""
    byline, biography = BIOGRAPHIES[language]
    prose = TEXTS[language][:2]
    title = prose[0][:20]
    story = f"<p>{byline}</p>{paragraphs(*prose)}"
    assert _read(f"{story}<p>{biography}</p>", language=language, title=title).body == prose
    answer = f"{_read(story, language=language, title=title).authors[0]}: {prose[0]}"
    assert _read(f"{story}<p>{answer}</p>", language=language, title=title).body[-1] == answer


def test_short_paragraphs_in_a_cell_of_layout_stay() -> None:
    """A table that holds the whole text is no table of facts."""
    told = ("Talks go on.", *PROSE[:2], "No one was hurt.", *PROSE[2:], "They wait.")
    story = f"<table><tr><td>{paragraphs(PROSE[0], *told)}</td></tr></table>"
    assert _read(story).body == tuple(dict.fromkeys((PROSE[0], *told)))


def test_a_ticker_below_a_flash_is_none_of_it() -> None:
    """Lines with a clock each that speak of other things end an item of one sentence."""
    items = "".join(
        f"<li>0{n}:40 {line}</li>"
        for n, line in enumerate(("Trains run again on the coast", "Shares end a week of gains"))
    )
    ticker = f"<div class=l><h3>Right now</h3><ul>{items}</ul></div>"
    app = "<div class=a><p>Read all of it first, wherever you may be, on your phone.</p></div>"
    assert _read(f"<p>{PROSE[0]}</p>", ticker + app).body == PROSE[:1]


def test_who_the_writer_is_below_a_name_above_the_text_is_no_standfirst() -> None:
    """A name with a sentence on its bearer below it gives the writer, and none of the text."""
    card = "<div><div>Ada Berg</div><div>Ada Berg is the port editor of the Quay Post.</div></div>"
    page = f"<main><h1>{TITLE}</h1>{card}<div>{paragraphs(*PROSE)}</div></main>"
    article = extract(f"<html><body>{page}</body></html>")
    assert (article.authors, article.standfirst, article.body) == (("Ada Berg",), "", PROSE)


def test_questions_that_unfold_among_the_paragraphs_are_text() -> None:
    """A `details` beside the paragraphs is the story's, one that stands elsewhere is not."""
    question = "<details><summary>{}</summary><p>{}</p></details>"
    asked = question.format("When does it begin?", "Work begins in May and ends in autumn.")
    other = question.format("May I print this?", "You may, with a link to us and under our terms.")
    read = _read(paragraphs(*PROSE) + asked, f"<section>{other}</section>").body
    assert read == (*PROSE, "When does it begin?", "Work begins in May and ends in autumn.")


@pytest.mark.parametrize(
    "line",
    [
        "<address>1 Quay Street, Port Town, is where we are to be found.</address>",
        "<p>To read the release as a file you need Adobe Reader on your machine.</p>",
        "<p>Advertisement - Scroll to continue</p>",
    ],
)
def test_addresses_and_notes_to_readers_are_no_text(line: str) -> None:
    """Where an office is and what its files need are told by element and name, labels by parts."""
    assert _read(paragraphs(*PROSE[:3]) + line + paragraphs(PROSE[3])).body == PROSE


def test_answers_that_a_button_unfolds_stay() -> None:
    """Several boxes of a question, a button and an answer are the story's."""
    answer = "<p>It is shut for {n} weeks, the council says.</p>"
    item = f"<div><h3>Is pier {{n}} shut?</h3><button>+</button>{answer}</div>"
    items = "".join(item.format(n=n) for n in range(3, 6))
    read = _read(paragraphs(*PROSE) + items).body
    assert {f"It is shut for {n} weeks, the council says." for n in range(3, 6)} <= set(read)


def test_a_story_on_somebody_keeps_its_first_sentence() -> None:
    """A name above a sentence that begins with it is no writer's where the story names it again."""
    told = (
        "Ada Berg",
        "Ada Berg is the first woman to run the port.",
        *PROSE,
        "Ms. Berg will stay.",
    )
    assert _read(paragraphs(*told)).body[-len(told) + 1 :] == told[1:]
