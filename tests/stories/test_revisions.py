"""What changed between two sightings of one article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from monitor.model import Article
from monitor.stories import diff, is_new_revision, notice, render_diff_text

FERRY = Article(
    title="Ferry found adrift with 41 aboard",
    body=(
        "A ferry with 41 people aboard was found adrift on Tuesday, the coast guard said.",
        "Two patrol ships were sent to tow it to port. No one was hurt.",
        "The operator said an engine had failed.",
    ),
    language="en",
)
KOREAN = Article(
    title="여객선 표류",
    body=("승객 41명을 태운 여객선이 표류하다 발견됐다.", "부상자는 없다."),
    language="ko",
)
CHINESE = Article(
    title="渡轮漂流获救", body=("载有41人的渡轮周二被发现在海上漂流。", "无人受伤。"), language="zh"
)


def changed(article: Article, old: str, new: str) -> Article:
    return structs.replace(
        article, body=tuple(paragraph.replace(old, new) for paragraph in article.body)
    )


@pytest.mark.parametrize(
    "again",
    [
        FERRY,
        changed(FERRY, "ferry with", "ferry  with"),
        changed(FERRY, " on ", "\u00a0on "),
        structs.replace(FERRY, body=(*FERRY.body, "Views 1,204")),
        structs.replace(FERRY, body=("5 minutes ago", *FERRY.body)),
        structs.replace(FERRY, body=(*FERRY.body, "Last updated: Nov. 17, 2026 10:31 KST")),
        structs.replace(FERRY, body=(*FERRY.body, "Copyright (c) Harbour Daily")),
        structs.replace(FERRY, body=(*FERRY.body, "입력 2026.11.17 10:31")),
        structs.replace(FERRY, body=(*FERRY.body, "   ")),
        structs.replace(FERRY, body=(" ".join(FERRY.body),)),
        structs.replace(FERRY, section="World", caption="A ferry", notes=("x",)),
    ],
)  # fmt: skip
def test_noise_is_no_revision(again: Article) -> None:
    """Spaces, counters, stamps, rights and paragraph breaks make no revision."""
    assert not is_new_revision(FERRY, again)
    assert notice(FERRY, again) is None


def test_quotation_marks_and_width_are_no_revision() -> None:
    """Curly and straight quotes, full and half width are the same text."""
    old = structs.replace(KOREAN, body=('그는 "괜찮다"며 ４１명이 탔다고 했다.',))
    new = structs.replace(KOREAN, body=("그는 “괜찮다”며 41명이 탔다고 했다.",))
    assert not is_new_revision(old, new)


@pytest.mark.parametrize(
    "again",
    [
        structs.replace(FERRY, title="Ferry found adrift with 14 aboard"),
        changed(FERRY, "Two patrol", "Three patrol"),
        structs.replace(FERRY, body=FERRY.body[:2]),
        structs.replace(FERRY, body=(*FERRY.body, "It was towed to Tongyeong.")),
    ],
)
def test_words_that_change_are_a_revision(again: Article) -> None:
    """A changed headline, word or paragraph is a new revision and an update."""
    assert is_new_revision(FERRY, again)
    assert notice(FERRY, again) == "update"


@pytest.mark.parametrize(
    "again",
    [
        structs.replace(changed(FERRY, "41", "44"), title="Correction: Ferry had 44 aboard"),
        structs.replace(FERRY, body=(*FERRY.body, "Correction: The name was wrong.")),
        structs.replace(FERRY, body=("An earlier version of this was wrong.", *FERRY.body)),
        structs.replace(KOREAN, title="[정정] 여객선 표류"),
        structs.replace(CHINESE, title="更正：渡轮漂流获救"),
        structs.replace(CHINESE, title="【訂正】渡船が漂流"),
    ],
)  # fmt: skip
def test_corrections_are_noticed(again: Article) -> None:
    """A correction says so in headline or text, whatever the language."""
    old = {"ko": KOREAN, "zh": CHINESE}.get(again.language, FERRY)
    assert notice(old, again) == "correction"


def test_a_correction_is_told_once() -> None:
    """An article that said it corrects before is only updated by further words."""
    old = structs.replace(FERRY, title="Correction: Ferry had 44 aboard")
    assert notice(old, changed(old, "Two", "Three")) == "update"


@pytest.mark.parametrize(
    "again",
    [
        structs.replace(FERRY, body=()),
        structs.replace(FERRY, body=("This story has been withdrawn.",)),
        structs.replace(FERRY, title="WITHDRAWN: Ferry found adrift", body=FERRY.body),
        structs.replace(KOREAN, body=("기사가 삭제되었습니다.",)),
        structs.replace(CHINESE, body=("文章已删除",)),
    ],
)
def test_withdrawals_are_noticed(again: Article) -> None:
    """A page that is emptied, or says the story is withdrawn, is a withdrawal."""
    old = {"ko": KOREAN, "zh": CHINESE}.get(again.language, FERRY)
    long = structs.replace(old, body=old.body * 4)
    assert notice(long, again) == "withdrawal"


def test_a_wall_in_front_of_the_text_is_no_withdrawal() -> None:
    """A page that shows less because it asks for money was not withdrawn."""
    wall = structs.replace(FERRY, body=(FERRY.body[0][:30],), access="paywall")
    assert notice(structs.replace(FERRY, body=FERRY.body * 4), wall) == "update"


def test_a_diff_shows_words() -> None:
    """One changed word is shown as that word, the rest stands."""
    change = diff(FERRY, changed(FERRY, "Two patrol ships were", "Three patrol ships were"))
    assert change.paragraphs[1][:3] == (
        ("gone", "Two"),
        ("new", "Three"),
        ("same", " patrol ships were sent to tow it to port. No one was hurt."),
    )
    assert "[-Two-]{+Three+} patrol ships" in render_diff_text(change)


def test_a_diff_of_chinese_shows_characters() -> None:
    """Text without spaces is compared character by character."""
    change = diff(CHINESE, changed(CHINESE, "周二", "周三"))
    assert ("gone", "二") in change.paragraphs[0]
    assert ("new", "三") in change.paragraphs[0]


def test_a_diff_shows_the_headline_and_leaves_out_what_is_far() -> None:
    """A changed headline comes first; unchanged paragraphs far from a change are left out."""
    old = structs.replace(FERRY, body=tuple(f"Line {n} of the log." for n in range(20)))
    new = structs.replace(changed(old, "Line 9 ", "Row 9 "), title="Ferry found adrift at dawn")
    shown = render_diff_text(diff(old, new)).split("\n")
    assert shown[0].startswith("Ferry found adrift ")
    assert shown[2:] == [
        "…", "Line 8 of the log.", "[-Line-]{+Row+} 9 of the log.", "Line 10 of the log.", "…",
    ]  # fmt: skip


def test_an_added_and_a_removed_paragraph_are_whole() -> None:
    """A new paragraph is all new and a dropped one all gone, the others unchanged."""
    new = structs.replace(FERRY, body=(FERRY.body[0], "Rain fell on Jeju.", FERRY.body[1]))
    assert diff(FERRY, new).paragraphs == (
        (("same", FERRY.body[0]),),
        (("new", "Rain fell on Jeju."),),
        (("same", FERRY.body[1]),),
        (("gone", FERRY.body[2]),),
    )


def test_the_diff_of_an_article_with_itself_is_empty() -> None:
    """Nothing changed, nothing is shown."""
    assert diff(FERRY, FERRY).empty
    assert render_diff_text(diff(FERRY, FERRY)) == ""


paragraphs = st.lists(
    st.text(alphabet="abc 한글北京。.1", min_size=1, max_size=30).filter(str.strip), max_size=6
)


@given(before=paragraphs, after=paragraphs)
@settings(max_examples=200, deadline=None)
def test_a_diff_holds_both_texts(before: list[str], after: list[str]) -> None:
    """ "same" and "new" give the new text, "same" and "gone" the old one, in order."""
    change = diff(Article(title="x", body=tuple(before)), Article(title="x", body=tuple(after)))

    def kept(op: str) -> list[str]:
        joined = ("".join(t for o, t in runs if o in {"same", op}) for runs in change.paragraphs)
        return ["".join(text.split()) for text in joined if text.strip()]

    assert kept("new") == ["".join(text.split()) for text in after]
    assert kept("gone") == ["".join(text.split()) for text in before]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([f"old {n} alpha beta" for n in range(4000)], [f"new {n} gamma" for n in range(4000)]),
        (["the same line"] * 5000, ["the same line"] * 4999),
        (["word " * 30_000], ["word " * 29_999 + "end"]),
        (["字" * 30_000], ["字" * 29_999 + "終"]),
    ],
    ids=["no line in common", "one line", "one word", "one character"],
)
def test_texts_of_many_pages_are_compared_in_bounded_time(
    before: list[str], after: list[str]
) -> None:
    """Texts of hundreds of pages, also monotonous ones, give a diff that holds both."""
    change = diff(Article(title="x", body=tuple(before)), Article(title="x", body=tuple(after)))
    new = ["".join(t for op, t in runs if op != "gone") for runs in change.paragraphs]
    assert [line for line in new if line] == after
