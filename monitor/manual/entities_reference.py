"""Every key of entity files, in words."""

from monitor.manual.meanings import key_lines

TABLES = {"[[entity]]": "Entity", "[[decoy]]": "Decoy", "[[tenure]]": "Tenure"}


def reference() -> str:
    """Return the chapters on the tables as Markdown."""
    return "\n".join(key_lines("entities", TABLES))
