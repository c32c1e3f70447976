"""Lines at the end of a text that are no part of it."""

import pytest

from monitor.newsroom.credits import is_tail


@pytest.mark.parametrize(
    "line",
    [
        "(END)",
        "Copyright 2026 Harbour Post. All rights reserved.",
        "© Harbour Post",
        "ⓒ 항만일보",
        "<저작권자 ⓒ 항만일보, 무단 전재 및 재배포 금지>",
        "▶ 제보는 항만일보",
        "관련기사: 항만 폐쇄",
        "（责任编辑：某某）",
        "相關新聞：港口關閉",
        "延伸阅读：港口重开",
        "関連記事",
        "Related stories: the port reopens",
        "無断転載を禁じます",
    ],
)
def test_rights_editors_and_other_stories_are_no_text(line: str) -> None:
    """Whose a text is, who edited it and what else to read would count as words of the story."""
    assert is_tail(line)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law was on the table when China and South Korea met.",
        "Ending the war is the aim, he said.",
        "관련 부처는 협의를 이어갈 계획이다.",
        "编辑部的灯一直亮到深夜。",
        "関係者は「関連は不明」と述べた。",
        "Reading, England: the talks went on.",
        "相信港口很快重开。",
        "",
    ],
)
def test_the_same_words_in_a_sentence_are_text(line: str) -> None:
    """Sentences that begin with such words are read."""
    assert not is_tail(line)
