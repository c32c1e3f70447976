"""The search index: it holds what the store holds, and finds it by the query language."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor import model
from monitor.search import Named, parse
from monitor.store import (
    Store,
    articles,
    codec,
    desk_feeds,
    fsck,
    open_store,
    retention,
    search,
    search_index,
)
from monitor.store import flags as flag_store

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
TEXTS = {
    "en": ("Wang Yi, Cho Hyun hold talks", "The ministers met on missile defence in Seoul."),
    "ko": ("한중 외교장관 회담", "양측은 수출 통제와 미사일 문제를 논의했다."),
    "zh": ("韓國外長訪華", "雙方就出口管制交換意見。"),
    "ja": ("韓国外相が訪中", "両外相は輸出管理について協議した。"),
    "old": ("Missile drill ends", "A joint drill ended. Rockets were stored."),
}


@pytest.fixture
def store(tmp_path: Path, database: str):
    opened = open_store(tmp_path / "state", database)
    with opened.write() as db:
        desk_feeds.register(db, [model.Feed("wire-en", "https://example.org/feed")], NOW)
    yield opened
    opened.close()


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    new = [
        articles.NewArticle(
            feed="wire-en",
            address=f"https://example.org/{name}",
            outlet=f"Outlet {name}",
            first_seen=NOW - timedelta(days=30 if name == "old" else 0),
            fresh=True,
            page="never",
            text=model.Article(title=title, body=(body,), language=name[:2]),
        )
        for name, (title, body) in TEXTS.items()
    ]
    with store.write() as db:
        made = dict(zip(TEXTS, articles.add(db, new), strict=True))
        flag_store.add(db, [(made["ko"], model.Flag("talks", "digest", 4.0, ()))], NOW)
        articles.set_story(db, made["en"], made["en"], "original")
    return made


def asked(query: str):
    names = {"wang-yi": [Named(("Wang Yi", "왕이", "王毅"))]}
    return parse(query, lambda id_: names.get(id_, []), datetime.fromisoformat)


def find(store: Store, query: str, *, newest: bool = False) -> list[int]:
    with store.read() as db:
        hits = search.find(db, asked(query), limit=20, newest=newest)
        assert search.count(db, asked(query)) == len(hits.articles)
    return [item.id for item in hits.articles]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("missiles", {"en", "old"}),
        ("missile -drill", {"en"}),
        ("미사일", {"ko"}),
        ("수출통제", {"ko"}),
        ("韩国", {"zh", "ja"}),
        ("韓国 OR 회담", {"zh", "ja", "ko"}),
        ("外", {"zh", "ja"}),
        ('"joint drill"', {"old"}),
        ('"drill joint"', set()),
        ("rocket*", {"old"}),
        ("ministers near/2 missile", {"en"}),
        ("ministers near/1 missile", set()),
        ("missile near/5 ministers", {"en"}),
        ("title:missile", {"old"}),
        ("title:drill near/3 missile", {"old"}),
        ("title:drill near/3 rocket", set()),
        ("@wang-yi", {"en"}),
        ("lang:ko", {"ko"}),
        ("rule:talks", {"ko"}),
        ("level:digest missile OR level:digest 회담", {"ko"}),
        ("has:flag", {"ko"}),
        ("-has:flag missile", {"en", "old"}),
        ("outlet:outlet feed:wire-* since:2026-11-01T00:00:00+00:00 missile", {"en"}),
        ("until:2026-11-01T00:00:00+00:00", {"old"}),
        ("(lang:ko OR title:missile) -rocket", {"ko"}),
        ("nowhere", set()),
    ],
)
def test_a_query_finds_what_it_says(
    store: Store, ids: dict[str, int], query: str, found: set[str]
) -> None:
    """Words, scripts, fields and their combinations find just the articles they describe."""
    assert set(find(store, query)) == {ids[name] for name in found}


def test_a_story_is_found_by_its_number(store: Store, ids: dict[str, int]) -> None:
    """`story:` finds the articles of a story by any of them, as lists and digests call it."""
    with store.write() as db:
        articles.set_story(db, ids["ja"], ids["en"], "original")
        articles.set_story(db, ids["en"], ids["en"], "copy")
    for name in ("en", "ja"):
        assert set(find(store, f"story:{ids[name]}")) == {ids["en"], ids["ja"]}
    assert find(store, "story:999") == []


def test_the_headline_weighs_more(store: Store, ids: dict[str, int]) -> None:
    """An article that says the word in its headline comes first; by time it may not."""
    assert find(store, "missile")[0] == ids["old"]
    assert find(store, "missile", newest=True) == [ids["old"], ids["en"]]


def revised(store: Store, article_id: int, text: model.Article) -> None:
    with store.write() as db:
        stored = articles.get(db, article_id)
        assert stored is not None
        articles.revise(db, stored, text, NOW)


def test_a_changed_text_is_found_by_its_new_words_only(store: Store, ids: dict[str, int]) -> None:
    """A correction takes the old words out of the index."""
    revised(store, ids["en"], model.Article(title="Ministers to meet", body=("Later.",)))
    assert find(store, "cho") == []
    assert find(store, "later") == [ids["en"]]
    with store.read() as db:
        assert search_index.differences(db) == ([], [])


def test_forgotten_texts_are_not_found(store: Store, ids: dict[str, int]) -> None:
    """What retention removed keeps its headline in the index and no more."""
    retention.forget(store, NOW + timedelta(days=20), timedelta(days=30))
    assert find(store, "rockets") == []
    assert find(store, "drill") == [ids["old"]]


def test_what_was_there_before_is_caught_up_with(store: Store, ids: dict[str, int]) -> None:
    """An index made later takes in the old texts piece by piece, and new ones at once."""
    with store.write() as db:
        search_index.reset(db)
    assert find(store, "missile") == []
    revised(store, ids["old"], model.Article(title="Drill ends", body=("It is over.",)))
    with store.write() as db:
        assert search_index.catch_up(db, most=2) == 3
    with store.write() as db:
        new = articles.NewArticle(
            "wire-en", "a:6", "Six", NOW, True, "never", model.Article(title="A sixth missile")
        )
        (sixth,) = articles.add(db, [new])
    with store.write() as db:
        while search_index.catch_up(db, most=2):
            pass
    assert set(find(store, "missile")) == {ids["en"], sixth}
    assert find(store, "over") == [ids["old"]]
    with store.read() as db:
        assert search_index.differences(db) == ([], [])
        assert search_index.left(db) == 0


def test_an_index_of_other_tokens_is_made_anew(store: Store, ids: dict[str, int]) -> None:
    """A program that cuts words otherwise does not trust the old index."""
    with store.write() as db:
        db.execute(text("UPDATE search_state SET version = version - 1"))
    with store.read() as db:
        assert search_index.left(db) == len(ids)
    with store.write() as db:
        assert search_index.catch_up(db) == 0
    assert find(store, "missile")[0] == ids["old"]


def test_check_names_what_the_index_lacks(store: Store, ids: dict[str, int]) -> None:
    """`db check` compares index and store, and says how to mend it."""
    with store.write() as db:
        search_index.forget(db, [ids["zh"]])
    with store.read() as db:
        faults = fsck.check(db, lambda *_: None)
    assert "the search index lacks 1 articles; run `monitor db reindex`" in faults


def index_faults(store: Store) -> list[str]:
    with store.read() as db:
        return [one for one in fsck.check(db, lambda *_: None) if "search index" in one]


def test_check_names_words_that_stand_in_other_texts(store: Store, ids: dict[str, int]) -> None:
    """A text that changed behind the index's back is found, and indexing anew mends it."""
    with store.write() as db:
        new = model.Article(title="Balloons seen", body=("Over the border.",))
        db.execute(
            text("UPDATE revision SET data = :data WHERE article_id = :id"),
            {"data": codec.dump(new), "id": ids["old"]},
        )
    (fault,) = index_faults(store)
    assert "words in other texts" in fault
    assert "balloon" in fault
    with store.write() as db:
        search_index.reset(db)
        search_index.catch_up(db)
    assert index_faults(store) == []
    assert find(store, "balloons") == [ids["old"]]


def test_a_word_without_end_is_stored_and_found(store: Store, ids: dict[str, int]) -> None:
    """Databases refuse words of some thousand letters; the article is stored all the same."""
    word = "x" * 5000
    with store.write() as db:
        long = model.Article(title="Encoded", body=(f"{word} {'ж' * 5000} end",))
        new = articles.NewArticle("wire-en", "a:7", "Seven", NOW, True, "never", long)
        (added,) = articles.add(db, [new])
    assert find(store, word) == find(store, "encoded end") == [added]


def test_a_whole_book_is_indexed_as_far_as_places_go(store: Store, ids: dict[str, int]) -> None:
    """A text with more words than the databases keep places for is found by what begins it."""
    with store.write() as db:
        words = " ".join(f"word{number}" for number in range(20_000))
        book = model.Article(title=words, body=(f"beginning {words} ending",))
        new = articles.NewArticle("wire-en", "a:8", "Eight", NOW, True, "never", book)
        (added,) = articles.add(db, [new])
    assert find(store, "beginning") == [added]
    assert index_faults(store) == []
