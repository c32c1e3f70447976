"""Many entries that wait are read ahead, by a process of their own.

Who files is one thread, and finding stories is most of its work. What can be said of an entry
without its neighbours (`drafts`) is said meanwhile on another core. Whatever does not go smoothly
there (rules that break on a text, a process that dies) is done once more by who files, which knows
what to do about it.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from msgspec import Struct

from monitor.pipeline.rules_of_desks import RuleFiles
from monitor.store.stored_entry import StoredEntry
from monitor.workers import Workers

if TYPE_CHECKING:
    from monitor.pipeline.drafts import Draft

log = logging.getLogger(__name__)

_MANY = 400  # entries; for fewer a process that has to read the rules first gains nothing
_SOME = 50  # where there is one that has read them
_OF_A_DAY = 5  # entries that are news to a feed's first reading, of which few have less


class Drafting(Struct, frozen=True):
    """Entries that are being read elsewhere, by rules that were in force when they were given."""

    rules: RuleFiles
    _drafts: "Future[list[Draft]]"

    def result(self, rules: RuleFiles) -> "list[Draft] | None":
        """Wait for the drafts; None where they are of no use.

        Args:
            rules: that are in force now.
        """
        try:
            drafts = self._drafts.result()
        except Exception as error:
            log.debug("a batch of entries was not read ahead: %s", error)
            return None
        broken = any(draft.judged is not None and draft.judged.unjudged for draft in drafts)
        return None if broken or rules != self.rules else drafts


class DraftAhead:
    """Has entries read by others; for threads beside the loop.

    Args:
        workers: that do it.
        loop: on which they are asked.
    """

    def __init__(self, workers: Workers, loop: asyncio.AbstractEventLoop) -> None:
        self._workers, self._loop = workers, loop

    def is_worth_it(self, entries: int) -> bool:
        """Whether so many entries are to be read by others, and those that come after them."""
        return bool(self._workers) and entries >= (_SOME if self._workers.started else _MANY)

    def prepare(self, rules: RuleFiles, feeds: int) -> None:
        """Have the rules read where they will be needed soon.

        Args:
            feeds: so many are read for the first time.
        """
        if self.is_worth_it(feeds * _OF_A_DAY):
            self.begin(rules, ())

    def begin(self, rules: RuleFiles, entries: Sequence[StoredEntry]) -> Drafting:
        """Have entries read, after those that were given before."""
        work = self._workers.run(_draft_apart, rules, entries)
        return Drafting(rules, asyncio.run_coroutine_threadsafe(work, self._loop))


def _draft_apart(rules: RuleFiles, batch: Sequence[StoredEntry]) -> "list[Draft]":
    """Return what `draft_all` does; raises ConfigError where rules cannot be read."""
    from monitor.pipeline.drafts import draft_all  # who asks need not load it

    return draft_all(rules.compiled(), batch)
