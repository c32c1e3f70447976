"""What a real browser makes of a page, once its scripts have run."""

import re
import shutil
import subprocess
from pathlib import Path

from tests.waiting import PATIENCE

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",  # containers have little there
    "--no-first-run",
    "--disable-background-networking",
    "--virtual-time-budget=20000",
)
_TRIES = 3  # a browser that crashes, or is asked too early what it sees, is no fault of the page


def dom(url: str, folder: Path, scheme: str = "light", *, holding: str = "</html>") -> str:
    """Return the text of a page when its scripts have run.

    Args:
        folder: where the browser keeps what it needs.
        scheme: the reader's preference, "light" or "dark".
        holding: a regular expression for what the page holds then.
    """
    assert BROWSER is not None
    for number in range(_TRIES):
        profile = folder / f"profile-{scheme}-{number}"
        colours = f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"
        run = subprocess.run(
            [BROWSER, *_OPTIONS, f"--user-data-dir={profile}", colours, "--dump-dom", url],
            stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        text = run.stdout.decode("utf-8", "replace")
        if run.returncode == 0 and re.search(holding, text, re.DOTALL):
            return text
    raise AssertionError(f"exit code {run.returncode}: {text[-500:]}{run.stderr[-500:]!r}")
