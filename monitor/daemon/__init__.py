"""The daemon: knows the time and the signals, and lets the pipeline do the work.

Every second it starts the feeds and pages whose time has come; digests go by cron triggers in their
own zone, with one look at start-up for what was missed; the outbox is tried every few seconds. A
signal stops new work, lets what is in hand end for a few seconds and drops the rest, which is safe
because every step can be repeated.
"""

from monitor.daemon.service import run

__all__ = ["run"]
