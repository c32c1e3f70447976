"""The query language: what it reads, and where it says a query is wrong."""

from datetime import UTC, datetime

import pytest

from monitor.errors import UsageError
from monitor.search import And, Field, Named, Near, Not, Or, Phrase, parse, phrases

DAY = datetime(2026, 11, 22, tzinfo=UTC)


def named(id_: str) -> list[Named]:
    known = {
        "wang-yi": [Named(("Wang Yi", "王毅", "왕이"))],
        "office.fm": [Named(("Cho Hyun",), since=DAY), Named(("Park Jin",), until=DAY)],
    }
    return known.get(id_, [])


def moment(text: str) -> datetime:
    if text != "2026-11-22":
        raise UsageError(f'"{text}" is no time')
    return DAY


def read(query: str):
    return parse(query, named, moment)


WORD = {word: Phrase((word,)) for word in ("missile", "launch", "drill", "rocket")}


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("missile launch", And((WORD["missile"], WORD["launch"]))),
        ("missiles AND launch", And((WORD["missile"], WORD["launch"]))),
        ('"joint statement"', Phrase(("joint", "statement"))),
        ("“joint statement”", Phrase(("joint", "statement"))),
        ("missile OR rocket", Or((WORD["missile"], WORD["rocket"]))),
        ("missile -drill", And((WORD["missile"], Not(WORD["drill"])))),
        (
            "(missile OR rocket) launch",
            And((Or((WORD["missile"], WORD["rocket"])), WORD["launch"])),
        ),
        ("-(missile launch)", Not(And((WORD["missile"], WORD["launch"])))),
        ("sanction*", Phrase(("sanction",), prefix=True)),
        ("missile near/5 launch", Near((WORD["missile"], WORD["launch"]), 5)),
        ("title:missile", Phrase(("missile",), title=True)),
        ('title:"joint statement"', Phrase(("joint", "statement"), title=True)),
        ("韓国", Phrase(("韩国",))),
        ("韓", Phrase(("韩",), prefix=True)),
        ("미사일", Phrase(("미사", "사일"))),
        ("@wang-yi", Or((Phrase(("wang", "yi")), Phrase(("王毅",)), Phrase(("왕이",))))),
        ("lang:ko", Field("lang", "ko")),
        ('outlet:"Hanbit News"', Field("outlet", "Hanbit News")),
        ("story:12", Field("story", 12)),
        ("since:2026-11-22", Field("since", DAY)),
        ("12:30", Phrase(("12", "30"))),
        ("https://example.org/a", Phrase(("http", "example", "org", "a"))),
        ("missile !!!", WORD["missile"]),
    ],
)
def test_a_query_is_read(query: str, tree: object) -> None:
    """Each form of the language gives the tree that its description promises."""
    assert read(query) == tree


def test_an_office_stands_for_whoever_held_it() -> None:
    """Each holder's name counts in the time of office only."""
    assert read("@office.fm") == Or(
        (
            And((Or((Phrase(("cho", "hyun")),)), Field("since", DAY))),
            And((Or((Phrase(("park", "jin")),)), Field("until", DAY))),
        )
    )


@pytest.mark.parametrize(
    ("query", "said", "place"),
    [
        ('missile "joint', "quote is never closed", 9),
        ("(missile", "bracket is never closed", 1),
        ("missile)", "bracket was never opened", 8),
        ("OR missile", "OR has nothing before it", 1),
        ("missile OR", "OR has nothing after it", 11),
        ("missile autlet:x", 'did you mean "outlet"', 9),
        ("level:loud", "is one of now, digest, log", 1),
        ("has:legs", "is one of flag", 1),
        ("story:first", "a story is a number", 1),
        ("since:2026-13-45", "is no time", 1),
        ("lang:", "has nothing after it", 1),
        ("a @nobody", "no entity or office is called @nobody", 3),
        ("a near/5 lang:ko", "near stands between two words", 10),
        ("a near/2 b near/2 c", "near stands between two words", 10),
        ("(" * 60 + "a" + ")" * 60, "brackets more than", None),
        ("word " * 10_000, "more than 300 words", None),
    ],
)
def test_a_fault_says_where_it_stands(query: str, said: str, place: int | None) -> None:
    """What cannot be read is one line that names the character."""
    with pytest.raises(UsageError) as caught:
        read(query)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    if place is not None:
        assert f"(character {place} of the query" in str(caught.value)


@pytest.mark.parametrize("query", ["", "   ", "!!!", "()", "(( ))", '""', "-"])
def test_a_query_for_nothing_is_a_fault(query: str) -> None:
    """Who asks for no word is told so, and not shown everything."""
    with pytest.raises(UsageError, match=r"nothing to search for|missing here"):
        read(query)


def test_shunned_words_are_not_shown() -> None:
    """Only what a query wants is marked in what it finds."""
    assert list(phrases(read("missile -drill (launch OR rocket)"))) == [
        WORD["missile"],
        WORD["launch"],
        WORD["rocket"],
    ]


def test_a_saved_search_stands_for_its_query() -> None:
    """`@name` is the saved query as a whole; one that names itself or is wrong is a fault."""
    saved = {"chips": "chip OR wafer", "loop": "@loop", "open": '"chip'}
    chips = Or((Phrase(("chip",)), Phrase(("wafer",))))
    assert parse("@chips korea", named, moment, saved) == And((chips, Phrase(("korea",))))
    assert parse("-@chips", named, moment, saved) == Not(chips)
    for name in ("loop", "open"):
        with pytest.raises(UsageError, match=f'in the saved search "{name}"'):
            parse(f"@{name}", named, moment, saved)
