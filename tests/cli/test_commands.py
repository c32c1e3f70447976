"""Every command as a user types it, on a desk that has polled a real site once."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_feeds import at_a_terminal
from tests.commands import Result, monitor
from tests.site import Site
from tests.wire import SNOW_HEADLINE, TALKS, Item, config_text, html, put_small_desk
from tests.wire import TALKS_HEADLINE as HEADLINE


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        put_small_desk(running)
        yield running


@pytest.fixture(scope="module")
def desk(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a config and a store in which one round was done."""
    folder = tmp_path_factory.mktemp("desk")
    text = config_text(site, "wire", "gone", workers=None, language="en")
    (folder / "config.toml").write_text(text, "utf-8")
    polled = monitor("poll", "--json", folder=folder)
    assert polled.code == 1, polled.err  # one of the two feeds is gone
    report = json.loads(polled.out)
    assert (report["feeds"], report["answered"], report["new"]) == (2, 1, 2)
    assert "404" in report["failed"]["gone"]
    return folder


def story_id(desk: Path) -> str:
    return str(json.loads(monitor("list", "--json", folder=desk).out.splitlines()[0])["id"])


def test_list_shows_flagged_stories_only(desk: Path) -> None:
    """`list` has the story that was flagged; `list --all` has every entry as JSON Lines."""
    listed = monitor("list", folder=desk)
    assert "coast guard hotline" in listed.out
    assert "First snow" not in listed.out
    rows = [json.loads(line) for line in monitor("list", "--all", folder=desk).out.splitlines()]
    assert {row["title"] for row in rows} == {HEADLINE, SNOW_HEADLINE}
    assert set(rows[0]) == {
        *("shape", "id", "article", "feed", "guid", "url", "title", "first_seen"),
    }


def test_list_on_a_narrow_terminal_sets_headlines_beneath(desk: Path) -> None:
    """Where a headline has no room beside the other columns it is whole below them."""
    lines = at_a_terminal(desk, 40, "list").splitlines()
    assert max(map(len, lines)) <= 40
    assert all(line.strip() for line in lines)
    assert HEADLINE in " ".join(line.strip() for line in lines)


def test_show_prints_the_wire_record(desk: Path) -> None:
    """`show` prints headline and paragraphs to stdout, and the reasons beneath to stderr."""
    shown = monitor("show", story_id(desk), folder=desk)
    assert shown.out.index(HEADLINE) < shown.out.index(TALKS[0]) < shown.out.index(TALKS[2])
    assert "Copyright" not in shown.out
    assert "flagged china-south-korea" in shown.err


def test_show_json_has_every_field(desk: Path) -> None:
    """`show --json` gives the record as data."""
    record = json.loads(monitor("show", story_id(desk), "--json", folder=desk).out)
    assert record["title"] == HEADLINE
    assert record["body"] == list(TALKS)
    assert [flag["rule"] for flag in record["story"]["flags"]] == ["china-south-korea"]
    assert record["id"] in [copy["id"] for copy in record["story"]["copies"]]


def test_an_id_may_be_typed_in_wide_digits(desk: Path) -> None:
    """What an input method of East Asia makes of a number is that number, as in a search."""
    known = story_id(desk)
    wide = known.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert monitor("show", wide, folder=desk) == monitor("show", known, folder=desk)
    found = monitor("search", f"story:{wide}", folder=desk)
    assert HEADLINE in found.out
    assert found.out == monitor("search", f"story:{known}", folder=desk).out


def test_show_of_an_unknown_id_is_one_line(desk: Path) -> None:
    """An id that is not there ends with code 2 and says where ids come from."""
    shown = monitor("show", "999", folder=desk)
    assert (shown.code, shown.out) == (2, "")
    assert shown.err.strip() == "no article has the id 999; `monitor list` shows ids"


def test_explain_names_block_words_and_sentence(desk: Path) -> None:
    """`explain` says which block held, with the sentence, and what other rules lacked."""
    told = monitor("explain", story_id(desk), folder=desk)
    assert "china-south-korea" in told.out
    assert HEADLINE in told.out.replace("\n", " ")
    rows = json.loads(monitor("explain", story_id(desk), "--json", folder=desk).out)
    assert {row["rule"] for row in rows} >= {"china-south-korea", "korean-peninsula"}


def test_search_finds_text_and_says_when_there_is_none(desk: Path) -> None:
    """`search` looks into the text of pages; nothing found is code 1."""
    assert "First snow" in monitor("search", "winter tyres", folder=desk).out
    assert monitor("search", "zeppelin", folder=desk).code == 1


def test_digest_in_every_format(desk: Path) -> None:
    """The digest reads the same story in each format, and names the feed that failed."""
    for form in ("terminal", "text", "html", "json", "atom", "markdown"):
        made = monitor("digest", "--format", form, folder=desk)
        assert made.code == 0, made.err
        assert "hotline" in made.out, form
        assert "gone" in made.out or form == "atom", form


def test_unknown_digest_format_names_the_known_ones(desk: Path) -> None:
    """A format that does not exist is code 2 with the list of those that do."""
    made = monitor("digest", "--format", "pdf", folder=desk)
    assert made.code == 2
    assert "markdown" in made.err


def test_digest_to_a_file_is_sent(desk: Path, tmp_path: Path) -> None:
    """`--send --to file:…` delivers through the outbox."""
    target = tmp_path / "now.md"
    sent = monitor("digest", "--send", "--to", f"file:{target}", folder=desk)
    assert sent.code == 0, sent.err
    assert "hotline" in target.read_text("utf-8")
    assert "nothing waits" in monitor("outbox", "list", folder=desk).err


def test_status_says_what_needs_a_person(desk: Path) -> None:
    """`status` is code 1 while a feed has never been read, and says which."""
    told = monitor("status", folder=desk)
    assert told.code == 1
    assert "gone" in told.out
    report = json.loads(monitor("status", "--json", folder=desk).out)
    assert report["last_round"]["new"] == 2
    assert report["store"]["articles"] == 2


def test_feeds_list_says_when_and_why(desk: Path) -> None:
    """`feeds list` shows the next reading with its reason, and the trouble of each feed."""
    rows = [
        json.loads(line)
        for line in monitor("feeds", "list", "--json", folder=desk).out.splitlines()
    ]
    by_name = {row["name"]: row for row in rows}
    assert by_name["wire"]["next"]
    assert "every 15 min" in by_name["wire"]["why"]
    assert "404" in by_name["gone"]["trouble"]
    assert "wire" in monitor("feeds", "list", folder=desk).out


def test_feeds_check_gives_a_verdict_and_stores_nothing(desk: Path) -> None:
    """`feeds check` reads each feed once: one is usable, one is bad, and code 1 says so."""
    told = monitor("feeds", "check", "--json", folder=desk)
    assert told.code == 1
    reports = {row["feed"]: row for row in map(json.loads, told.out.splitlines())}
    assert (reports["wire"]["verdict"], reports["wire"]["items"]) != ("bad", 0)
    assert (reports["gone"]["verdict"], reports["gone"]["faults"]) == ("bad", ["HTTP 404"])
    assert "HTTP 404" in monitor("feeds", "check", folder=desk).out


def test_feeds_are_found_added_exported_and_imported(site: Site, tmp_path: Path) -> None:
    """The feed a page names is added to config.toml; OPML brings it to another desk."""
    config = tmp_path / "config.toml"
    config.write_text("# my desk\n", "utf-8")
    home = site.url("/home")
    assert "/wire.xml" in monitor("feeds", "discover", home, "--private", folder=tmp_path).out
    added = monitor("feeds", "add", home, "--name", "My wire", "--private", folder=tmp_path)
    assert added.code == 0, added.err
    assert config.read_text("utf-8").startswith("# my desk")
    opml = monitor("feeds", "export", folder=tmp_path).out
    assert "my-wire" in opml
    (tmp_path / "feeds.opml").write_text(opml, "utf-8")
    again = monitor("feeds", "import", "feeds.opml", folder=tmp_path).err
    assert "added 0 feeds" in again
    assert "1 was there already" in again
    assert monitor("feeds", "import", "config.toml", folder=tmp_path).err.startswith(
        "config.toml: "
    )
    config.write_text("", "utf-8")
    assert "added 1 feed " in monitor("feeds", "import", "feeds.opml", folder=tmp_path).err
    assert site.url("/wire.xml") in monitor("feeds", "list", "--json", folder=tmp_path).out


def test_scrape_of_a_file_and_of_standard_input(desk: Path, tmp_path: Path) -> None:
    """`scrape` reads a page from a file or a pipe and prints the article format."""
    page = tmp_path / "page.html"
    page.write_bytes(html(Item("x", HEADLINE)))
    assert TALKS[1] in monitor("scrape", str(page), folder=desk).out
    piped = monitor("scrape", "-", "--json", folder=desk, given=page.read_text("utf-8"))
    assert json.loads(piped.out)["title"] == HEADLINE


def test_scrape_of_a_page_without_article_is_one_line(desk: Path, tmp_path: Path) -> None:
    """A page that holds no article, or no page at all, is told in one line."""
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    for where in (str(empty), str(tmp_path / "none.html")):
        told = monitor("scrape", where, folder=desk)
        assert told.code != 0
        assert len(told.err.strip().splitlines()) == 1
        assert told.err.startswith(f"{where}: ")


def test_scrape_refuses_a_private_address_unless_allowed(site: Site, desk: Path) -> None:
    """A loopback address is refused by default, and read with --private."""
    address = site.url("/talks.html")
    refused = monitor("scrape", address, folder=desk)
    assert refused.code == 1
    assert "--private" in refused.err or "private" in refused.err
    assert TALKS[0] in monitor("scrape", address, "--private", folder=desk).out


def test_rules_match_reads_json_lines(desk: Path) -> None:
    """`rules match --json` answers in input order with topics and reasons."""
    lines = [
        {"id": "a", "title": "Apartment prices rise for a third month", "text": "In the city."},
        {"id": "b", "title": "Wang Yi, Cho Hyun hold talks in Beijing", "text": "They met."},
    ]
    given = "".join(json.dumps(line) + "\n" for line in lines)
    matched = monitor("rules", "match", "-", "--json", folder=desk, given=given)
    rows = [json.loads(line) for line in matched.out.splitlines()]
    assert [(row["id"], row["topics"]) for row in rows] == [
        ("a", []),
        ("b", ["china-south-korea"]),
    ]
    assert rows[1]["flags"][0]["why"]


def test_rules_try_judges_a_text_or_a_page(desk: Path, site: Site) -> None:
    """`rules try` says what a text or the page at a url would be flagged for, and why."""
    told = monitor("rules", "try", "Wang Yi, Cho Hyun hold talks", folder=desk)
    assert told.code == 0
    assert "china-south-korea  now" in told.out
    page = monitor("rules", "try", site.url("/talks.html"), "--private", "--json", folder=desk)
    assert "china-south-korea" in {rule["rule"] for rule in json.loads(page.out)}
    assert monitor("rules", "try", "x", "--date", "soon", folder=desk).code == 2


@pytest.mark.parametrize(
    "given", ["no json\n", "[1, 2]\n", f'{{"id": 1{"0" * 5000}}}\n', "[" * 100_000 + "\n"]
)
def test_rules_match_names_the_line_that_is_wrong(desk: Path, given: str) -> None:
    """A line that is no JSON object is told with its number."""
    told = monitor("rules", "match", "-", "--json", folder=desk, given=given)
    assert told.code == 2
    assert "-:1:" in told.err


def test_rules_list_and_test(desk: Path) -> None:
    """`rules list` shows where each rule comes from; the built-in self-tests pass."""
    assert "korean-peninsula" in monitor("rules", "list", folder=desk).out
    tested = monitor("rules", "test", folder=desk)
    assert tested.code == 0, tested.out
    assert "0 failed" in tested.err


def test_backtest_shows_what_a_rule_file_would_gain(desk: Path, tmp_path: Path) -> None:
    """A rule file is tried on stored articles; `--apply` flags them."""
    rules = tmp_path / "snow.toml"
    rules.write_text(
        '[[rule]]\nid = "snow"\nname = "Snow"\nalert = "digest"\n[[rule.when]]\nany = ["snow"]\n'
        '[[rule.test]]\nshould = ["Snow falls"]\nshould_not = ["Rain falls"]\n',
        "utf-8",
    )
    tried = monitor("rules", "backtest", "--rules", str(rules), "--json", folder=desk)
    (change,) = [row for row in map(json.loads, tried.out.splitlines()) if row["rule"] == "snow"]
    assert [title for _, title in change["gained"]] == [SNOW_HEADLINE]
    assert "First snow" not in monitor("list", folder=desk).out


def test_entities_find_shows_names_in_all_languages(desk: Path) -> None:
    """An entity is found by any of its names, with where each was seen."""
    for name in ("王毅", "Wang Yi", "왕이"):
        found = monitor("entities", "find", name, folder=desk)
        assert "@wang-yi" in found.out
        assert "王毅" in found.out
    assert monitor("entities", "find", "Nobody Atall", folder=desk).code == 1


def test_check_passes_on_a_good_desk(desk: Path) -> None:
    """`check` runs the self-tests and is code 0 when all is fine."""
    told = monitor("check", folder=desk)
    assert told.code == 0, told.err


def test_init_writes_a_config_that_passes_check(tmp_path: Path) -> None:
    """`init` makes config.toml and state/, never over a file that is there."""
    made = monitor("init", folder=tmp_path)
    assert made.code == 0, made.err
    assert (tmp_path / "state").is_dir()
    assert monitor("check", folder=tmp_path).code == 0
    again = monitor("init", folder=tmp_path)
    assert again.code == 2
    assert "left as it is" in again.err


def test_demo_shows_the_whole_way(tmp_path: Path) -> None:
    """`demo` needs no config and no network: two rounds, the second all 304, and a digest."""
    shown = monitor("demo", folder=tmp_path)
    assert shown.code == 0, shown.err
    assert "11 unchanged), 0 new entries" in shown.err
    assert "monitor init" in shown.err
    assert "China and South Korea" in shown.out
    assert "127.0.0.1" not in re.sub(r"http://\S+", "", shown.out)  # outlets have names
    assert max(map(len, shown.err.partition("Now with real feeds")[2].splitlines())) <= 80
    assert list(tmp_path.iterdir()) == []


def wrong(folder: Path, text: str) -> Result:
    (folder / "config.toml").write_text(text, "utf-8")
    return monitor("poll", folder=folder)


def test_faults_of_the_config_are_all_told_and_code_2(tmp_path: Path) -> None:
    """Every fault of config.toml is one line on stderr; nothing is on stdout."""
    told = wrong(tmp_path, '[monitor]\nstat = "x"\n[[feed]]\nname = "a"\nurl = "ftp://x"\n')
    assert (told.code, told.out) == (2, "")
    assert len(told.err.strip().splitlines()) == 2
    assert 'did you mean "state"?' in told.err


def test_state_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A state folder that is a file is one clear line and code 1."""
    (tmp_path / "state").touch()
    told = wrong(tmp_path, "")
    assert told.code == 1
    assert str(tmp_path / "state") in told.err
    assert "Traceback" not in told.err


def test_no_config_at_all_says_how_to_make_one(tmp_path: Path) -> None:
    """Without any config the way to one is told."""
    told = monitor("--config", "none.toml", "poll", folder=tmp_path)
    assert told.code == 2
    assert "monitor init" in told.err


def test_poll_of_an_unknown_feed_gives_the_nearest(desk: Path) -> None:
    """A feed name that does not exist comes back with the nearest one."""
    told = monitor("poll", "--feed", "wier", folder=desk)
    assert told.code == 2
    assert 'did you mean "wire"?' in told.err


def test_version(tmp_path: Path) -> None:
    """`--version` needs nothing."""
    assert monitor("--version", folder=tmp_path).out.startswith("monitor 0.")
