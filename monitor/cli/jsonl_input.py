"""Texts given as JSON Lines, and the rules in force for them, with or without a config file."""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli.session import session
from monitor.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from monitor import model
    from monitor.watch import Rulebook


_WANTED = "each line must hold one whole object, as `monitor export QUERY --format jsonl` writes it"


def in_force(context: typer.Context) -> "Rulebook":
    """Return the configured rules, or the built-in ones where there is no config file at all."""
    from monitor import watch
    from monitor.desk import Desk

    this = session(context)
    try:
        config = this.load_config()
    except ConfigError as error:
        if this.config is None and "monitor init" in str(error):
            return watch.load()
        raise
    return Desk(config, this.state).rulebook


def json_articles(
    file: str,
) -> "Iterator[tuple[dict[str, Any], model.Article, model.Feed | None]]":
    """Yield each line of a file ("-": standard input) with the article and feed it stands for.

    Raises:
        UsageError: the file cannot be read, or a line is no such text; with its number.
    """
    from monitor import watch

    for number, row in _rows(file):
        try:
            article, feed = watch.article_from_json(row)
        except UsageError as error:
            raise UsageError(f"{file}:{number}: {error}") from None
        yield row, article, feed


def _rows(file: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        # JSON is UTF-8 whatever the locale (RFC 8259, 8.1); some editors put a mark before it.
        given = sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115
        with TextIOWrapper(given, encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _object(line, f"{file}:{number}")
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is not UTF-8 text") from None
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from None


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}: no JSON: {error.msg}; {_WANTED}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or brackets likewise
        raise UsageError(f"{where}: no JSON that anybody writes; {_WANTED}") from None
    if not isinstance(row, dict):
        raise UsageError(f"{where}: expected an object; {_WANTED}")
    return row
