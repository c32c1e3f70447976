"""Folding: one key for all spellings, and the way back to the print."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.text import fold, fold_key, fold_keys, fold_width, letters

ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("aZ ß İ ﬁ Ⅷ ㈱ 龍 竜 韓 国 ー ・ ·-’'\n"),
        st.sampled_from("\u00ad\u200b\u0301\u1112\u1161\u11ab\ud800"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cho Tae-yul", "Cho Tae yul"),
        ("Cho Tae-yul", "CHO TAEYUL"),
        ("Cho Tae-yul", "Cho Tae\u2011yul"),
        ("Cho Taeyul", "Cho Tae\u00adyul"),
        ("Pyongyang", "P'yongyang"),
        ("Pyongyang", "P’yongyang"),
        ("한중", "한·중"),
        ("9·19", "９・１９"),
        ("외교부장관", "외교부 장관"),
        ("习近平", "習近平"),
        ("赵显", "趙顯"),
        ("赵显", "趙顕"),
        ("龙", "竜"),
        ("韩国", "\u1112韓國"[1:]),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("ガ", "\uff76\uff9e"),
        ("café", "cafe\u0301"),
        ("Kim", "𝐊𝐢𝐦"),
        ("fish", "ﬁsh"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    """Spellings that a desk takes for one name fold to one key."""
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Wang Yi", "Wang Wi"), ("韩国", "朝鲜"), ("a\nb", "ab")]
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    """Folding joins no different names, and nothing across a newline."""
    assert fold_key(one) != fold_key(other)


@given(ANY_TEXT)
def test_offsets_stay_valid(text: str) -> None:
    """Every stretch of folded text leads back to a stretch of the source, in order."""
    folded = fold(text)
    last = 0
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last or text[start:end] == text[last:end]
        last = start


@given(ANY_TEXT)
@example("A“")
@example("Σ…")
def test_a_character_folds_to_what_its_source_folds_to(text: str) -> None:
    """A folded character stands where a source character with that fold stands."""
    folded = fold(text)
    for at, char in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert char in fold(text[start:end]).text or char in " ."


@given(ANY_TEXT)
def test_a_key_is_folded_for_good(text: str) -> None:
    """Folding a key again changes nothing."""
    key = fold_key(text)
    assert fold_key(key) == key


@given(st.text(alphabet="abcXYZ -'", min_size=1, max_size=20), st.text("xyz .", max_size=10))
def test_a_name_stands_in_its_folded_text(name: str, around: str) -> None:
    """One of a name's forms stands in the fold of any text that holds the name."""
    forms = fold_keys(name)
    if fold_key(name):
        assert any(form in fold(f"{around} {name.strip(' -')} {around}").text for form in forms)


def test_long_names_have_few_forms() -> None:
    """A phrase of many words does not multiply into every mix of spaces."""
    assert len(fold_keys("a b c d e f g h i j k l m n o p")) <= 3


def test_plain_text_is_aligned() -> None:
    """A text without anything to squash keeps its offsets as they are."""
    assert fold("plain words stay in place").aligned
    assert not fold("Tae-yul").aligned


CODES = (*range(0x20, 0x3400), *range(0x3400, 0xF900, 50), *range(0xF900, 0x10000))
COMMON = [chr(code) for code in CODES if not unicodedata.combining(chr(code))]


@pytest.mark.parametrize("around", ["A{}", "b{}", "é{}", "{}b", "{}”", "Ⅷ{}…", "'{}'", "龍{}"])
def test_folding_is_context_free(around: str) -> None:
    """What a character folds to never depends on what stands beside it."""
    before, after = around.split("{}")
    before, after = fold(before or " ").text.strip(), fold(after or " ").text.strip()
    for char in COMMON:
        alone = before + fold(char).text + after
        assert fold(around.format(char)).text.replace(" ", "") == alone.replace(" ", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Red Line” — again…", "'red line' again"),
        ("ＮＯＲＴＨ　ＫＯＲＥＡ", "north korea"),
        ("ﾐｻｲﾙ発射", "ミサイル発射"),
        ("cafe\u0301", "CAFÉ"),
        ("㈱日本", "(株)日本"),
        ("Straße", "STRASSE"),
    ],
)
def test_texts_of_the_same_letters_are_the_same(one: str, other: str) -> None:
    """Printers' marks, width, composition and case make no other line or headline."""
    assert letters(one) == letters(other) != ""


def test_width_is_folded_and_marks_stay() -> None:
    """The mildest fold keeps spaces and marks, and changes case and width only."""
    assert fold_width("ＵＮ “Report”, 2보") == "un “report”, 2보"
    assert fold_width("ﾐｻｲﾙ (No. 3)") == "ミサイル (no. 3)"
