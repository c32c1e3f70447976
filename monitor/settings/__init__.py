"""config.toml → frozen, checked settings.

Every fault of the file is reported at once, each with file, line, key, what was expected and the
nearest known spelling. Nothing else in the program reads the environment for settings:
`$MONITOR_CONFIG` is looked at here, and secrets are only named here (`password_env`), never kept.

Paths in the file (state folder, rule, entity and profile files) are relative to the file's folder.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.settings.doubtful import doubts
    from monitor.settings.exposure import exposed_credentials
    from monitor.settings.loading import check_config, find_config, load_config
    from monitor.settings.tables import AlertTable, Config, DigestTable, EmailTable, TargetTable
else:
    __getattr__ = on_demand(
        __name__,
        {
            "doubtful": ("doubts",),
            "exposure": ("exposed_credentials",),
            "loading": (
                "check_config",
                "find_config",
                "load_config",
            ),
            "tables": (
                "AlertTable",
                "Config",
                "DigestTable",
                "EmailTable",
                "TargetTable",
            ),
        },
    )

__all__ = [
    "AlertTable",
    "Config",
    "DigestTable",
    "EmailTable",
    "TargetTable",
    "check_config",
    "doubts",
    "exposed_credentials",
    "find_config",
    "load_config",
]
