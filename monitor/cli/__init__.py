"""The command line: parse, call, show. Data goes to standard output, everything else to stderr.

Exit codes: 0 done, 1 the work failed in part or a check found faults, 2 wrong usage or config.
Modules of this package import the crafts inside their commands, so that `monitor --version` and a
poll without news start fast.
"""

import os
import sys


def main() -> None:
    """Run the command line; the entry point of the `monitor` command."""
    from monitor.cli.app import app
    from monitor.errors import MonitorError

    try:
        app(prog_name="monitor")
    except MonitorError as error:
        from monitor.logs import without_secrets
        from monitor.text import clean

        print(without_secrets(clean(str(error))), file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
