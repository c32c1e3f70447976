"""How to reach the mail server, and where its password comes from.

The password never stands in the configuration: it is read from the environment, from the output of
a command that is run without a shell, or from the system's keyring.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Literal

from monitor.deliver.targets import mail_address, split_mailbox
from monitor.errors import ConfigError
from monitor.text import one_line

Security = Literal["starttls", "tls", "none"]
_COMMAND_SECONDS = 20


@dataclass(frozen=True, slots=True)
class MailSettings:
    """One SMTP server and the sender's address.

    `security` "starttls" and "tls" both verify the certificate, against `ca` if given, else against
    the system's authorities. `timeout` counts seconds for each answer of the server.
    """

    host: str
    from_: str  # "Wire monitor <monitor@example.org>"
    port: int = 587
    security: Security = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    ca: Path | None = None
    timeout: float = 60.0

    @property
    def sender_name(self) -> str:
        """The name shown before the sender's address, "" if none."""
        return split_mailbox(self.from_)[0]

    @property
    def sender(self) -> str:
        """The sender's address.

        Raises:
            ConfigError: `from_` holds no address.
        """
        try:
            return mail_address(split_mailbox(self.from_)[1])
        except ConfigError as error:
            raise ConfigError(f"email.from: {error}") from None


def resolve_password(
    *,
    env: str = "",
    command: Sequence[str] = (),
    keyring: str = "",
    username: str = "",
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> str:
    """Return the password from the one source that is given.

    Args:
        env: name of an environment variable.
        command: a program and its arguments; its first line of output is the password.
        keyring: name of a service in the system's keyring, looked up for `username`.
        username: who the password belongs to.
        environ: the environment; by default the process's own.
        folder: where the command is run; None: where we are.

    Raises:
        ConfigError: none or more than one source is given, or the source holds no password.
    """
    if (bool(env) + bool(command) + bool(keyring)) != 1:
        raise ConfigError(
            "email: give exactly one of password_env, password_command and password_keyring"
        )
    if env:
        password = (os.environ if environ is None else environ).get(env, "")
        if not password:
            raise ConfigError(f"email.password_env: the environment variable {env} is not set")
        return password
    if command:
        return password_from_command(command, "email.password_command", folder)
    return _from_keyring(keyring, username)


def password_from_command(command: Sequence[str], key: str, folder: Path | None = None) -> str:
    """Return the first line that a program prints.

    Args:
        command: the program and its arguments.
        key: of config.toml, to be named where that fails.
        folder: where it is run, so that "./password.sh" is found; None: where we are.

    Raises:
        ConfigError: it cannot be run, failed, or printed nothing.
    """
    try:
        done = subprocess.run(
            list(command), capture_output=True, timeout=_COMMAND_SECONDS, check=False, cwd=folder
        )
    except OSError as error:
        raise ConfigError(f"{key}: {command[0]}: {error}") from None
    except subprocess.TimeoutExpired:  # whose text has the arguments, which may be secret
        why = f"gave no password in {_COMMAND_SECONDS:g} seconds"
        raise ConfigError(f"{key}: {command[0]} {why}") from None
    if done.returncode:
        said = one_line(done.stderr.decode("utf-8", "replace"))[:200]
        raise ConfigError(
            f"{key}: {command[0]} left with code {done.returncode}" + (f": {said}" if said else "")
        )
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0]:
        raise ConfigError(f"{key}: {command[0]} printed nothing")
    return lines[0]


def _from_keyring(service: str, username: str) -> str:
    try:
        store = import_module("keyring")  # an extra, so it may be absent
    except ImportError:
        raise ConfigError(
            'email.password_keyring: install the "keyring" extra: pip install wire-monitor[keyring]'
        ) from None
    try:
        password = store.get_password(service, username)
    except Exception as error:  # each backend raises its own kinds
        raise ConfigError(f"email.password_keyring: {one_line(str(error))[:200]}") from None
    if not password:
        raise ConfigError(
            f'email.password_keyring: no password for "{username}" in service "{service}"'
        )
    return str(password)
