"""Credits at the end of a paragraph, labels that stand several times, a page of a live blog."""

import pytest

from monitor.articles import Profiles, extract
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, page


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


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "（完）"),
        ("zh", "#码头 #渔民"),
        ("zh", "（譯者：李華／核稿：王剛）1150530"),
        ("zh", "总监制：王刚 记者：李华 编辑：张三"),
        ("ko", "온라인뉴스팀"),
        ("ko", "기자 프로필"),
        ("ko", "#항만 #어민"),
        ("ja", "［港湾新聞］"),
        ("ja", "最終更新:5/30(土) 9:05"),
        ("ja", "取材協力：港湾庁"),
        ("en", "-0-"),
        ("en", "Editor: Ada Lindqvist"),
        ("en", "(If you want to contribute, please contact us at opinions@post.example.)"),
        ("en", "lin"),
    ],
)
def test_what_closes_a_text_is_told_by_its_shape(language: str, line: str) -> None:
    """Marks, hashtags, desks, credits and contacts at the end are none of the text."""
    prose = {"zh": CHINESE, "ko": KOREAN, "ja": JAPANESE, "en": PROSE}[language]
    html = page(top="<h1>Quay</h1>", prose=prose, bottom=f"<p>{line}</p>", lang=language)
    assert extract(html, "https://quay.example/1").body == prose


@pytest.mark.parametrize("line", ["Thank you.", "谢谢大家！", "“무엇도 정해지지 않았다.”"])
def test_a_short_last_sentence_stays(line: str) -> None:
    """What ends as a sentence does is text, however short."""
    html = page(top="<h1>Quay</h1>", bottom=f"<p>{line}</p>")
    assert extract(html, "https://quay.example/1").body == (*PROSE, line)


def test_the_items_of_a_last_list_stay() -> None:
    """A text may end in a list of words."""
    items = "<ul><li>Rope</li><li>Tar</li><li>Nets</li></ul>"
    html = page(
        top="<h1>Quay</h1>", bottom=f"<p>The shop sells three things at the pier:</p>{items}"
    )
    assert extract(html, "https://quay.example/1").body[-3:] == ("Rope", "Tar", "Nets")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "World | Asia"),
        ("en", "Listen to this article"),
        ("en", "A A A"),
        ("ko", "정치 &gt; 북한"),
        ("zh", "字号：大 中 小"),
    ],
)
def test_a_label_above_the_text_is_none_of_it(language: str, line: str) -> None:
    """Sections, players, sizes of type and bureaus are told by being short and no sentence."""
    prose = {"zh": CHINESE, "ko": KOREAN, "en": PROSE}[language]
    html = page(top=f"<h1>Quay</h1><p>{line}</p>", prose=prose, lang=language)
    assert extract(html, "https://quay.example/1").body == prose


def test_a_linked_headline_behind_a_label_in_brackets_leads_elsewhere() -> None:
    """The label of a lead to another story need not be known."""
    lead = '<p>[관련] <a href="/x">연락선 운항 재개</a></p>'
    html = page(top=f"<h1>부두</h1><p>{KOREAN[0]}</p>{lead}", prose=KOREAN[1:], lang="ko")
    assert extract(html, "https://quay.example/1").body == KOREAN
