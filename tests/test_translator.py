"""The desk's own translator: whatever it does, the answers it gave are kept and nobody waits."""

import json
import os
import select
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.translator import Answers, Question, ask, is_there
from tests.waiting import PATIENCE

HEADLINES = ("中韩外长通电话", "북한 미사일 발사", "日朝首脳会談")
READ = "import json, os, subprocess, sys, time\nrows = [json.loads(line) for line in sys.stdin]\n"
ANSWER = "print(json.dumps({'id': row['id'], 'text': row['to'] + ' ' + row['text']}), flush=True)\n"
ANSWER_ALL = f"{READ}for row in reversed(rows):\n    {ANSWER}"
ANSWER_FIRST = f"{READ}row = rows[0]\n{ANSWER}"


def asked(
    folder: Path, script: str, *, seconds: float = PATIENCE, headlines: Sequence[str] = HEADLINES
) -> Answers:
    """Ask a Python script."""
    (folder / "own.py").write_text(script, "utf-8")
    questions = [Question(text, "zh", "en") for text in headlines]
    return ask([sys.executable, "own.py"], questions, seconds=seconds, folder=folder)


def test_answers_come_in_any_order(tmp_path: Path) -> None:
    """Each answer belongs to the headline whose number it bears."""
    answers = asked(tmp_path, ANSWER_ALL)
    assert answers.told == {place: f"en {text}" for place, text in enumerate(HEADLINES)}
    assert answers.why == ""


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (f"{ANSWER_FIRST}sys.exit('no key\\nset')", "ended with code 1"),
        (f"{ANSWER_FIRST}os.kill(os.getpid(), 9)", "left some out"),
        (f"{ANSWER_FIRST}while True: print('x' * 9999)", "said more than can be answers"),
        (f"{ANSWER_FIRST}while True: print('{{}}')", "said more than can be answers"),
        (f"{ANSWER_FIRST}print('{{\"id\": 2')", "said something that is no answer"),
        (f"{ANSWER_FIRST}print('[' * 50000)", "said something that is no answer"),
        (f'{ANSWER_FIRST}print(\'{{"id": 2, "text": 5}}\')', "said something that is no answer"),
        (f'{ANSWER_FIRST}print(\'{{"id": 9, "text": "a"}}\')', "that is no answer"),
        (f"{ANSWER_FIRST}sys.stdout.buffer.write(b'\\xff\\xfe\\n')", "that is no answer"),
        (f"{ANSWER_FIRST}{ANSWER}", "left some out"),
    ],
)
def test_a_translator_that_fails_costs_what_it_left_out(
    tmp_path: Path, script: str, said: str
) -> None:
    """What it said before is kept, and why the rest is missing is told."""
    answers = asked(tmp_path, script)
    assert answers.told == {0: f"en {HEADLINES[0]}"}
    assert answers.why.endswith(said)


@pytest.mark.parametrize(
    "stays",
    ["time.sleep(3600)", "subprocess.Popen(['sleep', '3600'])"],  # whose child keeps the pipe open
)
def test_one_that_never_ends_is_ended(tmp_path: Path, stays: str) -> None:
    """What one that is ended for its time has said is kept, if it said anything in that time."""
    answers = asked(tmp_path, f"{ANSWER_FIRST}{stays}", seconds=2)
    assert answers.told in ({}, {0: f"en {HEADLINES[0]}"})
    assert answers.why.endswith("did not end in 2 s")


def test_its_errors_are_for_the_log(tmp_path: Path) -> None:
    """What it writes of itself may hold a key, so readers are not told; a flood of it is cut."""
    answers = asked(tmp_path, f"{READ}sys.exit('key abc refused\\n' * 99999)")
    assert answers.said.startswith("key abc refused key")
    assert len(answers.said) <= 300
    assert "abc" not in answers.why


def test_one_that_stays_is_not_waited_for(tmp_path: Path) -> None:
    """When the last answer is there, a translator that never ends is ended."""
    answers = asked(tmp_path, f"{ANSWER_ALL}time.sleep(3600)", seconds=PATIENCE)
    assert (len(answers.told), answers.why) == (len(HEADLINES), "")


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the system cannot tell of an end")
def test_nothing_that_it_began_lives_on(tmp_path: Path) -> None:
    """Its children are ended with it."""
    script = f"{READ}child = subprocess.Popen(['sleep', '3600'])\n"
    note = tmp_path / "pid"
    for seconds in (1, 10, 100):  # on a busy machine it may be ended before it began anything
        asked(tmp_path, f"{script}open('pid', 'w').write(str(child.pid))", seconds=seconds)
        if note.exists() and note.read_text():
            break
    try:
        child = os.pidfd_open(int(note.read_text()))
    except ProcessLookupError:
        return
    assert select.select([child], [], [], PATIENCE)[0]
    os.close(child)


def test_one_that_reads_nothing_is_no_trouble(tmp_path: Path) -> None:
    """Ten thousand headlines wait for nobody to read them."""
    answers = asked(tmp_path, "", headlines=["북한" * 50] * 10_000)
    assert (answers.told, answers.why) == ({}, f"{Path(sys.executable).name} left some out")


@pytest.mark.parametrize("command", [["./nobody"], ["/"], ["a\0b"], [""]])
def test_one_that_cannot_be_started_is_told(tmp_path: Path, command: list[str]) -> None:
    """A program that is not there is told with the system's reason."""
    answers = ask(command, [Question("x", "", "en")], seconds=5, folder=tmp_path)
    assert answers.told == {}
    assert "cannot be started: " in answers.why


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    """An argument is given as it is written."""
    (tmp_path / "echo.py").write_text(
        "import json, sys\nprint(json.dumps({'id': 1, 'text': sys.argv[1]}))"
    )
    argument = "$(touch made) `touch made`; touch made"
    command = [sys.executable, "echo.py", argument]
    answers = ask(command, [Question("x", "", "en")], seconds=PATIENCE, folder=tmp_path)
    assert answers.told == {0: argument}
    assert not (tmp_path / "made").exists()


def test_hostile_answers_are_one_clean_line(tmp_path: Path) -> None:
    """Control and bidi characters and line breaks do not pass."""
    text = "\x1b[31mred\u202e\nBcc: all@example.org"
    row = json.dumps({"id": 1, "text": text})
    answers = asked(tmp_path, f"print({row!r})", headlines=["x"])
    assert "\x1b" not in answers.told[0]
    assert "\n" not in answers.told[0]
    assert "\u202e" not in answers.told[0]


@pytest.mark.parametrize(
    ("name", "there"), [("sh", True), ("./own", True), ("./none", False), ("no-such-one", False)]
)
def test_whether_it_is_there_is_known_before_it_is_asked(
    tmp_path: Path, name: str, there: bool
) -> None:
    """A program is looked for where it would be started from; one that may not run is none."""
    (tmp_path / "own").touch(mode=0o755)
    (tmp_path / "none").touch(mode=0o644)
    assert is_there([name], tmp_path) is there
