"""A page as it came: bytes to a parsed tree, and what its head, scripts and profile declare."""
