"""The manual's page on JSON tells every key that programs are given."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.manual import page
from tests.commands import monitor
from tests.site import Site
from tests.wire import TALKS_HEADLINE as HEADLINE
from tests.wire import config_text, put_small_desk

LINE = json.dumps({"id": "a", "title": HEADLINE})
# Each command, and the words that the heading of its chapter has after "monitor".
COMMANDS = {
    "poll": "poll --json",
    "list": "list --json",
    "list --all": "list --all",
    "show 1": "show ID --json",
    "show 1 --diff": "show ID --diff --json",
    "search hotline --count": "search QUERY --json",
    "scrape URL/talks.html --private": "scrape URL --json",
    "search hotline": "search QUERY --json",
    "export hotline --format jsonl": "export QUERY --format jsonl",
    "trends": "trends --json",
    "explain 1": "explain ID --json",
    "rules try TEXT": "rules try TEXT --json",
    "rules match -": "rules match FILE --json",
    "rules list": "rules list --json",
    "rules backtest": "rules backtest --json",
    "rules backtest --from-marks": "rules backtest --json",
    "entities list": "entities list --json",
    "stories group -": "stories group FILE --json",
    "mark 1 --wanted": "mark ID --json",
    "status": "status --json",
    "feeds list": "feeds list --json",
    "feeds check": "feeds check --json",
    "feeds discover URL/home --private": "feeds discover URL --json",
    "outbox list": "outbox list --json",
    "digest --format json": "digest --format json",
}
# What stands under these has names, not keys of ours.
NAMED = {"failed", "elsewhere", "digests", "next_digests"}


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(() if key in NAMED else inner)
    elif isinstance(value, list):
        for one in value:
            yield from _keys(one)


def _chapter(heading: str) -> str:
    chapters = page("json").split("\n## ")[1:]
    (found,) = [one for one in chapters if f"`monitor {heading}`" in one.partition("\n")[0]]
    return found


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        put_small_desk(running)
        yield running


@pytest.fixture(scope="module")
def desk(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a flagged story that is marked, and a message that waits."""
    folder = tmp_path_factory.mktemp("desk")
    mail = '[email]\nhost = "127.0.0.1"\nport = 1\nfrom = "desk@example.org"\n'
    digest = '[[digest]]\nname = "day"\nto = ["mailto:kim@example.org"]\ntrends = "week"\n'
    text = config_text(site, "wire", "gone", language="en", extra=mail + digest)
    (folder / "config.toml").write_text(text, "utf-8")
    for words in ("poll", "digest day --send", "mark 1 --wanted --star"):
        monitor(*words.split(), folder=folder)
    return folder


@pytest.mark.parametrize(("command", "heading"), COMMANDS.items())
def test_every_key_is_told_and_every_object_has_its_shape(
    desk: Path, site: Site, command: str, heading: str
) -> None:
    """Each object, alone or in a list, begins with `shape`; the chapter names all of its keys."""
    words = command.replace("URL", site.url("").rstrip("/")).split()
    words = [HEADLINE if word == "TEXT" else word for word in words]
    if "--format" not in words and "--all" not in words:
        words.append("--json")
    done = monitor(*words, folder=desk, given=LINE)
    if done.out.startswith(("[", "{\n")):
        whole = json.loads(done.out)
        rows = whole if isinstance(whole, list) else [whole]
    else:
        rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows, done.err
    assert {(next(iter(row)), row["shape"]) for row in rows} == {("shape", 1)}
    chapter = _chapter(heading)
    told = [page("json").split("\n## ")[0], chapter]
    told += map(_chapter, re.findall("as a line of `monitor ([^`]+)`", chapter))
    assert set(_keys(rows)) <= set(re.findall("`([a-z_]+)`", "".join(told)))
