"""Where keys stand in TOML texts, and what is said of texts that are none."""

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monitor
from monitor.errors import ConfigError
from monitor.tomlfile import parse_toml
from monitor.tomlfile.places import Places
from tests.budget import within

SHIPPED = sorted(Path(monitor.__file__).parent.rglob("*.toml"))
SIGNS = st.text(alphabet=st.sampled_from("ab=.\"'[]{}#,\n 1\\-"), max_size=40)


def paths(data: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner: Any = ()
    if isinstance(data, dict):
        inner = data.items()
    elif isinstance(data, list):
        inner = enumerate(data)
    for key, value in inner:
        yield (*above, key)
        yield from paths(value, (*above, key))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: path.name)
def test_every_key_and_element_has_its_place(file: Path) -> None:
    """In real files each key is found on a line that has it."""
    text = file.read_text("utf-8")
    places, lines = Places(text), text.splitlines()
    for path in paths(tomllib.loads(text)):
        assert path in places.found
        line = places.line(path)
        assert line is not None
        assert isinstance(path[-1], int) or path[-1] in lines[line - 1]


@given(SIGNS)
def test_any_text_is_toml_or_one_fault(text: str) -> None:
    """Whatever is in the file, reading it ends in data or in a fault with a line."""
    with suppress(ConfigError):
        parse_toml(text, "f.toml").line(("a", 0, "b"))


@pytest.mark.parametrize(
    "text", ["a=" + "[" * 3000, "a={" * 900, '"' * 20_000, 'a="' + "\\" * 20_001, "[" * 3000]
)
def test_hostile_nesting_is_a_fault(text: str) -> None:
    """Brackets and quotes without end neither crash the reader nor hold it up."""
    with pytest.raises(ConfigError, match="not valid TOML"):
        parse_toml(text, "f.toml")


@pytest.mark.parametrize("text", ["a=" + "[" * 900 + "1," * 4000, "[" + "a." * 50_000 + "a]\nb="])
def test_places_are_found_in_time(text: str) -> None:
    """Depth times length would be seconds for a file of a few thousand characters."""
    within(3, lambda: Places(text))
