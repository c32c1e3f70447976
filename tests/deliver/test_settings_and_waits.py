"""Where the password comes from, and how long to wait between attempts."""

import sys
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver import (
    GIVE_UP_AFTER,
    MailSettings,
    next_attempt,
    resolve_password,
    worn_out,
)
from monitor.errors import ConfigError
from tests.deliver.sample import AT

PYTHON = [sys.executable, "-I", "-S"]  # it starts at once, also on a busy machine


def test_the_password_from_the_environment() -> None:
    """The named variable holds the password."""
    assert resolve_password(env="MAIL_PASSWORD", environ={"MAIL_PASSWORD": "tide"}) == "tide"


def test_the_password_from_a_command_without_a_shell() -> None:
    """The first line a command prints is the password; no shell reads its arguments."""
    program = "import sys; print(sys.argv[1]); print('more')"
    assert resolve_password(command=[*PYTHON, "-c", program, "$HOME; x"]) == "$HOME; x"
    assert resolve_password(command=[*PYTHON, "-c", "print('one line')"]) == "one line"


def test_a_command_is_found_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    """A password program beside config.toml runs there, wherever the monitor was started."""
    program = tmp_path / "word.sh"
    program.write_text("#!/bin/sh\npwd\n")
    program.chmod(0o700)
    assert resolve_password(command=["./word.sh"], folder=tmp_path) == str(tmp_path)


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({}, "exactly one"),
        ({"env": "A", "keyring": "b"}, "exactly one"),
        ({"env": "NOT_SET", "environ": {}}, "NOT_SET is not set"),
        ({"command": ["/no/such/program"]}, "/no/such/program"),
        (
            {"command": [*PYTHON, "-c", "import sys; sys.exit('locked\\x1b[31m\\nline')"]},
            f"email.password_command: {PYTHON[0]} left with code 1: locked[31m line",
        ),
        ({"command": [*PYTHON, "-c", "raise SystemExit(3)"]}, "left with code 3"),
        ({"command": [*PYTHON, "-c", "pass"]}, "printed nothing"),
        ({"command": [*PYTHON, "-c", "print(); print('more')"]}, "printed nothing"),
        (
            {
                "command": [
                    *PYTHON,
                    "-c",
                    "import os; os.write(2, b'Schl\\xfcssel'); os._exit(2)",
                ]
            },
            "left with code 2: Schl\ufffdssel",
        ),
    ],
)
def test_a_password_that_cannot_be_had_is_named(sources: dict[str, Any], said: str) -> None:
    """Each source that fails says which it was and why."""
    with pytest.raises(ConfigError) as refused:
        resolve_password(**sources)
    assert said in str(refused.value)


def test_what_a_password_program_complains_of_is_cut() -> None:
    """Two hundred letters of it say enough."""
    with pytest.raises(ConfigError) as refused:
        resolve_password(command=[*PYTHON, "-c", "raise SystemExit('x' * 300)"])
    assert str(refused.value).partition("code 1: ")[2] == "x" * 200


@pytest.mark.skipif(find_spec("keyring") is not None, reason="the keyring extra is installed")
def test_a_keyring_that_is_not_installed_says_how_to_get_it() -> None:
    """Without the keyring extra the message is the command that installs it."""
    with pytest.raises(ConfigError, match=r"pip install wire-monitor\[keyring\]"):
        resolve_password(keyring="smtp", username="desk")


def test_the_password_from_a_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked up by service and user; one that is locked or knows neither says so."""
    (tmp_path / "keyring.py").write_text(
        "def get_password(service, username):\n"
        "    if service == 'locked':\n"
        "        raise RuntimeError('nobody\\nunlocks it')\n"
        "    return {('smtp', 'desk'): 'tide'}.get((service, username))\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    try:
        assert resolve_password(keyring="smtp", username="desk") == "tide"
        with pytest.raises(ConfigError, match=r'no password for "night" in service "smtp"$'):
            resolve_password(keyring="smtp", username="night")
        with pytest.raises(ConfigError, match=r"email\.password_keyring: nobody unlocks it$"):
            resolve_password(keyring="locked", username="desk")
    finally:
        sys.modules.pop("keyring", None)


def test_the_senders_name_and_address() -> None:
    """The sender may have a name; an address that is none is refused with the key's name."""
    settings = MailSettings(host="x", from_="Desk, Korea <monitor@example.org>", password="tide")
    assert settings.sender == "monitor@example.org"
    assert "tide" not in repr(settings)
    with pytest.raises(ConfigError, match=r"email\.from"):
        _ = MailSettings(host="x", from_="nobody").sender


@given(st.integers(1, 60), st.floats(0, 1))
def test_waits_grow_to_four_hours_and_stay(attempts: int, jitter: float) -> None:
    """The wait after each attempt is a minute at least, five hours at most, and never shrinks."""
    wait = next_attempt(attempts, AT, jitter) - AT
    assert timedelta(minutes=1) <= wait <= timedelta(hours=5)
    assert next_attempt(attempts + 1, AT, jitter) - AT >= wait


def test_the_first_wait_is_a_minute_and_the_ninth_four_hours() -> None:
    """Without jitter; with all of it a quarter more, whatever number it is given as."""
    waits = [(next_attempt(n, AT, 0) - AT) / timedelta(minutes=1) for n in range(1, 12)]
    assert waits == [1, 2, 5, 10, 20, 40, 80, 160, 240, 240, 240]
    for jitter, wait in ((1, 75), (7, 75), (-1, 60), (0.4, 66)):
        assert next_attempt(1, AT, jitter) - AT == timedelta(seconds=wait)


def test_a_message_is_tried_for_five_days_or_as_long_as_its_fault_deserves() -> None:
    """To the second, and not longer."""
    second = timedelta(seconds=1)
    for patience, most in ((None, timedelta(days=5)), (timedelta(hours=4), timedelta(hours=4))):
        assert not worn_out(AT, AT + most, patience)
        assert worn_out(AT, AT + most + second, patience)


def test_a_server_away_for_two_days_costs_few_attempts_and_loses_nothing() -> None:
    """Over two days there are some twenty attempts, and the message is not given up."""
    now, attempts = AT, 0
    while now < AT + timedelta(days=2):
        attempts += 1
        now = next_attempt(attempts, now, 0.5)
        assert not worn_out(AT, now)
    assert 12 <= attempts <= 24
    assert worn_out(AT, AT + GIVE_UP_AFTER + timedelta(seconds=1))


def test_what_the_server_asks_for_is_waited_for() -> None:
    """Retry-After lengthens a wait, up to a day, and never shortens it."""
    assert next_attempt(1, AT, 0, timedelta(hours=3)) == AT + timedelta(hours=3)
    assert next_attempt(1, AT, 0, timedelta(0)) == AT + timedelta(minutes=1)
    assert next_attempt(1, AT, 0, timedelta(days=30)) == AT + timedelta(days=1)
