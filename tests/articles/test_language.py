"""The language of a page's article: what its letters show, whatever its template claims."""

import pytest

from monitor.articles import Profiles, extract

KOREAN = "항만 위원회는 월요일 북쪽 부두를 다시 짓기로 했다고 밝혔다. 공사는 봄에 시작된다. "
FRENCH = "Le conseil a décidé lundi de reconstruire le quai nord. Les travaux commencent bientôt. "


def _page(claim: str, title: str, line: str) -> str:
    return (
        f"<html lang={claim}><title>{title}</title><h1>{title}</h1>"
        f"<div>{f'<p>{line}</p>' * 6}</div></html>"
    )


@pytest.mark.parametrize(
    ("claim", "title", "line", "language"),
    [
        ("en-US", "북쪽 부두 다시 짓는다", KOREAN, "ko"),
        ("ko", "NOVA", KOREAN, "ko"),
        ("fr", "Le quai nord", FRENCH, "fr"),
        ("ja", "Le quai nord", FRENCH, "en"),
        ("zz-zz-zz-zz", "Le quai nord", FRENCH, "en"),
    ],
)
def test_the_letters_go_before_the_claim(claim: str, title: str, line: str, language: str) -> None:
    """The claim decides among the languages of Latin letters, and nothing else."""
    page = _page(claim, title, line)
    assert extract(page, "https://quay.example/1", profiles=Profiles({})).language == language
