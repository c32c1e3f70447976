"""What headlines say about themselves."""

import pytest

from monitor.stories import take_of


@pytest.mark.parametrize(
    ("title", "headline", "rank"),
    [
        (
            "(URGENT) Coast guard loses contact with ferry",
            "Coast guard loses contact with ferry",
            1,
        ),
        ("(LEAD) Ferry found adrift", "Ferry found adrift", 2),
        ("(2nd LD) Ferry found adrift", "Ferry found adrift", 3),
        ("UPDATE 3-Central bank holds rate", "Central bank holds rate", 4),
        ("快讯：两国外长举行会谈", "两国外长举行会谈", 1),
        ("[속보] 여객선 연락 두절", "여객선 연락 두절", 1),
        ("[2보] 여객선 연락 두절", "여객선 연락 두절", 2),
        ("[종합] 여객선 표류 발견", "여객선 표류 발견", 2),
        ("여객선 표류 발견(종합2보)", "여객선 표류 발견", 3),
        ("【速報】旅客船と連絡とれず", "旅客船と連絡とれず", 1),
        ("（第２報）旅客船を発見", "旅客船を発見", 2),
        ("(LEAD) (URGENT) Ferry found", "Ferry found", 2),
    ],
)
def test_marks_of_takes_are_read_and_taken_off(title: str, headline: str, rank: int) -> None:
    """A take's mark gives its rank and is no part of the headline, in every language."""
    take = take_of(title)
    assert (take.headline, take.rank) == (headline, rank)


@pytest.mark.parametrize(
    "title",
    [
        "Correction: Ferry carried 40, not 400",
        "[정정] 여객선 승객 수",
        "更正：渡轮载客人数",
        "【訂正】乗客数",
    ],
)
def test_corrections_are_recognised(title: str) -> None:
    """A headline that corrects says so, whatever the language."""
    assert take_of(title).correction


@pytest.mark.parametrize("title", ["", "()", "[속보]", "(LEAD)", "((((((", "【" * 500])
def test_headlines_that_are_no_headlines_are_survived(title: str) -> None:
    """A headline of nothing but marks or brackets keeps its words."""
    assert take_of(title).headline == " ".join(title[:400].split())


def test_words_in_brackets_that_are_no_mark_stay() -> None:
    """A bracket that names a place or person belongs to the headline."""
    assert take_of("(Daejeon) Fair opens").headline == "(Daejeon) Fair opens"
