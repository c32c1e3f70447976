"""Credits at the end of a paragraph, labels that stand several times, a page of a live blog."""

import pytest

from monitor.articles import Profiles, extract
from tests.articles.pages import CHINESE, KOREAN, PROSE


def body(*lines: str) -> tuple[str, ...]:
    """Read the text of a bare page with these paragraphs."""
    inside = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<body><h1>Council agrees to rebuild quay</h1><div>{inside}</div></body>"
    return extract(html, "https://quay.example/1", profiles=Profiles({})).body


@pytest.mark.parametrize(
    "credit",
    [
        " (Reporting by Ada Lindqvist; Editing by Bo Ferris)",
        " (Additional reporting by Ada Lindqvist in Seoul; writing by Bo Ferris)",
        " [Reporting by Ada Lindqvist]",
        " Reporting by Ada Lindqvist; Editing by Bo Ferris",
    ],
)
def test_a_credit_is_cut_out_of_the_last_paragraph(credit: str) -> None:
    """The paragraph that the credit hangs on stays."""
    assert body(*PROSE[:3], PROSE[3] + credit) == PROSE


def test_a_desk_editor_is_cut_out_of_a_chinese_paragraph() -> None:
    """The editor in brackets goes, the sentence before it stays."""
    assert body(*CHINESE[:3], CHINESE[3] + "（责任编辑：王小明）") == CHINESE


@pytest.mark.parametrize("labels", [("[앵커]", "[기자]"), ("Q:", "A:"), ("기자：", "장관：")])
def test_speakers_keep_their_labels(labels: tuple[str, str]) -> None:
    """A label stands before each speech, however often the speaker has the word."""
    first, second = labels
    told = (first, KOREAN[0], second, KOREAN[1], first, KOREAN[2], second, KOREAN[3])
    assert body(*told) == told


def test_results_stand_as_often_as_they_were_played() -> None:
    """Two matches that ended alike are two results."""
    told = (*PROSE[:2], "2-1", PROSE[2], "2-1", PROSE[3])
    assert body(*told) == told
