"""`monitor feeds` as a desk uses it: in a narrow window, in a pipe, with feeds known bad."""

import json
import os
import pty
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from tests.commands import COMMAND, environment, monitor
from tests.feeds.documents import item, rss
from tests.site import Answer, Site
from tests.wire import config_text

LONG = "ministry-of-unification-north-korea-trends-korean-edition"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        running.at("/wire.xml", Answer(body=rss(item("Envoys meet", guid="a"))))
        running.at(f"/{LONG}.xml", Answer(404))
        yield running


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("desk")
    extra = '[[digest]]\nname = "morning"\nto = ["terminal"]\n'
    (tmp_path / "config.toml").write_text(config_text(site, "wire", LONG, extra=extra), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 1
    return tmp_path


def at_a_terminal(folder: Path, columns: int, *args: str) -> str:
    """Return what a command prints on a terminal of that width."""
    ours, theirs = pty.openpty()
    env = environment({"COLUMNS": str(columns), "TERM": "xterm"})
    process = subprocess.Popen([*COMMAND, *args], cwd=folder, env=env, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    process.wait()
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r", "")


def test_list_shows_what_is_wrong_in_eighty_columns(folder: Path) -> None:
    """The column of troubles is there, no line is longer, and no name is cut."""
    shown = at_a_terminal(folder, 80, "feeds", "list")
    assert "trouble" in shown.splitlines()[0]
    assert "404" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown


def test_list_in_a_pipe_has_whole_names_and_one_line_a_feed(folder: Path) -> None:
    """What is grepped for is found, whatever the width of the window; clocks name their zone."""
    lines = monitor("feeds", "list", folder=folder).out.splitlines()
    assert len(lines) == 3
    assert "(KST)" in lines[0]
    assert any(LONG in line and "404" in line for line in lines)


def test_acknowledged_trouble_is_no_alarm_until_it_is_over_or_a_new_one_begins(
    folder: Path, site: Site
) -> None:
    """`status` names it no more; `feeds list` says who knows of it; `--end` tells it again."""
    assert f"{LONG}: never read" in monitor("status", folder=folder).out
    said = monitor("feeds", "ack", LONG, "--until", "2w", "--why", "they move house", folder=folder)
    assert said.code == 0
    assert "they move house" in said.err and "KST" in said.err  # noqa: PT018
    quiet = monitor("status", folder=folder)
    assert (quiet.code, "1 in trouble (1 of them known)" in quiet.out) == (0, True), quiet.out
    row = json.loads(monitor("feeds", "list", "--json", folder=folder).out.splitlines()[1])
    assert "they move house" in row["acknowledged"]
    assert monitor("feeds", "ack", LONG, "--end", folder=folder).code == 0
    assert monitor("status", folder=folder).code == 1


@pytest.mark.parametrize("until", ["yesterday", "2019-01-01", "soon"])
def test_acknowledging_till_a_time_that_is_none_is_one_line(folder: Path, until: str) -> None:
    """A time that is over, or is no time, is wrong usage."""
    said = monitor("feeds", "ack", LONG, "--until", until, folder=folder)
    assert (said.code, len(said.err.splitlines())) == (2, 1)


def test_acknowledging_a_feed_that_is_not_there_names_the_nearest(folder: Path) -> None:
    """A misspelt name is wrong usage."""
    said = monitor("feeds", "ack", "wirre", folder=folder)
    assert (said.code, "wire" in said.err) == (2, True)


def test_discover_tells_what_it_read_from_what_the_page_says(site: Site, tmp_path: Path) -> None:
    """Guesses are read first, and only those that are feeds are told."""
    site.at(
        "/home", Answer(body=b'<link rel="alternate" type="application/rss+xml" href="/x.xml">')
    )
    site.at("/rss.xml", Answer(body=rss(item("Envoys meet"))))
    found = monitor("feeds", "discover", site.url("/home"), "--private", "--json", folder=tmp_path)
    rows = [json.loads(line) for line in found.out.splitlines()]
    assert [(row["url"], row["found"], row["checked"]) for row in rows] == [
        (site.url("/x.xml"), "declared", False),
        (site.url("/rss.xml"), "guess", True),
    ]


def test_add_takes_an_address_without_scheme(site: Site, tmp_path: Path) -> None:
    """ "yna.co.kr" is asked for as https://yna.co.kr, and said so when nothing answers."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    said = monitor("feeds", "add", "wire.invalid/rss.xml", folder=tmp_path)
    assert "no such host: wire.invalid" in said.err


@pytest.mark.parametrize("status", [301, 302])
@pytest.mark.parametrize("asked", ["/old.xml", "/home"])
def test_add_refuses_what_leads_to_a_feed_that_is_there(
    site: Site, tmp_path: Path, status: int, asked: str
) -> None:
    """A url that redirects to a known feed, or a page whose feed does, is not added beside it."""
    site.at("/old.xml", Answer(status, headers={"Location": site.url("/wire.xml?source=rss")}))
    site.at("/home", Answer(body=b'<link rel="alternate" type="text/xml" href="/old.xml">'))
    config = tmp_path / "config.toml"
    config.write_text(before := config_text(site, "wire"), "utf-8")
    said = monitor("feeds", "add", site.url(asked), "--private", folder=tmp_path)
    assert (said.code, config.read_text("utf-8")) == (2, before)
    assert f'leads to {site.url("/wire.xml?source=rss")}, which is the feed "wire"' in said.err


def test_add_takes_a_feed_that_its_parameters_choose(site: Site, tmp_path: Path) -> None:
    """One that only seems to be another says what to do if it is; a plain repetition does not."""
    config = tmp_path / "config.toml"
    config.write_text(config_text(site, "wire"), "utf-8")
    for query, code in (("?feedname=kr", 0), ("?feedname=kr", 2), ("?source=rss", 2)):
        said = monitor("feeds", "add", site.url(f"/wire.xml{query}"), "--private", folder=tmp_path)
        assert (said.code, "write it into config.toml" in said.err) == (code, "source" in query)
    assert config.read_text("utf-8").count("[[feed]]") == 2


def test_add_and_import_know_where_a_feed_has_moved(site: Site, tmp_path: Path) -> None:
    """The url that a known feed says it moved to for good is that feed, and not a second one."""
    site.at("/before.xml", Answer(301, headers={"Location": site.url("/wire.xml")}))
    config = tmp_path / "config.toml"
    config.write_text(before := config_text(site, "before", pages="none"), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 0
    said = monitor("feeds", "add", site.url("/wire.xml"), "--private", folder=tmp_path)
    assert (said.code, config.read_text("utf-8")) == (2, before)
    assert 'is the feed "before" already (it has moved there); nothing was changed' in said.err
    listed = f"<opml><body><outline xmlUrl='{site.url('/wire.xml')}'/></body></opml>"
    (tmp_path / "feeds.opml").write_text(listed, "utf-8")
    assert "1 was there already" in monitor("feeds", "import", "feeds.opml", folder=tmp_path).err


def test_add_goes_on_where_the_store_cannot_be_read(site: Site, tmp_path: Path) -> None:
    """Only whether a feed has moved there is not known then, which is said."""
    config = tmp_path / "config.toml"
    config.write_text("", "utf-8")
    (tmp_path / "state" / "monitor.db").mkdir(parents=True)
    said = monitor("feeds", "add", site.url("/wire.xml"), "--private", folder=tmp_path)
    assert (said.code, config.read_text("utf-8").count("[[feed]]")) == (0, 1)
    assert "whether a feed has moved there is not known: " in said.err


def test_import_adds_no_feed_that_is_there_in_other_letters(tmp_path: Path) -> None:
    """Of feeds that a list has twice, or the file already, none is added a second time."""
    config = tmp_path / "config.toml"
    config.write_text('[[feed]]\nname = "a"\nurl = "http://www.example.org/rss/"\n', "utf-8")
    (tmp_path / "feeds.opml").write_text(
        "<opml><body><outline xmlUrl='https://Example.org:443/rss#top'/>"
        "<outline text='b' xmlUrl='https://example.org/%ED%95%9C'/>"
        "<outline text='c' xmlUrl='https://www.example.org/한/'/></body></opml>",
        "utf-8",
    )
    said = monitor("feeds", "import", "feeds.opml", folder=tmp_path)
    assert "added 1 feed to" in said.err
    assert config.read_text("utf-8").count("[[feed]]") == 2


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("feeds ack ", {"wire", LONG}),
        ("feeds ack min", {LONG}),
        ("digest mor", {"morning"}),
        ("digest --format te", {"terminal", "text"}),
        ("list --rule korean", {"korean-peninsula"}),
    ],
)
def test_tab_offers_what_is_configured(
    folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str, offered: set[str]
) -> None:
    """Feeds, digests, rules and formats are completed from the files in force."""
    monkeypatch.chdir(folder)
    env = {"_MONITOR_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"monitor {typed}"}
    done = CliRunner().invoke(app, [], prog_name="monitor", env=env)
    assert set(re.findall(r'"([^"]+)"', done.stdout)) >= offered


def test_tab_offers_nothing_where_the_files_are_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in a file is no traceback in the middle of a command line."""
    (tmp_path / "config.toml").write_text("[[", "utf-8")
    monkeypatch.chdir(tmp_path)
    env = {"_MONITOR_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "monitor feeds ack "}
    done = CliRunner().invoke(app, [], prog_name="monitor", env=env)
    assert "Traceback" not in done.output


def test_clock_of_the_list_is_the_configured_one(folder: Path) -> None:
    """The times are those of the desk's zone."""
    line = next(x for x in monitor("feeds", "list", folder=folder).out.splitlines() if "wire" in x)
    hour = int(re.findall(r"\d\d-\d\d (\d\d):\d\d", line)[0])
    assert (hour - datetime.now(UTC).hour) % 24 in (8, 9, 10)


def test_export_says_whose_password_it_holds(tmp_path: Path) -> None:
    """An OPML list needs the credentials of a feed to be of use, and its reader must know."""
    (tmp_path / "config.toml").write_text(
        '[[feed]]\nname = "open"\nurl = "https://a.example/x.xml"\n'
        '[[feed]]\nname = "paid"\nurl = "https://desk:secret@b.example/x.xml"\n'
    )
    done = monitor("feeds", "export", folder=tmp_path)
    assert done.err == "the list holds user names and passwords, those of paid\n"
    assert "desk:secret@" in done.out


def test_only_an_export_holds_the_password_of_a_feed(tmp_path: Path) -> None:
    """What is printed for programs about feeds goes into files and chats, too."""
    url = "http://desk:kumquat@127.0.0.1:9/x.xml"
    config = f'[[feed]]\nname = "paid"\nurl = "{url}"\nprivate = true\n'
    (tmp_path / "config.toml").write_text(config)
    for command in ("list", "check"):
        told = json.loads(monitor("feeds", command, "--json", folder=tmp_path).out)
        assert told["url"] == "http://***@127.0.0.1:9/x.xml"
    assert url in monitor("feeds", "export", folder=tmp_path).out


def test_stored_urls_are_listed_without_credentials(site: Site, tmp_path: Path) -> None:
    """`list --all` goes into files and chats: passwords in links and guids do not."""
    link = "https://desk:secret@b.example/1.html"
    site.at("/paid.xml", Answer(body=rss(item("Envoys meet", guid=link, link=link))))
    (tmp_path / "config.toml").write_text(config_text(site, "paid", pages="none"), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 0
    listed = json.loads(monitor("list", "--all", folder=tmp_path).out)
    assert listed["url"] == listed["guid"] == "https://***@b.example/1.html"


def test_a_login_in_a_link_opens_the_page_and_goes_to_no_reader(site: Site, tmp_path: Path) -> None:
    """The page of such a link is asked for with it; digests, lists, exports and sites lack it."""
    link = site.url("/paid/1.html").replace("://", "://desk:kumquat@")
    talks = "China and South Korea foreign ministers hold talks in Seoul"
    site.at("/logins.xml", Answer(body=rss(item(talks, guid=link, link=link))))
    site.at("/paid/1.html", Answer(404))
    (tmp_path / "config.toml").write_text(config_text(site, "logins"), "utf-8")
    monitor("poll", folder=tmp_path)
    (asked,) = (one for one in site.asked if one.path == "/paid/1.html")
    assert asked.headers["authorization"].startswith("Basic ")
    for line in (
        *("list --json", "show 1", "show 1 --json", "explain 1 --json", "search --json Seoul"),
        *("export Seoul --format ris", "digest --format json", "digest --format html"),
    ):
        done = monitor(*line.split(), folder=tmp_path)
        assert done.code == 0
        assert "kumquat" not in done.out + done.err, line
        assert talks in done.out, line
    assert site.url("/paid/1.html") in monitor("list", "--json", folder=tmp_path).out
    assert monitor("site", str(tmp_path / "site"), folder=tmp_path).code == 0
    pages = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert not [path for path in pages if b"kumquat" in path.read_bytes()]


def test_a_list_tells_of_a_feed_what_status_does(tmp_path: Path) -> None:
    """Also that nobody reads it, where no machine stands at its place."""
    feed = '[[feed]]\nname = "far"\nurl = "http://127.0.0.1:9/x.xml"\nvantage = "beijing"\n'
    (tmp_path / "config.toml").write_text(feed)
    monitor("poll", folder=tmp_path)
    listed = json.loads(monitor("feeds", "list", "--json", folder=tmp_path).out)
    (told,) = json.loads(monitor("status", "--json", folder=tmp_path).out)["feeds"]["troubled"]
    assert told["kind"] == "nobody reads it"
    assert listed["trouble"] == f"{told['kind']}: {told['why']}"


def test_a_renamed_feed_is_told_by_its_present_name(site: Site, tmp_path: Path) -> None:
    """In a poll's report and log as in lists, also where its former name is another's now."""
    site.at("/one.xml", Answer(body=rss(item("Envoys meet", guid="a"))))
    config = tmp_path / "config.toml"
    config.write_text(text := config_text(site, "one", pages="none"), "utf-8")
    assert monitor("poll", folder=tmp_path).code == 0
    new = config_text(site, LONG).partition("\n\n")[2].replace(f'"{LONG}"', '"one"')
    config.write_text(text.replace('"one"', '"first"') + new, "utf-8")
    listed = monitor("feeds", "list", "--json", folder=tmp_path).out.splitlines()
    rows = {row["name"]: row for row in map(json.loads, listed)}
    assert rows["first"]["last_read"]
    assert rows["one"]["trouble"].startswith("never read")
    site.at("/one.xml", Answer(500))
    said = monitor("poll", folder=tmp_path)
    assert {"  first: HTTP 500", "  one: HTTP 404"} < set(said.err.splitlines())
    site.at("/one.xml", Answer(301, headers={"location": site.url("/moved.xml")}))
    site.at("/moved.xml", Answer(body=rss(item("Envoys meet", guid="a"))))
    moved = f"first: says it moved to {site.url('/moved.xml')}; watching whether it stays"
    assert moved in monitor("poll", folder=tmp_path).err
    assert json.loads(monitor("list", "--all", folder=tmp_path).out)["feed"] == "first"
    rows_now = rss(item("Envoys meet", guid="a"), item("Envoys part", guid="b"))
    site.at("/one.xml", Answer(body=rows_now))
    monitor("poll", folder=tmp_path)
    told = json.loads(monitor("search", "part", "--json", folder=tmp_path).out)
    assert (told["feed"], told["outlet"]) == ("first", "first")  # the outlet has no name of its own
