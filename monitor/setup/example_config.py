"""The example configuration, and what a desk answered put into it line by line."""

import json
import re
from importlib import resources
from pathlib import Path

from msgspec import Struct

from monitor.setup.example_desks import ExampleDesk

_BUILT_IN = ("china-south-korea", "korean-peninsula")


class Answers(Struct, frozen=True):
    """What a desk said of itself; "" leaves a line of the example as it is."""

    timezone: str = ""  # IANA name
    contact: str = ""  # mail address or url
    reader_language: str = ""  # ISO 639 code
    desk: ExampleDesk | None = None  # whose rules it begins with


def example_text() -> str:
    """Return the text of config.example.toml, from the package or the source tree."""
    inside = resources.files("monitor") / "config.example.toml"
    if inside.is_file():
        return inside.read_text("utf-8")
    return (Path(__file__).parents[2] / "config.example.toml").read_text("utf-8")


def config_text(answers: Answers) -> str:
    """Return the text of config.toml for a desk."""
    text = example_text()
    if answers.timezone:
        text = _set(text, "timezone", answers.timezone)
    if answers.contact:
        text = _set(text, "contact", answers.contact, "sites see it and can write to you")
    if answers.reader_language:
        text = _set(text, "reader_language", answers.reader_language)
    if answers.desk is not None:
        text = _set(text, "rule_files", ["rules/*.toml"])
        text = _set(text, "rules", [*answers.desk.rules, *_BUILT_IN])
    return text


def _set(text: str, key: str, value: object, comment: str = "") -> str:
    """Give a key its value, on the first line that has it, switched on or not."""
    line = re.compile(rf"^(?:# )?{key} = [^#\n]*(?P<comment>#[^\n]*)?$", re.MULTILINE)
    found = line.search(text)
    assert found is not None, f"the example has no line for {key}"
    note = f"# {comment}" if comment else found["comment"] or ""
    setting = f"{key} = {json.dumps(value, ensure_ascii=False)}"
    return text[: found.start()] + f"{setting:<35} {note}".rstrip() + text[found.end() :]
