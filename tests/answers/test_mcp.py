"""`monitor mcp` as a program asks it: the official SDK's client over standard input and output."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from monitor import answers
from monitor.store import left, unjudged
from tests.archive import ARTICLES, filled
from tests.commands import environment, monitor
from tests.waiting import PATIENCE

pytestmark = pytest.mark.skipif(find_spec("mcp") is None, reason="the extra mcp is not installed")

WINDOW = {"since": "2026-11-16", "until": "2026-11-23"}
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "@missiles"}),
    ("search", {"query": "title:snow OR drill", "newest": True, "limit": 1}),
    ("article", {"id": 2}),
    ("article", {"id": 5}),
    ("story", {"id": 2}),
    ("why_flagged", {"id": 4}),
    ("trends", {"by": "language", **WINDOW}),
    ("trends", {"search": "missile", **WINDOW}),
    ("coverage", {"since": "2026-11-22", "until": "2026-11-23"}),
    ("search", {"query": '"never closed'}),
    ("search", {"query": "snow", "limit": 100_000}),
    ("article", {"id": 999}),
    ("article", {"id": 10**30}),
    ("trends", {"by": "colour"}),
    ("coverage", {"since": "tomorrowish"}),
    ("search", {"query": "snow", "limt": 1}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an archive."""
    made = tmp_path_factory.mktemp("asked")
    filled(made).close()
    return made


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    """What the server said of itself, and the answer to each question."""
    before = dump(folder)
    found = asyncio.run(ask(folder))
    assert dump(folder) == before
    return found


async def ask(folder: Path) -> dict[str, Any]:
    import mcp  # takes as long as all other libraries together, and each worker collects all tests

    server = mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "monitor", "mcp"], env=environment(), cwd=folder
    )
    async with mcp.Client(server) as client:
        tools = (await client.list_tools()).tools
        answers = [await client.call_tool(name, given) for name, given in QUESTIONS]
        return {"tools": tools, "instructions": client.instructions, "answers": answers}


def dump(folder: Path) -> list[str]:
    """Return all that the database holds."""
    with sqlite3.connect(folder / "state" / "monitor.db") as db:
        return list(db.iterdump())


def answer(told: dict[str, Any], name: str, **given: Any) -> dict[str, Any]:
    """Return the data of an answer."""
    result = told["answers"][QUESTIONS.index((name, given))]
    assert not result.is_error, result.content
    assert result.structured_content["shape"] == 1
    return dict(result.structured_content)


def refused(told: dict[str, Any], name: str, **given: Any) -> str:
    """Return what a wrong question got to read."""
    result = told["answers"][QUESTIONS.index((name, given))]
    assert result.is_error
    return str(result.content[0].text)


def test_all_tools_only_read(told: dict[str, Any]) -> None:
    """Every tool says that it reads only, and the archive is byte for byte as it was."""
    names = {tool.name for tool in told["tools"]}
    assert names == {"search", "article", "story", "why_flagged", "trends", "coverage"}
    assert all(tool.annotations.read_only_hint for tool in told["tools"])
    assert '"quoted"' in told["instructions"]


def test_a_search_finds_in_all_languages(told: dict[str, Any]) -> None:
    """A saved search answers with ids and with snippets whose marks are the words."""
    found = answer(told, "search", query="@missiles")
    assert {hit["id"] for hit in found["hits"]} == {1, 2}
    (hit,) = (hit for hit in found["hits"] if hit["id"] == 2)
    quoted = hit["quoted"]
    assert {quoted["snippet"][start:end] for start, end in quoted["marks"]} == {"미사일"}
    few = answer(told, "search", query="title:snow OR drill", newest=True, limit=1)
    assert (len(few["hits"]), few["more"], few["waiting"]) == (1, True, 0)


def test_an_article_comes_as_wire_text(told: dict[str, Any]) -> None:
    """The wire format, with what is known beside it."""
    found = answer(told, "article", id=2)
    assert (found["story"], found["role"]) == (1, "translation")
    assert ARTICLES[1][2] in found["quoted"]["wire_text"]


def test_what_the_web_wrote_is_quoted_and_harmless(told: dict[str, Any]) -> None:
    """Control and bidi characters are gone, and texts stand under `quoted` alone."""
    found = answer(told, "article", id=5)
    assert not set(str(found)) & {"\u202e", "\u202c", "\x1b"}
    for name, given in QUESTIONS[:9]:
        said = without_quoted(answer(told, name, **given))
        assert "alert(1)" not in str(said)
        assert not any(outlet in str(said) for outlet, *_ in ARTICLES)


def without_quoted(data: Any) -> Any:
    """Return an answer without what it quotes, and without what was asked."""
    if isinstance(data, dict):
        kept = {key: value for key, value in data.items() if key not in ("quoted", "query")}
        return {key: without_quoted(value) for key, value in kept.items()}
    return [without_quoted(one) for one in data] if isinstance(data, list) else data


def test_a_story_has_its_copies_flags_and_marks(told: dict[str, Any]) -> None:
    """Asked by any of its articles, a story is told whole."""
    found = answer(told, "story", id=2)
    assert found["id"] == 1
    assert [copy["article"] for copy in found["copies"]] == [1, 2]
    assert found["flags"][0]["rule"] == "china-south-korea"
    assert [mark["text"] for mark in found["marks"]] == ["kim"]


def test_why_names_sentence_and_words(told: dict[str, Any]) -> None:
    """A flag is told with what made it hold."""
    (rule,) = answer(told, "why_flagged", id=4)["rules"]
    assert (rule["rule"], rule["level"]) == ("korean-peninsula", "now")
    assert rule["reasons"][0]["quoted"]["sentence"] == ARTICLES[3][1]


def test_trends_count_stories(told: dict[str, Any]) -> None:
    """Stories by language, and those of a search, flagged or not."""
    found = answer(told, "trends", by="language", **WINDOW)
    totals = {one["quoted"]: one["total"] for one in found["series"]}
    assert totals == {"en": 2, "ko": 1, "zh": 1, "ja": 1}
    (series,) = answer(told, "trends", search="missile", **WINDOW)["series"]
    assert series["total"] == 1


def test_coverage_says_what_was_not_read(told: dict[str, Any]) -> None:
    """A feed that was never polled is trouble."""
    found = answer(told, "coverage", since="2026-11-22", until="2026-11-23")
    assert (found["feeds"], found["read"]) == (1, 0)
    assert found["troubles"][0]["feed"] == "wire"


def test_coverage_says_what_could_not_be_worked_on(tmp_path: Path) -> None:
    """Whoever relies on the answers hears of what stands in no list, as readers of a digest do."""
    desk = filled(tmp_path)
    with desk.store.write() as db:
        left.leave_page(db, 1, version="0", why="internal error")
        unjudged.leave(db, [2, 3], "", "another version's rules", desk.now())
    found = answers.coverage(desk)
    desk.close()
    assert (found["left_aside"], found["unjudged"], found["left_out"]) == (1, 2, 0)


def test_a_wrong_question_gets_one_clear_line(told: dict[str, Any]) -> None:
    """What a user would read on a terminal, a program reads as the answer's error."""
    assert "never closed" in refused(told, "search", query='"never closed')
    assert "from 1 to 200" in refused(told, "search", query="snow", limit=100_000)
    assert "no article has the id 999" in refused(told, "article", id=999)
    assert "no article has the id 1000" in refused(told, "article", id=10**30)
    assert "'rule', 'outlet'" in refused(told, "trends", by="colour")
    assert "limt" in refused(told, "search", query="snow", limt=1)
    assert "tomorrowish" in refused(told, "coverage", since="tomorrowish")


def test_a_missing_extra_is_named_with_its_command(folder: Path) -> None:
    """Without the SDK one line says what to install."""
    program = (
        "import sys; sys.modules['mcp'] = None; sys.modules['mcp.server'] = None; "
        "from monitor.cli import main; sys.argv = ['monitor', 'mcp']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment(),
        capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 2
    assert "pip install 'wire-monitor[mcp]'" in done.stderr
    assert done.stdout == ""


def test_a_wrong_config_is_told_before_anybody_asks(tmp_path: Path) -> None:
    """A fault of the config file ends the server with the usual line."""
    (tmp_path / "config.toml").write_text("[monitor]\ntimezone = 'Nowhere'\n", encoding="utf-8")
    done = monitor("mcp", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "Nowhere" in done.err
