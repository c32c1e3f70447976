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
        command = shlex.split(os.environ.get("PAGER", "")) or ["less"]
        try:
            subprocess.run(
                command,
                input=content.encode(),
                env={"LESS": "FRX", **os.environ},
                check=False,
            )
        except OSError:
            sys.stdout.write(content)
