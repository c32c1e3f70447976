"""The references of the manual against what the code knows."""

import dataclasses
import inspect
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import monitor as monitor_package
from monitor.articles.page.profile_files import load_profiles
from monitor.articles.page.profiles import Profile
from monitor.deliver.targets import FORMATS, Kind, Shape, parse_target
from monitor.manual import page
from monitor.manual.meanings import meanings
from monitor.reader.front_screen import FrontScreen
from monitor.reader.key_help import described
from monitor.settings import Config
from monitor.watch.language.entities import Decoy, Entity, Tenure
from monitor.watch.language.rules import Block, Rule, RuleTest, WordList
from monitor.watch.language.terms import Kind as TermKind
from monitor.watch.language.terms import parse_term
from tests.commands import monitor

_BASE = Config.__mro__[1]
TABLES = [model for model in _BASE.__subclasses__() if model is not Config]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_key_of_a_table_is_told(model: type[BaseModel]) -> None:
    """No key is missing on the page or in the meanings, and none is told that is not there."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    assert list(meanings()["config"][model.__name__]) == keys
    lines = page("config").splitlines()
    assert all(any(line.startswith(f"* **`{key}`** (") for line in lines) for key in keys)


def test_every_key_says_since_when_it_is_there() -> None:
    """Each stands under one version; the page tells it of those that came after the first."""
    listed = [
        (table, key)
        for tables in meanings()["since"].values()
        for table, keys in tables.items()
        for key in keys
    ]
    known = {
        (model.__name__, field.alias or name)
        for model in TABLES
        for name, field in model.model_fields.items()
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == known
    told = page("config")
    assert "* **`vantage`** (a name without spaces; not set; since 0.2.0): " in told
    assert "* **`contact`** (mail address or url; not set): " in told


def test_as_many_keys_are_told_as_the_tables_have() -> None:
    """Keys of the same name in several tables are told in each."""
    told = [line for line in page("config").splitlines() if line.startswith("* **`")]
    assert len(told) == sum(len(model.model_fields) for model in TABLES)


def test_a_key_tells_type_bounds_and_default() -> None:
    """What may be written, and what holds without it, are those of the settings."""
    told = page("config")
    assert "* **`every`** (a time such as" in told
    assert 'default `"15m"`' in told
    assert "(number from 1 to 500; default `50`)" in told
    assert "* **`from`** (text; **required**)" in told


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_target_is_told(kind: str) -> None:
    """What the page writes for a kind is read as that kind."""
    written = meanings()["targets"]["kinds"][kind]["write"]
    assert parse_target(written).kind == kind
    assert f"## {kind}: `{written}`" in page("targets")


@pytest.mark.parametrize("shape", [shape for shape in get_args(Shape) if shape])
def test_every_shape_of_a_webhook_is_told(shape: str) -> None:
    """What the page writes for a shape is read as that shape."""
    written = meanings()["targets"]["shapes"][shape]["write"]
    assert parse_target(written).shape == shape
    assert f"* `{written}`" in page("targets")


def test_every_ending_of_a_file_is_told() -> None:
    """Endings say the form."""
    told = page("targets")
    assert all(f"* `{ending}`: {form}" in told for ending, form in FORMATS.items())


# Fields that the reader of rules fills in itself.
_OWN = {
    Profile: {"file"},
    Rule: {"file", "line"},
    Block: set(),
    RuleTest: set(),
    WordList: {"id", "file"},
    Entity: {"file", "as_of", "tenures"},
    Decoy: {"file"},
    Tenure: set(),
}


def _keys(table: type[Any]) -> list[str]:
    hints = get_type_hints(table, include_extras=True)
    keys = []
    for field in dataclasses.fields(table):
        about = [one for one in getattr(hints[field.name], "__metadata__", ()) if _is_alias(one)]
        keys.append(about[0].alias if about else field.name)
    return [key for key in keys if key not in _OWN[table]]


def _is_alias(value: object) -> bool:
    return isinstance(value, FieldInfo) and value.alias is not None


@pytest.mark.parametrize("table", _OWN, ids=lambda table: table.__name__)
def test_every_key_of_rule_entity_and_profile_files_is_told(table: type[Any]) -> None:
    """No key is missing, and none is told that is not there."""
    chapters = {Entity: "entities", Decoy: "entities", Tenure: "entities", Profile: "profiles"}
    chapter = chapters.get(table, "rules")
    told = meanings()[chapter][table.__name__]
    assert sorted(told) == sorted(_keys(table))
    text = page(chapter)
    for key, about in told.items():
        written = about["example"]
        assert f"* **`{key} = {written}`**" in text or f"* **`{written}`**" in text


def test_the_examples_of_all_keys_make_a_rule_that_is_read(tmp_path: Path) -> None:
    """Put together they are one rule file without faults, which is listed."""

    def lines(table: str, *left_out: str) -> list[str]:
        told = meanings()["rules"][table]
        return [f"{key} = {told[key]['example']}" for key in told if key not in left_out]

    text = [
        *("[list.sports]", *lines("WordList")),
        *("[[rule]]", *lines("Rule", "when", "unless", "test")),
        *("[[rule.when]]", *lines("Block", "keep_if")),
        *("[[rule.unless]]", *lines("Block", "score", "level")),
        *("[[rule.test]]", *lines("RuleTest")),
    ]
    (tmp_path / "rules.toml").write_text("\n".join(text), "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nrule_files = ["rules.toml"]\n', "utf-8")
    done = monitor("rules", "list", folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "coast-guard" in done.out


def test_the_examples_of_all_keys_make_an_entity_that_is_read(tmp_path: Path) -> None:
    """Put together they are one entity file without faults, and its entity is found."""
    told = meanings()["entities"]
    text = ['[office.fisheries-envoy-kr]\nside = "KR"\nen = ["fisheries envoy"]']
    for table in ("Entity", "Decoy", "Tenure"):
        text.append(f"[[{table.lower()}]]")
        text += [f"{key} = {about['example']}" for key, about in told[table].items()]
    (tmp_path / "own.toml").write_text("\n".join(text), "utf-8")
    (tmp_path / "config.toml").write_text('[monitor]\nentity_files = ["own.toml"]\n', "utf-8")
    found = monitor("entities", "find", "Park Min-ji", folder=tmp_path)
    assert (found.code, "park-min-ji" in found.out) == (0, True), found


def test_the_examples_of_all_keys_make_a_profile_that_is_read(tmp_path: Path) -> None:
    """Put together they are one file of profiles without faults."""
    told = meanings()["profiles"]["Profile"]
    lines = [f"{key} = {about['example']}" for key, about in told.items()]
    (tmp_path / "own.toml").write_text("\n".join(["[[site]]", *lines]), "utf-8")
    profiles = load_profiles([tmp_path / "own.toml"])
    found = profiles.for_url("https://news.example.org/en/1.html")
    assert found is not None
    assert found.name == "Example News"


def test_every_key_of_the_reader_is_told() -> None:
    """The page on reading has each binding that the program's own page of keys has."""
    told = page("reading")
    for title, bindings in FrontScreen.HELP_GROUPS:
        assert f"## Keys: {title[0].lower()}{title[1:]}\n" in told
        for keys, description in described(bindings):
            assert f"* {' '.join(f'`{key}`' for key in keys)} {description}\n" in told + "\n"


def test_every_name_of_the_public_face_is_told() -> None:
    """With what its docstring says first, and the fields of values."""
    told = page("api")
    for name in monitor_package.__all__:
        (chapter,) = re.findall(rf"^## monitor\.{name}\n+(.*?)(?=^## |\Z)", told, re.S | re.M)
        first = (inspect.getdoc(getattr(monitor_package, name)) or "").split("\n")[0]
        assert first in chapter
    assert "\npublished_text: str = " in told


@pytest.mark.parametrize("kind", [kind for kind in get_args(TermKind) if kind != "pattern"])
def test_every_form_of_a_term_is_told(kind: str) -> None:
    """What the page writes for a form is read as that form."""
    written = meanings()["rules"]["terms"][kind]["write"]
    assert parse_term(written).kind == kind
    assert f'* **`"{written}"`**' in page("rules")
