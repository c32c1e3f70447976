"""What programs are given: one number for one story, and no option without an effect."""

import json
from pathlib import Path

from msgspec.structs import replace

from monitor.answers import article as answer_article
from monitor.answers import search as answer_search
from monitor.store import articles, marks, stories
from tests.archive import NOW, filled
from tests.commands import monitor


def test_a_story_has_one_number_everywhere(tmp_path: Path) -> None:
    """A story whose later copy stands on top is called by that copy's id in all that is printed."""
    desk = filled(tmp_path)
    with desk.store.write() as db:
        stories.put_on_top(db, 1, 2)
        marks.put(db, 1, "wanted", "", NOW)
    told = {
        answer_search(desk, "Wang")["hits"][0]["story"],
        answer_article(desk, 1)["story"],
    }
    desk.close()

    def printed(*args: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(monitor(*args, folder=tmp_path).out.splitlines()[0])
        return found

    listed = monitor("list", "--since", "2026-11-01", "--json", folder=tmp_path).out.splitlines()
    told |= {one["id"] for one in map(json.loads, listed) if one["headline"].startswith("한중")}
    told |= {json.loads(monitor("show", "1", "--json", folder=tmp_path).out)["story"]["id"]}
    told |= {
        printed(*args)["story"]
        for args in (
            ("search", "--json", "Wang"),
            ("export", "--format", "jsonl", "Wang"),
            ("mark", "1", "--json"),
            ("rules", "backtest", "--from-marks", "--json"),
        )
    }
    assert told == {2}
    assert "· article 1 · story 2" in monitor("search", "Wang", folder=tmp_path).out


def test_options_beside_json_are_heeded(tmp_path: Path) -> None:
    """`--diff` and `--count` mean the same to programs as to people."""
    desk = filled(tmp_path)
    with desk.store.write() as db:
        stored = articles.get(db, 6)
        assert stored is not None
        text = replace(stored.text, body=("Winter tyres are in short supply.",))
        articles.revise(db, stored, text, NOW)
    desk.close()
    (change,) = json.loads(monitor("show", "6", "--diff", "--json", folder=tmp_path).out)[
        "revisions"
    ]
    assert change["headline"] == [["same", "First snow in the valleys"]]
    (runs,) = change["paragraphs"]
    assert "".join(text for op, text in runs if op != "gone") == text.body[0]
    assert json.loads(monitor("search", "--count", "--json", "snow", folder=tmp_path).out) == {
        "shape": 1,
        "count": 1,
    }
