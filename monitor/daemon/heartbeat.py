"""What a running daemon makes known of itself, for `monitor status` and `monitor reload`.

It is a small file in the state folder, written anew every few seconds and put in place in one
step. A reader trusts it only together with the lock: the file of a daemon that was killed stays.
The file holds no addresses and no names but those of feeds' counts and digests.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, field, structs

from monitor import atomic

NAME = "daemon.json"


class Bulletin(Struct):
    """Facts about one running daemon; times as ISO 8601 in UTC."""

    pid: int
    version: str
    started: str
    machine: str = ""  # as the others know it
    vantage: str = ""
    desk: str = ""  # whose settings it has
    config: str = ""  # the file in force
    loaded: str = ""  # when it was read
    reloads: int = 0  # reloads tried since the start, good or bad
    reload_error: str = ""  # why the last one failed; "" = it did not
    at_next_start: list[str] = field(default_factory=list)  # changed keys that wait for a restart
    beat: str = ""  # when this was written
    paused: str = ""  # why nothing is read or sent; "" = it is
    paused_since: str = ""
    next_jobs: dict[str, str] = field(default_factory=dict)
    next_feed: str = ""  # when the next feed is due
    in_hand: dict[str, int] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, dict[str, Any]] = field(default_factory=dict)  # histograms by what was timed


def write(state: Path, bulletin: Bulletin) -> None:
    """Put the bulletin in place; a full disk leaves the last one."""
    text = json.dumps(structs.asdict(bulletin), ensure_ascii=False).encode()
    with suppress(OSError):
        atomic.write(state / NAME, text, mode=0o600, flush=False)


def read(state: Path) -> Bulletin | None:
    """Return the last bulletin, or None when there is none that can be read."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads((state / NAME).read_bytes())
        known = Bulletin.__struct_fields__
        return Bulletin(**{key: value for key, value in found.items() if key in known})
    return None
