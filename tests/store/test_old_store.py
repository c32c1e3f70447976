"""A store that version 0.1.0 wrote opens, and shows what that version showed.

`written_by_0_1_0` holds the store after the demo site was read and a digest of it made, with one
mail that could not be delivered and one that a daemon had in hand when it was killed; and what the
commands of 0.1.0 printed of it.
"""

import json
import lzma
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import lock
from monitor.store import feeds, open_store
from tests.commands import monitor

OLD = Path(__file__).parent / "written_by_0_1_0"

CONFIG = """
[monitor]
timezone = "Asia/Seoul"

[[feed]]
name = "cgtn"
url = "http://127.0.0.1:9/feed"
private = true
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with a config and the old store."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "monitor.db").write_bytes(
        lzma.decompress((OLD / "monitor.db.xz").read_bytes())
    )
    return tmp_path


def _rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _as_known(now: Any, before: Any) -> Any:
    """Return what is shown now without the keys that nobody knew then."""
    if isinstance(now, dict) and isinstance(before, dict):
        return {key: _as_known(now.get(key), value) for key, value in before.items()}
    if isinstance(now, list) and isinstance(before, list) and len(now) == len(before):
        return list(map(_as_known, now, before))
    return now


@pytest.mark.parametrize(
    ("shown", "command"),
    [
        ("list.jsonl", ("list", "--json", "--since", "2026-11-01")),
        ("entries.jsonl", ("list", "--all")),
        ("outbox.jsonl", ("outbox", "list", "--json")),
    ],
)
def test_what_was_stored_is_shown_as_before(
    desk: Path, shown: str, command: tuple[str, ...]
) -> None:
    """Every row that 0.1.0 printed is there, in its order, with the values it had."""
    done = monitor(*command, folder=desk)
    assert done.code == 0, done.err
    before, now = _rows((OLD / shown).read_text("utf-8")), _rows(done.out)
    for row in before:
        if "copies" in row:  # a story is called by the article on top since 0.2
            row["id"] = row["copies"][0]["id"]
        for flag in row.get("flags", ()):  # a sentence is given once since 0.3
            flag["why"] = list(dict.fromkeys(flag["why"]))
    assert [_as_known(row, old) for old, row in zip(before, now, strict=True)] == before


def test_an_old_article_is_printed_as_before(desk: Path) -> None:
    """The wire format of a stored article is the same to the letter."""
    assert monitor("show", "3", folder=desk).out == (OLD / "show_3.txt").read_text("utf-8")


def test_an_old_store_has_no_faults(desk: Path) -> None:
    """The check of a store finds nothing wrong, and what is remembered of feeds can be read."""
    done = monitor("db", "check", folder=desk)
    assert done.code == 0, done.out + done.err
    store = open_store(desk / "state")
    with store.read() as db:
        known = {name: state for name, (_, state) in feeds.known(db).items()}
    store.close()
    assert known["gone-gazette"].status == 404
    assert known["cgtn-china"].segment_hashes
    assert known["hanbit-en"].arrivals == tuple(sorted(known["hanbit-en"].arrivals))
    assert known["hanbit-en"].wishes is not None


def test_an_older_version_at_work_is_not_overtaken(desk: Path) -> None:
    """Beside its daemon nothing is brought up to date; afterwards everything is, as it was."""
    state = desk / "state"
    before = (state / "monitor.db").read_bytes()
    with lock.hold(state, datetime.now(UTC)):  # of this process, whose pid is another
        for words in (("list",), ("status",), ("mark", "1", "--read"), ("db", "check")):
            told = monitor(*words, folder=desk)
            assert (told.code, told.out, len(told.err.splitlines())) == (1, "", 1)
            assert f"is at work here (pid {os.getpid()}" in told.err
        assert (state / "monitor.db").read_bytes() == before
    assert monitor("db", "check", folder=desk).code == 0
