"""Secrets in a file that others on the machine can read.

Passwords have no key in config.toml, but addresses may carry them: `https://user:word@…` of a feed
or a database, and webhooks, whose path is the secret.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from monitor import url_logins
from monitor.settings.tables import Config


def exposed_credentials(path: Path, config: Config) -> list[str]:
    """Return a warning, as one line, when `path` is readable by others and holds credentials."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return []
    places = list(_credentials(config))
    if not places or not mode & (stat.S_IRGRP | stat.S_IROTH):
        return []
    return [
        f"warning: {path} can be read by others (mode {mode:04o}) and holds credentials in "
        f"{', '.join(places)}; `chmod 600 {path}`"
    ]


def _credentials(config: Config) -> Iterator[str]:
    if _has_password(config.monitor.database):
        yield "monitor.database"
    for feed in config.feed:
        if _has_user(feed.url):
            yield f"feed {feed.name}"
    tables = [(f"digest {table.name}", table.to) for table in config.digest]
    tables += [(f"alert[{number}]", table.to) for number, table in enumerate(config.alert, 1)]
    for where, targets in tables:
        if any("://" in to.target for to in targets):
            yield f"{where} (webhook)"


def _has_password(database: str) -> bool:
    """A user of a database alone is no secret: the password may lie in ~/.pgpass."""
    user, at, _ = database.partition("://")[2].rpartition("@")
    return ":" in user if at else False


def _has_user(url: str) -> bool:
    return url_logins.redact(url) != url
