"""Which row a feed is: it goes by its url, whatever a desk calls it from one config to the next."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import model
from monitor.store import Store, desk_feeds, open_store

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
NAMES, PLACES = "abc", "123"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(tmp_path_factory.mktemp("state"))


def rows(store: Store, **feeds: str) -> dict[str, int]:
    """Register the feeds of a desk, names with the paths of their urls; return the row of each."""
    with store.write() as db:
        wishes = [model.Feed(name, f"https://example.org/{path}") for name, path in feeds.items()]
        desk_feeds.register(db, wishes, NOW)
        return {one.settings.name: one.id for one in desk_feeds.wanted(db)}


def test_a_name_that_goes_from_feed_to_feed(tmp_path: Path) -> None:
    """Each keeps its row, and a new one gets another, however often one name is given anew."""
    store = open_store(tmp_path)
    first = rows(store, a="1")
    second = rows(store, b="1", a="2")
    third = rows(store, c="2", b="1", a="3")
    assert second["b"] == first["a"]
    assert third == {"b": first["a"], "c": second["a"], "a": third["a"]}
    assert len(set(third.values())) == 3
    assert rows(store, a="1", b="2", c="3") == dict(zip("abc", sorted(third.values()), strict=True))
    store.close()


def test_a_feed_whose_url_alone_changes_keeps_its_row(tmp_path: Path) -> None:
    """Unless another feed of the desk has that url, which it then goes on as."""
    store = open_store(tmp_path)
    before = rows(store, a="1", b="2")
    assert rows(store, a="3", b="2") == before
    assert rows(store, a="2") == {"a": before["b"]}
    store.close()


@given(
    st.lists(
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(PLACES), min_size=1), max_size=6
    )
)
def test_no_two_feeds_are_one_row(store: Store, configs: list[dict[str, str]]) -> None:
    """Whatever names and urls follow each other; and a url that goes on is a row that goes on."""
    last: dict[str, int] = {}
    for config in configs:
        found = rows(store, **config)
        assert found.keys() == config.keys()
        assert len(set(found.values())) == len(found)
        if len(set(config.values())) == len(config):
            now = {config[name]: row for name, row in found.items()}
            assert all(now[place] == row for place, row in last.items() if place in now)
            last = now
        else:
            last = {}
