"""The store: one of each thing, however often a step is repeated."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from monitor import model
from monitor.errors import StoreError
from monitor.store import (
    Store,
    articles,
    codec,
    desk_feeds,
    entries,
    entry_work,
    open_store,
    outbox,
    views,
)
from monitor.store import flags as flag_store
from monitor.store import stories as story_store
from monitor.store.migration import HEAD

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
FEED = model.Feed("wire", "https://example.org/feed")


@pytest.fixture
def store(tmp_path: Path, database: str):
    opened = open_store(tmp_path / "state", database)
    yield opened
    opened.close()


def registered(store: Store) -> int:
    with store.write() as db:
        return desk_feeds.register(db, [FEED], NOW)["wire"][0]


def new(*keys: str, title: str = "Headline", **fields: object) -> entries.NewEntry:
    entry = model.Entry(guid=keys[0], url=f"https://example.org/{keys[0]}", title=title, **fields)
    return entries.new_entry(keys, entry)


def add(store: Store, feed_id: int, *found: entries.NewEntry, now: datetime = NOW) -> list[int]:
    with store.write() as db:
        return entries.add_all(db, [entries.Found(feed_id, found, now)])[0]


def titles(store: Store) -> list[str]:
    with store.read() as db:
        return [stored.entry.title for stored, _ in entries.every(db)]


def test_entry_is_known_by_any_of_its_keys(store: Store) -> None:
    """A new guid with an address we know is the same entry."""
    feed_id = registered(store)
    assert len(add(store, feed_id, new("g1", "u1"))) == 1
    assert add(store, feed_id, new("g2", "u1")) == []
    assert add(store, feed_id, new("g2", "u9")) == []
    assert len(titles(store)) == 1


def test_what_feeds_tell_at_once_is_kept_apart(store: Store) -> None:
    """Of feeds stored together each has its own keys, and its own part of what is new."""
    with store.write() as db:
        other = replace(FEED, name="other", url="https://b.example/feed")
        known = desk_feeds.register(db, [FEED, other], NOW)
        first, second = known["wire"][0], known["other"][0]
        entries.add_all(db, [entries.Found(first, [new("g1", "u1")], NOW)])
        many = [new(f"g{n}") for n in range(30)]
        told = [entries.Found(feed, many, NOW) for feed in (first, second)]
        ids = entries.add_all(db, told)
        again = entries.add_all(db, told)
    assert [len(one) for one in ids] == [29, 30]
    assert len({*ids[0], *ids[1]}) == 59
    assert again == [[], []]
    with store.read() as db:
        assert [item.feed for item, _ in entries.every(db)].count("wire") == 30


def test_words_that_change_while_they_are_worked_on_are_worked_on_again(store: Store) -> None:
    """An entry that its feed changed after it was read from the store is not done with that."""
    feed_id = registered(store)
    add(store, feed_id, new("g1", title="Talks planned"))
    with store.read() as db:
        (read,) = entry_work.todo(db, 10)
    add(store, feed_id, new("g1", title="Talks held"))
    with store.write() as db:
        text = model.Article(title="Talks planned")
        row = articles.NewArticle("wire", "a", "Wire", NOW, True, "never", text)
        (article_id,) = articles.add(db, [row])
        entry_work.done(db, [(read, article_id)])
        (stored,) = entry_work.todo(db, 10)
        assert (stored.entry.title, stored.article) == ("Talks held", article_id)
        entry_work.done(db, [(stored, article_id)])
        assert entry_work.todo(db, 10) == []


def test_changed_words_are_worked_on_again(store: Store) -> None:
    """An entry whose headline changed is one entry, with the new headline, to be done again."""
    feed_id = registered(store)
    (entry_id,) = add(store, feed_id, new("g1", title="Talks planned"))
    with store.write() as db:
        text = model.Article(title="Talks planned")
        row = articles.NewArticle("wire", "a", "Wire", NOW, True, "never", text)
        (article_id,) = articles.add(db, [row])
        (waiting,) = entry_work.todo(db, 1, among=[entry_id])
        entry_work.done(db, [(waiting, article_id)])
    assert add(store, feed_id, new("g1", title="Talks held")) == []
    with store.read() as db:
        (stored,) = entry_work.todo(db, 10)
    assert stored.entry.title == "Talks held"


def test_dates_alone_are_no_change(store: Store) -> None:
    """A feed that touches its dates at every poll makes no work."""
    feed_id = registered(store)
    add(store, feed_id, new("g1", published=NOW))
    with store.write() as db:
        db.exec_driver_sql("UPDATE entry SET work = 'done'")
    add(store, feed_id, new("g1", published=NOW + timedelta(hours=1)))
    with store.read() as db:
        assert entry_work.todo(db, 10) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3, unique=True),
        min_size=1,
        max_size=12,
    )
)
def test_adding_twice_adds_nothing(tmp_path_factory, documents: list[list[str]]) -> None:
    """Whatever keys entries share, reading the same document again finds nothing new."""
    store = open_store(tmp_path_factory.mktemp("store"))
    try:
        feed_id = registered(store)
        found = [new(*keys) for keys in documents]
        first = add(store, feed_id, *found)
        assert len(first) <= len(documents)
        assert add(store, feed_id, *found) == []
        assert len(titles(store)) == len(first)
    finally:
        store.close()


def test_rolled_back_transaction_leaves_nothing(store: Store) -> None:
    """An error inside a write transaction undoes all of it."""
    feed_id = registered(store)

    class Broken(Exception):
        pass

    def half_done() -> None:
        with store.write() as db:
            entries.add_all(db, [entries.Found(feed_id, [new("g1")], NOW)])
            raise Broken

    with pytest.raises(Broken):
        half_done()
    assert titles(store) == []


def article_in(
    store: Store,
    address: str,
    title: str,
    rule: str = "",
    story: int = 0,
    body: tuple[str, ...] = ("One paragraph.",),
) -> int:
    with store.write() as db:
        text = model.Article(title=title, body=body, origin="feed", language="en")
        row = articles.NewArticle("wire", address, "Wire", NOW, True, "todo", text)
        (article_id,) = articles.add(db, [row])
        if rule:
            flag = model.Flag(rule, "now", 8.0, ())
            flag_store.put(db, article_id, [flag], NOW)
        articles.set_story(db, article_id, story or article_id, "original")
        story_store.touch(db, story or article_id, NOW)
        return article_id


def test_page_takes_the_place_of_the_feeds_text_and_later_texts_are_revisions(
    store: Store,
) -> None:
    """The page's first text is no change of the story; the next one is."""
    registered(store)
    article_id = article_in(store, "a", "Talks")
    for paragraph in ("From the page.", "Corrected."):
        with store.write() as db:
            stored = articles.get(db, article_id)
            assert stored is not None
            text = model.Article(title="Talks", body=(paragraph,))
            articles.revise(db, stored, text, NOW)
    with store.read() as db:
        bodies = [text.body for _, text in articles.revisions(db, article_id)]
    assert bodies == [("From the page.",), ("Corrected.",)]


def test_digest_carries_each_flag_once_even_if_written_late(store: Store) -> None:
    """A flag stamped inside a window that was already sent comes with the next digest."""
    registered(store)
    article_in(store, "a", "First", rule="topic")
    since = NOW - timedelta(hours=1)

    def send(until: datetime) -> list[str]:
        with store.write() as db:
            last = outbox.last_window(db, "morning")
            begin = last[0] if last else since
            found, flags = views.undigested(
                db, "morning", since=begin, until=until, rules=["topic"]
            )
            outbox.add_digest(
                db,
                "morning",
                since=last[1] if last else since,
                until=until,
                due=until,
                made=until,
                late=False,
                flag_ids=[flag.id for flag in flags],
            )
        return [view.headline for view in found]

    assert send(NOW + timedelta(hours=1)) == ["First"]
    article_in(store, "b", "Second", rule="topic")  # stamped NOW, inside the window just sent
    assert send(NOW + timedelta(hours=2)) == ["Second"]
    assert send(NOW + timedelta(hours=3)) == []


def test_changed_rules_take_back_only_what_was_not_told(store: Store) -> None:
    """A flag in a digest stays when changed rules no longer give it; an untold one goes."""
    registered(store)
    told, untold = (article_in(store, key, "Talks", rule="topic") for key in "ab")
    with store.write() as db:
        found = db.exec_driver_sql(f"SELECT id FROM flag WHERE article_id = {told}").scalar()
        outbox.add_digest(
            db, "m", since=NOW, until=NOW, due=NOW, made=NOW, late=False, flag_ids=[found]
        )
        for article_id in (told, untold):
            flag_store.put(db, article_id, [], NOW, drop=True)
    with store.read() as db:
        assert list(flag_store.of_articles(db, [told, untold])) == [told]


def test_story_view_has_the_original_on_top(store: Store) -> None:
    """A story shows its original first, its copies beneath, and the strongest flag of each rule."""
    registered(store)
    first = article_in(store, "a", "Copy", rule="topic")
    second = article_in(store, "b", "Original", rule="topic", story=first)
    with store.write() as db:
        articles.set_story(db, first, first, "copy")
    with store.read() as db:
        (view,) = views.flagged(db)
    assert view.headline == "Original"
    assert [copy.article for copy in view.copies] == [second, first]
    assert [flag.rule for flag in view.flags] == ["topic"]


def test_story_that_began_as_a_flash_opens_with_the_first_text(store: Store) -> None:
    """Where the original is a headline alone, its first copy that has text opens the story."""
    registered(store)
    flash = article_in(store, "a", "Flash", rule="topic", body=())
    article_in(store, "b", "Report", story=flash, body=("The whole of it.",))
    with store.read() as db:
        (view,) = views.flagged(db)
    assert (view.headline, view.opening) == ("Flash", "The whole of it.")


def test_merged_story_has_the_articles_of_both(store: Store) -> None:
    """A story that a late article joined to another gives it its articles."""
    registered(store)
    first, second = article_in(store, "a", "A"), article_in(store, "b", "B")
    with store.write() as db:
        story_store.merge(db, second, into=first)
    with store.read() as db:
        assert story_store.members(db, first) == [first, second]


def test_outbox_keeps_one_message_for_one_id(store: Store) -> None:
    """A message that was put in twice is there once."""
    values = {"message_id": "<a@b>", "target": "terminal", "subject": "s", "data": "{}"}
    for _ in range(2):
        with store.write() as db:
            outbox.enqueue(db, **values, now=NOW)
    with store.read() as db:
        assert len(outbox.to_send(db, NOW)) == 1


def test_state_folder_and_database_are_private(tmp_path: Path) -> None:
    """Nobody but the owner can read what a desk watches."""
    open_store(tmp_path / "state").close()
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "state/monitor.db").stat().st_mode) == 0o600


def test_newer_database_is_refused(tmp_path: Path) -> None:
    """A database of a newer version is left alone, with advice."""
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "monitor.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(tmp_path)


def test_damaged_database_is_told(tmp_path: Path) -> None:
    """A file that is no database is refused with what to do, and not overwritten."""
    (tmp_path / "monitor.db").write_bytes(b"not a database " * 100)
    with pytest.raises(StoreError, match="restore a backup"):
        open_store(tmp_path)
    assert (tmp_path / "monitor.db").read_bytes().startswith(b"not a database")


def test_state_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """A state folder that cannot be made is one clear line."""
    (tmp_path / "state").touch()
    with pytest.raises(StoreError, match="state folder"):
        open_store(tmp_path / "state")


def test_newest_migration_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    """The head that the program expects is the head of the migration files."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "monitor:store/migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_feed_state_survives_the_round_trip() -> None:
    """Everything that is remembered of a feed comes back as it was."""
    state = model.FeedState(
        etag='W/"x"',
        segment_hashes=frozenset({"a", "b"}),
        polled_at=NOW,
        arrivals=(NOW, NOW + timedelta(hours=1)),
        wishes=model.ServerWishes(ttl=timedelta(minutes=5), skip_hours=frozenset({1, 2})),
    )
    assert codec.load(model.FeedState, codec.dump(state)) == state


def test_unknown_fields_of_a_later_version_are_ignored() -> None:
    """A value written with a field we do not know is read without it."""
    assert codec.load(model.Entry, '{"guid":"g","url":"","title":"t","later":1}').guid == "g"


def test_schema_is_valid_on_postgresql() -> None:
    """Every table and index can be written in PostgreSQL's dialect."""
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    from monitor.store.all_tables import metadata

    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))
