"""What stands in blocks of the manual works as it stands there."""

import json
import re
import shlex
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import monitor as monitor_package
from monitor.articles import load_profiles
from monitor.cli.app import COMMANDS, app, commands_of
from monitor.manual import page, topics
from monitor.search import parse
from monitor.search.query import FIELDS, HAS
from monitor.search.query_tree import Named
from monitor.settings import check_config
from monitor.text import guess_language
from monitor.tomlfile import parse_toml
from monitor.watch import load as load_rules
from tests.archive import filled
from tests.commands import monitor
from tests.site import Answer, Site
from tests.wire import Item, Outlet

_MAIL = '[email]\nhost = "smtp.example.org"\nfrom = "desk@example.org"\n'


def _blocks(topic: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page(topic), re.DOTALL | re.MULTILINE)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some stories, in which commands are run."""
    filled(tmp_path).close()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("topic", topics())
def test_toml_blocks_are_read(topic: str, tmp_path: Path) -> None:
    """Each block is a config, or a file of site profiles, without faults."""
    for block in _blocks(topic, "toml"):
        if "[[site]]" in block:
            (tmp_path / "sites.toml").write_text(block, "utf-8")
            assert load_profiles([tmp_path / "sites.toml"]).for_url("https://news.example.org/a")
        elif not re.search(r"\[\[(?:rule|entity)", block):
            mail = _MAIL if "mailto:" in block and "[email]" not in block else ""
            check_config(parse_toml(block + mail, "block.toml"), Path())


def test_the_rules_of_the_tutorial_do_what_the_page_shows(archive: Path) -> None:
    """Together they are a file whose tests hold in four languages; commands print as shown."""
    rules = archive / "desk.toml"
    rules.write_text("".join(_blocks("rules", "toml")), "utf-8")
    config = archive / "config.toml"
    text = config.read_text("utf-8").replace("[monitor]", '[monitor]\nrule_files = ["desk.toml"]')
    config.write_text(text, "utf-8")
    own = [rule for rule in load_rules([rules]).rules if rule.file == str(rules)]
    assert len(own) == 5
    named = set(re.findall(r"`#([a-z-]+)`", page("rules")))
    known = set(tomllib.loads(rules.read_text("utf-8"))["list"])
    for words in (Path(monitor_package.__path__[0]) / "watch" / "data").glob("*_words.toml"):
        known |= set(tomllib.loads(words.read_text("utf-8"))["list"])
    assert named <= known
    for rule in own:
        texts = [text for test in rule.tests for text in test.should]
        assert {guess_language(text) for text in texts} >= {"en", "ko", "zh", "ja"}, rule.id
    for block in _blocks("rules", "console"):
        printed = ""
        for line in block.splitlines():
            if line.startswith("$ monitor "):
                done = CliRunner().invoke(app, shlex.split(line)[2:])
                assert done.exit_code == 0, done.output
                printed = done.stdout
            elif line != "…":
                assert line in printed.splitlines(), line


def test_the_entities_of_the_page_are_known(tmp_path: Path) -> None:
    """As a file of a desk they are read, and found by a name."""
    (tmp_path / "own.toml").write_text("".join(_blocks("entities", "toml")), "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nentity_files = ["own.toml"]\n', "utf-8")
    found = monitor("entities", "find", "임하늘", folder=tmp_path)
    assert (found.code, "lim-ha-neul" in found.out) == (0, True), found


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that words call, and the words that follow it."""
    module = next(name for name, known in COMMANDS.items() if words[0] in known)
    command, rest = commands_of(module)[words[0]], words[1:]
    while rest and rest[0] in getattr(command, "commands", {}):
        command, rest = command.commands[rest[0]], rest[1:]
    return command, rest


@pytest.mark.parametrize("topic", topics())
def test_commands_that_are_named_exist(topic: str) -> None:
    """No page sends its reader to a command, an option or a page that is not there."""
    for text in re.findall(r"`monitor ([^`]+)`", page(topic)):
        words = text.split()
        if words[0] in ("--help", "TOPIC"):
            continue
        command, rest = command_of(words)
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        assert {word for word in rest if word.startswith("--")} <= known, text
        assert words[0] != "manual" or words[1] in topics(), text
        assert not hasattr(command, "commands"), f"{text} is no whole command"


def test_the_queries_are_read_and_every_field_is_told() -> None:
    """Queries as they stand there, and the fields of the query language."""
    queries = "".join(_blocks("search", "query")).splitlines()
    told = re.findall(r"^\* \*\*`(\w+):`\*\*", page("search"), re.MULTILINE)
    assert sorted(told) == sorted(("title", *FIELDS))
    examples = [text for text in re.findall(r"`(\w+:\S+)`", page("search")) if text[-1] != ":"]
    entity = Named(("wang yi",))
    for query in (*queries, *examples):
        parse(query, lambda _: [entity], lambda _: datetime.now(UTC))
    assert {f"has:{what}" for what in HAS} <= set(examples)


@pytest.mark.parametrize("topic", ["reading", "trends", "upkeep"])
def test_the_commands_of_a_page_are_done(topic: str, archive: Path) -> None:
    """Each line of the blocks of commands ends with exit code 0, and writes what it names."""
    for line in "".join(_blocks(topic, "sh")).splitlines():
        words = shlex.split(line)
        done = CliRunner().invoke(app, words[1:])
        assert (words[0], done.exit_code) == ("monitor", 0), f"{line}: {done.output}"
        for word in words:
            if re.search(r"\.\w+$", word) or word == "archive":
                assert (archive / word).exists(), line


def test_the_commands_on_feeds_and_profiles_are_done(tmp_path: Path) -> None:
    """With a site on this machine in the place of the one on the page."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    (tmp_path / "news.toml").write_text("".join(_blocks("profiles", "toml")), "utf-8")
    with Site() as site:
        outlet = Outlet(site, "rss")
        outlet.publish(Item("talks", "China and South Korea hold talks"))
        outlet_page = b'<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        site.at("/", Answer(body=outlet_page, headers={"Content-Type": "text/html"}))
        for line in "".join(_blocks("feeds", "sh") + _blocks("profiles", "sh")).splitlines():
            words = line.replace("https://en.example.org/", site.url("/"), 1).split()[1:]
            words = [word.replace("rss/news.xml", "rss.xml") for word in words]
            words = [re.sub("https://.*html$", site.url("/talks.html"), word) for word in words]
            if words[:2] == ["feeds", "add"]:
                words += ["--name", "example-en"]
            private = [] if words[1] == "check" else ["--private"]
            done = monitor(*words, *private, folder=tmp_path)
            assert done.code == 0, f"{words}: {done.out}{done.err}"
    assert 'name = "example-en"' in (tmp_path / "config.toml").read_text("utf-8")


def test_the_program_of_the_api_page_runs() -> None:
    """What it asserts is so, and what is told of an assistant's configuration is JSON."""
    (program, *_) = _blocks("api", "python")
    exec(program, {})
    (served,) = _blocks("trends", "json")
    assert json.loads(served)["mcpServers"]["wire"]["args"][-1] == "mcp"


def test_the_commands_of_the_start_make_a_desk_without_faults(tmp_path: Path) -> None:
    """The blocks of commands run one after the other, each with exit code 0."""
    folder = tmp_path
    for line in "".join(_blocks("start", "sh")).splitlines():
        program, *words = line.split()
        if program == "cd":
            folder = folder / words[0]
        else:
            done = monitor(*words, folder=folder)
            assert (program, done.code) == ("monitor", 0), done.err


TROUBLES = {
    "no config.toml here": (None, ("poll",)),
    "unknown key": ("[monitor]\ntimezon = 1\n", ("check",)),
    "is no time zone": ('[monitor]\ntimezone = "KST"\n', ("check",)),
    "is required": ('[[feed]]\nname = "a"\n', ("check",)),
    "needs an [email] table": ('[[alert]]\nto = ["mailto:a@example.org"]\n', ("check",)),
    "is not understood": ('[[alert]]\nto = ["a@example.org"]\n', ("check",)),
    "matches no file": ('[monitor]\nrule_files = ["no/*.toml"]\n', ("check",)),
    "no feed is called": ("", ("poll", "--feed", "yonhap")),
    "nothing was polled yet": (
        '[[feed]]\nname = "a"\nurl = "https://example.org/a"\n',
        ("status",),
    ),
}
# What `status` tells in its table, and ends nothing.
TOLD_BESIDE = "nothing was polled yet"


@pytest.mark.parametrize("message", TROUBLES)
def test_a_trouble_is_headed_by_the_words_that_people_see(message: str, tmp_path: Path) -> None:
    """The heading stands in what the program prints."""
    text, words = TROUBLES[message]
    if text is not None:
        (tmp_path / "config.toml").write_text(text, "utf-8")
    done = monitor(*words, folder=tmp_path)
    assert message in done.out + done.err
    assert f"\n## {message}\n" in page("troubles")
    told = done.err.endswith("; see `monitor manual troubles`\n")
    assert told == (message != TOLD_BESIDE)


def test_no_heading_is_left_of_a_message_that_is_gone() -> None:
    """Each part of a heading stands in a message of the program."""
    code = "".join(
        file.read_text("utf-8") for file in Path(monitor_package.__path__[0]).rglob("*.py")
    )
    headings = re.findall("^## (.+)$", page("troubles"), re.MULTILINE)
    for heading in headings:
        parts = heading.split("…" if "…" in heading else ", ")
        assert all(part in code for part in parts), heading


def test_a_message_without_a_chapter_is_told_alone(tmp_path: Path) -> None:
    """The manual is named only where it has something to say."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    done = monitor("digest", "--since", "1h", "--until", "2h", folder=tmp_path)
    assert (done.code, "manual" in done.err) == (2, False)
