"""Matching: one pass over a text, which hits count, and whether the blocks of a rule hold."""
