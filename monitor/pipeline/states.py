"""Save what is remembered of feeds, those that wait together in one transaction (group commit).

Most readings change nothing but a feed's state, and a transaction costs more than a row. While one
is being written the next gather, so a lone feed waits for nobody and a thousand share the cost.
"""

import asyncio

from monitor import model
from monitor.store import Store
from monitor.store import feeds as feed_store


class StateWriter:
    """Writes feed states off the event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[int, model.FeedState] = {}
        self._writing = asyncio.Lock()

    async def save(self, feed_id: int, state: model.FeedState) -> None:
        """Return when the state is stored; raises StoreError when it cannot be."""
        self._waiting[feed_id] = state
        async with self._writing:
            if self._waiting.get(feed_id) is state:  # else the one before us wrote it as well
                batch, self._waiting = self._waiting, {}
                try:
                    await asyncio.to_thread(self._write, batch)
                except BaseException:
                    del batch[feed_id]
                    self._waiting = batch | self._waiting  # each of the others tries for itself
                    raise

    def _write(self, batch: dict[int, model.FeedState]) -> None:
        with self._store.write() as db:
            feed_store.save(db, batch)
