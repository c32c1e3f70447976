"""Reporters' lines: names beside the words of the trade, and nothing else."""

import pytest

from monitor.newsroom import behind_by, byline_spans, signed_by


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("ko", "홍길동 기자 gildong@example.kr", ("홍길동",)),
        ("ko", "(서울=연합뉴스) 홍길동 임꺽정 특파원 =", ("홍길동", "임꺽정")),
        ("ko", "취재 기자 여러 명이 모였다", ()),
        ("ko", "【서울=홍길동 기자】", ("홍길동",)),
        ("ko", "<홍길동 기자·이영희 인턴기자/ hong@example.kr>", ("홍길동", "이영희")),
        ("zh", "（记者 王小明）", ("王小明",)),
        ("zh", "記者王小明／台北報導", ("王小明",)),
        ("zh", "作者：王明北京大学教授", ("王明",)),
        ("zh", "记者了解到，工程费用尚未公布", ()),
        ("ja", "【ソウル＝山田太郎】", ("山田太郎",)),
        ("ja", "【北京・山田太郎】", ("山田太郎",)),
        ("ja", "【北京・共同】", ()),
        ("ja", "文：山田太郎", ("山田太郎",)),
        ("ja", "文・山田太郎、写真・鈴木花子", ("山田太郎",)),
        ("ja", "【写真提供】", ()),
        ("en", "By Ada Lindqvist", ()),
    ],
)
def test_a_signed_line_gives_its_names(language: str, line: str, names: tuple[str, ...]) -> None:
    """A name counts beside a reporter's word of its language, with a family name it may have."""
    assert signed_by([line], language) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Lindqvist", "Ada Lindqvist"),
        ("Von Ada Lindqvist", "Ada Lindqvist"),
        ("Autorin: Ada Lindqvist", "Ada Lindqvist"),
        ("By", ""),
        ("Bypass to be built", None),
    ],
)
def test_what_stands_behind_by(line: str, names: str | None) -> None:
    """The words behind "By" are the names; no "By", no answer."""
    assert behind_by(line) == names


def test_bylines_are_found_to_be_read_past() -> None:
    """The reporter's own name is no part of the story."""
    text = "Storm\nBy Kim Soo-jin\nThe ferry sank.\n홍길동 기자 = 항만이 닫혔다."
    spans = [text[start:end] for start, end in byline_spans(text, 6, 500)]
    assert spans == ["By Kim Soo-jin", "홍길동 기자"]
