"""The desk's own translator: a program that is asked what headlines say in the reader's language.

It is given one JSON object a line, {"id": 1, "text": "…", "language": "zh", "to": "en"}, and
answers {"id": 1, "text": "…"}, one a line, in any order. Whatever it does, we are back in time: it
runs without a shell in a session of its own, which is ended with all its children when its time is
over, when it has said all there is to say, or when it says more than that could be.
"""

import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from monitor.text import one_line

_LONGEST = 600  # characters of an answer; the longest headlines have half of that
_SLACK = 65_536  # bytes beyond what answers of that length take
_ERRORS = 4_096  # bytes that are kept of what it says of itself
_CHUNK = 65_536
_LEAVE = 5.0  # seconds to end by itself once it has shut its output


class Question(Struct, frozen=True):
    """A headline, and the language it is wanted in."""

    text: str
    language: str  # "" when it is not known
    to: str


class Answers(Struct, frozen=True):
    """What a translator said."""

    told: dict[int, str]  # by place of the question
    why: str  # why some are missing, for readers; "" when none is
    said: str = ""  # what it said on its error output, for the log


class _Heard(Struct):
    """What came from the program so far."""

    questions: int
    answers: bytearray = field(default_factory=bytearray)
    errors: bytearray = field(default_factory=bytearray)

    @property
    def too_much(self) -> bool:
        # JSON may write a character in 12 bytes (two escaped surrogates).
        return len(self.answers) > self.questions * _LONGEST * 12 + _SLACK


def ask(
    command: Sequence[str], questions: Sequence[Question], *, seconds: float, folder: Path
) -> Answers:
    """Ask a translator; never raises for what the program does.

    Args:
        command: the program and its arguments.
        questions: at least one.
        seconds: how long it may take for all of them.
        folder: where it is started, so that its name may be relative to the configuration.
    """
    name = Path(command[0]).name
    with tempfile.TemporaryFile() as asked:  # no pipe, for a program need not read it all
        for number, question in enumerate(questions, 1):
            row = {"id": number, "text": question.text, "language": question.language}
            asked.write(json.dumps(row | {"to": question.to}, ensure_ascii=False).encode() + b"\n")
        asked.seek(0)
        try:
            program = subprocess.Popen(
                list(command),
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            return Answers({}, f"{name} cannot be started: {why}")
    heard = _Heard(len(questions))
    with program:
        try:
            trouble = _listen(program, heard, seconds)
        finally:
            _end(program)
    told, nonsense = _read(heard.answers, len(questions))
    if not trouble and program.returncode > 0:
        trouble = f"ended with code {program.returncode}"
    if not trouble and nonsense:
        trouble = "said something that is no answer"
    if len(told) == len(questions):
        trouble = ""
    elif not trouble:
        trouble = "left some out"
    said = one_line(heard.errors.decode("utf-8", "replace"))[:300]
    return Answers(told, f"{name} {trouble}" if trouble else "", said)


def is_there(command: Sequence[str], folder: Path) -> bool:
    """Tell whether the program of a command can be started from a folder."""
    name = command[0]
    found = shutil.which(str(folder / name) if "/" in name else name)
    return found is not None


def _listen(program: "subprocess.Popen[bytes]", heard: _Heard, seconds: float) -> str:
    """Hear the program out; return what went wrong, "" when it ended by itself or has said all."""
    deadline = time.monotonic() + seconds
    assert program.stdout is not None
    assert program.stderr is not None
    pipes: dict[IO[bytes], bytearray] = {
        program.stdout: heard.answers,
        program.stderr: heard.errors,
    }
    with selectors.DefaultSelector() as ready:
        for pipe in pipes:
            ready.register(pipe, selectors.EVENT_READ, pipes[pipe])
        while program.stdout in {key.fileobj for key in ready.get_map().values()}:
            left = deadline - time.monotonic()
            if left <= 0:
                return f"did not end in {seconds:.0f} s"
            for key, _ in ready.select(left):
                chunk = os.read(key.fd, _CHUNK)
                if not chunk:
                    ready.unregister(key.fileobj)
                elif key.data is heard.errors:
                    heard.errors += chunk[: _ERRORS - len(heard.errors)]
                else:
                    heard.answers += chunk
                    if heard.too_much:
                        return "said more than can be answers"
                    if b"\n" in chunk and _is_all(heard):
                        return ""
    with contextlib.suppress(subprocess.TimeoutExpired):
        program.wait(max(0.0, min(_LEAVE, deadline - time.monotonic())))
    return ""


def _is_all(heard: _Heard) -> bool:
    enough = heard.answers.count(b"\n") >= heard.questions
    return enough and len(_read(heard.answers, heard.questions)[0]) == heard.questions


def _end(program: "subprocess.Popen[bytes]") -> None:
    """End the program and whatever it has begun."""
    with contextlib.suppress(OSError):
        os.killpg(program.pid, signal.SIGKILL)


def _read(answers: bytearray, questions: int) -> tuple[dict[int, str], bool]:
    """Return the answers by place of the question, and whether there was anything else."""
    told: dict[int, str] = {}
    nonsense = False
    for line in answers.splitlines():
        try:
            row = json.loads(line)
            number, text = row["id"], row["text"]
        except (ValueError, TypeError, LookupError, RecursionError):
            nonsense |= bool(line.strip())
            continue
        shown = one_line(text)[:_LONGEST] if isinstance(text, str) else ""
        if type(number) is int and 1 <= number <= questions and shown:
            told.setdefault(number - 1, shown)
        else:
            nonsense = True
    return told, nonsense
