"""Settings: what a user may write, and what is said when it is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import ConfigError, UsageError
from monitor.settings import check_config, find_config, load_config
from monitor.settings.tables import FileKey
from monitor.tomlfile import parse_toml, read_toml
from tests.budget import within


def config_of(text: str, folder: Path = Path()) -> object:
    return check_config(parse_toml(text, "config.toml"), folder)


def faults_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config_of(text)
    return [str(fault) for fault in caught.value.faults]


def test_defaults_make_an_empty_file_valid() -> None:
    """A file without any table is a desk without feeds."""
    config = check_config(parse_toml("", "config.toml"), Path("/desk"))
    assert config.feeds == ()
    assert config.state == Path("/desk/state")


def test_feed_becomes_the_value_the_rooms_know() -> None:
    """A [[feed]] table is read with its duration, selectors and flags."""
    config = check_config(
        parse_toml(
            '[[feed]]\nname = "press"\nurl = "https://example.org/press"\nevery = "1h30m"\n'
            'format = "list"\nlist = { item = "li", date = ".d" }\npages = "hits"\n',
            "config.toml",
        ),
        Path(),
    )
    (feed,) = config.feeds
    assert feed.every == timedelta(minutes=90)
    assert feed.list_page is not None
    assert (feed.list_page.item, feed.list_page.link, feed.list_page.date) == ("li", "a", ".d")
    assert feed.pages == "hits"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KST", "Asia/Seoul"),
        ("seoul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("UTC+9", "Asia/Seoul"),
        ("JST", "Asia/Tokyo"),
        ("CST", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("Hong Kong", "Asia/Hong_Kong"),
        ("+08:00", "Asia/Shanghai"),
    ],
)
def test_a_zone_as_people_write_it_is_answered_with_its_name(written: str, meant: str) -> None:
    """Abbreviations, cities and offsets are no zones with summer time; the fault gives the name."""
    (fault,) = faults_of(f'[monitor]\ntimezone = "{written}"\n')
    assert f'(write "{meant}")' in fault
    assert fault.startswith("config.toml:2: monitor.timezone:")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[alert]\nto = ["terminal"]\n', 1, "write [[alert]] with two brackets"),
        ('[digest]\nname = "m"\n', 1, "write [[digest]] with two brackets"),
        ('\n[feed]\nname = "a"\n', 2, "write [[feed]] with two brackets"),
        ('[monitor]\nstate = "here\nin_flight = 5\n', 2, "a quote is opened here and not closed"),
        ("[monitor]\nstate = 'here\nin_flight = 5\n", 2, "a quote is opened here and not closed"),
        ('[monitor]\ncontact = """x\n\n\n', 2, "a quote is opened here and not closed"),
        ("# it's fine\n[monitor]\nstate = here\n", 3, "a text needs quotes"),
        ("[monitor]\nstate = “here”\n", 2, "straight quotes"),
        ("[monitor]\nin_flight = True\n", 2, "write true"),
        ("[monitor]\nin_flight = 5\nspacing = 1\nin_flight = 6\n", 4, "in_flight stands twice"),
        ("[monitor]\n\n[monitor]\n", 3, "the table [monitor] stands twice"),
        ("[monitor]\nin_flight: 5\n", 2, "no equals sign"),
        ('[monitor]\nrule_files = ["a.toml" "b.toml"]\n', 2, "comma"),
    ],
)
def test_slips_of_writing_are_named_where_they_were_made(text: str, line: int, words: str) -> None:
    """What a hand slips on in TOML is told in words of the file, at its own line."""
    (fault,) = faults_of(text)
    assert fault.startswith(f"config.toml:{line}:")
    assert words in fault


def test_a_line_is_known_inside_lists_tables_and_texts() -> None:
    """Keys inside multi-line texts are none; array elements and inline tables have lines."""
    file = parse_toml(
        '[a]\nnote = """\n[b]\nkey = 1\n"""\n[[b]]\nkey = [\n  "x", # ]\n  ["y",\n  "z"],\n]\n'
        "[[b.c]]\nd = { e = 1 }\n[[b]]\n'key' = 2\n",
        "f.toml",
    )
    places = {
        ("a", "note"): 2,
        ("b", 0, "key"): 7,
        ("b", 0, "key", 1, 1): 10,
        ("b", 0, "c", 0, "d", "e"): 13,
        ("b", 1, "key"): 15,
        ("b", 1, "lost", 3): 14,
    }
    assert {path: file.line(path) for path in places} == places


def test_disabled_feed_is_left_out() -> None:
    """`enabled = false` keeps the row and drops the feed."""
    text = '[[feed]]\nname = "a"\nurl = "https://example.org/a"\nenabled = false\n'
    assert check_config(parse_toml(text, "c.toml"), Path()).feeds == ()


def test_all_faults_come_at_once_with_line_key_and_nearest_spelling() -> None:
    """Every fault of a file is told in one go, in the order of its lines."""
    faults = faults_of(
        '[monitor]\ntimezone = "Asia/Seol"\n\n'
        '[[feed]]\nname = "a"\nurl = "https://example.org/a"\nevry = "5m"\n\n'
        '[[feed]]\nname = "b"\nurl = "ftp://example.org/b"\nkind = "wires"\n'
    )
    assert len(faults) == 4
    assert faults[0].startswith("config.toml:2: monitor.timezone:")
    assert 'did you mean "Asia/Seoul"?' in faults[0]
    assert faults[1].startswith('config.toml:7: feed[1].evry: unknown key "evry"')
    assert 'did you mean "every"?' in faults[1]
    assert faults[2].startswith("config.toml:11: feed[2].url: expected a url")
    assert 'did you mean "wire"?' in faults[3]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('every = "5 minutes"', "expected a duration"),
        ('every = "0s"', "expected a duration"),
        ("every = 5", "expected a duration"),
        ('every = "999999999999d"', "expected a duration"),
        ("pages = 3", 'expected one of "all", "hits", "none"'),
        ('country = "Korea"', 'a code such as "KR"'),
        ('language = "Korean"', 'an ISO 639 code such as "ko"'),
        ("max_items = 0", "greater than or equal to 1"),
        ('format = "list"', "without `list`"),
        ('private = "yes"', "expected true or false"),
    ],
)
def test_feed_fault_says_what_was_expected(line: str, expected: str) -> None:
    """A wrong value in a feed names what would have been right."""
    (fault,) = faults_of(f'[[feed]]\nname = "a"\nurl = "https://example.org/"\n{line}\n')
    assert expected in fault


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('at = "7:65"', "time of day"),
        ('days = "someday"', '"mon-fri"'),
        ('to = "terminal"', "expected a list"),
        ('empty = "never"', '"send", "skip"'),
        ("to = []", "digest[1].to: expected at least one target"),
        ("to = [5]", "digest[1].to[1]: expected a table"),
        ('to = [{ target = "terminal", form = "text" }]', 'did you mean "format"?'),
        ('to = [{ target = "terminal", format = "htm" }]', 'did you mean "html"?'),
        ("to = [{ brief = true }]", "digest[1].to[1].target: is required"),
    ],
)
def test_digest_fault_says_what_was_expected(line: str, expected: str) -> None:
    """A wrong value in a digest names what would have been right."""
    (fault,) = faults_of(f'[[digest]]\nname = "m"\n{line}\n')
    assert expected in fault


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("to = []", "alert[1].to: expected at least one target"),
        ('to = ["terminal"]\nquiet = "20:00-08:01"', "at most 12 hours"),
        ('to = ["terminal"]\nquiet = "09:00-23:00"', "at most 12 hours"),
        ('to = ["terminal"]\nquiet = "07:00-07:00"', "expected quiet hours"),
        ('to = ["terminal"]\nquiet = "22-6"', "expected quiet hours"),
    ],
)
def test_alert_fault_says_what_was_expected(line: str, expected: str) -> None:
    """An alert that would reach nobody, or would be too old after its quiet hours, is refused."""
    (fault,) = faults_of(f"[[alert]]\n{line}\n")
    assert expected in fault


@pytest.mark.parametrize("quiet", ["20:00-08:00", "8:00-20:00", "22:00 - 6:30", ""])
def test_quiet_hours_of_half_a_day_are_kept(quiet: str) -> None:
    """Up to 12 hours, over midnight or not, may be quiet."""
    config_of(f'[[alert]]\nto = ["terminal"]\nquiet = "{quiet}"\n')


def test_keeping_for_longer_than_a_century_is_a_fault() -> None:
    """A number of days that no clock can reckon with is told when the file is read."""
    (fault,) = faults_of("[monitor]\nkeep_days = 999999999999\n")
    assert "less than or equal to 36500" in fault


def test_password_in_the_file_is_refused() -> None:
    """A password does not belong in the file; the fault names where it does."""
    (fault,) = faults_of('[email]\nhost = "h"\nfrom = "a@example.org"\npassword = "secret"\n')
    assert "password_env" in fault
    assert "secret" not in fault


def test_two_feeds_of_one_name_are_a_fault() -> None:
    """A name that is taken is told with the table that took it."""
    row = '[[feed]]\nname = "a"\nurl = "https://example.org/"\n'
    (fault,) = faults_of(row + row)
    assert "is taken by feed[1]" in fault
    assert fault.startswith("config.toml:5:")


def test_mail_target_without_mail_server_is_a_fault() -> None:
    """A digest that is to be mailed needs an [email] table."""
    (fault,) = faults_of('[[digest]]\nname = "m"\nto = ["mailto:desk@example.org"]\n')
    assert "[email]" in fault


def test_syntax_error_has_its_line() -> None:
    """Text that is no TOML is told with the line where reading stopped."""
    with pytest.raises(ConfigError, match=r"c\.toml:3: not valid TOML"):
        parse_toml('[monitor]\ncontact = "x"\nstate = \n', "c.toml")


def test_file_that_is_not_utf8_has_its_line(tmp_path: Path) -> None:
    """A file in another encoding is refused with the line of the first wrong byte."""
    path = tmp_path / "config.toml"
    path.write_bytes("[monitor]\n# 한국\n".encode("euc-kr"))
    with pytest.raises(ConfigError, match=r"config\.toml:2: is not UTF-8"):
        read_toml(path)


def test_unknown_digest_and_feed_names_give_the_nearest(tmp_path: Path) -> None:
    """A name on the command line that is not configured comes back with the nearest one."""
    path = tmp_path / "config.toml"
    path.write_text(
        '[[digest]]\nname = "morning"\n[[feed]]\nname = "yonhap"\nurl = "https://example.org/"\n'
    )
    config = load_config(path)
    with pytest.raises(UsageError, match='did you mean "morning"'):
        config.digest_named("mornin")
    with pytest.raises(UsageError, match='did you mean "yonhap"'):
        config.feeds_named(("yonhab",))


def test_globs_are_expanded_in_order(tmp_path: Path) -> None:
    """Files of a glob come sorted, each file once, and no folder among them."""
    (tmp_path / "rules/old.toml").mkdir(parents=True)
    for name in ("rules/b.toml", "rules/a.toml"):
        (tmp_path / name).touch()
    text = '[monitor]\nrule_files = ["rules/b.toml", "rules/*.toml"]\n'
    found = check_config(parse_toml(text, "c.toml"), tmp_path).files("rule_files")
    assert [path.name for path in found] == ["b.toml", "a.toml"]


@pytest.mark.parametrize("key", ["rule_files", "entity_files", "profile_files"])
def test_a_glob_that_matches_nothing_is_told_with_its_line(tmp_path: Path, key: FileKey) -> None:
    """A glob may match nothing, but not in silence."""
    (tmp_path / "mine.toml").touch()
    text = f'[monitor]\n{key} = [\n  "mine.toml",\n  "rulez/*.toml",\n]\n'
    config = check_config(parse_toml(text, "c.toml"), tmp_path)
    assert [path.name for path in config.files(key)] == ["mine.toml"]
    (fault,) = map(str, config.empty_globs())
    assert fault.startswith(f'c.toml:4: monitor.{key}[2]: "rulez/*.toml" matches no file')
    assert str(tmp_path) in fault


def test_files_that_are_not_there_are_told_with_their_lines(tmp_path: Path) -> None:
    """A file that is named must be there; the nearest name in its folder is given."""
    (tmp_path / "rules.toml").touch()
    text = '[monitor]\nrule_files = ["ruls.toml",\n"none.toml", "rules.toml"]\n'
    config = check_config(parse_toml(text, "c.toml"), tmp_path)
    with pytest.raises(ConfigError) as caught:
        config.files("rule_files")
    first, second = map(str, caught.value.faults)
    assert first.startswith("c.toml:2: monitor.rule_files[1]: no such file:")
    assert 'did you mean "rules.toml"?' in first
    assert second.startswith("c.toml:3: monitor.rule_files[2]: no such file:")


def test_named_config_that_is_missing_says_how_to_make_one(tmp_path: Path) -> None:
    """A config file that is not there is told together with `monitor init`."""
    with pytest.raises(ConfigError, match="monitor init"):
        find_config(tmp_path / "config.toml")


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 5000, "x = " + "{a=" * 5000, "[" + ".".join("a" * 3000) + "]"]
)
def test_nesting_that_nobody_writes_is_a_fault_at_its_line(text: str) -> None:
    """Tables in tables in tables are refused before anything walks down into them."""
    said = "config.toml:2: not valid TOML: nested too deep"
    with pytest.raises(ConfigError) as caught:
        parse_toml(f"\n{text}\n", "config.toml")
    assert str(caught.value) == said


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "1_0" * 5000])
def test_a_number_without_end_is_a_fault_at_its_line(number: str) -> None:
    """A whole number of more digits than any that is meant is told, not read."""
    with pytest.raises(ConfigError, match=r"^config\.toml:3: not valid TOML: a number of too many"):
        parse_toml(f"a = 12345\n\nx = {number}\ny = 99\n", "config.toml")


@pytest.mark.parametrize("zone", ["Asia/" + "<div>" * 1000, "a/" * 20_000 + "b"])
def test_a_name_of_a_zone_without_end_is_one_short_fault(zone: str) -> None:
    """What nobody could have meant is told with its line and without all of its text."""
    (said,) = faults_of(f'[monitor]\ntimezone = "{zone}"\n')
    assert said.startswith("config.toml:2: monitor.timezone: ")
    assert "is no time zone" in said
    assert len(said) < 900


def test_each_of_many_faults_has_its_line() -> None:
    """Twenty thousand feeds of one name are told at their lines without a walk for each."""
    text = "".join(f'[[feed]]\nname = "a"\nurl = "https://a.example/{n}"\n' for n in range(20_000))

    def check() -> None:
        found = faults_of(text)
        assert len(found) == 19_999
        assert found[-1] == 'config.toml:59999: feed[20000].name: "a" is taken by feed[1]'

    within(10, check)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('database = "mysql://x"', "SQLite needs no url"),
        ('database = "sqlite:///x.db"', "SQLite needs no url"),
        ('database = "postgres://u@h/x"', "write postgresql+psycopg:// at its front"),
        ('contact = "the desk"', "expected a mail address or a url"),
    ],
)
def test_what_cannot_be_used_is_no_fine_config(line: str, said: str) -> None:
    """A database of another kind and a contact that nobody can write to are faults."""
    (fault,) = faults_of(f"[monitor]\n{line}\n")
    assert fault.startswith("config.toml:2: monitor.")
    assert said in fault


_MAIL = '[email]\nhost = "mail.example.org"\nfrom = "desk@example.org"\n'
_FEED = '[[feed]]\nname = "f"\nurl = "https://example.org/"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_MAIL.replace("mail.", "smtp://"), "email.host: expected the name of a host"),
        (_MAIL.replace(".org", ".org:25", 1), "email.host: expected the name of a host"),
        (_MAIL + 'username = "desk"\n', "email.username: a login needs a password"),
        (_MAIL + 'password_env = "WORD"\n', "email.password_env: a password needs a `username`"),
        (
            _MAIL + 'security = "none"\nusername = "d"\npassword_env = "A"\n',
            "email.security: ",
        ),
        (
            _MAIL + 'username = "d"\npassword_env = "A"\npassword_keyring = "B"\n',
            "email.password_keyring: password_env is there already",
        ),
        (_FEED + 'list = { item = "li" }\n', "feed[1].list: `list` is not looked at"),
        (
            _FEED + 'format = "list"\nlist = { item = "li", date = "b[" }\n',
            'feed[1].list.date: "b[" is no CSS selector',
        ),
        (_FEED.replace("example", "exa mple"), "feed[1].url: expected a url without spaces"),
        (_FEED.replace(".org", ".org:99999"), "feed[1].url: expected a url without spaces"),
    ],
)
def test_what_would_fail_only_when_it_is_used_is_a_fault(text: str, said: str) -> None:
    """A mail server, login, selector or url that can never work is named with its line."""
    (fault,) = faults_of(text)
    assert said in fault
    assert fault.startswith("config.toml:")


def test_a_mail_server_may_be_an_address_of_either_kind() -> None:
    """Numbers with dots, and the colons of IPv6, are no port."""
    for host in ("192.0.2.7", "::1", "2001:db8::25", "localhost"):
        config_of(_MAIL.replace("mail.example.org", host))
