"""Choose and arrange: the stories of a window become one `Digest`.

Rules of the arrangement:

1. A story is read once. It stands under the rule that flagged it most strongly (level, then score,
   then the order in which the digest names its rules), with a word on which others it belongs to.
2. Inside a rule the order is: level, score, number of outlets, then the newest first.
3. Flags of level "log" are for the record. They never put a story before a reader, and what they
   kept out is counted.
4. When there are more stories than the limit, every rule keeps its best: the cut goes by level,
   then by rank inside the rule. What is cut is counted, never silently dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

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
    history: Mapping[str, Sequence[int]],
    late: bool = False,
    limit: int = 500,
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
        history: stories a day on the 7 days before, oldest first, by rule id.
        late: it is sent after its time because the monitor was down.
        limit: most stories to show.
        notes: lines for the reader, for instance how late it is.
    """
    order = {rule: rank for rank, (rule, _) in enumerate(rules)}
    totals = dict.fromkeys(order, 0)
    placed: dict[str, list[tuple[Flag, StoryView]]] = {rule: [] for rule in order}
    only_logged = 0
    for story in stories:
        flag = strongest(story.flags, order)
        if flag is None:
            only_logged += any(flag.rule in order for flag in story.flags)
            continue
        placed[flag.rule].append((flag, story))
        for rule in {flag.rule for flag in story.flags if flag.level != "log"} & order.keys():
            totals[rule] += 1
    for entries in placed.values():
        entries.sort(key=_reading_order)
    shown = _best(placed, limit)
    cut = sum(map(len, placed.values())) - sum(map(len, shown.values()))
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
                stories=tuple(shown[rule]),
                history=tuple(history.get(rule, ())),
                total=totals[rule],
            )
            for rule, label in rules
        ),
        coverage=_with_left_out(coverage, cut, limit, only_logged),
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


def _reading_order(placed: tuple[Flag, StoryView]) -> tuple[int, float, int, float, int]:
    flag, story = placed
    newest = story.last_seen.timestamp()
    return (-LOUDNESS[flag.level], -flag.score, -outlets(story), -newest, story.id)


def _best(
    placed: Mapping[str, Sequence[tuple[Flag, StoryView]]], limit: int
) -> dict[str, list[StoryView]]:
    if sum(map(len, placed.values())) <= limit:
        return {rule: [story for _, story in entries] for rule, entries in placed.items()}
    ranked = sorted(
        (-LOUDNESS[flag.level], rank, section, rule, story)
        for section, (rule, entries) in enumerate(placed.items())
        for rank, (flag, story) in enumerate(entries)
    )
    kept: dict[str, list[StoryView]] = {rule: [] for rule in placed}
    for _, _, _, rule, story in ranked[:limit]:
        kept[rule].append(story)
    return kept


def _with_left_out(coverage: Coverage, cut: int, limit: int, only_logged: int) -> Coverage:
    reasons = [coverage.left_out_why] if coverage.left_out_why else []
    if cut:
        reasons.append(f"{cut} beyond the limit of {limit}, the weakest of each rule")
    if only_logged:
        reasons.append(f"{only_logged} flagged for the log only")
    return replace(
        coverage,
        left_out=coverage.left_out + cut + only_logged,
        left_out_why="; ".join(reasons),
    )
