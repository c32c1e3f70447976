"""Choose and arrange: the stories of a window become one `Digest`.

Rules of the arrangement:

1. Sections come in the order in which the digest names its rules. A story is told once, under the
   first of them that flags it, and stands with its number under the others.
2. Inside a rule the order is: level, score, number of outlets, then the newest first.
3. A story that tells a step of the same happening as one above it (what led to it, what was
   answered) stands right beneath that one, so that a happening is read in one place.
4. Flags of level "log" are for the record. They never put a story before a reader, and what they
   kept out is counted.
5. Of each rule at most `limit` stories are told in full; the others keep their line in the index.
   None is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from monitor.dates.durations import spoken
from monitor.model import LOUDNESS, Coverage, Digest, Flag, RuleSection, StoryView


def strongest(flags: Iterable[Flag], order: Mapping[str, int]) -> Flag | None:
    """Return the flag that decides where a story stands, or None when none is worth reading.

    Args:
        flags: the flags of one story.
        order: rank of each rule id this reader follows; flags of other rules are not looked at.
    """
    readable = [flag for flag in flags if flag.rule in order and flag.level != "log"]
    return min(
        readable,
        key=lambda flag: (-LOUDNESS[flag.level], -flag.score, order[flag.rule]),
        default=None,
    )


def outlets(story: StoryView) -> int:
    """Return how many outlets carry the story."""
    return len({copy.outlet for copy in story.copies})


def compose(
    *,
    name: str,
    made_at: datetime,
    since: datetime,
    until: datetime,
    timezone: str,
    stories: Iterable[StoryView],
    rules: Sequence[tuple[str, str]],
    coverage: Coverage,
    history: Mapping[str, Sequence[int | None]],
    first: bool = False,
    late: bool = False,
    limit: int = 30,
    notes: Sequence[str] = (),
) -> Digest:
    """Arrange the stories of a window into the one value that every renderer reads.

    Args:
        name: the digest's name in the configuration.
        made_at: when it is made; aware.
        since: start of the window; aware.
        until: end of the window, itself outside; aware.
        timezone: IANA name of the reader's zone.
        stories: what was flagged or changed in the window, in any order.
        rules: (id, name to show) of the rules this digest follows, in the order to show them.
        coverage: what stood behind it; what is left out here is added to it.
        history: stories a day on the 7 days before, oldest first, by rule id; None for a day of
            which nothing is known.
        first: no digest of this name was made before.
        late: it is sent after its time because the monitor was down.
        limit: most stories of a rule that are told in full.
        notes: lines for the reader, for instance how late it is.
    """
    told, also, only_logged = _placed(stories, [rule for rule, _ in rules])
    arranged = {rule: _steps_beneath([placed.story for placed in told[rule]]) for rule in told}
    return Digest(
        name=name,
        made_at=made_at,
        since=since,
        until=until,
        timezone=timezone,
        sections=tuple(
            RuleSection(
                rule=rule,
                name=label or rule,
                stories=arranged[rule][0],
                steps=arranged[rule][1],
                full=min(limit, len(told[rule])),
                also=tuple(sorted(also[rule])),
                history=tuple(history.get(rule, ())),
            )
            for rule, label in rules
        ),
        coverage=_with_left_out(coverage, only_logged),
        first=first,
        late=late,
        notes=tuple(notes),
    )


def late_note(due_at: datetime, made_at: datetime, missed: int = 0) -> str:
    """Say in one line how late a digest is and how many missed ones it stands for.

    Args:
        due_at: when it should have been sent.
        made_at: when it was made.
        missed: due times before `due_at` that had gone by as well.
    """
    delay = made_at - due_at
    line = (
        f"Sent {spoken(delay)} late: the monitor was not running when it was due."
        if delay >= timedelta(minutes=1)
        else "The monitor was not running for a while."
    )
    if missed:
        times = "one earlier digest" if missed == 1 else f"{missed} earlier digests"
        line += f" It also stands for {times} missed in that time."
    return line


class _Told(Struct, frozen=True):
    """A story under the first rule that tells it.

    Attributes:
        loudness: of its loudest flag; what is urgent under a later rule must not stand last here.
        score: of that rule.
    """

    loudness: int
    score: float
    story: StoryView


def _placed(
    stories: Iterable[StoryView], rules: Sequence[str]
) -> tuple[dict[str, list[_Told]], dict[str, list[int]], int]:
    """Return what each rule tells in reading order, what it only names, and what no rule tells."""
    told: dict[str, list[_Told]] = {rule: [] for rule in rules}
    also: dict[str, list[int]] = {rule: [] for rule in rules}
    only_logged = 0
    for story in stories:
        flags = {flag.rule: flag for flag in story.flags if flag.rule in told}
        readable = [rule for rule in told if rule in flags and flags[rule].level != "log"]
        if not readable:
            only_logged += bool(flags)
            continue
        loudest = max(LOUDNESS[flags[rule].level] for rule in readable)
        told[readable[0]].append(_Told(loudest, flags[readable[0]].score, story))
        for rule in readable[1:]:
            also[rule].append(story.id)
    for entries in told.values():
        entries.sort(key=_reading_order)
    return told, also, only_logged


def _reading_order(placed: _Told) -> tuple[int, float, int, float, int]:
    story = placed.story
    newest = story.last_seen.timestamp()
    return (-placed.loudness, -placed.score, -outlets(story), -newest, story.id)


def _steps_beneath(
    stories: Sequence[StoryView],
) -> tuple[tuple[StoryView, ...], frozenset[int]]:
    """Move the steps of a happening beneath the first that tells of it.

    Only what is related to that one itself moves: relations of relations lead from one happening
    to the next.
    """
    beside: dict[int, set[int]] = {}
    for story in stories:
        for other in story.related:
            beside.setdefault(story.shown_id, set()).add(other.id)
            beside.setdefault(other.id, set()).add(story.shown_id)
    arranged: dict[int, StoryView] = {}
    steps: set[int] = set()
    for story in stories:
        if story.id in arranged:
            continue
        arranged[story.id] = story
        near = beside.get(story.shown_id, ())
        for step in stories if near else ():
            if step.shown_id in near and step.id not in arranged:
                arranged[step.id] = step
                steps.add(step.id)
    return tuple(arranged.values()), frozenset(steps)


def _with_left_out(coverage: Coverage, only_logged: int) -> Coverage:
    reasons = [coverage.left_out_why] if coverage.left_out_why else []
    if only_logged:
        reasons.append(f"{only_logged} flagged for the log only")
    return replace(
        coverage,
        left_out=coverage.left_out + only_logged,
        left_out_why="; ".join(reasons),
    )
