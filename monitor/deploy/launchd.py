"""The launchd property list, for a Mac (launchd.plist(5)).

launchd has no watchdog and no readiness; what it gives is a start at log-in, a restart when the
daemon fails, and low priority. It restarts no oftener than every half a minute, which is also what
bounds the noise of a faulty configuration.
"""

import plistlib
from pathlib import Path

LABEL = "org.wire-monitor.monitor"


def property_list(exec_path: Path, config_path: Path, state_dir: Path, log_path: Path) -> bytes:
    """Return the file for ~/Library/LaunchAgents, as XML.

    Args:
        exec_path: the `monitor` command, absolute.
        config_path: the configuration, absolute.
        state_dir: the state folder, absolute.
        log_path: where the daemon's log goes; launchd appends and never rotates it.
    """
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": [
                str(exec_path),
                "--config",
                str(config_path),
                "--state",
                str(state_dir),
                "run",
            ],
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": 30,
            "ExitTimeOut": 30,
            "ProcessType": "Background",
            "Umask": 0o077,
            "WorkingDirectory": str(config_path.parent),
            "StandardOutPath": str(log_path),
            "StandardErrorPath": str(log_path),
        }
    )
