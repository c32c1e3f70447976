"""The manual as man pages."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from monitor.cli.app import COMMANDS
from monitor.manual import page, topics
from monitor.manual.man_pages import roff
from tests.commands import monitor

GROFF = shutil.which("groff")
MARKDOWN = """
First `-x` of *two*
.words that are no macro, and 한국.

## Chapter

1. one
2. two

   more of two

| key | meaning |
|---|---|
| `a` | what\\it is |

```
.SH is no heading here
```
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("man")
    assert monitor("manual", "--man", "out", folder=folder).code == 0
    return folder / "out"


def _drawn(text: str) -> str:
    """Return a page as a terminal shows it; groff knows all that it asks for."""
    assert GROFF is not None
    done = subprocess.run(
        [GROFF, "-t", "-ww", "-man", "-Tutf8", "-P-c"],
        input=text.encode("ascii"),
        capture_output=True,
        check=True,
    )
    # What else it warns of differs from version to version.
    assert not re.search("error|not defined|can't find", done.stderr.decode())
    return re.sub(".\b", "", done.stdout.decode())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def test_there_is_a_page_a_topic_and_one_of_the_commands(pages: Path) -> None:
    """The overview names every command, each page itself."""
    names = {file.name for file in pages.iterdir()}
    assert names == {"monitor.1", *(f"monitor-{topic}.7" for topic in topics())}
    overview = (pages / "monitor.1").read_text("ascii")
    for known in COMMANDS.values():
        for name in known:
            assert f"monitor {name}" in overview


@pytest.mark.skipif(GROFF is None, reason="no groff here")
@pytest.mark.parametrize("topic", topics())
def test_a_page_holds_the_words_of_its_topic(pages: Path, topic: str) -> None:
    """As groff draws it."""
    text = (pages / f"monitor-{topic}.7").read_text("ascii")
    drawn = _drawn(text.replace(".TH", ".ad l\n.nh\n.ll 300n\n.TH"))
    first = page(topic).split("\n\n")[1]
    assert _letters(first) in _letters(drawn)
    for heading in re.findall("^## (.+)$", page(topic), re.MULTILINE):
        assert _letters(heading) in _letters(drawn)


@pytest.mark.skipif(GROFF is None, reason="no groff here")
def test_what_means_something_to_roff_is_shown() -> None:
    """Full stops and quotes at the head of a line, backslashes, tables, lists."""
    drawn = _drawn("'\\\" t\n.TH X 7\n" + roff(MARKDOWN))
    for line in (".words that are no macro, and 한국.", ".SH is no heading here", "what\\it is"):
        assert line in drawn
    assert re.search(r"1\. +one\n+ +2\. +two\n+ +more of two", drawn)


def test_into_a_file_is_told(tmp_path: Path) -> None:
    """A name that is taken by a file gives one line and exit code 2."""
    (tmp_path / "out").write_text("mine", "utf-8")
    done = monitor("manual", "--man", "out", folder=tmp_path)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
