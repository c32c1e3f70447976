"""An entry as it lies in the store. Nothing here needs the database: others read entries, too."""

from dataclasses import dataclass
from datetime import datetime

from monitor import model


@dataclass(frozen=True, slots=True)
class StoredEntry:
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
