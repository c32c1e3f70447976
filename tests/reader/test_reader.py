"""The reader under the keys of a person, on a real store."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input

from monitor.desk import Desk
from monitor.reader.moving import RowList
from monitor.store import articles, views
from monitor.store import stories as story_store
from monitor.stories import sign
from monitor.text.columns import width
from tests.reader.conftest import HOTLINE, MISSILE, Reader, add, press, screen, settled, text, until
from tests.wire import NOW


def marks(desk: Desk) -> dict[str, set[tuple[str, str]]]:
    """Return the marks of every story by its headline."""
    with desk.store.read() as db:
        found = views.flagged(db)
    return {view.headline: {(m.kind, m.text) for m in view.marks} for view in found}


def of(desk: Desk, headline: str) -> set[tuple[str, str]]:
    """Return the marks of a story."""
    return marks(desk)[headline]


def cursor(pilot: Pilot[None]) -> str:
    """Return the line under the cursor."""
    row = pilot.app.screen.query_one(RowList).row()
    return row.line.plain if row else ""


async def test_today_stands_under_its_rules(reader: Reader) -> None:
    """The first screen tells today's stories once each, by rule, in the reader's language."""
    async with reader() as pilot:
        shown = screen(pilot)
        assert "today, Mon 23 Nov" in shown
        assert "4 stories" in shown
        assert "4 unread" in shown
        china, korea = shown.index("China and South Korea"), shown.index("Korean Peninsula")
        assert china < shown.index(HOTLINE) < korea < shown.index(MISSILE)
        assert "NOW " + MISSILE in shown
        assert "외교장관 회담 열려" in shown
        assert "Yesterday" not in shown
        assert "Rain" not in shown
        assert HOTLINE in cursor(pilot)


async def test_keys_move_between_stories_and_rules(reader: Reader) -> None:
    """j k g G and tab move as in vi and mutt, and never onto a heading."""
    async with reader() as pilot:
        await press(pilot, "j")
        assert MISSILE in cursor(pilot)
        await press(pilot, "k")
        assert HOTLINE in cursor(pilot)
        await press(pilot, "G")
        assert "flag" in cursor(pilot)
        await press(pilot, "g", "tab")
        assert MISSILE in cursor(pilot)
        await press(pilot, "shift+tab")
        assert HOTLINE in cursor(pilot)
    async with reader(lines=8) as pilot:
        await press(pilot, "G", "g")
        assert "China and South Korea" in screen(pilot)


async def test_enter_reads_a_story_and_marks_only_that(reader: Reader, desk: Desk) -> None:
    """A story opens in the reader's language, why it was flagged beneath, and counts as read."""
    async with reader() as pilot:
        await press(pilot, "enter")
        shown = screen(pilot)
        assert f"{HOTLINE}, officials said." in shown
        assert "3 of 3 copies" in shown
        assert "China and South Korea (digest, 4) for 韩中就海警热线达成一致" in shown
        assert "Why China and South Korea" in shown
        assert [len(found) for found in marks(desk).values()].count(1) == 1
        await press(pilot, "q")
        assert HOTLINE in cursor(pilot)
        assert "3 unread" in screen(pilot)
        await press(pilot, "u")
        assert "4 unread" in screen(pilot)


async def test_copies_and_versions(reader: Reader, desk: Desk) -> None:
    """tab goes through the copies of a story, d shows what an outlet changed."""
    with desk.store.write() as db:
        stored = articles.get(db, 2)
        assert stored is not None
        new = replace(stored.text, body=("The hotline opens in March, officials said.",))
        articles.revise(db, stored, new, NOW)
    async with reader() as pilot:
        await press(pilot, "enter", "shift+tab")
        assert "한중, 해경 핫라인 합의" in screen(pilot)
        assert "2 of 3 copies" in screen(pilot)
        await press(pilot, "d")
        assert "one version only" in screen(pilot)
        await press(pilot, "tab", "d")
        assert "{+" in screen(pilot)
        assert "Changed 15:30" in screen(pilot)
        await press(pilot, "d")
        assert "Why China and South Korea" in screen(pilot)


async def test_n_and_space_lead_through_what_is_unread(reader: Reader, desk: Desk) -> None:
    """n opens the next unread story, space pages on to it, until none is left."""
    async with reader() as pilot:
        await press(pilot, "enter", "n")
        assert f"{MISSILE}, officials said." in screen(pilot)
        await press(pilot, "space", "n")
        assert all(found for headline, found in marks(desk).items() if "Yester" not in headline)
        await press(pilot, "n")
        assert "no unread story is left" in screen(pilot)
        await press(pilot, "q", "n")
        assert "no unread story here" in screen(pilot)


async def test_marks(reader: Reader, desk: Desk) -> None:
    """A star, a taker, a note and a judgement are written, shown as letters, and taken away."""
    async with reader() as pilot:
        await press(pilot, "s", "x", "t")
        pilot.app.screen.query_one(Input).value = "kim"
        await press(pilot, "enter", "m", "c", "a", "l", "l", "enter")
        headline = "韩中就海警热线达成一致"
        assert of(desk, headline) == {
            ("star", ""), ("unwanted", ""), ("taken", "kim"), ("note", "call"),
        }  # fmt: skip
        assert cursor(pilot).startswith("N*T#x")
        await press(pilot, "X")
        assert ("wanted", "") in of(desk, headline)
        assert ("unwanted", "") not in of(desk, headline)
        await press(pilot, "s", "t", "ctrl+u", "enter", "m", "escape")
        assert of(desk, headline) == {("wanted", ""), ("note", "call")}


async def test_other_days(reader: Reader) -> None:
    """< shows the day before, w more days, d a day by name; tomorrow is never shown."""
    async with reader() as pilot:
        await press(pilot, "less_than_sign")
        assert "yesterday, Sun 22 Nov" in screen(pilot)
        assert "Yesterday's talks ended" in screen(pilot)
        await press(pilot, "greater_than_sign", "greater_than_sign")
        assert "today, Mon 23 Nov" in screen(pilot)
        await press(pilot, "w")
        assert "21 Nov to 23 Nov" in screen(pilot)
        assert "5 stories" in screen(pilot)
        await press(pilot, "d", *"2026-11-20", "enter")
        assert "18 Nov to 20 Nov" in screen(pilot)
        assert "No flagged stories" in screen(pilot)
        await press(pilot, "d", *"someday", "enter")
        assert '"someday" is no time' in screen(pilot)


async def test_narrowed_lists(reader: Reader) -> None:
    """f shows what is unread, then what is starred, then everything again."""
    async with reader() as pilot:
        await press(pilot, "s", "u", "f")
        assert HOTLINE not in screen(pilot)
        assert MISSILE in screen(pilot)
        await press(pilot, "f")
        assert HOTLINE in screen(pilot)
        assert MISSILE not in screen(pilot)
        await press(pilot, "f")
        assert "4 stories" in screen(pilot)


async def test_search_as_you_type(reader: Reader) -> None:
    """Hits come while typing, in all spellings, flagged or not; enter opens one."""
    async with reader() as pilot:
        await press(pilot, "slash", *"热線")
        await press(pilot, "enter")
        assert "1 found" in screen(pilot)
        assert "韩中就海警热线达成一致" in cursor(pilot)
        await press(pilot, "enter")
        assert "1 of 3 copies" in screen(pilot)
        await press(pilot, "q", "slash", "ctrl+u", *"rain", "enter", "enter")
        assert "Rain is expected in the valleys, officials said." in screen(pilot)
        await press(pilot, "q", "q")
        assert "today" in screen(pilot)


async def test_a_wrong_query_is_pointed_at(reader: Reader) -> None:
    """What is wrong with a query stands beneath it, at its place, and the last hits stay."""
    async with reader(80, 24) as pilot:
        await press(pilot, "slash", *"missile", "enter", "slash")
        await press(pilot, *' "open', "enter")
        lines = screen(pilot).split("\n")
        assert lines[0].index('"') == lines[1].index("^")
        assert "this quote is never closed" in lines[1]
        assert MISSILE in screen(pilot)
        await press(pilot, "ctrl+u", *"colour:red", "enter")
        lines = screen(pilot).split("\n")
        assert lines[1].strip() == "^"
        assert lines[0].index("c") == lines[1].index("^")
        assert 'no field is called "colour"' in lines[2]


async def test_hostile_texts_are_shown_harmlessly(reader: Reader) -> None:
    """Markup is shown as text; controls and bidi overrides do not reach the screen."""
    async with reader() as pilot:
        await press(pilot, "G", "enter")
        shown = screen(pilot)
        assert "Red[31m [bold]flag[/bold] evil <script>alert(1)</script>" in shown
        assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize("key", ["y", "c"])
async def test_copy_goes_through_the_terminal(reader: Reader, key: str) -> None:
    """The article as wire text is handed to the terminal's clipboard."""
    async with reader() as pilot:
        await press(pilot, "j", key)
        assert MISSILE in pilot.app.clipboard
        assert pilot.app.clipboard.endswith("officials said.\n")
        assert "copied" in screen(pilot)


async def test_every_key_is_in_the_help(reader: Reader) -> None:
    """? names the keys, and any of the leaving keys goes back."""
    async with reader(lines=60) as pilot:
        await press(pilot, "question_mark")
        for words in ("next unread story", "search the archive", "copy as wire text", "star"):
            assert words in screen(pilot)
        await press(pilot, "q")
        assert MISSILE in screen(pilot)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 8), (200, 50)])
async def test_lines_fit_the_terminal(reader: Reader, columns: int, lines: int) -> None:
    """No line is broken or cut by the terminal, in any size."""
    async with reader(columns, lines) as pilot:
        await press(pilot, "enter")
        assert all(width(line) <= columns for line in screen(pilot).split("\n"))
        await press(pilot, "q")
        assert HOTLINE[: columns - 40] in screen(pilot)


async def test_a_terminal_that_became_too_small(reader: Reader) -> None:
    """A line says what is needed, and the stories come back with the room."""
    async with reader() as pilot:
        await pilot.resize_terminal(20, 10)
        await press(pilot, "j")
        assert "needs 40 columns" in screen(pilot).replace("\n", " ")
        await pilot.resize_terminal(90, 24)
        await press(pilot, "j")
        assert MISSILE in screen(pilot)


async def test_hits_come_without_enter_and_keep_the_cursor(reader: Reader, desk: Desk) -> None:
    """Hits are there once the keys rest; a mark on one leaves the cursor where it is."""
    async with reader() as pilot:
        await press(pilot, "slash", *"officials")
        found = pilot.app.screen
        await until(pilot, "7 found")
        await press(pilot, "down", "j", "j", "s")
        assert pilot.app.screen is found
        row = pilot.app.screen.query_one(RowList).row()
        assert row is not None
        assert pilot.app.screen.query_one(RowList).highlighted == 2
        assert "*" in row.line.plain[:5]
        await press(pilot, "enter", "q")
        assert pilot.app.screen.query_one(RowList).highlighted == 2


async def test_the_mouse_opens_a_story(reader: Reader) -> None:
    """A click on a line opens it."""
    async with reader() as pilot:
        await pilot.click(RowList, offset=(20, 3))
        await settled(pilot)
        assert f"{MISSILE}, officials said." in screen(pilot)


async def test_a_store_that_takes_no_marks_is_still_read(desk: Desk, reader: Reader) -> None:
    """What cannot be written is said once, and every story opens."""
    with desk.store.write() as db:
        db.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON mark BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    async with reader() as pilot:
        await press(pilot, "enter")
        assert f"{HOTLINE}, officials said." in screen(pilot)
        assert "full" in screen(pilot)
        await press(pilot, "q", "j", "enter")
        assert f"{MISSILE}, officials said." in screen(pilot)
        assert "full" not in screen(pilot)
        await press(pilot, "s")
        assert "full" in screen(pilot)


async def test_related_stories_are_named_and_opened(reader: Reader, desk: Desk) -> None:
    """Beneath a story stand those of the same happening; r opens the nearest."""
    launch = "N. Korea fires ballistic missile toward East Sea: JCS"
    reaction = "Japan lodges protest with N. Korea over ballistic missile launch"
    with desk.store.write() as db:
        for title, hours in ((launch, 6.2), (reaction, 0.1)):
            body = text(title, title)
            number = add(db, body, rule="korean-peninsula", hours=hours)
            seen = NOW - timedelta(hours=hours)
            names = [mention.entity for mention in desk.rulebook.mentions(body, now=seen)]
            sides = ("KP", "JP") if title == reaction else ("KP",)
            signed = sign(
                body, id=number, seen=seen, entities=names, headline_entities=names, sides=sides
            )
            story_store.add_signatures(db, [(number, seen, signed.to_bytes())])
    async with reader(lines=40) as pilot:
        await press(pilot, "tab")
        assert reaction in cursor(pilot)
        await press(pilot, "enter")
        await until(pilot, "Of the same happening")
        assert f"earlier  {launch}" in screen(pilot)
        await press(pilot, "r")
        assert launch in screen(pilot).split("\n")[0]
