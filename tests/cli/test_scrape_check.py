"""`monitor scrape --check FOLDER`: saved pages held against what should come out of them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.articles.pages import PROSE, meta, page
from tests.commands import monitor

HTML = page(
    head=meta(article__published_time="2024-09-30T09:58:00+09:00", og__site_name="Harbour Post"),
    top="<h1>Council agrees to rebuild quay</h1><p class=byline>By Ada Lindqvist</p>",
)
RIGHT = {
    "url": "https://harbourpost.example/quay",
    "title": "Council agrees to rebuild quay",
    "source": "Harbour Post",
    "authors": ["Ada Lindqvist"],
    "published": "2024-09-30T00:58:00Z",
    "section": None,
    "body": list(PROSE),
    "note": "in our own words",
}


def save(folder: Path, name: str, expected: dict[str, Any], packed: bool = False) -> None:
    folder.mkdir(exist_ok=True)
    if packed:
        (folder / f"{name}.html.gz").write_bytes(gzip.compress(HTML.encode()))
    else:
        (folder / f"{name}.html").write_text(HTML, "utf-8")
    (folder / f"{name}.json").write_text(json.dumps(expected), "utf-8")


def test_pages_as_expected_are_counted_and_no_more(tmp_path: Path) -> None:
    """Where nothing differs there is one line, and the exit code is 0."""
    save(tmp_path / "saved", "one", RIGHT)
    save(tmp_path / "saved", "two", RIGHT, packed=True)
    told = monitor("scrape", "--check", "saved", folder=tmp_path)
    assert (told.code, told.out) == (0, "2 pages, 0 differ\n")


def test_what_differs_is_shown_by_page_and_field(tmp_path: Path) -> None:
    """Each differing field is shown with what was expected and what came; the exit code is 1."""
    wrong = {**RIGHT, "title": "Quay rebuilt", "body": [*PROSE[:3], "One line more."]}
    save(tmp_path / "saved", "one", RIGHT)
    save(tmp_path / "saved", "two", wrong)
    told = monitor("scrape", "--check", "saved", folder=tmp_path)
    assert told.code == 1
    assert told.out.splitlines() == [
        "two: title, body",
        "  title - Quay rebuilt",
        "  title + Council agrees to rebuild quay",
        "  body - One line more.",
        f"  body + {PROSE[3]}",
        "2 pages, 1 differ",
    ]
    lines = monitor("scrape", "--check", "saved", "--json", folder=tmp_path).out.splitlines()
    assert json.loads(lines[0])["differences"] == {}
    assert set(json.loads(lines[1])["differences"]) == {"title", "body"}


def test_a_profile_of_ones_own_is_tried(tmp_path: Path) -> None:
    """With --profiles the check says whether a new site profile does what it should."""
    save(tmp_path / "saved", "one", {**RIGHT, "section": "Harbour"})
    profile = '[[site]]\ndomain = "harbourpost.example"\nsection = "nav a[href=\'/world/\']"\n'
    (tmp_path / "mine.toml").write_text(profile, "utf-8")
    told = monitor("scrape", "--check", "saved", "--profiles", "mine.toml", folder=tmp_path)
    assert "section - Harbour" in told.out
    assert "section + World" in told.out


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ('{"titel": "x"}', 'did you mean "title"?'),
        ('{"published": "yesterday"}', "expected ISO 8601"),
        ("[]", "expected an object of fields"),
        ("{", "cannot be read"),
        (None, "missing"),
    ],
)
def test_a_broken_corpus_is_one_line(tmp_path: Path, expected: str | None, words: str) -> None:
    """What is wrong with the folder is told with the file, and the exit code is 2."""
    save(tmp_path / "saved", "one", RIGHT)
    where = tmp_path / "saved" / "one.json"
    if expected is None:
        where.unlink()
    else:
        where.write_text(expected, "utf-8")
    told = monitor("scrape", "--check", "saved", folder=tmp_path)
    assert told.code == 2
    assert words in told.err
    assert "one.json" in told.err


@pytest.mark.parametrize("arguments", [["--check", "none"], [], ["a.html", "--check", "saved"]])
def test_a_page_or_a_folder_has_to_be_given(tmp_path: Path, arguments: list[str]) -> None:
    """Neither, both, or a folder that is not there is wrong usage."""
    assert monitor("scrape", *arguments, folder=tmp_path).code == 2
