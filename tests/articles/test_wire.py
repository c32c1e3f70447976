"""The wire text and the JSON form, and the way back from each."""

import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import to_json, wire_text
from monitor.model import Article

BEIJING = timezone(timedelta(hours=8))
STORY = Article(
    url="https://example.cn/quay",
    title="Council agrees to rebuild the northern quay",
    section="Harbour",
    published=datetime(2024, 9, 29, 9, 58, tzinfo=BEIJING),
    updated=datetime(2024, 9, 29, 11, 5, tzinfo=BEIJING),
    published_text="2024.09.29 09:58 GMT+8",
    updated_text="2024.09.29 11:05 GMT+8",
    source="Harbour Post",
    caption="The northern quay at low tide, September 28, 2024.",
    credit="HPA",
    body=("The council met on Sunday.", "Work is to begin in spring."),
)


def test_the_record_has_the_shape_of_a_wire_story() -> None:
    """Section and time, headline, updated line and source, caption with credit, paragraphs."""
    assert wire_text(STORY) == (
        "Harbour\n"
        "2024.09.29 09:58 GMT+8\n"
        "\n"
        "Council agrees to rebuild the northern quay\n"
        "\n"
        "Updated 2024.09.29 11:05 GMT+8\n"
        "Harbour Post\n"
        "\n"
        "The northern quay at low tide, September 28, 2024. /HPA\n"
        "\n"
        "The council met on Sunday.\n"
        "\n"
        "Work is to begin in spring."
    )


def test_a_machine_time_is_written_out() -> None:
    """A time that only a machine form gave is shown as a reader would print it."""
    story = Article(
        title="Quay",
        published=datetime(2024, 9, 29, 1, 58, tzinfo=UTC),
        published_text="2024-09-29T01:58:00Z",
    )
    assert wire_text(story).startswith("2024.09.29 01:58 GMT+0\n")


def test_a_day_alone_shows_no_clock() -> None:
    """No midnight is invented for a story of which only the day is known."""
    story = Article(
        title="Quay",
        published=datetime(2024, 9, 29, tzinfo=BEIJING),
        published_text="2024年9月29日",
    )
    assert wire_text(story).startswith("2024年9月29日\n")


def test_the_readers_clock_is_added_where_it_differs() -> None:
    """A reader's zone is shown in brackets, with the day when it is another one."""
    assert "2024.09.29 09:58 GMT+8 (10:58 Asia/Seoul)" in wire_text(STORY, now_zone="Asia/Seoul")
    assert "(2024-09-28 21:58 America/New_York)" in wire_text(STORY, now_zone="America/New_York")
    assert wire_text(STORY, now_zone="Asia/Shanghai") == wire_text(STORY)


def test_a_caption_without_credit_is_marked() -> None:
    """A caption that no credit ends is told from the first paragraph by its label."""
    story = Article(title="Quay", source="Post", caption="Low tide.", body=("Text.",))
    assert "\n\nPicture: Low tide.\n\n" in wire_text(story)


def test_a_standfirst_stands_before_the_text_once() -> None:
    """A standfirst that the body does not hold is printed before it, and never twice."""
    apart = Article(title="Quay", source="Post", standfirst="What it costs.", body=("Text.",))
    inside = Article(title="Quay", source="Post", standfirst="Text.", body=("Text.",))
    assert wire_text(apart).endswith("What it costs.\n\nText.")
    assert wire_text(inside).count("Text.") == 1


WORDS = st.lists(
    st.sampled_from("quay council harbour spring 부두 위원회 码头 委员会 港 3.5 “berth”".split()),  # noqa: SIM905
    min_size=1,
    max_size=9,
).map(lambda words: "The " + " ".join(words))
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, BEIJING, timezone(timedelta(hours=-9, minutes=-30))]),
).map(lambda moment: moment.replace(second=0, microsecond=0))
STORIES = st.builds(
    Article,
    title=WORDS,
    section=st.one_of(st.just(""), WORDS),
    published=st.one_of(st.none(), MOMENTS),
    updated=st.one_of(st.none(), MOMENTS),
    source=WORDS,
    caption=st.one_of(st.just(""), WORDS),
    credit=st.one_of(st.just(""), st.sampled_from(["CFP", "연합뉴스", "AP Photo"])),
    body=st.lists(WORDS.map(lambda words: words + "."), max_size=5).map(tuple),
)


@given(STORIES)
def test_any_record_is_whole_in_its_text(story: Article) -> None:
    """Section, headline, source, caption, credit and paragraphs stand there, in this order."""
    picture = f"{story.caption} /{story.credit}".strip() if story.credit else story.caption
    rest = wire_text(story)
    for part in filter(None, (story.section, story.title, story.source, picture, *story.body)):
        _, found, rest = rest.partition(part)
        assert found == part
    assert rest == ""


@given(STORIES)
def test_any_record_is_whole_in_json(story: Article) -> None:
    """Times are ISO 8601 with their offset, tuples are lists, and all else is as it was."""
    told = json.loads(json.dumps(to_json(story)))
    assert told.keys() == set(story.__struct_fields__)
    for name, value in told.items():
        own = getattr(story, name)
        if name in ("published", "updated"):
            assert value == (own and own.isoformat())
        else:
            assert value == (list(own) if isinstance(own, tuple) else own)


def test_json_has_the_promised_names() -> None:
    """The fields that others build on are there under their names, the body as a list."""
    values = to_json(STORY)
    promised = "url title section published updated source authors agency dateline standfirst"
    assert set(promised.split()) | {"caption", "credit", "body", "language"} <= set(values)
    assert values["body"] == list(STORY.body)
    assert values["published"] == "2024-09-29T09:58:00+08:00"
