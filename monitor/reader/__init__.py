"""`monitor read`: the archive and today's stories in a terminal.

Three layers, each knowing only the one before it:

- `store_queries` asks the store and gives frozen values, `days` says of which days; marks are the
  one thing it writes, and nothing is written by reading but that a story was read;
- `rows` and `story_page` turn these values into lines of a width: pure functions;
- the screens (`front_screen`, `search_screen`, `story_screen`) show lines and take keys. Whatever
  asks the store runs in a thread, so that keys are answered while it does.

Colours are the terminal's own sixteen, so that the reader is light where the terminal is light.
"""

from monitor.reader.reader_app import NARROWEST, SHORTEST, ReaderApp
from monitor.reader.store_queries import Archive

__all__ = ["NARROWEST", "SHORTEST", "Archive", "ReaderApp"]
