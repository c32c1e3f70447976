"""Edges of words and names in three kinds of script."""

import pytest

from monitor.text import edges_of, name_edges, word_edges


def _is_name(text: str, name: str, *, prefixes: bool = False, compounds: bool = False) -> bool:
    start = text.index(name)
    return name_edges(
        text, start, start + len(name), edges_of(name), prefixes=prefixes, compounds=compounds
    )


def _is_word(text: str, word: str) -> bool:
    start = text.index(word)
    return word_edges(text, start, start + len(word), edges_of(word))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("China's exports", "China"),
        ("China’s exports", "China"),
        ("the Koreas meet", "Korea"),
        ("중국이 발표했다", "중국"),
        ("중국에서는 오늘", "중국"),
        ("판문점서 회담", "판문점"),
        ("베이징서도 열려", "베이징"),
        ("중국정부가 밝혔다", "중국"),
        ("중국어선을 나포", "중국"),
        ("韩国KCNA报道", "KCNA"),
        ("从韩国来", "韩国"),
        ("Hwasong-17 was shown", "Hwasong-17"),
    ],
)
def test_names_with_proper_edges(text: str, name: str) -> None:
    """Possessives, particles, listed suffixes and a change of script end a name."""
    assert _is_name(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Indochina", "china"),
        ("Koreatown", "Korea"),
        ("조현병 환자", "조현"),
        ("거주한 사람", "주한"),
        ("화성 17일 아침", "화성 17"),
        ("火星2020", "火星20"),
    ],
)
def test_parts_of_other_words_are_no_names(text: str, name: str) -> None:
    """A name does not start or end inside a word, nor run into a number or a counter."""
    assert not _is_name(text, name)


def test_prefixes_may_stand_before_a_korean_name_of_a_country() -> None:
    """One listed syllable may stand before a name, at the start of its word only."""
    assert _is_name("대북한 정책", "북한", prefixes=True)
    assert not _is_name("대북한 정책", "북한")
    assert not _is_name("최대북한", "북한", prefixes=True)


def test_any_noun_may_follow_a_name_that_begins_no_other_word() -> None:
    """With `compounds` a noun may follow at once, but not at the head of a label."""
    assert _is_name("북한인권 결의", "북한", compounds=True)
    assert not _is_name("북한인권 결의", "북한")
    assert not _is_name("[북한날씨] 맑음", "북한", compounds=True)


def test_verb_endings_follow_words_but_not_names() -> None:
    """발사하다 holds the word 발사; a person is not conjugated."""
    assert _is_word("미사일을 발사했다", "발사")
    assert not _is_name("미사일을 발사했다", "발사")
