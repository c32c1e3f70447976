"""The only package that knows the order of the stages: feeds, articles, flags, stories, store.

`Pipeline` (from `open_pipeline`) holds what lives as long as the process (the HTTP client with its
clock a host, and the index of recent stories) and offers the steps that a round or a daemon is made
of: read a feed, work on what it brought, read a page, write down what a round did. `Conductor`
begins them, for `round_of` as for a daemon. The time is the database's, or that of a clock that it
is given.

Several machines may share one store (`membership`): hosts are claimed, not feeds, so each has one
clock (`host_claims`, `share`); what only one may do is a role (`roles`).
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.pipeline.batch_writer import Reading
    from monitor.pipeline.conductor import Conductor, round_of
    from monitor.pipeline.in_hand import drain
    from monitor.pipeline.membership import Joining
    from monitor.pipeline.opening import open_pipeline
    from monitor.pipeline.pipeline import Pipeline
    from monitor.pipeline.round_log import Report, RoundLog
else:
    __getattr__ = on_demand(
        __name__,
        {
            "batch_writer": ("Reading",),
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
