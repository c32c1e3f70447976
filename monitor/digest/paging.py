"""The user's pager, told to let styles through.

rich hands a long text to `less` without `-R`, which then shows escape sequences as text. As git
does, we set LESS for the pager unless the user has: quit if it fits one screen, keep colours, leave
the text on the screen.
"""

import os
import shlex
import subprocess
import sys

from rich.pager import Pager


class Less(Pager):
    """$PAGER, or less; what cannot be paged is printed."""

    def show(self, content: str) -> None:
        """Show `content`, escape sequences and all."""
        if not page(content):
            sys.stdout.write(content)


def page(content: str, options: str = "FRX") -> bool:
    """Show a text in the user's pager; return False when there is none, or it could not move.

    Args:
        content: the text, which may hold escape sequences.
        options: of less, where $LESS has none.
    """
    chosen = shlex.split(os.environ.get("PAGER", ""))
    if not chosen and os.environ.get("TERM", "dumb") in ("dumb", "unknown"):
        return False  # less would warn, and wait for a key
    command = chosen or ["less"]
    env = {"LESS": options, **os.environ}
    try:
        subprocess.run(command, input=content.encode(), env=env, check=False)
    except OSError:
        return False
    return True
