"""Who wrote it: people first, a house name only where nobody is named."""

from typing import Any

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, KOREAN, meta, page, structured


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ada Lindqvist"}, ("Ada Lindqvist",)),
        ([{"name": "Ada Lindqvist"}, {"name": "Bo Ferris"}], ("Ada Lindqvist", "Bo Ferris")),
        ("Ada Lindqvist and Bo Ferris", ("Ada Lindqvist", "Bo Ferris")),
        ({"name": "By Ada Lindqvist"}, ("Ada Lindqvist",)),
        ({"name": "Ada E Lindqvist"}, ("Ada E Lindqvist",)),
        ("Ada Lindqvist, Bo Ferris y Cy Marlow", ("Ada Lindqvist", "Bo Ferris", "Cy Marlow")),
        ({"name": "Ada Lindqvist (lin)"}, ("Ada Lindqvist",)),
        ({"name": "Von Ada Lindqvist und Bo Ferris"}, ("Ada Lindqvist", "Bo Ferris")),
        ({"name": "홍길동 기자"}, ("홍길동",)),
        ({"name": "記者王小明／台北報導"}, ("王小明",)),
    ],
)
def test_declared_authors_come_out_as_names(author: Any, names: tuple[str, ...]) -> None:
    """Prefixes, titles, initials and places around the names are left out, joint names split."""
    assert extract(page(head=structured(author=author))).authors == names


def test_a_person_in_the_byline_goes_before_the_house_in_the_data() -> None:
    """Where structured data name the outlet, the byline's person is the author."""
    html = page(
        head=structured(author={"@type": "Organization", "name": "Harbour Post"})
        + meta(og__site_name="Harbour Post"),
        top='<h1>Quay to be rebuilt</h1><p class="byline">By Ada Lindqvist</p>',
    )
    assert extract(html).authors == ("Ada Lindqvist",)


def test_the_house_is_given_when_nobody_is_named() -> None:
    """Without a person the house name is better than nothing."""
    html = page(
        head=structured(author={"name": "Harbour Post"}) + meta(og__site_name="Harbour Post")
    )
    assert extract(html).authors == ("Harbour Post",)


def test_bylines_of_teasers_are_not_the_authors() -> None:
    """A name on a teaser for another story is not this story's author."""
    html = page(
        top="<h1>Quay to be rebuilt</h1>",
        bottom='<div class="related-teaser"><span class="author">By Cy Marlow</span></div>',
    )
    assert extract(html).authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("홍길동 기자 gildong@example.kr", ("홍길동",)),
        ("(서울=연합뉴스) 홍길동 기자 =", ("홍길동",)),
        ("홍길동·김철수 기자", ("홍길동", "김철수")),
        ("[부두신문 홍길동 기자]", ("홍길동",)),
        ("[홍길동 MBN스타 기자]", ("홍길동",)),
        ("(서울·베이징=연합뉴스) 홍길동 김철수 특파원 =", ("홍길동", "김철수")),
        ("기자명 홍길동", ("홍길동",)),
    ],
)
def test_korean_signatures(line: str, names: tuple[str, ...]) -> None:
    """A reporter's line on a Korean page names the authors."""
    html = page(prose=KOREAN, bottom=f"<p>{line}</p>", lang="ko")
    assert extract(html).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("新海港报快讯（记者 王小明）" + CHINESE[1], ("王小明",)),
        ("撰文：王小明", ("王小明",)),
        ("（王小明／台北報導）", ("王小明",)),
        ("（中央社記者王小明台北30日電）" + CHINESE[1], ("王小明",)),
        ("（中央社記者王小明首爾30日專電）" + CHINESE[1], ("王小明",)),
        ("作者：王明北京大学教授", ("王明",)),
        ("海港晚报记者 王小明 李四", ("王小明", "李四")),
    ],
)
def test_chinese_signatures(line: str, names: tuple[str, ...]) -> None:
    """A reporter named in brackets, before a place or behind a label is the author."""
    html = page(prose=(line, *CHINESE), lang="zh")
    assert extract(html).authors == names


def test_japanese_signature_at_the_end() -> None:
    """Names in heavy brackets at the end of a Japanese text sign it."""
    prose = (
        "港の委員会は火曜日に三時間の会議を開き、北側の岸壁を造り直すことで合意した。",
        "工事は春に始まり、終わるまでに二年ほどかかる見通しだと委員会は説明している。【山田太郎、鈴木花子】",
    )
    assert extract(page(prose=prose * 2, lang="ja")).authors == ("山田太郎", "鈴木花子")


@pytest.mark.parametrize("opening", ["【ソウル＝山田太郎】", "【北京山田太郎】"])
def test_a_japanese_correspondents_dateline_signs(opening: str) -> None:
    """The name behind the place of a dateline is the author, an agency's there is none."""
    prose = "港の委員会は火曜日に三時間の会議を開き、北側の岸壁を造り直すことで合意した。"
    assert extract(page(prose=(opening + prose, prose), lang="ja")).authors == ("山田太郎",)
    assert extract(page(prose=("【北京＝共同】" + prose, prose), lang="ja")).authors == ()


def test_prose_about_reporters_names_nobody() -> None:
    """ "The reporter learned" is no byline, and a desk editor is no author."""
    prose = (CHINESE[0] + "记者了解到，工程费用尚未公布。", *CHINESE[1:])
    html = page(prose=prose, bottom="<p>责任编辑：王小明</p>", lang="zh")
    assert extract(html).authors == ()
