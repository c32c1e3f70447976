"""A user's own rules, entities and profiles: what is wrong with them is told before any work."""

from pathlib import Path

import pytest

from tests.commands import monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text

BAD = {
    "rule_files": '[[rule]]\nid = "x"\n[[rule.when]]\nany = ["kr:방중"]\n',
    "entity_files": '[[entity]]\nid = "x"\ntype = "person"\nnames.kr = ["왕이"]\n',
    "profile_files": '[[site]]\ndomain = "x.example"\ntitel = "h1"\n',
}


@pytest.mark.parametrize("key", BAD)
def test_poll_reads_no_feed_when_the_users_own_files_are_bad(tmp_path: Path, key: str) -> None:
    """What came in could not be flagged rightly; nothing is asked of any site, and why is told."""
    with Site() as site:
        Outlet(site, "wire").publish(Item("talks", "China and South Korea hold talks"))
        text = config_text(site, "wire").replace("[monitor]", f'[monitor]\n{key} = ["own.toml"]')
        (tmp_path / "config.toml").write_text(text, "utf-8")
        (tmp_path / "own.toml").write_text(BAD[key], "utf-8")
        polled = monitor("poll", folder=tmp_path)
        asked = len(site.asked)
    assert (polled.code, polled.out, asked) == (2, "", 0)
    assert "own.toml:" in polled.err
    assert "Traceback" not in polled.err


def test_a_glob_that_matches_nothing_is_a_fault_to_check_and_a_warning_to_poll(
    tmp_path: Path,
) -> None:
    """Rules that were meant and are not there are told; the built-in topics go on."""
    with Site() as site:
        Outlet(site, "wire").publish(Item("talks", "China and South Korea hold talks"))
        text = config_text(site, "wire").replace(
            "[monitor]", '[monitor]\nrule_files = ["my/*.toml"]'
        )
        (tmp_path / "config.toml").write_text(text, "utf-8")
        checked, polled = monitor("check", folder=tmp_path), monitor("poll", folder=tmp_path)
    for told in (checked, polled):
        assert 'config.toml:2: monitor.rule_files[1]: "my/*.toml" matches no file' in told.err
    assert (checked.code, polled.code) == (2, 0)


def test_what_init_writes_is_fine(tmp_path: Path) -> None:
    """A config that was just made has no fault and no warning."""
    assert monitor("init", folder=tmp_path).code == 0
    checked = monitor("check", folder=tmp_path)
    assert checked.code == 0, checked.err
    assert "warning" not in checked.err
    assert checked.out == ""


def test_check_lists_a_clash_of_your_own_names(tmp_path: Path) -> None:
    """A name that the gazetteer has for somebody else is shown with both who bear it."""
    (tmp_path / "config.toml").write_text('[monitor]\nentity_files = ["own.toml"]\n', "utf-8")
    table = 'id = "wang-yi-jp"\ntype = "person"\nsides = ["JP"]\nnames.zh-Hans = ["王毅"]'
    (tmp_path / "own.toml").write_text(f"[[entity]]\n{table}\n", "utf-8")
    checked = monitor("check", folder=tmp_path)
    assert checked.out == 'clash: "王毅" is a name of wang-yi (safe), wang-yi-jp (safe)\n'


def test_faults_of_digests_and_alerts_have_their_lines(tmp_path: Path) -> None:
    """A target or a rule that is none is told where it stands in config.toml, all at once."""
    (tmp_path / "config.toml").write_text(
        '[[digest]]\nname = "m"\nto = [\n  "terminal",\n  "desk@example.org",\n]\n'
        'rules = ["korean-peninsla"]\n'
        '[[alert]]\nto = ["teminal"]\nurgent = ["x"]\n',
        "utf-8",
    )
    told = monitor("check", folder=tmp_path)
    assert told.code == 2
    for line in (
        "config.toml:5: digest[1].to[2]:",
        "config.toml:7: digest[1].rules[1]:",
        "config.toml:9: alert[1].to[1]:",
        "config.toml:10: alert[1].urgent[1]:",
    ):
        assert line in told.err
    assert 'did you mean "korean-peninsula"?' in told.err
