"""Hostile and broken texts: no exception, bounded work, and names found all the same."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from monitor.model import Article
from monitor.watch import Rulebook, load


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01\x02",
        "\ud800\udfff lone",
        "\u202e\u2066\u200b",
        "a" * 300_000,
        "中" * 300_000,
        "北" * 50_000,
        "China " * 40_000,
        "- " * 100_000,
        "(" * 50_000,
        "SEOUL, " * 20_000,
        "A" * 100 + "." * 100_000,
        "http://" * 20_000,
        "김기자" * 30_000,
        "\n" * 100_000,
        "中韩" * 40_000,
        "China Daily sanctions " * 9_000,
        "Xi Jinping Xi " * 14_000,
        "China, South Korea and North Korea met. China, South Korea fell out. " * 3_000,
        "the North and 조현 " * 15_000,
        "Foreign Minister Cho " * 10_000,
        "missile fires missile " * 9_000,
    ],
    ids=range(22),
)
def test_no_text_breaks_it(built_in: Rulebook, text: str) -> None:
    """Any text can be headline, standfirst and body."""
    built_in.flags(Article(title=text, standfirst=text, body=(text, text)))
    built_in.flags(Article(title="China and South Korea", body=(text,)))


def test_five_megabytes_are_read_up_to_a_limit(built_in: Rulebook) -> None:
    """Only the first 200,000 characters of a story are looked at."""
    words = "plain words in a row " * 10_000
    near = Article(title="News", body=("North Korea fires missile. " * 20, words * 24))
    far = Article(title="News", body=(words * 24, "North Korea fires missile."))
    assert built_in.mentions(near)
    assert not built_in.mentions(far)


@pytest.mark.parametrize(
    "title",
    [
        "N\u200bo\u200brth Ko\u00adrea fires mis\u2060sile",
        "\u202eNorth Korea fires missile",
        "Ｎｏｒｔｈ　Ｋｏｒｅａ fires missile",
        "North\u00a0Korea fires missile",
        "NORTH KOREA FIRES MISSILE",
        "North  Korea fires missile",
    ],
)
def test_disguised_names_are_found(built_in: Rulebook, title: str) -> None:
    """Invisible characters, widths and cases inside a name do not hide it."""
    assert [flag.rule for flag in built_in.flags(Article(title=title))] == ["korean-peninsula"]


def test_an_article_without_a_headline(built_in: Rulebook) -> None:
    """An empty headline leaves lede and body to speak."""
    article = Article(body=("North Korea fired a missile. North Korea said so.",))
    assert [flag.rule for flag in built_in.flags(article)] == ["korean-peninsula"]


def test_hits_lead_back_to_the_print(built_in: Rulebook) -> None:
    """Marks and offsets point at the words as they were printed, disguises included."""
    article = Article(
        title="Wang\u00a0Yi，趙\u00ad顯 외교부 장관",
        body=("SEOUL, Sept. 30 (Yonhap) -- China\u2019s Wang met South Korea\u2019s Cho Hyun.",),
        language="en",
    )
    flags = built_in.flags(article)
    assert flags
    for reason in flags[0].reasons:
        for start, end in reason.marks:
            assert reason.sentence[start:end] in reason.words
        for hit in reason.hits:
            text = article.title if hit.paragraph == -1 else article.body[hit.paragraph]
            assert text[hit.start : hit.end] == hit.words


def test_a_hundred_thousand_terms() -> None:
    """Rules of a hundred thousand terms load and match."""
    words = ", ".join(f'"w{number:06x}q"' for number in range(100_000))
    rule = (
        f'[list.many]\nwords = [{words}]\n[[rule]]\nid = "r"\nalert = "log"\n[[rule.when]]\n'
        'any = ["#many"]\n[[rule.test]]\nshould = ["w00000aq"]\nshould_not = ["w"]\n'
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "many.toml"
        path.write_text(rule)
        rulebook = load([path], builtin=False)
    assert rulebook.flags(Article(title="the W0000FFQ of it"))
    assert not rulebook.flags(Article(title="the w0000ffqq of it"))
