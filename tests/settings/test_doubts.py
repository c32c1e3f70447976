"""What config.toml may say but can hardly mean, as `monitor check` tells it."""

from pathlib import Path

import pytest

from monitor.settings import check_config, doubts
from monitor.tomlfile import parse_toml

FEED = '[[feed]]\nname = "a"\nurl = "https://example.org/a"\n'
DIGEST = '[[digest]]\nname = "d"\nto = [{to}]\n'
MAIL = '[email]\nhost = "mail.example.org"\nfrom = "x@example.org"\n'
ALERT = '[[alert]]\nto = ["terminal"]\nurgent = ["one"]\n'


def doubts_of(text: str) -> list[str]:
    return [str(one) for one in doubts(check_config(parse_toml(text, "config.toml"), Path()))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FEED + 'every = "1s"', "config.toml:4: feed[1].every: asks the server every 1 s"),
        (FEED + 'every = "3650d"', "is read once in"),
        (FEED + 'country = "ZZ"', '"ZZ" is no country'),
        (FEED + 'language = "kr"', 'its language is "ko"'),
        ('[monitor]\nreader_language = "cn"', 'its language is "zh"'),
        (FEED + 'user_agent = "desk\\nX-Other: 1"', "only printable ASCII"),
        (FEED.replace("example.org", "10.0.0.7:8000"), "private = true permits it"),
        (FEED + FEED.replace('"a"', '"b"').replace(".org/", ".ORG:443/"), "feed a has this url"),
        (DIGEST.format(to='"mailto:a@b.org", "mailto:A@b.org"') + MAIL, "write both alike"),
        (
            "".join(DIGEST.replace('"d"', n).format(to='"file:x.txt"') for n in ('"d"', '"e"')),
            'digest[2].to[1]: digest[1] writes "file:x.txt" as well',
        ),
        (ALERT, "nothing is quiet"),
        (ALERT + 'rules = ["two"]\nquiet = "22:00-06:00"', "not among the `rules` of this alert"),
    ],
)  # fmt: skip
def test_what_can_hardly_be_meant_is_told_in_a_line(text: str, said: str) -> None:
    """Each has its place, what it does and what to do, and is told once."""
    (line,) = doubts_of(text)
    assert said in line
    assert line.startswith("config.toml:")


def test_what_is_usual_is_not_doubted() -> None:
    """The example, a feed of one's own network, files of their own, a reader of two digests."""
    own = FEED.replace("example.org", "10.0.0.7:8000") + 'private = true\nevery = "10s"\n'
    to = '"file:out/", "file:{name}.html", "mailto:a@b.org", "terminal"'
    both = DIGEST.replace("{to}", to) + DIGEST.replace("{to}", to).replace('"d"', '"e"')
    off = FEED.replace('"a"', '"c"') + "enabled = false\n"
    fine = ALERT + 'rules = ["one"]\nquiet = "22:00-06:00"\n'
    assert doubts_of(own + FEED.replace('"a"', '"b"') + off + both + fine + MAIL) == []
    example = Path(__file__).parents[2] / "config.example.toml"
    assert doubts_of(example.read_text("utf-8")) == []
