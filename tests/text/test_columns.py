"""Lines that fit their columns in four scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from monitor.text.columns import breaks, flow, pad, width, wrap

TEXT = st.text(
    st.sampled_from("abc xyz,.  한국어中国，。“”（）「」日本ーっ…%-\u0301🚄"), max_size=120
)


@given(TEXT, st.integers(8, 40))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, columns: int) -> None:
    """Every line fits, and only blanks go missing."""
    lines = wrap(text, columns, first="1. ", rest="   ")
    assert all(cell_len(line) <= columns for line in lines)
    assert "".join(line[3:] for line in lines).replace(" ", "") == text.replace(" ", "")


@given(TEXT, st.integers(6, 40))
def test_breaks_are_in_order_and_leave_only_blanks_out(text: str, columns: int) -> None:
    """The cuts of a line follow each other, with nothing but blanks between them."""
    at = 0
    for start, end in breaks(text, columns):
        assert at <= start <= end
        assert not text[at:start].strip(" ")
        at = end
    assert not text[at:].strip(" ")


def test_chinese_breaks_between_characters_but_not_before_punctuation() -> None:
    """A full stop or closing quote never starts a line, an opening bracket never ends one."""
    text = "双方就“共同关心的问题”交换意见，并表示将继续保持沟通（详见公报）。" * 3
    for columns in range(8, 40):
        for line in wrap(text, columns)[1:]:
            assert line[0] not in "，。”）"
        for line in wrap(text, columns)[:-1]:
            assert line[-1] not in "“（"


def test_asterisks_stay_with_the_words_they_mark() -> None:
    """No line ends with an asterisk that opens a marked word, or begins with one that closes it."""
    text = (
        "双方就*中韩*关系交换意见，「*王毅*」同*韩国外长赵显*在*北京*会谈，*Seoul* said *so*。" * 3
    )
    for columns in range(16, 60):
        lines = wrap(text, columns)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        open_before = False
        for line in lines:
            first_closes = open_before and line.startswith("*")
            open_before ^= line.count("*") % 2 == 1
            assert not first_closes
            assert not (open_before and line.endswith("*"))


def test_korean_breaks_at_spaces_only() -> None:
    """A Korean word is not cut while it fits a line."""
    text = "합동참모본부는 오늘 아침 동해상으로 두 발을 발사했다고 밝혔다"
    assert " ".join(wrap(text, 20)).split() == text.split()


def test_an_address_longer_than_a_line_is_cut() -> None:
    """A word that fits no line is cut at the edge."""
    lines = wrap("see https://example.org/" + "a" * 100, 30)
    assert lines[0] == "see"
    assert all(len(line) == 30 for line in lines[1:-1])


def test_parts_flow_without_being_torn() -> None:
    """Parts stand in a row and go to the next line whole."""
    parts = ["flagged for 中国, 韩国", "score 6", "story 2", "also under tea"]
    assert flow(parts, 40) == ["flagged for 中国, 韩国  ·  score 6", "story 2  ·  also under tea"]
    assert max(map(width, flow(["word " * 30, "end"], 40))) <= 40


@given(TEXT, st.integers(3, 30))
def test_padding_gives_exactly_the_columns(text: str, columns: int) -> None:
    """A padded cell is as wide as asked, whatever is in it."""
    assert width(pad(text, columns)) == columns


@pytest.mark.parametrize("columns", [-7, -1, 0, 1])
@pytest.mark.parametrize("text", ["北京 talks in Seoul", "", "   ", "「中韓」"])
def test_a_window_without_room_ends_in_lines_of_one_character(text: str, columns: int) -> None:
    """However narrow a window is made, every character has its line, and there is an end."""
    lines = [text[start:end] for start, end in breaks(text, columns, columns - 2)]
    assert "".join(lines) == text.replace(" ", "")
    assert all(len(line) <= 1 for line in lines)
