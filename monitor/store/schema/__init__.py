"""Tables of the store, the same on SQLite and PostgreSQL.

An entry is what a feed said and is stored before anything is done with it. An article is the text
behind one url, however many feeds point to it; each change of its text is a revision. Flags
hang on articles, articles on stories. What went out is remembered per digest and flag (`digested`)
and per message (`outbox`), so that a crash can repeat a step but never an effect.

Entries, articles and stories are everybody's; flags, digests, marks and messages are a desk's.

Times are UTC. JSON columns hold model values as `codec` writes them. The schema itself is made and
changed only by the migrations beside this file.

A command that shows stories does without the tables of entries, messages and machines, which take
longer to describe than its question to answer; so each module is loaded when it is first needed.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.store.schema.entry_tables import entry, entry_key, round_log
    from monitor.store.schema.feed_tables import acknowledged, desk_feed, feed
    from monitor.store.schema.grouping_tables import by_hand, signature
    from monitor.store.schema.message_tables import digest_run, gloss, outbox
    from monitor.store.schema.sharing_tables import (
        claim,
        desk,
        machine,
        robots,
        unjudged,
        waiting_page,
    )
    from monitor.store.schema.story_tables import (
        alerted,
        article,
        change,
        digested,
        flag,
        mark,
        revision,
        story,
    )
else:
    __getattr__ = on_demand(
        __name__,
        {
            "feed_tables": (
                "feed",
                "desk_feed",
                "acknowledged",
            ),
            "entry_tables": (
                "entry",
                "entry_key",
                "round_log",
            ),
            "story_tables": (
                "article",
                "revision",
                "flag",
                "digested",
                "alerted",
                "story",
                "change",
                "mark",
            ),
            "grouping_tables": (
                "signature",
                "by_hand",
            ),
            "message_tables": (
                "digest_run",
                "outbox",
                "gloss",
            ),
            "sharing_tables": (
                "machine",
                "claim",
                "robots",
                "waiting_page",
                "desk",
                "unjudged",
            ),
        },
    )

__all__ = [
    "acknowledged",
    "alerted",
    "article",
    "by_hand",
    "change",
    "claim",
    "desk",
    "desk_feed",
    "digest_run",
    "digested",
    "entry",
    "entry_key",
    "feed",
    "flag",
    "gloss",
    "machine",
    "mark",
    "outbox",
    "revision",
    "robots",
    "round_log",
    "signature",
    "story",
    "unjudged",
    "waiting_page",
]
