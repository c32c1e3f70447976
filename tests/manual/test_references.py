"""The references of the manual against what the code knows."""

from typing import get_args

import pytest
from pydantic import BaseModel

from monitor.deliver.targets import FORMATS, Kind, Shape, parse_target
from monitor.manual import page
from monitor.manual.meanings import meanings
from monitor.settings import Config

_BASE = Config.__mro__[1]
TABLES = [model for model in _BASE.__subclasses__() if model is not Config]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_every_key_of_a_table_is_told(model: type[BaseModel]) -> None:
    """No key is missing on the page or in the meanings, and none is told that is not there."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    assert list(meanings()["config"][model.__name__]) == keys
    lines = page("config").splitlines()
    assert all(any(line.startswith(f"* **`{key}`** (") for line in lines) for key in keys)


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
