"""What to read, arranged and put into shape; nothing here sends anything.

`compose` turns the stories of a window into one `monitor.model.Digest`; every renderer reads only
that. `schedule` says when a digest is due and which window it covers.
"""

from monitor.digest.compose import compose, late_note
from monitor.digest.data import to_json
from monitor.digest.html import to_html
from monitor.digest.plain import to_text
from monitor.digest.terminal import to_terminal

__all__ = ["compose", "late_note", "to_html", "to_json", "to_terminal", "to_text"]
