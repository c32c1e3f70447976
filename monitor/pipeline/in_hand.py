"""Work in hand: pieces with a key, a bounded number at once, none of them twice."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Sequence
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class InHand(Generic[K]):
    """The tasks of one kind of work.

    Args:
        most: at once.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._tasks: dict[K, asyncio.Task[None]] = {}
        self._failed: list[BaseException] = []
        self._end = asyncio.Event()  # one of them ended since somebody began to wait

    def __contains__(self, key: K) -> bool:
        return key in self._tasks

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def room(self) -> int:
        """How many more may begin."""
        return max(0, self.most - len(self._tasks))

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """Those that have not ended, and failed ones that nobody has waited for."""
        return list(self._tasks.values())

    def begin(self, key: K, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work; there has to be room, and none of this key in hand."""
        task = asyncio.create_task(work)
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._ended(key, done))

    def _ended(self, key: K, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed.append(error)
        else:
            self._tasks.pop(key, None)
        self._end.set()

    async def next_end(self) -> None:
        """Wait until one of them ends; what it raises is raised here, and the others are ended."""
        if self._tasks and not self._failed:
            self._end.clear()
            await self._end.wait()
        if self._failed:
            error = self._failed[0]
            await self.cancel()
            raise error

    async def cancel(self) -> None:
        """End all of them now."""
        tasks = self.tasks
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()
        self._failed.clear()


async def drain(in_hand: Callable[[], Sequence[asyncio.Task[Any]]], seconds: float) -> None:
    """Let tasks end, with those that they begin, and cancel what is left of them after a while.

    Args:
        in_hand: returns those that have not ended; asked anew whenever one ends, since a feed that
            was read begins the opening of what it brought.
    """
    now = asyncio.get_running_loop().time
    end = now() + seconds
    while (tasks := in_hand()) and (left := end - now()) > 0:
        await asyncio.wait(tasks, timeout=left, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
