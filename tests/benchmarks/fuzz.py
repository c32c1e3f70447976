"""Feed every reader of outside text with what nobody meant, for some minutes.

    python -m tests.benchmarks.fuzz --minutes 10 --seed 1 --found FOLDER [--corpus FOLDER]…

Texts are made from good ones: bytes flipped, spans dropped, doubled, repeated hundreds of times,
swapped and nested, pieces of other texts and odd characters put in. A find is an exception that the
reader does not document, an assertion (`fuzz_targets` states some properties), a dead process, or
a text that takes more CPU than `--budget` seconds (and as much again for each 400 kB beyond 200).
Each is written to the folder with what happened; a text is made from seed, target and number
alone, so a run can be repeated. A row a target is printed: texts, the slowest, finds.

The work is done in a child process, which is replaced when it dies or hangs (-27: it took a minute
of CPU).
"""

import argparse
import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from tests.benchmarks.fuzz_targets import Target, targets

_HANGS = 60.0  # seconds of CPU for one text; the system ends who takes more
_SLEEPS = 600.0  # seconds by the clock: on a busy machine, or for one that waits
_MEMORY = 1536 * 1024 * 1024
_BATCH = 40  # texts of a target before the next one has its turn
_MOST = 1_500_000  # bytes of a text
_ODD = (
    *("\0", "\ufeff", "\u202e", "\ud55c", "\U0001f600", "\u0301", "\u2028", "\x1b[31m", "&#0;"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [", "<", ">", "/>", "&", "&amp;"),
    "&#x110000;",
    *("'", '"', '"""', "\\", "[[", "]]", "{", "}", "(", ")", "=", "#", ":", ";", "*", "-", "@"),
    *("9" * 20, "-1", "1e999", "NaN", "0x", "\r\n", "\t" * 30, " " * 200, "٣", "Ⅷ", "１２"),
)  # fmt: skip


def mutated(seeds: tuple[bytes, ...], chance: Random) -> bytes:
    """Return a text made from one of the seeds."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 8))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + int(chance.expovariate(1 / 60)) + 1)
        kind = chance.randrange(9)
        if kind == 0:
            del data[start:end]
        elif kind == 1:
            data[start:end] = data[start:end] * chance.choice((2, 3, 40, 500, 5000))
        elif kind == 2:
            data[start:start] = chance.choice(_ODD).encode("utf-8", "surrogatepass")
        elif kind == 3:
            word = chance.choice(_ODD).encode("utf-8", "surrogatepass")
            data[start:start] = word * chance.choice((20, 400, 8000))
        elif kind == 4 and data:
            for _ in range(chance.choice((1, 4, 30))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        elif kind == 5:
            other = chance.choice(seeds)
            begin = chance.randrange(len(other) + 1)
            data[start:end] = other[begin : begin + int(chance.expovariate(1 / 2000))]
        elif kind == 6:
            del data[start:]
        elif kind == 7:
            there = chance.randrange(len(data) + 1)
            piece = data[start:end]
            del data[start:end]
            data[there:there] = piece
        else:
            opening = chance.choice((b"<a>", b"<div>", b"[", b"(", b"{", b"x(", b"-", b"<i><b>"))
            data[start:start] = opening * chance.choice((30, 1000, 20_000))
        del data[_MOST:]
    return bytes(data)


def text_of(target: Target, seed: int, number: int) -> tuple[bytes, Random]:
    """Return a text by its number, and the source of chance for the rest of its case."""
    chance = Random(f"{seed}/{target.name}/{number}")
    return mutated(target.seeds, chance), chance


def allowed(budget: float, size: int) -> float:
    """Return the seconds of CPU that a text of that size may take."""
    return budget * (1 + max(0, size - 200_000) / 400_000)


def _work(pipe: Connection, corpus: list[Path], seed: int) -> None:
    """Read texts by (number of target, number of text); answer (seconds, what went wrong)."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    every = targets(corpus)
    for target in every:  # what is imported and made once counts for no text
        for text in target.seeds[:2]:
            with contextlib.suppress(target.may_raise):
                target.read(text, Random(0))
    pipe.send("ready")
    while True:
        try:
            index, number = pipe.recv()
        except EOFError:
            return
        target = every[index]
        data, chance = text_of(target, seed, number)
        said, began = "", time.process_time()
        signal.setitimer(signal.ITIMER_PROF, _HANGS)
        try:
            target.read(data, chance)
        except target.may_raise:
            pass
        except BaseException:
            said = traceback.format_exc(limit=-12)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send((time.process_time() - began, len(data), said))


class _Child:
    """The process that reads, and our end of its pipe."""

    def __init__(self, corpus: list[Path], seed: int) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, corpus, seed), daemon=True)
        self.process.start()
        theirs.close()
        self.pipe.recv()  # ready

    def read(self, index: int, number: int) -> tuple[float, int, str]:
        """Return (seconds of CPU, bytes, what went wrong)."""
        try:
            self.pipe.send((index, number))
            if self.pipe.poll(_SLEEPS):
                seconds, size, said = self.pipe.recv()
                return float(seconds), int(size), str(said)
            said = f"nothing after {_SLEEPS:g} s"
        except (EOFError, OSError):
            self.process.join(5)
            said = f"its process died ({self.process.exitcode})"
        self.process.kill()
        return 0.0, 0, said


def main() -> int:
    """Run it; exit 1 when something was found."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--budget", type=float, default=0.5, help="seconds of CPU for a text")
    parser.add_argument("--corpus", type=Path, action="append", default=[])
    parser.add_argument("--found", type=Path, default=Path("found"))
    parser.add_argument("--only", action="append", default=[], help="names of targets")
    options = parser.parse_args()
    every = targets(options.corpus)
    chosen = [n for n, one in enumerate(every) if not options.only or one.name in options.only]
    count = dict.fromkeys(chosen, 0)
    slowest = dict.fromkeys(chosen, (0.0, 0))
    finds = dict.fromkeys(chosen, 0)
    child = _Child(options.corpus, options.seed)
    end = time.monotonic() + options.minutes * 60
    while time.monotonic() < end:
        for index in chosen:
            for _ in range(_BATCH):
                number = count[index]
                count[index] += 1
                seconds, size, said = child.read(index, number)
                if not child.process.is_alive() or "nothing after" in said:
                    child = _Child(options.corpus, options.seed)
                slowest[index] = max(slowest[index], (seconds, number))
                if not said and seconds > allowed(options.budget, size):
                    said = f"{seconds:.2f} s of CPU for {size} bytes"
                if said:
                    finds[index] += 1
                    _keep(options.found, every[index], options.seed, number, said)
                if time.monotonic() > end:
                    break
    for index in chosen:
        seconds, number = slowest[index]
        worst = f"slowest {seconds:.2f} s (no. {number})"
        print(f"{every[index].name:10} {count[index]:8} texts   {worst:30} {finds[index]} finds")
    return 1 if any(finds.values()) else 0


def _keep(folder: Path, target: Target, seed: int, number: int, said: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{target.name}-{seed}-{number}"
    (folder / name).write_bytes(text_of(target, seed, number)[0])
    (folder / f"{name}.txt").write_text(said, "utf-8", "backslashreplace")
    last = said.strip().splitlines()[-1]
    print(f"{name}: {last[:160]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ["PYTHONUTF8"] = "1"
    sys.exit(main())
