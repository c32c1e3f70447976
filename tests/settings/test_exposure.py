"""Credentials in a file that others can read."""

from pathlib import Path

import pytest

from monitor.settings import check_config, exposed_credentials
from monitor.tomlfile import parse_toml


def warned(folder: Path, text: str, mode: int) -> list[str]:
    path = folder / "config.toml"
    path.write_text(text)
    path.chmod(mode)
    return exposed_credentials(path, check_config(parse_toml(text, "config.toml"), folder))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[[feed]]\nname = "f"\nurl = "https://u:word@example.org/"\n', "feed f"),
        ('[monitor]\ndatabase = "postgresql+psycopg://u:word@db/x"\n', "monitor.database"),
        ('[[alert]]\nto = ["slack+https://hooks.example/T/word"]\n', "alert[1] (webhook)"),
    ],
)
def test_readable_credentials_are_named_without_being_shown(
    tmp_path: Path, text: str, place: str
) -> None:
    """One line says where they stand and what to do; a private file needs none."""
    (line,) = warned(tmp_path, text, 0o644)
    assert place in line
    assert "chmod 600" in line
    assert "word" not in line
    assert warned(tmp_path, text, 0o600) == []


@pytest.mark.parametrize(
    "text",
    [
        '[[feed]]\nname = "f"\nurl = "https://example.org/@desk"\n',
        '[monitor]\ndatabase = "postgresql+psycopg://wire@db.example.org/wire"\n',
    ],
)
def test_file_without_credentials_may_be_read(tmp_path: Path, text: str) -> None:
    """An @ in a path is no user, and the user of a database is no secret without a password."""
    assert warned(tmp_path, text, 0o644) == []
