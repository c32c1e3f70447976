"""How long a page takes by its size: python -m tests.benchmarks.read_pages

CPU seconds for pages of 1, 2 and 4 MB of each kind, hostile ones among them; twice the size should
take twice the time at most.
"""

import time
from collections.abc import Callable
from contextlib import suppress

from monitor.articles import Profiles, extract
from monitor.errors import NoArticle

HEAD = "<h1>Council agrees to rebuild quay</h1>"
LINE = "<p>Report {n}: the council agreed to rebuild the northern quay, and work begins soon.</p>"
OTHER = "<article><h2>Other head {n}</h2><p>Story {n} is told in a sentence.</p></article>"
BLOCK = '{"t":"One two three four five six. Seven eight nine."}'
FALSE_START = 'x={"a":[1,{"b":'
QUOTES = "'\"a`"


def _repeated(piece: str, size: int) -> str:
    return "".join(piece.replace("{n}", str(n)) for n in range(size // len(piece)))


KINDS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda size: HEAD + _repeated(LINE, size),
    "links": lambda size: HEAD + _repeated("<li><a href=/{n}>A story of number {n}</a></li>", size),
    "nested tags": lambda size: HEAD + "<div class=a>" * (size // 13) + _repeated(LINE, 900),
    "other articles": lambda size: f"<article>{HEAD}{LINE}</article>" + _repeated(OTHER, size),
    "line breaks": lambda size: f"{HEAD}<div>{_repeated('Line {n} of it. <br>', size)}</div>",
    "a script": lambda size: f"{HEAD}<script>x=[{','.join([BLOCK] * (size // 52))}]</script>",
    "false starts": lambda size: f"{HEAD}<script>{FALSE_START * (size // 15)}</script>",
    "quotes": lambda size: f"{HEAD}<script>{QUOTES * (size // 4)}</script>",
}


def seconds(page: str) -> float:
    """Return the CPU time that reading a page takes, whatever comes of it."""
    start = time.process_time()
    with suppress(NoArticle):
        extract(page, "https://quay.example/1", profiles=Profiles({}))
    return time.process_time() - start


if __name__ == "__main__":
    for name, make in KINDS.items():
        taken = [seconds(make(size * 1_000_000)) for size in (1, 2, 4)]
        print(f"{name:16}", "  ".join(f"{each:5.2f} s" for each in taken))
