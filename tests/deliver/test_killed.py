"""A writer that is killed at any moment leaves whole messages, and none twice."""

import os
import random
import signal
import subprocess
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

WRITE = """
import asyncio, sys
from monitor.deliver import send
from tests.deliver.sample import message

async def write(folder, first):
    for n in range(first, first + 100_000):
        text = f"begin {n}\\n" + "x" * 200_000 + f"\\nend {n}\\n"
        one = message(target=f"maildir:{folder}/box", text=text, message_id=f"<{n}@example.org>")
        assert (await send(one)).state == "sent"
        latest = message(target=f"file:{folder}/latest.txt", text=text)
        assert (await send(latest)).state == "sent"
        print(n, flush=True)

asyncio.run(write(sys.argv[1], int(sys.argv[2])))
"""


def test_kill_9_leaves_whole_files_and_a_repeat_makes_no_second(tmp_path: Path) -> None:
    """Over 12 kills every file is whole, what was reported is there, and repeats are no copies."""
    dice = random.Random(7)
    reported = 0
    for _ in range(12):
        # It begins again with the last message that was reported, as a crash before marking would.
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(tmp_path), str(reported)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout
        for _ in range(dice.randint(1, 6)):
            reported = int(writer.stdout.readline())
        for _ in range(dice.randint(0, 40_000)):
            pass  # die somewhere inside the next message
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        latest = (tmp_path / "latest.txt").read_text(encoding="utf-8").splitlines()
        assert latest[-1].removeprefix("end") == latest[0].removeprefix("begin")
    seen: list[str] = []
    for path in (tmp_path / "box" / "new").iterdir():
        mail = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(["plain"])
        assert body
        number = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        assert str(body.get_content()).split()[-1] == number
        seen.append(number)
    assert len(seen) == len(set(seen))
    assert {str(n) for n in range(reported + 1)} <= set(seen)
