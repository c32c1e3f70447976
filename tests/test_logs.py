"""The log: one line an event, a repeated fault once, nothing secret."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import logs
from monitor.logs import JsonLines, Repeats, TextLines, without_secrets


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO, logging.Handler]]:
    """A logger with a handler of its own."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TextLines())
    logger = logging.getLogger("monitor.test")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream, handler
    logger.removeHandler(handler)
    logger.propagate = True


Log = tuple[logging.Logger, io.StringIO, logging.Handler]


def test_event_is_one_line_whatever_it_says(log: Log) -> None:
    """Line breaks and control characters of a feed forge no line."""
    logger, stream, _ = log
    logger.warning("title: %s", "one\n2026 ERROR forged\r\n\x1b[31mred")
    assert stream.getvalue().count("\n") == 1
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://desk:word@feeds.example/a?x=1", "https://***@feeds.example/a?x=1"),
        ("postgresql+psycopg://u:p@ss@db/x", "postgresql+psycopg://***@db/x"),
        ("at 'http://u:p@h/' and http://v@i/", "at 'http://***@h/' and http://***@i/"),
        ("mail to desk@example.org", "mail to desk@example.org"),
        ("https://example.org/@desk", "https://example.org/@desk"),
    ],
)
def test_credentials_in_addresses_are_left_out(text: str, shown: str) -> None:
    """User and password of any address are three stars; all else stays."""
    assert without_secrets(text) == shown


@given(
    st.text(st.characters(categories=("L", "N")), min_size=3, max_size=20),
    st.text(st.characters(categories=("L", "N"), include_characters=":%.-_~!"), min_size=8),
)
def test_no_password_is_shown(user: str, word: str) -> None:
    """Whatever stands before the @ of an address is never shown."""
    assert word not in without_secrets(f"asked https://{user}:{word}@h.example/p, HTTP 500")


def test_secret_is_concealed_wherever_it_comes_from(log: Log) -> None:
    """A password that was told is hidden in messages, arguments and the text of exceptions."""
    logger, stream, handler = log
    logs.conceal("tide pool 7")
    try:
        raise RuntimeError("535 bad login tide pool 7")
    except RuntimeError:
        logger.exception("mail with %s", "tide pool 7")
        handler.setFormatter(JsonLines())
        logger.exception("again")
    assert "tide pool" not in stream.getvalue()
    assert "RuntimeError: 535 bad login ***" in stream.getvalue()


def test_json_line_has_its_parts(log: Log) -> None:
    """Each line is an object with time, level, logger and message; a fault has its trace."""
    logger, stream, handler = log
    handler.setFormatter(JsonLines())
    logger.warning("첫째 %d", 1)
    try:
        raise ValueError("odd")
    except ValueError:
        logger.exception("failed")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["level"], first["logger"], first["message"]) == (
        "warning",
        "monitor.test",
        "첫째 1",
    )
    assert first["time"].endswith("+00:00")
    assert second["message"].startswith("failed: ValueError: odd at ")
    assert "Traceback" in second["trace"]


def test_repeated_fault_is_told_once_and_then_with_its_number(log: Log) -> None:
    """The same words within ten minutes are counted; the next time says how often they came."""
    logger, stream, handler = log
    now = [0.0]
    handler.addFilter(Repeats(lambda: now[0]))
    for _ in range(50):
        logger.error("outbox: %s", "refused")
    logger.error("outbox: other words")
    now[0] = 601.0
    logger.error("outbox: %s", "refused")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    assert lines[2].endswith("outbox: refused (49 times more since it was last told)")


def test_what_is_expected_is_told_every_time(log: Log) -> None:
    """Only faults are counted together; two reloads are two lines."""
    logger, stream, handler = log
    handler.addFilter(Repeats())
    logger.setLevel(logging.INFO)
    for _ in range(2):
        logger.info("reloaded")
    assert len(stream.getvalue().splitlines()) == 2


def test_ctrl_c_that_a_library_reports_is_no_fault() -> None:
    """Who interrupts a command reads nothing of where it met a library."""
    program = """
import logging
from monitor import logs
logs.configure(logging.WARNING)
log = logging.getLogger("sqlalchemy.pool")
for kind in (KeyboardInterrupt, OSError):
    try:
        raise kind("while closing")
    except BaseException:
        log.error("Exception closing connection", exc_info=True)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    (line,) = done.stderr.splitlines()
    assert "OSError: while closing" in line
