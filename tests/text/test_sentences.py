"""Sentences by punctuation and script."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two went.", ["One came.", "Two went."]),
        ("The U.S. Navy and Gen. Lee left. Yes.", ["The U.S. Navy and Gen. Lee left.", "Yes."]),
        ("He said “No.” She left.", ["He said “No.”", "She left."]),
        ("It fell 3.5 percent. Then rose.", ["It fell 3.5 percent.", "Then rose."]),
        ("Read www.example.com now. Go.", ["Read www.example.com now.", "Go."]),
        ("A new era.President Lee spoke.", ["A new era.", "President Lee spoke."]),
        ("他来了。我走了！", ["他来了。", "我走了！"]),
        ("他说：“好。”她走了。", ["他说：“好。”", "她走了。"]),
        ("「行く。」と述べた。終わり。", ["「行く。」と述べた。", "終わり。"]),
        ("발표했다.이어 3.5%라고 했다. 끝.", ["발표했다.", "이어 3.5%라고 했다.", "끝."]),
        ("첫째 줄\n둘째 줄", ["첫째 줄", "둘째 줄"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Each script ends its sentences in its own way."""
    assert _split(text) == expected


@given(st.text(alphabet=st.sampled_from("aB .?!。！…다가\n\"'”）1"), max_size=80))
def test_spans_lie_in_order_and_lose_no_letter(text: str) -> None:
    """Spans do not overlap, and together hold every letter of the text."""
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert sum(map(str.isalnum, kept)) == sum(map(str.isalnum, text))
