"""Feeds."""

from monitor.feeds.parsing import parse

__all__ = ["parse"]
