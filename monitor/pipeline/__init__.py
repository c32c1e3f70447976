"""The only room that knows the order of the crafts: feeds, articles, flags, stories, store.

`Pipeline` holds what lives as long as the process (the HTTP client with its clock a host, and the
index of recent stories) and offers the two steps that a round or a daemon is made of: read feeds,
and work on what they brought. It knows what time it is only through the clock it is given.
"""

from monitor.pipeline.batch_writer import Reading
from monitor.pipeline.pipeline import Pipeline, Report, summarise

__all__ = ["Pipeline", "Reading", "Report", "summarise"]
