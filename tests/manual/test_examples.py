"""What stands in blocks of the manual works as it stands there."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import monitor as monitor_package
from monitor.cli.app import COMMANDS, commands_of
from monitor.manual import page, topics
from monitor.search import parse
from monitor.search.query import FIELDS, HAS
from monitor.search.query_tree import Named
from monitor.settings import check_config
from monitor.tomlfile import parse_toml
from tests.commands import monitor

_MAIL = '[email]\nhost = "smtp.example.org"\nfrom = "desk@example.org"\n'


def _blocks(topic: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page(topic), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("topic", topics())
def test_toml_blocks_are_read_as_config(topic: str) -> None:
    """Each block is a config without faults."""
    for block in _blocks(topic, "toml"):
        if not re.search(r"\[\[(?:rule|entity)", block):
            check_config(parse_toml(block, "block.toml"), Path())


def test_the_rules_of_the_tutorial_pass_their_own_tests(tmp_path: Path) -> None:
    """As files of a desk they are checked without a fault or a warning."""
    files = _blocks("rules", "toml")
    for number, text in enumerate(files):
        (tmp_path / f"rules{number}.toml").write_text(text, "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nrule_files = ["rules*.toml"]\n', "utf-8")
    done = monitor("rules", "test", folder=tmp_path)
    assert (done.code, len(files)) == (0, 2), done.out + done.err
    checked = monitor("check", folder=tmp_path)
    assert not re.findall("rules[01].toml.*", checked.out + checked.err)


def test_the_entities_of_the_page_are_known(tmp_path: Path) -> None:
    """As a file of a desk they are read, and found by a name."""
    (tmp_path / "own.toml").write_text("".join(_blocks("entities", "toml")), "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nentity_files = ["own.toml"]\n', "utf-8")
    found = monitor("entities", "find", "임하늘", folder=tmp_path)
    assert (found.code, "lim-ha-neul" in found.out) == (0, True), found


def _command(words: list[str]) -> tuple[Any, list[str]]:
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
        command, rest = _command(words)
        known = {option for one in command.params for option in one.opts}
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


def test_a_backup_is_made_as_the_page_says(tmp_path: Path) -> None:
    """The command of the page leaves a file."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    (line,) = "".join(_blocks("upkeep", "sh")).splitlines()
    assert monitor(*line.split()[1:], folder=tmp_path).code == 0
    assert (tmp_path / "backup.db").stat().st_size


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
