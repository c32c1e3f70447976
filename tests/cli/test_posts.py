"""Posts: items that a feed lists without a headline."""

import json
from pathlib import Path

import pytest

from tests.commands import Result, monitor
from tests.site import Answer, Site
from tests.wire import config_text

SHORT = "Seoul summons Chinese ambassador Dai Bing over Yellow Sea structure"
LONG = (
    "South Korea and China will reopen their coast guard hotline after talks between the foreign "
    "ministers in Beijing, the ministry in Seoul said on Monday evening."
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose feed listed two posts."""
    folder = tmp_path_factory.mktemp("posts")
    with Site() as site:
        items = "".join(
            f"<item><guid>post-7{n}4</guid><description>{text}</description></item>"
            for n, text in enumerate((SHORT, LONG))
        )
        rss = f'<rss version="2.0"><channel><title>Posts</title>{items}</channel></rss>'
        site.at("/wire.xml", Answer(body=rss.encode()))
        text = config_text(site, "wire", language="en", pages="none")
        (folder / "config.toml").write_text(text, "utf-8")
        assert monitor("poll", folder=folder).code == 0
    return folder


def said(desk: Path, *arguments: str) -> str:
    """Return the output of a command that did its work."""
    found: Result = monitor(*arguments, folder=desk)
    assert found.code == 0
    return found.out


def test_a_post_is_called_by_its_first_words(desk: Path) -> None:
    """Lists, explanations and exports name it; a long one is cut behind a word."""
    listed = said(desk, "list")
    assert SHORT in listed
    first = next(line for line in listed.splitlines() if "reopen their" in line)
    assert LONG.startswith(first.partition("wire  ")[2].removesuffix("…").strip())
    assert first.endswith("…")
    for one in map(json.loads, said(desk, "list", "--json").splitlines()):
        assert one["headline"] in (SHORT, f"{LONG.partition(' ministers')[0]}…")
        assert one["headline"] in said(desk, "explain", str(one["id"]))
    assert "(no headline)" not in said(desk, "export", "lang:en", "--format", "markdown")


def test_a_digest_tells_a_short_post_once(desk: Path) -> None:
    """Its words are the headline, with what flagged it marked, and no line beneath repeats them."""
    text = said(desk, "digest", "--format", "text")
    stories = text.partition("-----\n")[2]
    assert stories.count("ambassador") == 2  # the headline, and what it was flagged for
    assert stories.count("reopen") == 3  # the cut headline, the text beneath, and the same
    assert "(no headline)" not in text
