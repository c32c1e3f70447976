"""The container's recipe, and one for two monitors on a database, as files beside this module.

It builds from a checkout, runs as a number and not as root, keeps state on a volume and reads its
configuration from a mount.
"""

from importlib.resources import files


def containerfile() -> str:
    """Return the text of the Containerfile."""
    return (files(__package__) / "Containerfile").read_text(encoding="utf-8")


def composefile() -> str:
    """Return the text of the compose file: PostgreSQL and two monitors."""
    return (files(__package__) / "compose.yaml").read_text(encoding="utf-8")
