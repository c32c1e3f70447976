"""The container's recipe, shipped as a file beside this module.

It builds from a checkout, runs as a number and not as root, keeps state on a volume and reads its
configuration from a mount.
"""

from importlib.resources import files


def containerfile() -> str:
    """Return the text of the Containerfile."""
    return (files(__package__) / "Containerfile").read_text(encoding="utf-8")
