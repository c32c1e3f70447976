"""Documents: bytes of a feed, whatever its format, to entries."""
