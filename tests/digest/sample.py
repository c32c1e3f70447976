"""Stories and digests in our own words, for the tests of `monitor.digest`."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from monitor import digest as forms
from monitor.digest import compose, lay_out
from monitor.model import (
    Change,
    Copy,
    Coverage,
    Digest,
    FeedTrouble,
    Flag,
    Level,
    Reason,
    StoryView,
    Zone,
)

KST = timezone(timedelta(hours=9))
CST = timezone(timedelta(hours=8))
UNTIL = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # 07:30 on Monday 23 November in Seoul
RULES = (("ties", "China–South Korea"), ("peninsula", "Korean Peninsula"), ("tea", "녹차 무역"))
COVERAGE = Coverage(
    feeds=43,
    read=41,
    entries=412,
    troubles=(
        FeedTrouble("north-wire", "failing", UNTIL - timedelta(days=3), "HTTP 503"),
        FeedTrouble("ministry", "silent", None, "no new entry; usually 4 a day"),
    ),
    pages_waiting=7,
)


def reason(
    sentence: str, *words: str, block: str = "when 1", score: float = 1.0, zone: Zone = "body"
) -> Reason:
    """A reason whose marks are where its words first stand in the sentence."""
    marks = tuple((at, at + len(word)) for word in words if (at := sentence.find(word)) >= 0)
    return Reason(block, score, zone, sentence, marks, words)


def flag(rule: str = "ties", *reasons: Reason, score: float = 5.0, level: Level = "digest") -> Flag:
    """A flag of a rule."""
    return Flag(rule, level, score, reasons)


def copy(article: int, outlet: str = "Harbour Wire", **fields: Any) -> Copy:
    """One outlet's copy, seen an hour before the window's end."""
    known: dict[str, Any] = {
        "language": "en",
        "title": f"Headline {article}",
        "url": f"https://example.org/{article}",
        "seen": UNTIL - timedelta(hours=1),
        "published": None,
    }
    return Copy(article=article, outlet=outlet, **(known | fields))


def story(
    number: int,
    headline: str = "",
    flags: Iterable[Flag] | None = None,
    copies: Sequence[Copy] = (),
    **fields: Any,
) -> StoryView:
    """A story of one outlet, flagged by the first rule, unless told otherwise."""
    copies = tuple(copies) or (copy(number),)
    known: dict[str, Any] = {
        "language": "en",
        "first_seen": min(one.seen for one in copies),
        "last_seen": max(one.seen for one in copies),
    }
    return StoryView(
        id=number,
        headline=headline or f"Headline {number}",
        copies=tuple(copies),
        flags=tuple(flags if flags is not None else [flag()]),
        **(known | fields),
    )


def digest(stories: Iterable[StoryView], **fields: Any) -> Digest:
    """A digest of one day up to UNTIL."""
    known: dict[str, Any] = {
        "name": "morning",
        "made_at": UNTIL,
        "since": UNTIL - timedelta(days=1),
        "until": UNTIL,
        "timezone": "Asia/Seoul",
        "rules": RULES,
        "coverage": COVERAGE,
        "history": {"ties": (3, 5, 2, 0, 4, 8, 6), "peninsula": (9, 7, 12, 10, 3, 2, 6)},
    }
    return compose(stories=stories, **(known | fields))


def to_text(made: Digest, *, brief: bool = False) -> str:
    """A digest as text, with all that flagged its stories."""
    page = lay_out(made)
    return forms.to_text(forms.index_only(page) if brief else page, verbose=True)


def to_markdown(made: Digest) -> str:
    """A digest as Markdown, with all that flagged its stories."""
    return forms.to_markdown(lay_out(made), verbose=True)


def to_html(made: Digest) -> str:
    """A digest as HTML, with all that flagged its stories."""
    return forms.to_html(lay_out(made), verbose=True)


def to_atom(made: Digest, base_url: str = "") -> str:
    """A digest as an Atom feed."""
    return forms.to_atom(lay_out(made), base_url)


def to_svg(made: Digest) -> str:
    """A digest as a picture."""
    return forms.to_svg(lay_out(made))


def to_terminal(made: Digest, *where: Any, **options: Any) -> None:
    """Print a digest with all that flagged its stories."""
    forms.to_terminal(lay_out(made), *where, verbose=True, **options)


def four_languages() -> list[StoryView]:
    """Four stories as a desk has them: four languages, many outlets, an update, a poor text."""
    hotline = "Ministers of South Korea, China agree to reopen hotline"
    agreed = "They will keep the Korean Peninsula calm and restore the China-South Korea hotline."
    return [
        story(
            1,
            hotline,
            [
                flag(
                    "ties",
                    reason(hotline, "South Korea", "China", zone="headline"),
                    reason(agreed, "Korean Peninsula", "China-South Korea", zone="lede"),
                    reason(
                        "Beijing sends a vice minister to Seoul in December.",
                        "Beijing",
                        "Seoul",
                        block="both capitals",
                    ),
                    score=9.5,
                    level="now",
                ),
                flag("peninsula", reason(agreed, "Korean Peninsula"), score=3),
            ],
            [
                copy(
                    10,
                    seen=UNTIL - timedelta(hours=10),
                    published=datetime(2026, 11, 22, 21, 12, tzinfo=KST),
                    published_text="2026-11-22 21:12 (KST)",
                ),
                copy(
                    11,
                    "东海通讯",
                    language="zh",
                    role="rewrite",
                    published=datetime(2026, 11, 22, 20, 50, tzinfo=CST),
                    published_text="2026年11月22日 20:50",
                ),
                copy(12, "朝陽新報", language="ja", role="translation"),
            ],
            opening=f"The two met for three hours on Sunday. {agreed}",
            entities=("Han Ji-won", "China"),
            changes=(Change(UNTIL - timedelta(hours=2), "correction", "It is a vice minister."),),
        ),
        story(
            2,
            "商务部对原产于韩国的苯乙烯发起期终复审调查，韩方表示“遗憾”并将通过双边渠道继续沟通",
            [flag("ties", reason("中国商务部二十三日发布公告。", "中国"), score=6)],
            [copy(20, "财经港", language="zh")],
            language="zh",
            opening="中国商务部二十三日发布公告。调查通常应在一年内结束，期间措施继续有效。",
        ),
        story(
            3,
            '북한, 동해상으로 단거리 미사일 두 발 발사…합참 "정밀 분석 중"',
            [flag("peninsula", reason("북한이 미사일을 쐈다.", "북한", "미사일"), score=12)],
            [copy(30, "항구통신", language="ko")],
            language="ko",
            opening="합동참모본부는 23일 아침 북한이 동해상으로 두 발을 발사했다고 밝혔다.",
        ),
        story(
            4,
            "Rail freight over the Yalu slows",
            [flag("peninsula", reason("Freight from Dandong fell by a fifth.", "Dandong"))],
            first_seen=UNTIL - timedelta(days=3),
            origin="feed",
            access="paywall",
        ),
    ]


HOSTILE = (
    "Line one\nX-Injected: yes\r\nBcc: all@example.org",
    "<script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(2)>",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x9b2J",
    "\u202eevil\u202c \u2066isolate\u2069 \u200fmark",
    "[click](https://evil.example) **bold** | table | `code` {{ 7 * 7 }} {% raw %}",
    "]]> &amp; &lt; </title></style></table> \ud800 \ufffe \x00",
    "@everyone <!channel> <@U123> <https://evil.example|click>",
    "长" * 10_000,
    "A" * 10_000,
    "word " * 2_000,
    "",
    " \n\t ",
)
