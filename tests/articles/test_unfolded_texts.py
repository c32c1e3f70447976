"""Texts in elements that are as often something else: quotations, questions, templates."""

import pytest

from monitor.articles import extract
from tests.articles.pages import PROSE

URL = "https://quay.example/2026/05/30/quay"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _body(markup: str, title: str) -> tuple[str, ...]:
    page = f"<html><head><title>{title}</title></head><body>{markup}</body></html>"
    return extract(page, URL).body


def test_a_whole_text_in_quotation_stays_with_what_introduces_it() -> None:
    """A statement in full shares no word with a headline that only calls it one."""
    title = "Full text: the minister's remarks"
    first = "The following is the full text of the remarks that the minister's office published."
    body = f"<h1>{title}</h1><p>{first}</p><blockquote>{_paragraphs(*PROSE)}</blockquote>"
    assert _body(body, title) == (first, *PROSE)


def test_answers_that_unfold_are_text() -> None:
    """Questions and answers in a row of `details` elements are the text below its opening."""
    title = "Your questions about the northern quay"
    asked = ("How long does it take?", "Who asked for less?", "Where do boats land?")
    boxes = zip(asked, PROSE[1:], strict=True)
    told = "".join(f"<details><summary>{q}</summary><p>{a}</p></details>" for q, a in boxes)
    pairs = [line for pair in zip(asked, PROSE[1:], strict=True) for line in pair]
    assert _body(f"<h1>{title}</h1><p>{PROSE[0]}</p>{told}", title) == (PROSE[0], *pairs)


@pytest.mark.parametrize("tag", ["noscript", "template", "template shadowrootmode=open"])
def test_a_text_that_a_script_takes_from_the_page_is_read(tag: str) -> None:
    """Where elements hold no text, the markup that stands ready for a script has it."""
    title = "Harbour council agrees to rebuild the northern quay"
    end = tag.partition(" ")[0]
    body = f"<h1>{title}</h1><div id=here></div><{tag}>{_paragraphs(*PROSE)}</{end}>"
    assert _body(body, title) == PROSE
