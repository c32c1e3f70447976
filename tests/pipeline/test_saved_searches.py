"""Saved searches as sections of digests, and as files that others subscribe to."""

import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from monitor import digest, model
from monitor.desk import Desk
from monitor.errors import ConfigError
from monitor.pipeline import make_digests, try_rules
from monitor.pipeline.write_searches import write_searches
from monitor.store import articles, stories, views
from monitor.store import flags as flag_store
from tests.archive import NOW, filled
from tests.commands import monitor

DIGEST = """
[[digest]]
name = "morning"
at = "07:30"
rules = ["korean-peninsula"]
searches = ["snow", "drills"]
to = ["file:out.json"]
[[search]]
name = "snow"
query = "snow OR tyres"
[[search]]
name = "drills"
query = "drill"
"""
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def desk(tmp_path: Path):
    opened = filled(tmp_path, DIGEST)
    yield opened
    opened.close()


def told(made: model.Digest | None) -> dict[str, list[int]]:
    """Return the stories under each section."""
    assert made is not None
    return {section.rule: [story.id for story in section.stories] for section in made.sections}


def sent(desk: Desk, day: int) -> model.Digest | None:
    """Send the digest of a window of four days that ends on a day."""
    until = NOW + timedelta(days=day)
    run = digest.Run(until - timedelta(days=4), until, late=False, due_at=until)
    return make_digests.send_digest(desk, desk.config.digest_named("morning"), run, until)


def test_a_digest_tells_what_a_saved_search_finds(desk: Desk) -> None:
    """A section a search follows the rules; what a rule tells is only named there."""
    made = sent(desk, 0)
    assert told(made) == {"korean-peninsula": [4, 5], "@snow": [6], "@drills": []}
    assert made is not None
    assert [section.name for section in made.sections[1:]] == ["snow", "drills"]
    assert made.sections[2].also == (5,)
    flag = made.sections[1].stories[0].flags[0]
    assert {"snow", "tyres"} == {word.lower() for word in flag.reasons[0].words}
    sentence = flag.reasons[0].sentence
    assert [sentence[a:b].lower() for a, b in flag.reasons[0].marks] == ["snow", "tyres"]


def test_what_a_search_told_can_be_listed(desk: Desk, tmp_path: Path) -> None:
    """`monitor list --rule @NAME` lists the stories of a section."""
    sent(desk, 0)
    listed = monitor("list", "--rule", "@snow", "--since", "2026-11-01", "--json", folder=tmp_path)
    assert [json.loads(line)["id"] for line in listed.out.splitlines()] == [6]


def test_what_was_told_is_not_told_again_and_what_is_new_is(desk: Desk) -> None:
    """A story that a search found is carried by one digest; the next tells the next."""
    sent(desk, 0)
    with desk.store.write() as db:
        later = model.Article(title="Snow again", body=("More of it.",), language="en")
        new = articles.NewArticle(
            "wire", "https://example.org/7", "Post", NOW + timedelta(hours=2), True, "done", later
        )
        (seventh,) = articles.add(db, [new])
        stories.open_stories(db, [seventh], NOW + timedelta(hours=2))
    assert told(sent(desk, 1)) == {"korean-peninsula": [], "@snow": [seventh], "@drills": []}
    assert told(sent(desk, 2)) == {"korean-peninsula": [], "@snow": [], "@drills": []}


def test_reading_a_digest_stores_no_flag(desk: Desk) -> None:
    """A preview shows the same sections and leaves the archive as it was."""
    wish = make_digests.wish_of(
        desk.config.digest_named("morning"), NOW - timedelta(days=4), NOW + timedelta(minutes=1)
    )
    assert told(make_digests.read_digest(desk, wish)) == {
        "korean-peninsula": [4, 5], "@snow": [6], "@drills": [],
    }  # fmt: skip
    with desk.store.read() as db:
        assert flag_store.of_articles(db, [6]) == {}


def test_changed_rules_leave_the_flags_of_searches_alone(desk: Desk) -> None:
    """A backtest neither counts nor takes back what a search found."""
    sent(desk, 0)
    found = try_rules.backtest(
        desk, desk.rulebook, NOW - timedelta(days=9), apply=True, progress=lambda *_: None
    )
    assert found.compared
    assert not any(change.rule.startswith("@") for change in found.changes)
    with desk.store.read() as db:
        assert [flag.rule for flag in flag_store.of_articles(db, [6])[6]] == ["@snow"]
        assert 6 in {view.id for view in views.flagged(db)}


def test_a_search_nobody_saved_is_a_fault(tmp_path: Path) -> None:
    """`check` names the nearest, and refuses what is no file as a search's target."""
    more = DIGEST.replace('"drills"]', '"drill"]') + 'to = ["mailto:desk@example.org"]\n'
    desk = filled(tmp_path, more)
    with pytest.raises(ConfigError) as error:
        desk.check_references()
    desk.close()
    assert 'no saved search is called "drill"' in str(error.value)
    assert "drills" in str(error.value)
    assert "in files" in str(error.value)


def test_a_search_is_a_feed(tmp_path: Path) -> None:
    """The newest stories of a search stand in a file, which is written only when they change."""
    more = 'to = ["file:{name}.atom", "file:{name}.json"]\n'
    desk = filled(tmp_path, more)
    assert write_searches(desk, NOW) == []
    atom = tmp_path / "missiles.atom"
    entries = ElementTree.parse(atom).getroot().findall("a:entry", ATOM)
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == [
        "Wang Yi, Cho Hyun hold talks in Seoul"
    ]
    (section,) = json.loads((tmp_path / "missiles.json").read_text("utf-8"))["rules"]
    assert [story["id"] for story in section["stories"]] == [1]
    before = atom.stat().st_mtime_ns
    assert write_searches(desk, NOW + timedelta(hours=5)) == []
    assert atom.stat().st_mtime_ns == before
    desk.close()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """`poll` says which search could not be written and why, and ends with 1."""
    filled(tmp_path, 'to = ["file:config.toml/x.atom"]\n').close()
    config = tmp_path / "config.toml"
    config.write_text(
        config.read_text("utf-8").replace("https://example.org/feed", "http://127.0.0.1:9/"),
        encoding="utf-8",
    )
    done = monitor("poll", folder=tmp_path)
    assert done.code == 1
    assert "search missiles: " in done.err
    assert "config.toml" in done.err
