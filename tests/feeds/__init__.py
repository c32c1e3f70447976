"""Tests of `monitor.feeds`."""
