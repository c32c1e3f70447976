"""Every key of a site profile, in words."""

from monitor.manual.meanings import key_lines


def reference() -> str:
    """Return the chapter on the table as Markdown."""
    return "\n".join(key_lines("profiles", {"[[site]]": "Profile"}))
