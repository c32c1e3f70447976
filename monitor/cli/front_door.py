"""`monitor` alone: where one stands and what to do next, in six lines."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor.cli.session import Session
from monitor.errors import NoConfig

if TYPE_CHECKING:
    from monitor.daemon.standing import Standing


def show(session: Session) -> None:
    """Print where this desk stands; raises ConfigError, StoreError."""
    try:
        file = session.config_file()
    except NoConfig:
        for line in _welcome():
            print(line)
        return
    from monitor.daemon.standing import standing

    with session.desk() as desk:
        found = standing(desk, desk.now())
        for line in _lines(file, found, desk.config.zone):
            print(line)


def _welcome() -> list[str]:
    from monitor import __version__

    return [
        f"monitor {__version__} watches news feeds for stories on China–South Korea and the",
        "Korean Peninsula. There is no config.toml here yet, so nothing is watched.",
        "  monitor demo     shows the whole way, without network or config",
        "  monitor init     writes config.toml here, with feeds to begin with",
        "  monitor init --desk yellow-sea|chips|borders|energy    … and rules of such a desk",
        "  monitor --help   lists all commands; monitor manual explains them",
    ]


def _lines(file: Path, found: "Standing", zone: ZoneInfo) -> list[str]:
    from monitor.cli.shown_clock import clock_words
    from monitor.text import count, one_line

    def at(when: datetime | str) -> str:
        return clock_words(when, found.now, zone)

    if found.running is None:
        daemon = "not running: `monitor run` keeps watching, `monitor poll` reads the feeds once"
    else:
        since = f" since {at(found.running.since)}" if found.running.since != "?" else ""
        daemon = f"running{since} (pid {found.running.pid})"
    if found.last_round is None:
        read = "nothing yet"
    else:
        done = found.last_round.report
        read = (
            f"{at(found.last_round.ended)}, {done.answered} of {count(done.feeds, 'feed')} answered"
        )
    stories = count(found.today, "story", "stories")
    today = f"{stories} flagged, {found.unread:,} unread: `monitor read`, `monitor list`"
    digest = "none is set in config.toml"
    if found.next_digest is not None:
        name, when = found.next_digest
        digest = f"{one_line(name)} is next, {at(when)}"
    return [
        f"config   {one_line(str(file))}: {count(found.feeds, 'feed')}",
        f"daemon   {daemon}",
        f"read     {read}",
        f"today    {today}",
        f"digest   {digest}",
        "more     `monitor status` in full, `monitor manual` by topic, `monitor --help` commands",
    ]
