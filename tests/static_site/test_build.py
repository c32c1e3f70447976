"""What a build writes, leaves alone and takes away."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

from monitor import model
from monitor.desk import Desk
from monitor.errors import ConfigError
from monitor.pipeline.build_site import build_site
from monitor.store import changes, stories
from monitor.store import flags as flag_store
from tests.archive import NOW, filled
from tests.commands import environment, monitor
from tests.waiting import PATIENCE


@pytest.fixture
def desk(tmp_path: Path):
    opened = filled(tmp_path)
    yield opened
    opened.close()


LINK = re.compile(r'href="(?:\.\./)?((?:story|day|rule|entity)/[^"]+)"')


def written(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the files of a site, each with when it was written and its content."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_build_without_news_touches_nothing(desk: Desk, tmp_path: Path) -> None:
    """Only the catalogue is written anew; servers and backups see no change."""
    out = tmp_path / "out"
    assert build_site(desk, out) == 4
    before = written(out)
    assert build_site(desk, out) == 4
    after = written(out)
    assert {name for name in after if after[name] != before.get(name)} <= {".catalogue.json"}
    assert set(after) == set(before)


def test_news_are_written_and_no_more(desk: Desk, tmp_path: Path) -> None:
    """A mark on a story changes its page alone."""
    out = tmp_path / "out"
    build_site(desk, out)
    before = written(out)
    with desk.store.write() as db:
        changes.add(db, 3, 3, model.Change(NOW, "correction", "a name was corrected"))
    build_site(desk, out)
    after = written(out)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"story/3.html", ".catalogue.json"}
    assert b"a name was corrected" in after["story/3.html"][1]


def test_a_story_that_became_part_of_another_says_so(desk: Desk, tmp_path: Path) -> None:
    """Its page leads to the other, and no list names it."""
    out = tmp_path / "out"
    build_site(desk, out)
    with desk.store.write() as db:
        stories.merge(db, 3, 1)
    assert build_site(desk, out) == 3
    assert 'href="1.html"' in (out / "story/3.html").read_text("utf-8")
    assert not any("story/3.html" in path.read_text("utf-8") for path in out.glob("*/2026*.html"))
    assert "day/2026-11-23.html" not in written(out), "the story began a day before"


def test_a_story_that_is_flagged_no_more_goes(desk: Desk, tmp_path: Path) -> None:
    """Flags that changed rules took back take the page along."""
    out = tmp_path / "out"
    build_site(desk, out)
    with desk.store.write() as db:
        flag_store.put(db, 4, (), NOW, drop=True)
    assert build_site(desk, out) == 3
    assert "story/4.html" not in written(out)
    assert 4 not in {int(n) for n in re.findall(r"story/(\d+)", str(written(out)))}


def test_a_page_that_is_missing_comes_back(desk: Desk, tmp_path: Path) -> None:
    """Whoever deleted a page, the next build writes it; so does one after a broken catalogue."""
    out = tmp_path / "out"
    build_site(desk, out)
    before = {name: content for name, (_, content) in written(out).items()}
    (out / "story/1.html").unlink()
    (out / ".catalogue.json").write_bytes(b'{"form"')
    build_site(desk, out)
    assert {name: content for name, (_, content) in written(out).items()} == before


def test_rules_can_be_chosen(desk: Desk, tmp_path: Path) -> None:
    """A site of one rule shows its stories and names no other rule."""
    assert build_site(desk, tmp_path / "out", ("korean-peninsula",)) == 2
    assert not (tmp_path / "out/rule/china-south-korea.html").exists()
    assert "China and South Korea" not in (tmp_path / "out/index.html").read_text("utf-8")


def test_a_folder_of_somebody_else_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    """A folder that holds other files is refused, and nothing in it is touched."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds no site of ours"):
        build_site(desk, tmp_path / "out")
    assert (tmp_path / "out/index.html").read_text("utf-8") == "mine"


def test_a_killed_build_leaves_a_whole_site(desk: Desk, tmp_path: Path) -> None:
    """Killed at any file, no page is half, no list leads nowhere, and the next build ends it."""
    out = tmp_path / "out"
    build_site(desk, out, ("korean-peninsula",))
    whole = tmp_path / "whole"
    build_site(desk, whole)
    pages = {path: content for path, (_, content) in written(whole).items() if "/" in path}
    for files in (1, 8, 20):
        subprocess.run(
            [sys.executable, "-c", KILLED, str(tmp_path), str(files)],
            env=environment(), cwd=Path.cwd(), check=False, timeout=PATIENCE,
        )  # fmt: skip
        there = written(out)
        for path, (_, content) in there.items():
            if path.endswith(".html"):
                assert content.endswith(b"</html>"), path
            if path.endswith(".html") and not path.startswith("story/"):
                for link in LINK.findall(content.decode()):
                    assert link in there, f"{path} links to {link} after {files} files"
    build_site(desk, out)
    assert {p: c for p, (_, c) in written(out).items() if "/" in p and ".part" not in p} == pages


# A build that is killed before it puts its so-manieth file in place.
KILLED = """
import os, signal, sys
from pathlib import Path
from monitor import atomic
from monitor.pipeline.build_site import build_site
from monitor.settings import load_config
from monitor.desk import Desk
folder, left = Path(sys.argv[1]), int(sys.argv[2])
put = os.replace
def replace(*names):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    put(*names)
os.replace = replace
build_site(Desk(load_config(folder / "config.toml")), folder / "out")
"""


def test_the_command_says_where_to_look(tmp_path: Path) -> None:
    """`monitor site` builds at once; an unknown rule or a foreign folder is one clear line."""
    filled(tmp_path).close()
    done = monitor("site", "out", "--rule", "korean-peninsula", folder=tmp_path)
    assert (done.code, done.err) == (0, "2 stories; open out/index.html\n")
    wrong = monitor("site", "out", "--rule", "korean-peninsul", folder=tmp_path)
    assert wrong.code == 2
    assert "korean-peninsula" in wrong.err
    foreign = monitor("site", ".", folder=tmp_path)
    assert foreign.code == 2
    assert "holds no site of ours" in foreign.err


DIGEST = """
[[digest]]
name = "morning"
at = "07:30"
rules = ["korean-peninsula"]
to = ["site:out"]
"""


def test_a_digest_keeps_its_site_up_to_date(tmp_path: Path) -> None:
    """`to = ["site:out"]` builds the site of the digest's rules when the digest is sent."""
    filled(tmp_path, DIGEST).close()
    done = monitor("digest", "morning", "--send", folder=tmp_path)
    assert done.code == 0, done.err
    assert {path.name for path in (tmp_path / "out/story").iterdir()} == {"4.html", "5.html"}
    (tmp_path / "out/.catalogue.json").unlink()
    refused = monitor("digest", "morning", "--send", folder=tmp_path)
    assert refused.code == 1
    assert "holds no site of ours" in refused.err


def test_an_alert_has_no_site(tmp_path: Path) -> None:
    """A site is the target of a digest; `check` says so."""
    desk = filled(tmp_path, '[[alert]]\nto = ["site:out"]\n')
    with pytest.raises(ConfigError, match="a target of digests"):
        desk.check_references()
    desk.close()


def test_a_strict_parser_finds_nothing_wrong_with_any_page(desk: Desk, tmp_path: Path) -> None:
    """Hostile texts or not, every page is sound HTML and skips no level of headings."""
    build_site(desk, tmp_path / "out")
    pages = list((tmp_path / "out").rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree = parser.parse(page.read_text("utf-8"))
        levels = [int(one.tag[1]) for one in tree.iter() if one.tag in ("h1", "h2", "h3")]
        assert levels[0] == 1, page
        assert all(later <= before + 1 for before, later in pairwise(levels)), page
