"""Find the config file and check it."""

import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.errors import ConfigError, Fault, NoConfig
from monitor.settings.cross_checks import cross_checks
from monitor.settings.tables import Config
from monitor.tomlfile import TomlFile, read_toml
from monitor.tomlfile.validation import faults_in


def find_config(given: Path | None) -> Path:
    """Return the config file to use.

    In order: the one given, `$MONITOR_CONFIG`, `./config.toml`, the user's config folder.

    Raises:
        ConfigError: there is none; says how to make one.
    """
    if given or (given := Path(os.environ["MONITOR_CONFIG"]) if _from_environment() else None):
        if given.is_dir():
            raise ConfigError([Fault("is a folder; name the file in it", file=str(given))])
        if not _is_file(given):
            raise ConfigError([Fault("no such file; `monitor init` makes one", file=str(given))])
        return given
    if _is_file(here := Path("config.toml")):
        return here
    from platformdirs import user_config_path  # most runs find theirs before

    home = user_config_path("wire-monitor") / "config.toml"
    if _is_file(home):
        return home
    raise NoConfig(
        f"no config.toml here and no {home}; `monitor init` makes one, --config names another"
    )


def _is_file(path: Path) -> bool:
    """Tell whether there is a file; a folder that may not be looked into has none.

    Raises:
        ConfigError: the path makes no sense.
    """
    try:
        return path.is_file()
    except PermissionError:
        return False
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from None


def _from_environment() -> bool:
    return bool(os.environ.get("MONITOR_CONFIG"))


def load_config(path: Path) -> Config:
    """Read and check a config file; raises ConfigError with all its faults."""
    return check_config(read_toml(path), path.resolve().parent)


def check_config(file: TomlFile, folder: Path) -> Config:
    """Check parsed TOML against the settings; raises ConfigError with all faults."""
    data = dict(_tuples(file.data))
    # Keys of our own, and none that a user may write.
    own = [key for key in ("folder", "source") if data.pop(key, None) is not None]
    faults = [file.fault((key,), f'unknown key "{key}"') for key in own]
    try:
        config = Config(**data, folder=folder, source=file)
    except ValidationError as error:
        faults += faults_in(file, error, Config)
        raise ConfigError(_ordered(faults)) from None
    faults += cross_checks(file, config)
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
