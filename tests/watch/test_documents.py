"""An article laid out for matching: its zones, sentences, and what is none of it."""

from datetime import UTC, datetime

import pytest

from monitor.model import Article, Feed
from monitor.watch.engine.document import MAX_CHARACTERS, Document

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
BLANK = "\x1f"


def laid_out(title: str, *body: str, standfirst: str = "", language: str = "en") -> Document:
    article = Article(title=title, standfirst=standfirst, body=body, language=language)
    return Document(article, now=NOW)


def test_a_place_is_in_its_paragraph_and_sentence() -> None:
    """The headline is one sentence, whatever its points; the standfirst stands before the body."""
    document = laid_out("Fire. Out.", "One. Two.", "Three", standfirst="Why.")
    text = document.text
    assert text == "Fire. Out.\nWhy.\nOne. Two.\nThree"
    assert [document.paragraph(text.index(word))[0] for word in ("Out", "Why", "Two", "Three")] == [
        -1, -2, 0, 1,
    ]  # fmt: skip
    for word, sentence in (
        ("Out", "Fire. Out."),
        ("One", "One."),
        ("Two", "Two."),
        ("Thr", "Three"),
    ):
        start, end = document.sentence(text.index(word))
        assert text[start:end] == sentence
    assert document.sentence(document.headline_end) == (0, document.headline_end)
    indented = laid_out("Fire", "  One. Two.", " ", "Three.")
    spans = [indented.sentence(at) for at in (5, 7, 12, 17)]
    assert [indented.text[a:b].strip() for a, b in spans] == ["One.", "One.", "Two.", ""]
    assert spans[-1] == (17, 18)
    assert [text[a:b].strip() for a, b in document.sentences()] == [
        "Fire. Out.", "Why.", "One.", "Two.", "Three",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "length"), [("en", 700), ("ko", 350), ("zh", 260), ("ja", 260), ("fr", 700)]
)
def test_the_lede_is_two_paragraphs_and_no_more_than_120_words(language: str, length: int) -> None:
    """It ends with the second paragraph, or with the sentence in which the words are used up."""
    title, first = "Title", "a" * (length - 2)
    two = laid_out(title, first, "b", "c", language=language)
    assert two.text[: two.lede_end] == f"Title\n{first}\nb\n"
    assert [two.zone(two.text.index(one)) for one in ("T", "aa", "b", "c")] == [
        "headline", "lede", "lede", "body",
    ]  # fmt: skip
    assert two.zone(two.headline_end) == "headline"
    assert two.zone(two.headline_end + 1) == "lede"
    assert (two.zone(two.lede_end - 1), two.zone(two.lede_end)) == ("lede", "body")
    long = laid_out(title, "Word it. " * 200, language=language)
    assert 0 < long.lede_end - len(title) - 1 - length <= len("Word it. ")
    assert long.text[: long.lede_end].endswith(" it.")
    assert laid_out(title, standfirst="Why.").lede_end == len("Title\nWhy.")


def test_a_hostile_article_is_cut() -> None:
    """Nothing beyond 200,000 characters is read, and every place before has its paragraph."""
    document = laid_out("T", *["word. " * 100] * 400)
    assert len(document.text) == len(document.printed) == MAX_CHARACTERS
    position, start, end = document.paragraph(MAX_CHARACTERS - 1)
    assert start < MAX_CHARACTERS == end
    assert document.printed[start - 1] == "\n"
    assert position == (start - 2) // 601
    assert document.sentences()[-1][1] == MAX_CHARACTERS
    assert laid_out("T" * (MAX_CHARACTERS + 5)).headline_end == MAX_CHARACTERS


def test_a_break_inside_a_paragraph_is_a_space() -> None:
    """So that the paragraphs stay those of the article."""
    document = laid_out("A\nb", "c\nd", "e")
    assert document.printed == "A b\nc d\ne"
    assert document.paragraph(document.printed.index("d"))[0] == 0
    assert laid_out("A\nb", "c", "d").printed == "A b\nc\nd"


def test_day_and_country_are_those_of_article_and_feed() -> None:
    """The day of publication, else today; the feed's country before another's."""
    article = Article(title="x", published=datetime(2026, 11, 20, tzinfo=UTC), language="en-GB")
    feed = Feed("one", "https://a.example/", country="KR", language="ko")
    document = Document(article, feed, now=NOW, country="CN")
    assert (document.day, document.country, document.feed) == ("2026-11-20", "KR", "one")
    assert document.language == document.variety == "en"
    nothing = Document(Article(title="x"), Feed("two", "https://a.example/"), now=NOW, country="CN")
    assert (nothing.day, nothing.country) == ("2026-11-23", "CN")


@pytest.mark.parametrize(
    ("title", "language", "feed_language", "variety"),
    [
        ("中韩外长会谈", "", "", "zh-Hans"), ("中韓外長會談", "zh", "", "zh-Hant"),
        ("한중 외교장관 회담", "", "", "ko"), ("日中韓の外相が会談", "", "", "ja"),
        ("東京会談", "", "ja", "ja"), ("東京会談", "ZH-tw", "ja", "zh-Hant"),
    ],
)  # fmt: skip
def test_a_language_that_nobody_says_is_guessed(
    title: str, language: str, feed_language: str, variety: str
) -> None:
    """By script, then by the feed's."""
    feed = Feed("one", "https://a.example/", language=feed_language)
    document = Document(Article(title=title, language=language), feed, now=NOW)
    assert (document.language, document.variety) == (variety[:2], variety)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A headline of some words - Reuters", "A headline of some words"),
        ("A headline of some words | The Korea Herald", "A headline of some words"),
        ("A headline of some words｜Wire", "A headline of some words｜Wire"),  # no space around
        ("A headline of some words ｜ Wire", "A headline of some words"),
        ("A headline of some words — Wire", "A headline of some words"),
        ("Thirteen char - AP", "Thirteen char"),
        ("Twelve chars - AP", "Twelve chars - AP"),  # too short to go without its end
        ("A headline of some words – x", "A headline of some words – x"),
        ("Talks fail: North - Reuters says it all over again and so on and on", None),
    ],
)
def test_the_outlet_behind_a_headline_is_none_of_it(title: str, shown: str | None) -> None:
    """Blanked out one for one, where enough is left."""
    document = laid_out(title, "x")
    headline = document.text[: document.headline_end]
    assert document.text[document.headline_end :] == "\nx"
    assert len(headline) == len(title)
    assert headline.rstrip(BLANK) == (title if shown is None else shown)


@pytest.mark.parametrize("take", ["(LEAD)", "(2nd LEAD)", "[Lead]", "(LEAD 3)", "LEAD:"])
def test_the_take_of_an_agency_is_none_of_a_headline(take: str) -> None:
    """Its "lead" is no race of two countries; a verb of that name stays."""
    document = laid_out(f"{take} Korea, China lead in ships", "x")
    assert document.text == f"{BLANK * len(take)} Korea, China lead in ships\nx"


@pytest.mark.parametrize("url", ["desk@wire.example", "https://wire.example/seoul?q=1"])
def test_an_address_is_none_of_an_article(url: str) -> None:
    """Of a mail or of a page."""
    document = laid_out("Talks", f"See {url} now.")
    assert document.text == f"Talks\nSee {BLANK * len(url)} now."


def test_datelines_bylines_addresses_and_tails_are_blank() -> None:
    """Each is as long as before, and only there."""
    body = (
        "SEOUL, Sept. 30 (Yonhap) -- China spoke.",
        "By Kim Soo-jin",
        "Write to desk@wire.example or https://wire.example/seoul now.",
        "So it went.",
        "Copyright 2026 Seoul Wire. All rights reserved.",
    )
    document = laid_out("Talks", *body)
    lines = document.text.split("\n")
    assert [len(line) for line in lines] == [5, *map(len, body)]
    words = [" ".join(line.replace(BLANK, " ").split()) for line in lines]
    assert words == ["Talks", "China spoke.", "", "Write to or now.", "So it went.", ""]
    inside = laid_out("Talks in Seoul", "At noon, at last. BEIJING (Yonhap) -- China spoke.").text
    assert (
        " ".join(inside.replace(BLANK, " ").split())
        == "Talks in Seoul At noon, at last. China spoke."
    )
