"""What the README shows is so: links, commands, rules, libraries, scripts."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import monitor as monitor_package
from monitor.cli.app import COMMANDS
from tests.commands import monitor
from tests.manual.test_examples import command_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(not (ROOT / ".readme").exists(), reason="no README's pictures beside us")
def test_links_and_pictures_lead_to_files() -> None:
    """Those into this project; the world outside is not asked."""
    targets = [one for one in re.findall(r"\]\(([^)]+)\)", README) if "://" not in one]
    assert targets
    assert [one for one in targets if not (ROOT / one).exists()] == []


def test_commands_exist_and_none_is_left_out() -> None:
    """With the options that stand beside them; every command is named somewhere."""
    shell = [line.partition("#")[0] for block in _blocks("sh") for line in block.splitlines()]
    lines = [line for line in shell if line.startswith("monitor ")]
    lines += re.findall("`(monitor [^`]+)`", README)
    named = set()
    for line in lines:
        words = re.sub("'[^']*'|\"[^\"]*\"", "X", line).split()[1:]
        if words[0] == "--help":
            continue
        command, rest = command_of(words)
        known = {option for one in command.params for option in one.opts}
        assert {word for word in rest if word.startswith("--")} <= known, line
        named.add(words[0])
    everything = {name for known in COMMANDS.values() for name in known}
    assert sorted(everything - named - {"list", "show"}) == []


def test_the_rule_passes_its_own_tests(tmp_path: Path) -> None:
    """As the only file of a desk it is checked without a fault."""
    (rule,) = _blocks("toml")
    (tmp_path / "own.toml").write_text(rule, "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nrule_files = ["own.toml"]\n', "utf-8")
    tried = monitor("rules", "test", folder=tmp_path)
    assert tried.code == 0, tried.out + tried.err


def test_every_library_has_a_row_that_says_why() -> None:
    """Those that are installed with the program, and the extras for its users."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["mcp"]]
    wanted += project["optional-dependencies"]["chat"]
    table = README.partition("| library | for | why this one |")[2].partition("\n\n")[0].lower()
    first = " ".join(row.split("|")[1] for row in table.splitlines() if row.count("|") > 2)
    names = [re.split(r"[^\w-]", name)[0] for name in wanted]
    known = {"ahocorasick-rs": "ahocorasick", "beautifulsoup4": "beautifulsoup"}
    assert [name for name in names if known.get(name, name) not in first] == []


def test_scripts_that_are_named_are_there() -> None:
    """The last column of what was measured."""
    table = README.partition("| what | outcome | script |")[2].partition("\n\n")[0]
    scripts = re.findall(r"\| `(\w+)` \|$", table, re.MULTILINE)
    assert scripts
    for script in scripts:
        text = (ROOT / "tests" / "benchmarks" / f"{script}.py").read_text("utf-8")
        assert ast.get_docstring(ast.parse(text)), script


def test_the_names_for_programs_are_there() -> None:
    """Every `monitor.name` of the example is of the public face."""
    (code,) = _blocks("python")
    assert ast.parse(code)
    names = set(re.findall(r"monitor\.(\w+)\(", code))
    assert names <= set(monitor_package.__all__)
