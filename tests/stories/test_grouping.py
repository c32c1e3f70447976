"""Which articles are one story."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from monitor.model import Article
from monitor.stories import Signature, Window, replay
from tests.stories.texts import NOON, article, group, prose, signed


def stream(signatures: list[Signature]) -> dict[int, int]:
    """File one by one, as the daemon does; the story of each article in the end."""
    window = Window()
    for signature in signatures:
        window.file(signature)
    return {signature.id: window.story_of(signature.id) or 0 for signature in signatures}


def edited(text: Article, rng: random.Random) -> Article:
    """A copy as another outlet prints it: cut, re-headlined, a paragraph of its own added."""
    body = list(text.body[: max(3, int(len(text.body) * rng.uniform(0.5, 0.9)))])
    body.insert(rng.randrange(len(body)), prose(rng.randrange(10**6) + 10**6, 30, text.language)[0])
    headline = prose(rng.randrange(10**6) + 2 * 10**6, 15, text.language)[0][:50]
    return structs.replace(text, title=headline, body=("(Agency) - " + body[0], *body[1:]))


@pytest.mark.parametrize("language", ["en", "ko", "zh", "ja"])
def test_edited_copies_are_one_story_and_others_are_not(language: str) -> None:
    """Cut, re-headlined and extended copies join; unrelated articles stay apart."""
    rng = random.Random(4)
    originals = [signed(article(n, 300, language), n + 1, n) for n in range(12)]
    copies = [
        signed(edited(article(n, 300, language), rng), n + 101, n + 60, entities=("wang-yi",))
        for n in range(12)
    ]
    stories = group(originals + copies)
    assert all(stories[n + 101] == n + 1 for n in range(12))
    assert len(set(stories.values())) == 12


@given(
    seed=st.integers(0, 10**6),
    language=st.sampled_from(["en", "ko", "zh"]),
    share=st.floats(0.35, 1.0),
    words=st.integers(200, 1500),
)
@settings(max_examples=40, deadline=None)
def test_a_cut_copy_is_a_copy(seed: int, language: str, share: float, words: int) -> None:
    """A text cut at any length down to a third is still told to be the original's.

    It is measured on a sample, so that a short one may count as a rewrite.
    """
    text = article(seed, words, language)
    body = text.body[: max(3, int(len(text.body) * share))]
    window = Window()
    window.file(signed(text, 1))
    placement = window.file(signed(structs.replace(text, body=body, title="Other words"), 2))
    assert placement.story == 1
    assert placement.role in ("copy", "rewrite")
    assert placement.sure >= 0.85


@given(order=st.permutations(range(12)), seed=st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_order_of_arrival_does_not_matter_for_copies(order: list[int], seed: int) -> None:
    """Stories of shared text are the same in whatever order their articles are placed."""
    rng = random.Random(seed)
    texts = [article(seed * 10 + n // 4, 200) for n in range(12)]
    texts = [text if n % 4 == 0 else edited(text, rng) for n, text in enumerate(texts)]
    signatures = [signed(text, n + 1, n) for n, text in enumerate(texts)]
    assert stream([signatures[n] for n in order]) == stream(signatures)


@given(order=st.permutations(range(9)), seed=st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_replay_gives_what_streaming_gave(order: list[int], seed: int) -> None:
    """`group` over the archive, in any order, gives the stories that arrived one by one."""
    rng = random.Random(seed)
    texts = [article(seed * 10 + n // 3, 200) for n in range(9)]
    signatures = [signed(edited(text, rng), n + 1, n) for n, text in enumerate(texts)]
    assert group([signatures[n] for n in order]) == stream(signatures)


def test_a_late_article_can_join_two_stories() -> None:
    """Where one text holds the texts of two stories, the articles of the later one move."""
    whole = article(1, 1500)
    first = structs.replace(whole, body=whole.body[:17], title="One")
    second = structs.replace(whole, body=whole.body[12:], title="Two")
    middle = structs.replace(whole, body=whole.body[4:28], title="Three")
    window = Window()
    window.file(signed(first, 1))
    window.file(signed(article(2), 2))
    assert window.file(signed(second, 3)).story == 3
    placement = window.file(signed(middle, 4))
    assert (placement.story, placement.moved) == (1, {3: 1})
    assert window.story_of(3) == 1
    assert window.file(signed(second, 5)).story == 1


def test_a_story_has_the_smallest_id_of_its_articles() -> None:
    """An article with a smaller id that comes late gives the story its id."""
    window = Window()
    window.file(signed(article(1), 9))
    placement = window.file(signed(article(1), 3))
    assert (placement.story, placement.moved) == (3, {9: 3})


def test_takes_of_one_item_are_one_story() -> None:
    """Urgent, lead and second lead of one house join, and are called takes."""
    lines = prose(8, 300)
    title = "Coast guard loses contact with ferry off southern port"
    urgent = Article(title=f"(URGENT) {title}", body=lines[:1], language="en")
    lead = Article(title=f"(LEAD) {title}", body=lines[:6], language="en")
    second = Article(
        title=f"(2nd LD) {title}, search begins", body=(*prose(9, 40), *lines[1:]), language="en"
    )
    window = Window()
    window.file(signed(urgent, 1, 0, "Yonhap"))
    for number, text in ((2, lead), (3, second)):
        placement = window.file(signed(text, number, number * 20, "Yonhap"))
        assert (placement.story, placement.role) == (1, "take")
        window.file(signed(text, number, number * 20, "Yonhap"))


@pytest.mark.parametrize(
    ("language", "flash", "full"),
    [
        ("ko", "[속보] 부산항 여객선 화재 승객 전원 대피", "부산항 여객선 화재…승객 전원 대피"),
        ("zh", "快讯：釜山港一客轮起火 乘客全部撤离", "釜山港一客轮起火 乘客已全部撤离"),
        ("ja", "【速報】釜山港で旅客船火災、乗客全員避難", "釜山港で旅客船火災、乗客は全員避難"),
        (
            "en",
            "(URGENT) Ferry catches fire in Busan port",
            "Ferry catches fire in Busan port, all safe",
        ),
    ],
)
def test_a_flash_without_text_joins_by_its_headline(language: str, flash: str, full: str) -> None:
    """A one-line flash and the report that follows are one story, also of other outlets."""
    window = Window()
    window.file(signed(Article(title=flash), 1, 0))
    report = Article(title=full, body=prose(3, 200, language))
    placement = window.file(signed(report, 2, 15))
    assert placement.story == 1


def test_an_article_signed_anew_replaces_the_old_one() -> None:
    """A text read again (feed summary, then page) is not taken for a copy of itself."""
    window = Window()
    window.file(signed(article(1, 40), 1))
    window.file(signed(article(2, 300), 1))
    assert len(window) == 1
    assert window.file(signed(article(1, 40), 2)).story == 2
    assert window.file(signed(article(2, 300), 3)).with_article == 1
    assert window.file(signed(article(2, 300), 1)).story == 1


def test_old_articles_are_forgotten() -> None:
    """After `expire` nothing joins what was seen before, and what came later is kept."""
    window = Window()
    for n in range(400):
        window.file(signed(article(n, 60), n + 1, n))
    window.expire(NOON + timedelta(minutes=300))
    assert len(window) == 100
    assert window.file(signed(article(5, 60), 900, 400)).story == 900
    assert window.file(signed(article(350, 60), 901, 400)).story == 351


def test_group_forgets_what_is_older_than_the_window() -> None:
    """The same text six days later is a new story, as it is in the daemon."""
    later = 6 * 24 * 60
    assert group([signed(article(1), 1), signed(article(1), 2, later)]) == {1: 1, 2: 2}


def test_the_placement_says_why() -> None:
    """A placement names its partner and the share of text."""
    window = Window()
    window.file(signed(article(1), 1))
    placement = window.file(signed(article(1), 2))
    assert placement.with_article == 1
    assert "100%" in placement.why


@pytest.mark.parametrize("letter", [0, 1, -1])
def test_texts_that_differ_in_one_letter_of_every_word_share_nothing(letter: int) -> None:
    """Every letter of a word counts towards a text's sample, not only some."""
    text = article(1, 300)
    other = tuple(
        " ".join(
            word if len(word) < 3 else word.replace(word[letter], "z", 1)
            for word in paragraph.split()
        )
        for paragraph in text.body
    )
    window = Window()
    window.file(signed(text, 1))
    other_text = structs.replace(text, body=other, title="Something else altogether")
    assert window.file(signed(other_text, 2)).role != "copy"


def test_a_story_outlives_its_first_articles() -> None:
    """What two stories became keeps its id when the article that it is named after is forgotten."""
    whole = article(1, 1500)
    parts = [whole.body[:17], whole.body[12:], whole.body[4:28]]
    window = Window()
    for number, body in enumerate(parts, start=1):
        text = structs.replace(whole, body=body, title=f"Part {number}")
        window.file(signed(text, number, 100 * number))
    window.expire(NOON + timedelta(minutes=250))
    assert len(window) == 1
    assert window.file(signed(whole, 30, 310)).story == 1


@pytest.mark.parametrize("chunk", [1, 50])
def test_forgetting_in_small_and_large_steps_leaves_the_same(chunk: int) -> None:
    """A window that forgets article by article holds what one that forgets in bulk holds."""
    window = Window()
    for n in range(300):
        window.file(signed(article(n, 60), n + 1, n))
        if n % chunk == 0:
            window.expire(NOON + timedelta(minutes=n - 40))
    window.expire(NOON + timedelta(minutes=260))
    placed = [window.file(signed(article(n, 60), 999, 300)) for n in range(300)]
    found = [one.with_article if one.role == "copy" else None for one in placed]
    assert found == [None] * 260 + list(range(261, 301))


def test_merges_are_kept_after_their_articles_have_expired() -> None:
    """A replay over weeks gives merged stories one id, however long ago they were merged."""
    whole = article(1, 1500)
    parts = [
        structs.replace(whole, body=whole.body[:17], title="One"),
        structs.replace(whole, body=whole.body[12:], title="Two"),
        structs.replace(whole, body=whole.body[4:28], title="Three"),
    ]
    week = 7 * 24 * 60
    signatures = [signed(text, n, n) for n, text in enumerate(parts, start=1)]
    later = [signed(article(n), n, n * week) for n in range(10, 14)]
    stories = group(signatures + later)
    assert (stories[1], stories[2], stories[3]) == (1, 1, 1)


def test_a_replay_says_how_each_article_was_placed() -> None:
    """A replay gives role, sureness and partner beside the story."""
    placements = replay([signed(article(1), 1), signed(article(1), 2, 5), signed(article(2), 3, 6)])
    assert [placements[n].role for n in (1, 2, 3)] == ["original", "copy", "original"]
    assert (placements[2].story, placements[2].with_article) == (1, 1)
    assert placements[2].sure > 0.9
