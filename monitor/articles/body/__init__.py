"""The text of a page: which element holds it, its lines, and what among them is no text."""
