"""The original on top, and when a story changed materially."""

import pytest
from msgspec import structs

from monitor.model import Article
from monitor.stories import Signature, choose_original, material
from tests.stories.texts import prose, signed

LINES = prose(1, 150)


def copy(
    id: int, outlet: str, minutes: float, *, dateline: str = "", title: str = "Ferry adrift"
) -> Signature:
    """A copy of one text, in the words of an outlet."""
    body = (f"{dateline} {LINES[0]}".strip(), *LINES[1:])
    return signed(Article(title=title, body=body, language="en"), id, minutes, outlet)


def test_the_agencys_own_article_is_the_original() -> None:
    """The agency that copies credit is on top, even where a copy was seen first."""
    copies = [
        copy(1, "Harbour Daily", 0, dateline="SEOUL, Nov. 17 (Yonhap) --"),
        copy(2, "Yonhap News Agency", 9, dateline="SEOUL, Nov. 17 (Yonhap) --"),
        copy(3, "Xinhua", 1, dateline=""),
    ]
    assert choose_original(copies) == 2


def test_without_the_agency_the_credited_copy_is_the_original() -> None:
    """Where the agency's article was not seen, a copy that credits it goes before others."""
    copies = [copy(1, "A", 0), copy(2, "B", 5, dateline="SEOUL (Yonhap) --"), copy(3, "C", 9)]
    assert choose_original(copies) == 2


def test_without_agencies_the_first_is_the_original() -> None:
    """With no credit anywhere, time decides, then the longer text."""
    assert choose_original([copy(2, "B", 5), copy(1, "A", 5), copy(3, "C", 1)]) == 3
    short = structs.replace(copy(1, "A", 5), length=10)
    assert choose_original([short, copy(2, "B", 5)]) == 2


def test_the_order_of_copies_does_not_matter() -> None:
    """The choice depends on the copies, not on how they are listed."""
    copies = [copy(n, f"outlet {n}", 20 - n) for n in range(1, 8)]
    assert choose_original(copies) == choose_original(copies[::-1])


def test_a_story_has_at_least_one_article() -> None:
    """No copies, no original."""
    with pytest.raises(ValueError, match="at least one"):
        choose_original([])


def test_more_copies_are_no_material_change() -> None:
    """Pick-ups by other outlets are no news to who was told of the story."""
    before = [copy(1, "Yonhap", 0)]
    assert material(before, copy(2, "Harbour Daily", 5)) is None
    assert material(before, copy(3, "Harbour Daily", 9, title="(LEAD) Ferry adrift")) is None


def test_a_new_take_is_a_material_change() -> None:
    """A later take of an outlet that had sent one says so in one line."""
    before = [copy(1, "Yonhap", 0, title="(URGENT) Ferry adrift")]
    change = material(before, copy(2, "Yonhap", 9, title="(LEAD) Ferry towed"))
    assert change is not None
    assert (change.kind, change.what) == ("new take", "Yonhap: Ferry towed (take 2)")


def test_a_flash_after_its_next_take_is_none() -> None:
    """Of two takes filed the newest first, the later one is the change, from when it was seen."""
    lead = copy(1, "Yonhap", 9, title="(LEAD) Ferry towed")
    flash = copy(2, "Yonhap", 0, title="(URGENT) Ferry adrift")
    change = material([lead, copy(3, "Harbour Daily", 10)], flash)
    assert change is not None
    assert (change.what, change.article, change.since) == (
        "Yonhap: Ferry towed (take 2)",
        1,
        lead.seen,
    )
    assert material([lead, flash], copy(4, "Yonhap", -5, title="Ferry adrift")) is None
    assert material([lead], copy(4, "Yonhap", 20, title="Ferry towed")) is None


def test_a_correction_goes_before_everything() -> None:
    """A correction is the change, whatever take it is."""
    before = [copy(1, "Yonhap", 0)]
    change = material(before, copy(2, "Yonhap", 9, title="Correction: (2nd LD) Ferry adrift"))
    assert change is not None
    assert change.kind == "correction"
