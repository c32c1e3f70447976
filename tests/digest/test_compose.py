"""What stands in a digest, in which order, and what is said of the rest."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.digest import compose, late_note, lay_out
from monitor.model import Coverage, Digest, Flag, Related, StoryView
from tests.digest.sample import RULES, UNTIL, copy, digest, flag, story


def shown(made: Digest) -> list[list[int]]:
    return [[story.id for story in section.stories] for section in made.sections]


def test_a_story_of_two_rules_is_told_once_under_the_first() -> None:
    """A story is told under the first rule that flags it, and named under the others."""
    made = digest(
        [
            story(1, flags=[flag("ties", score=3), flag("peninsula", score=8)]),
            story(2, flags=[flag("ties", score=3, level="now"), flag("peninsula", score=8)]),
            story(3, flags=[flag("peninsula", score=3)]),
            story(4, flags=[flag("ties", level="log"), flag("peninsula", score=1)]),
        ]
    )
    assert shown(made) == [[2, 1], [3, 4], []]
    assert [section.also for section in made.sections] == [(), (1, 2), ()]
    assert [section.total for section in made.sections] == [2, 4, 0]


def test_order_is_level_score_outlets_then_newest() -> None:
    """Inside a rule: level, then score, then how many outlets carry it, then the newest."""
    earlier = UNTIL - timedelta(hours=9)
    made = digest(
        [
            story(1, copies=[copy(1, seen=earlier)]),
            story(2),
            story(3, copies=[copy(31, "One", seen=earlier), copy(32, "Two", seen=earlier)]),
            story(4, flags=[flag(score=7)], copies=[copy(4, seen=earlier)]),
            story(5, flags=[flag(score=1, level="now")]),
        ]
    )
    assert shown(made)[0] == [5, 4, 3, 2, 1]


def test_steps_of_a_happening_stand_beneath_the_first_that_tells_of_it() -> None:
    """What is related to a story itself moves up to it; relations of relations stay where they are.

    It does not matter which of the two names the other.
    """

    def near(*numbers: int) -> tuple[Related, ...]:
        return tuple(Related("earlier", one, f"Headline {one}", "en") for one in numbers)

    made = digest(
        [
            story(1, flags=[flag(score=9)], related=near(4, 77)),
            story(2, flags=[flag(score=8)]),
            story(3, flags=[flag(score=7)], related=near(1)),
            story(4, flags=[flag(score=6)], related=near(5)),
            story(5, flags=[flag(score=5)]),
            story(6, flags=[flag(score=4)], related=near(2, 3)),
        ]
    )
    assert shown(made)[0] == [1, 3, 4, 2, 6, 5]
    assert made.sections[0].steps == {3, 4, 6}


def test_copies_of_one_outlet_count_once() -> None:
    """Ten takes of one wire do not outrank two outlets."""
    made = digest(
        [
            story(1, copies=[copy(number, "Same") for number in range(10)]),
            story(2, copies=[copy(21, "One"), copy(22, "Two")]),
        ]
    )
    assert shown(made)[0] == [2, 1]


def test_log_flags_and_foreign_rules_show_nothing() -> None:
    """A flag for the log shows no story but is counted; another desk's rule is not our affair."""
    made = digest([story(1, flags=[flag(level="log")]), story(2, flags=[flag("other")])])
    assert shown(made) == [[], [], []]
    assert made.coverage.left_out == 1
    assert "log only" in made.coverage.left_out_why


def test_beyond_the_limit_stories_are_told_in_a_line() -> None:
    """Of 5,000 stories every rule tells its best in full, urgent ones first, and lists the rest."""
    stories = [story(n, flags=[flag("ties", score=100 - n / 100)]) for n in range(4990)]
    stories += [story(5000 + n, flags=[flag("peninsula", score=n)]) for n in range(9)]
    stories += [story(6000, flags=[flag("ties", score=0.1, level="now")])]
    made = digest(stories, limit=20)
    assert [section.full for section in made.sections] == [20, 9, 0]
    assert [len(section.stories) for section in made.sections] == [4991, 9, 0]
    assert shown(made)[0][0] == 6000
    assert shown(made)[1] == [5008, 5007, 5006, 5005, 5004, 5003, 5002, 5001, 5000]
    assert made.coverage.left_out == 0


def test_what_is_urgent_under_a_later_rule_is_urgent_where_it_is_told() -> None:
    """A story stands under its first rule with the tag of its loudest flag, and on top."""
    both = [flag("ties", score=1), flag("tea", level="now")]
    made = digest([story(1, flags=[flag("ties", score=9)]), story(2, flags=both)], limit=1)
    assert shown(made)[0] == [2, 1]
    cards = lay_out(made).sections[0].cards
    assert [card.urgent for card in cards] == [True, False]


def test_what_was_left_out_before_stays_counted() -> None:
    """What the caller has left out already is added to, with its reason."""
    before = Coverage(feeds=1, read=1, entries=9, left_out=2, left_out_why="2 without a text")
    made = digest([story(1), story(2, flags=[flag(level="log")])], coverage=before)
    assert made.coverage.left_out == 3
    assert made.coverage.left_out_why.startswith("2 without a text; 1 flagged for the log")


def test_a_late_digest_says_how_late_and_for_how_many() -> None:
    """The note of a late digest names the delay and the missed ones it stands for."""
    assert late_note(UNTIL, UNTIL + timedelta(hours=2, minutes=10)) == (
        "Sent 2 h 10 min late: the monitor was not running when it was due."
    )
    assert "3 d 1 h late" in late_note(UNTIL, UNTIL + timedelta(days=3, hours=1))
    assert "one earlier digest missed" in late_note(UNTIL, UNTIL + timedelta(hours=1), 1)
    assert "4 earlier digests missed" in late_note(UNTIL, UNTIL, 4)


FLAGS = st.lists(
    st.builds(
        Flag,
        rule=st.sampled_from(["ties", "peninsula", "tea", "other"]),
        level=st.sampled_from(["now", "digest", "log"]),
        score=st.floats(0, 20),
        reasons=st.just(()),
    ),
    max_size=4,
    unique_by=lambda flag: flag.rule,
)


@given(st.lists(FLAGS, max_size=30), st.integers(0, 12))
def test_nothing_is_lost_or_doubled(flags: list[list[Flag]], limit: int) -> None:
    """Every story with a flag to read is told once, in any order given; the rest is counted."""
    stories: list[StoryView] = [story(n, flags=chosen) for n, chosen in enumerate(flags)]
    made = digest(stories, limit=limit)
    ids = [id_ for section in shown(made) for id_ in section]
    ours = {rule for rule, _ in RULES}
    concerned = [one for one in flags if any(flag.rule in ours for flag in one)]
    assert len(ids) == len(set(ids))
    assert all(section.full <= limit for section in made.sections)
    told = {id_ for section in made.sections for id_ in section.also}
    assert told <= set(ids)
    assert len(ids) + made.coverage.left_out == len(concerned)
    again = digest(reversed(stories), limit=limit)
    assert structs.replace(again, sections=()) == structs.replace(made, sections=())
    assert shown(again) == shown(made)


def test_a_rule_without_a_name_shows_its_id() -> None:
    """A rule that has no name is shown by its id."""
    made = compose(
        name="x",
        made_at=UNTIL,
        since=UNTIL,
        until=UNTIL,
        timezone="UTC",
        stories=[],
        rules=[("ties", "")],
        coverage=Coverage(0, 0, 0),
        history={},
    )
    assert made.sections[0].name == "ties"
