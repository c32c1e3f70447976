"""No page takes more work than its size."""

import contextlib

import pytest

from monitor.articles import extract
from monitor.errors import NoArticle
from tests.budget import within

HEAD = "<html><title>Talks held</title><body><article><h1>Talks held</h1>"
TEXT = "<p>The ministers met in Seoul on Tuesday and agreed to meet again, aides said.</p>"
SCRIPT = '<script type="application/ld+json">'
HOSTILE = {
    "elements without end": HEAD + f"<div>{TEXT}" * 5_000 + "<b>" * 100_000,
    "many attributes": HEAD + "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + TEXT,
    "a word of a million letters": HEAD + "<p>" + "x" * 1_000_000 + TEXT,
    "a line of blanks": HEAD + "<p>" + "\u00a0" * 400_000 + "x" + TEXT,
    "nested JSON": SCRIPT + '{"author":' * 50_000 + "</script>" + HEAD + TEXT,
    "scripts that push": f"<script>{'self.__next_f.push([' * 20_000}</script>" + HEAD + TEXT,
    "escaped quotation marks": "<script>" + '"\\" ' * 100_000 + "</script>" + HEAD,
    "names without end": HEAD + "<p class=byline>By " + "Ann Lee and " * 40_000 + "</p>" + TEXT,
    "dates without end": HEAD + "<p>" + "2026-11-12 10:00 " * 40_000 + TEXT,
    "agencies without end": HEAD + "<p>（" + "新华社记者" * 100_000 + TEXT,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends(name: str) -> None:
    """What would take minutes by its square is read or refused at once."""

    def read() -> None:
        with contextlib.suppress(NoArticle):
            extract(HOSTILE[name], "https://wire.example/a")

    within(6, read)
