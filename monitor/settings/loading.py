"""Find the config file, check it, and turn what pydantic says into faults with a place."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from monitor.errors import ConfigError, Fault
from monitor.settings.tables import Config
from monitor.tomlfile import KeyPath, TomlFile, nearest, read_toml


def find_config(given: Path | None) -> Path:
    """Return the config file to use.

    In order: the one given, `$MONITOR_CONFIG`, `./config.toml`, the user's config folder.

    Raises:
        ConfigError: there is none; says how to make one.
    """
    if given or (given := Path(os.environ["MONITOR_CONFIG"]) if _from_environment() else None):
        if not given.is_file():
            raise ConfigError([Fault("no such file; `monitor init` makes one", file=str(given))])
        return given
    from platformdirs import user_config_path  # only here: most runs name their file

    here, home = Path("config.toml"), user_config_path("wire-monitor") / "config.toml"
    for path in (here, home):
        if path.is_file():
            return path
    raise ConfigError(
        f"no config.toml here and no {home}; `monitor init` makes one, --config names another"
    )


def _from_environment() -> bool:
    return bool(os.environ.get("MONITOR_CONFIG"))


def load_config(path: Path) -> Config:
    """Read and check a config file; raises ConfigError with all its faults."""
    return check_config(read_toml(path), path.resolve().parent)


def check_config(file: TomlFile, folder: Path) -> Config:
    """Check parsed TOML against the settings; raises ConfigError with all faults."""
    data = dict(_tuples(file.data))
    faults = [] if data.pop("folder", None) is None else [_unknown(file, ("folder",), Config)]
    try:
        config = Config(**data, folder=folder)
    except ValidationError as error:
        faults += [_fault(file, dict(detail)) for detail in error.errors(include_url=False)]
        raise ConfigError(_ordered(faults)) from None
    faults += _cross_checks(file, config)
    if faults:
        raise ConfigError(_ordered(faults))
    return config


def _ordered(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: fault.line or 0)


def _tuples(value: Any) -> Any:
    """TOML arrays as tuples, since the settings are frozen and checked strictly."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _cross_checks(file: TomlFile, config: Config) -> Iterator[Fault]:
    for key, names in (
        ("feed", [table.name for table in config.feed]),
        ("digest", [table.name for table in config.digest]),
    ):
        for index, name in enumerate(names):
            if (first := names.index(name)) < index:
                taken = f'"{name}" is taken by {key}[{first + 1}]'
                yield file.fault((key, index, "name"), taken)
    for index, feed in enumerate(config.feed):
        if feed.format == "list" and feed.list is None:
            expected = 'expected list = { item = "…", link = "…" }: where the links stand'
            yield file.fault(("feed", index), 'format = "list" without `list`', expected)
    targets = [target for table in config.digest for target in table.to]
    targets += [target for alert in config.alert for target in alert.to]
    if config.email is None and any(target.startswith("mailto:") for target in targets):
        yield Fault(
            'a "mailto:" target needs an [email] table', file=file.name, hint="host, port, from …"
        )


def _fault(file: TomlFile, detail: dict[str, Any]) -> Fault:
    path: KeyPath = detail["loc"]
    kind, given = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        if path[-1] == "password":
            hint = "use password_env, password_command or password_keyring"
            return file.fault(path, "a password does not belong in this file", hint)
        return _unknown(file, path, _table_at(path[:-1]))
    if kind == "missing":
        return file.fault(path, "is required")
    message: str = detail["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        hint = nearest(str(given), options)
        listed = ", ".join(f'"{option}"' for option in options if option)
        return file.fault(path, f"expected one of {listed}, not {given!r}", hint)
    if kind == "too_short":
        message = 'expected at least one target such as "terminal" or "mailto:desk@example.org"'
    if kind == "string_pattern_mismatch":
        message = {
            "language": 'an ISO 639 code such as "ko"',
            "country": 'a code such as "KR"',
        }.get(str(path[-1]), message)
    if not message.startswith(("expected", '"')):
        message = "expected " + message.removeprefix("a valid ").replace("tuple", "list")
    if isinstance(given, str | int | float) and repr(given) not in message:
        message += f", not {given!r}"
    return file.fault(path, message)


def _unknown(file: TomlFile, path: KeyPath, table: type[BaseModel]) -> Fault:
    known = [name for name in _keys(table) if name != "folder"]
    hint = nearest(str(path[-1]), known) or f"known: {', '.join(known)}"
    return file.fault(path, f'unknown key "{path[-1]}"', hint)


def _keys(table: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in table.model_fields.items()]


def _table_at(path: KeyPath) -> type[BaseModel]:
    """Return the table class that stands at `path`."""
    table: type[BaseModel] = Config
    for part in path:
        if isinstance(part, str) and part in table.model_fields:
            table = _table_in(table.model_fields[part].annotation) or table
    return table


def _table_in(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is not None:
        return next((found for arg in get_args(annotation) if (found := _table_in(arg))), None)
    is_table = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_table else None
