"""The only package that knows the order of the stages: feeds, articles, flags, stories, store.

`Pipeline` (from `open_pipeline`) holds what lives as long as the process (the HTTP client with its
clock a host, and the index of recent stories) and offers the steps that a round or a daemon is made
of: read a feed, work on what it brought, read a page, write down what a round did. `Conductor`
begins them, for `round_of` as for a daemon. The time is the database's, or that of a clock that it
is given.

Several machines may share one store (`membership`): hosts are claimed, not feeds, so each has one
clock (`host_claims`, `share`); what only one may do is a role (`roles`).

* `opening`, `assembly`, `tools`, `pipeline`: what lives as long as the process, and its steps.
* `conductor`, `in_hand`: which step is begun when; `round_log`, `event_log`: what is told of it.
* `feeds_in_force`, `poll_feed`, `read_answer`, `intake`: a feed, from being due to stored entries.
* `page_queue`, `read_pages`: pages, from being due to what is to be filed.
* `filer`, `ingest`, `file_article`, `file_flags`, `leave_aside`: filing entries and pages.
* `drafts`, `draft_ahead`, `signing`: what can be said of a text by itself; `placing`,
  `recent_stories`: which story it belongs to.
* `desks`, `rules_of_desks`, `judging`: the rules of all desks that share the store.
* `make_digests`, `raise_alerts`: what readers are told; `coverage`, `feed_health`, `digest_trend`,
  `gloss_headlines`, `relate_stories`, `reader_names`: what stands in it; `fill_outbox`,
  `post_outbox`: how it goes out.
* `read_query`, `flag_searches`, `write_searches`, `read_trends`, `build_site`: searches, trends and
  the site.
* `try_rules`, `judge_rules`, `by_hand`, `group_articles`: rules tried, and stories put right.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.pipeline.conductor import Conductor, round_of
    from monitor.pipeline.in_hand import drain
    from monitor.pipeline.intake import Reading
    from monitor.pipeline.membership import Joining
    from monitor.pipeline.opening import open_pipeline
    from monitor.pipeline.pipeline import Pipeline
    from monitor.pipeline.round_log import Report, RoundLog
else:
    __getattr__ = on_demand(
        __name__,
        {
            "intake": ("Reading",),
            "conductor": ("Conductor", "round_of"),
            "in_hand": ("drain",),
            "membership": ("Joining",),
            "opening": ("open_pipeline",),
            "pipeline": ("Pipeline",),
            "round_log": ("Report", "RoundLog"),
        },
    )

__all__ = [
    "Conductor",
    "Joining",
    "Pipeline",
    "Reading",
    "Report",
    "RoundLog",
    "drain",
    "open_pipeline",
    "round_of",
]
