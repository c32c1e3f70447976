"""The commands that a desk types all day load next to nothing beside the store and the settings."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor import model
from monitor.cli.app import COMMANDS, commands_of
from monitor.store import articles, desk_feeds, feeds, open_store
from tests.commands import environment
from tests.waiting import PATIENCE

NOW = datetime.now(UTC)

# Whatever reads feeds and pages, matches rules, lays digests out or delivers them.
HEAVY = frozenset(
    {"httpx", "httpcore", "alembic", "feedparser", "bs4", "lxml", "selectolax", "jinja2", "protego"}
    | {"aiosmtplib", "apprise", "ahocorasick_rs", "apscheduler", "chardet", "email_validator"}
    | {"prometheus_client", "platformdirs", "rich.console"}
    | {"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.base"}
    | {"monitor.watch.rulebook", "monitor.pipeline.pipeline", "monitor.digest.composition"}
    | {"monitor.articles.extraction", "monitor.stories.window", "monitor.dates.printed"}
    | {"monitor.feeds.read.feed_document", "monitor.deliver.sending"}
)
RUN = """
import sys
from monitor.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, sep="\\n", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    feed = model.Feed("wire", "https://example.org/feed")
    table = f'[[feed]]\nname = "{feed.name}"\nurl = "{feed.url}"\n'
    (folder / "config.toml").write_text(table, "utf-8")
    store = open_store(folder / "state")
    text = model.Article(url="https://example.org/1", title="Envoys hold talks", body=("Today.",))
    new = articles.NewArticle("wire", "example.org/1", "Wire", NOW, True, "never", text)
    with store.write() as db:
        [(feed_id, _)] = desk_feeds.register(db, [feed], NOW).values()
        feeds.save(db, {feed_id: model.FeedState(polled_at=NOW, ok_at=NOW)})
        articles.add(db, [new])
    store.close()
    return folder


def loaded_by(line: str, desk: Path) -> set[str]:
    """Return the modules that a command has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *line.split()],
        cwd=desk,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "line", ["list", "list --all", "list --json", "status", "show 1", "search --count talks"]
)
def test_a_light_command_imports_what_it_needs_only(line: str, desk: Path) -> None:
    """On a store of the right schema neither the web, nor rules, nor digests are loaded."""
    loaded = loaded_by(line, desk)
    assert "sqlalchemy" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize(
    "line", ["digest", "trends", "search @wang-yi OR talks", "rules list", "entities find Wang"]
)
def test_who_asks_for_names_alone_compiles_no_rules(line: str, desk: Path) -> None:
    """Rules and entities are read, and what finds them in texts is not made."""
    loaded = loaded_by(line, desk)
    assert "monitor.watch.rulebook" in loaded
    assert not {"ahocorasick_rs", "monitor.watch.engine.matcher"} & loaded


def test_a_poll_loads_the_rules_only_when_something_is_new() -> None:
    """What a pipeline is made of imports neither what reads pages, nor rules, nor stories."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, monitor.pipeline.assembly; print(*sys.modules)"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    loaded = {name for name in done.stdout.split() if name.startswith("monitor.")}
    assert "monitor.pipeline.pipeline" in loaded
    stages = ("monitor.watch.", "monitor.stories.", "monitor.articles.", "monitor.feeds.read.")
    assert not [name for name in loaded if name.startswith(stages)]


@pytest.mark.parametrize("module", COMMANDS)
def test_a_command_is_found_where_the_command_line_looks_for_it(module: str) -> None:
    """The table of the command line names all commands of each module, in their order."""
    assert tuple(commands_of(module)) == COMMANDS[module]
