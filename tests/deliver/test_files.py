"""Files, maildirs and the terminal."""

import asyncio
import errno
import io
import mailbox
import os
import resource
from pathlib import Path

import pytest

from monitor.deliver import MailSettings, Outcome, send, unwritten
from tests.deliver.sample import message

SETTINGS = MailSettings(host="x", from_="Wire monitor <monitor@example.org>")


async def test_a_file_is_written_whole_with_its_folders(tmp_path: Path) -> None:
    """The text stands at its path, and nothing else in the folder."""
    path = tmp_path / "new" / "folder" / "morning.html"
    assert await send(message(target=f"file:{path}")) == Outcome("sent")
    assert path.read_text(encoding="utf-8") == "Plain text.\n한국 中国\n"
    assert os.listdir(path.parent) == ["morning.html"]


@pytest.mark.parametrize("kind", ["file:news/latest.txt", "maildir:news/latest.txt"])
async def test_a_path_is_seen_from_the_folder_of_the_desk(kind: str, tmp_path: Path) -> None:
    """Wherever the program was started."""
    assert await send(message(target=kind), SETTINGS, folder=tmp_path) == Outcome("sent")
    assert (tmp_path / "news" / "latest.txt").exists()


async def test_a_file_is_replaced_not_written_into(tmp_path: Path) -> None:
    """A reader who has the old file open keeps reading the old one."""
    path = tmp_path / "latest.txt"
    path.write_text("old")
    with path.open() as reader:
        await send(message(target=f"file:{path}"))
        assert reader.read() == "old"
    assert path.read_text(encoding="utf-8").startswith("Plain")


async def test_many_writers_leave_one_whole_file(tmp_path: Path) -> None:
    """Messages written to one path at once leave the whole of one of them."""
    path = tmp_path / "latest.txt"
    texts = [str(n) * 50_000 for n in range(8)]
    await asyncio.gather(*(send(message(target=f"file:{path}", text=one)) for one in texts))
    assert path.read_text() in texts
    assert os.listdir(tmp_path) == ["latest.txt"]


async def test_a_path_that_cannot_be_is_parked(tmp_path: Path) -> None:
    """A folder where the file should be, or a file where a folder should be, stays."""
    (tmp_path / "taken.txt").mkdir()
    (tmp_path / "file").write_text("")
    for path in (
        tmp_path / "taken.txt",
        tmp_path / "file" / "x.txt",
        tmp_path / ("x" * 300 + ".md"),
    ):
        result = await send(message(target=f"file:{path}"))
        assert result.state == "parked"
        assert str(path.parent) in result.why


async def test_a_file_without_room_is_tried_again(tmp_path: Path) -> None:
    """What cannot be written to its end leaves the old file, no scraps, and another try."""
    path = tmp_path / "latest.txt"
    path.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        result = await send(message(target=f"file:{path}", text="x" * 101))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert result.state == "retry"
    assert "File too large" in result.why
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["latest.txt"]


async def test_the_same_message_is_one_file_in_a_maildir(tmp_path: Path) -> None:
    """Delivered twice it is there once, even after it was read and moved."""
    folder = tmp_path / "Maildir"
    one = message(target=f"maildir:{folder}")
    for _ in range(2):
        assert (await send(one, SETTINGS)).state == "sent"
    (unread,) = (folder / "new").iterdir()
    unread.rename(folder / "cur" / f"{unread.name}:2,S")
    assert (await send(one, SETTINGS)).state == "sent"
    box = mailbox.Maildir(folder, create=False)
    assert {(folder / name).stat().st_mode & 0o777 for name in ("tmp", "new", "cur")} == {0o700}
    (mail,) = box.values()
    assert mail["Message-ID"] == one.message_id
    assert not list((folder / "tmp").iterdir())
    other = message(target=f"maildir:{folder}", message_id="<other@example.org>")
    await send(other, SETTINGS)
    assert len(box) == 2


async def test_a_maildir_needs_no_mail_server(tmp_path: Path) -> None:
    """Without an [email] table a maildir is still delivered to."""
    assert (await send(message(target=f"maildir:{tmp_path / 'box'}"))).state == "sent"
    (mail,) = mailbox.Maildir(tmp_path / "box", create=False).values()
    assert mail["From"] == "Wire monitor <monitor@localhost>"


async def test_half_a_character_costs_no_file(tmp_path: Path) -> None:
    """A lone surrogate, which no file can hold, is written as a question mark."""
    path = tmp_path / "latest.txt"
    assert await send(message(target=f"file:{path}", text="a \ud800 b")) == Outcome("sent")
    assert path.read_text(encoding="utf-8") == "a ? b"


async def test_a_site_is_no_message(tmp_path: Path) -> None:
    """Who sends one all the same is told, and nothing is written."""
    result = await send(message(target=f"site:{tmp_path}"))
    assert (result.state, result.why) == (
        "parked",
        "a site is made from the store; no message holds it",
    )
    assert not os.listdir(tmp_path)


async def test_the_terminal_gets_the_text_and_a_newline() -> None:
    """The target "terminal" prints; a closed terminal is tried again."""
    out = io.StringIO()
    assert (await send(message(target="terminal", text="ALERT x"), terminal=out)).state == "sent"
    assert out.getvalue() == "ALERT x\n"
    out.close()
    assert (await send(message(target="terminal"), terminal=out)).state == "retry"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left", "/srv/a.part"), "/srv/a.part: No space left"),
        (OSError(errno.ENOSPC, "No space left"), "box: No space left"),
        (OSError("odd"), "box: odd"),
    ],
)
def test_what_cannot_be_written_is_named(error: OSError, said: str) -> None:
    """The file of the fault, else the target."""
    assert unwritten(Path("box"), error).why == said
