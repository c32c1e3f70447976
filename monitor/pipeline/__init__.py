"""The only room that knows the order of the crafts: feeds, articles, flags, stories, store.

`Pipeline` (from `open_pipeline`) holds what lives as long as the process (the HTTP client with its
clock a host, and the index of recent stories) and offers the steps that a round or a daemon is made
of: read a feed, work on what it brought, read a page, write down what a round did. It knows what
time it is only through the clock it is given.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.pipeline.batch_writer import Reading
    from monitor.pipeline.pipeline import Pipeline, open_pipeline
    from monitor.pipeline.round_log import Report, RoundLog
else:
    __getattr__ = on_demand(
        __name__,
        {
            "batch_writer": ("Reading",),
            "pipeline": (
                "Pipeline",
                "open_pipeline",
            ),
            "round_log": (
                "Report",
                "RoundLog",
            ),
        },
    )

__all__ = ["Pipeline", "Reading", "Report", "RoundLog", "open_pipeline"]
