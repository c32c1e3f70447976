"""An entry as it lies in the store. Nothing here needs the database: others read entries, too."""

from datetime import datetime

from msgspec import Struct

from monitor import model


class StoredEntry(Struct, frozen=True):
    """An entry as it lies in the store.

    Attributes:
        article: which it became, when it was worked on before.
        data: the column that `entry` was read from.
    """

    id: int
    feed: str
    entry: model.Entry
    first_seen: datetime
    fresh: bool
    article: int | None = None
    data: str = ""
