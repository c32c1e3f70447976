"""The only package that speaks SQL.

`open_store` gives a `Store`; the modules beside this file are plain functions over a connection
inside one of its transactions, so that a caller decides what belongs together:

    with store.write() as db:
        entries.add_all(db, [Found(feed_id, found, now)])
        feeds.save(db, {feed_id: state})
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from monitor.store.transactions import Store, open_store
else:  # a process that reads feeds for the store does without SQLAlchemy
    __getattr__ = on_demand(__name__, {"transactions": ("Connection", "Store", "open_store")})

__all__ = ["Connection", "Store", "open_store"]
