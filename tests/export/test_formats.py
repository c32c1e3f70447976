"""Exports hold what the archive holds, in four scripts, and do no harm where they are opened."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.export import FORMATS, Record, write
from monitor.model import Article
from monitor.text import clean, one_line

SEEN = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
RECORDS = [
    Record(
        id=1,
        story=1,
        outlet="한빛일보",
        feed="hanbit",
        rules=("talks",),
        first_seen=SEEN,
        article=Article(
            url="https://example.org/1",
            title="한중 외교장관, “소통 강화” 합의",
            authors=("홍길동", "김영희"),
            published=SEEN,
            body=('첫 문단, 쉼표와 "따옴표".', "둘째 문단\n줄바꿈."),
            language="ko",
        ),
    ),
    Record(
        id=2,
        story=None,
        outlet="=cmd|'/c calc'!A1",
        feed="odd",
        rules=(),
        first_seen=SEEN,
        article=Article(
            url="javascript:alert(1)",
            title="<script>alert(1)</script>\x1b[31m\u202e",
            language="zh",
        ),
    ),
]


def exported(form: str) -> str:
    out = io.StringIO(newline="")
    assert write(RECORDS, form, out) == len(RECORDS)
    return out.getvalue()


def test_json_lines_come_back_whole() -> None:
    """Every field and paragraph can be read back as it was."""
    first, second = map(json.loads, exported("jsonl").splitlines())
    assert first["title"] == RECORDS[0].article.title
    assert first["body"] == list(RECORDS[0].article.body)
    assert first["authors"] == ["홍길동", "김영희"]
    assert second["story"] is None


def test_a_spreadsheet_reads_the_csv() -> None:
    """The bytes say UTF-8, cells keep commas, quotes and line breaks, and none is a formula."""
    text = exported("csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert rows[0]["title"] == RECORDS[0].article.title
    assert rows[0]["text"] == "\n".join(RECORDS[0].article.body)
    assert rows[1]["outlet"].startswith("'=")


def test_ris_has_what_a_reference_manager_wants() -> None:
    """Each record is one reference with its tags, and ends with ER."""
    text = exported("ris")
    first = text.split("ER  - ")[0].split("\r\n")
    for line in ("TY  - NEWS", "AU  - 홍길동", "T2  - 한빛일보", "DA  - 2026/11/23", "LA  - ko"):
        assert line in first
    assert text.count("TY  - NEWS") == text.count("ER  - ") == len(RECORDS)


@pytest.mark.parametrize("form", ["html", "markdown", "ris", "csv"])
def test_texts_from_the_web_do_no_harm(form: str) -> None:
    """Markup, scripts, control and bidi characters of a text are only text where it is shown."""
    text = exported(form)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert 'href="javascript:' not in text
    assert "(<javascript:" not in text
    if form == "html":
        assert "<script>" not in text


def test_every_format_takes_nothing() -> None:
    """An export of nothing is a valid document."""
    for form in FORMATS:
        assert write([], form, io.StringIO()) == 0


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
RECORD = st.builds(
    Record,
    id=st.integers(1, 2**31),
    story=st.none() | st.integers(1, 2**31),
    outlet=TEXT,
    feed=st.just("wire"),
    rules=st.tuples() | st.tuples(st.just("talks"), st.just("missiles")),
    first_seen=st.just(SEEN),
    article=st.builds(
        Article,
        url=st.just("https://example.org/1"),
        title=TEXT,
        authors=st.lists(TEXT.filter(bool), max_size=2).map(tuple),
        body=st.lists(TEXT, max_size=3).map(tuple),
        language=st.sampled_from(["", "en", "ko", "zh", "ja"]),
        published=st.none() | st.just(SEEN),
    ),
)


@given(st.lists(RECORD, max_size=4))
def test_exports_come_back(records: list[Record]) -> None:
    """Whatever a text holds, JSON Lines give it back, CSV and RIS without what harms a reader."""
    made = {}
    for form in ("jsonl", "csv", "ris"):
        out = io.StringIO(newline="")
        write(records, form, out)
        made[form] = out.getvalue()
    lines = [json.loads(line) for line in made["jsonl"].split("\n") if line]
    rows = list(csv.DictReader(io.StringIO(made["csv"][1:], newline="")))
    references = made["ris"].split("ER  - \r\n\r\n")[:-1]
    assert len(lines) == len(rows) == len(references) == len(records)
    for record, line, row, reference in zip(records, lines, rows, references, strict=True):
        article = record.article
        assert (line["title"], line["body"]) == (article.title, list(article.body))
        assert (line["id"], line["story"], line["outlet"]) == (
            record.id, record.story, record.outlet,
        )  # fmt: skip
        assert row["title"].removeprefix("'") == clean(article.title).removeprefix("'")
        assert row["text"].removeprefix("'") == clean("\n".join(article.body)).removeprefix("'")
        tags = [field.partition("  - ") for field in reference.split("\r\n") if field]
        told = {tag: value for tag, _, value in tags}
        assert told.get("TI", "") == one_line(article.headline)
        authors = [one_line(author) for author in article.authors]
        assert [value for tag, _, value in tags if tag == "AU"] == list(filter(None, authors))
        assert [value for tag, _, value in tags if tag == "KW"] == list(record.rules)
