"""Which of what is remembered of a feed only says when it was asked, and may be stored late."""

from operator import attrgetter

from monitor.model import FeedState

# Whoever forgets these has them with the next answer.
_CLOCKS = {
    "polled_at",
    "ok_at",
    "full_at",
    "due",
    "due_why",
    "status",
    "wishes",
}
_rest = attrgetter(*(name for name in FeedState.__struct_fields__ if name not in _CLOCKS))


def differ_by_clocks(before: FeedState, after: FeedState) -> bool:
    """Whether two states differ in no more than times: one that is lost costs one request.

    Not so when the server named a time before which it is not to be asked (Retry-After).
    """
    if after.wishes is not None and after.wishes.retry_after is not None:
        return False
    return bool(_rest(before) == _rest(after))
