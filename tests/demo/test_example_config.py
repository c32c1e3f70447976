"""The configuration that ships: it loads as it is, and no dead address slips into it."""

import re
from pathlib import Path

import pytest

from monitor.settings import Config, load_config

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"

# Answered with a page, an error, or old items when last looked at; public lists still carry them.
DEAD = (
    "english.news.cn/rss/",
    "people.com.cn/rss/",
    "chinadaily.com.cn/rss/",
    "globaltimes.cn/rss/",
    "fmprc.gov.cn/mfa_eng/rss",
    "//english.hani.co.kr/rss/$",
    "koreaherald.com/common/rss",
    "english.chosun.com",
    "koreajoongangdaily",
    "yonhapnewstv",
    "news1.kr",
    "ytn.co.kr",
    "fs.jtbc.co.kr",
    "korea.kr/rss",
    "www3.nhk.or.jp",
    "dailynk.com/english/rss-feed",
    "//www.csis.org/rss",
    "caixinglobal.com/rss",
    "state.gov",
    "mofa.go.jp",
)


@pytest.fixture(scope="module")
def config() -> Config:
    """The example as the program reads it."""
    return load_config(EXAMPLE)


def test_example_loads_as_it_is(config: Config) -> None:
    """A desk can start from the copy without an edit: no fault, one digest, both built-in rules."""
    assert [digest.name for digest in config.digest] == ["morning"]
    assert config.digest[0].rules == ("china-south-korea", "korean-peninsula")
    assert config.email is None


def test_feed_set_covers_kinds_and_languages(config: Config) -> None:
    """The set has wires, papers, broadcasters, governments and think-tanks in four languages."""
    assert 40 <= len(config.feeds) <= 50
    assert {feed.kind for feed in config.feeds} == {
        "wire",
        "paper",
        "broadcaster",
        "government",
        "think-tank",
        "aggregator",
    }
    assert {feed.language for feed in config.feeds} == {"en", "ko", "zh", "ja"}


def test_every_feed_says_when_it_was_verified(config: Config) -> None:
    """Each row carries a month (or year) and what was seen."""
    unnoted = [
        feed.name for feed in config.feed if not re.match(r"2026(-\d\d)?: \w", feed.verified)
    ]
    assert unnoted == []


@pytest.mark.parametrize("address", DEAD)
def test_no_dead_address_is_shipped(config: Config, address: str) -> None:
    """An address known as dead or frozen does not stand among the feeds."""
    assert [feed.url for feed in config.feeds if re.search(address, feed.url)] == []


def test_commented_tables_load_once_switched_on(tmp_path: Path) -> None:
    """Taking the # away from every commented table gives a file that still loads."""
    lines, on = [], False
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        line = line.removeprefix("# ") if line.startswith("# reader_language") else line  # [gloss]
        on = line.startswith("# [") or (on and bool(re.match(r"# \w+ = ", line)))
        lines.append(line.removeprefix("# ") if on else line)
    path = tmp_path / "config.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    config = load_config(path)
    assert [digest.name for digest in config.digest] == ["morning", "evening"]
    assert config.email is not None
    assert len(config.alert) == 1
    assert {feed.format for feed in config.feeds} == {"feed", "list", "sitemap"}
