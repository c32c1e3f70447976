"""Everything of a record but its text: headline, writers, times, section, picture."""
