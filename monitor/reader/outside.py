"""What the reader hands to other programs: a url to the browser, a text to clipboard or pager."""

import base64
import webbrowser
from typing import Any

from textual.app import App, SuspendNotSupported

from monitor.digest.paging import page

AnyApp = App[Any]
_MOST_COPIED = 74_994  # bytes in base64: what xterm and tmux take (tmux(1), set-clipboard)


def open_in_browser(app: AnyApp, url: str) -> str:
    """Open a url in the user's browser; return the line to say about it.

    A browser that lives in the terminal gets the terminal while it runs.
    """
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return f"no browser is known here ($BROWSER names one): {url}"
    in_terminal = isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    )
    try:
        if in_terminal:
            with app.suspend():
                opened = browser.open(url)
        else:
            opened = browser.open(url)
    except (webbrowser.Error, OSError, SuspendNotSupported) as error:
        return f"the browser did not open {url}: {error}"
    return f"opened {url}" if opened else f"the browser did not open {url}"


def copy(app: AnyApp, text: str) -> str:
    """Ask the terminal to take a text into its clipboard (OSC 52); return the line to say.

    No terminal answers whether it did, so the line names the other way.
    """
    if len(base64.b64encode(text.encode())) > _MOST_COPIED:
        return "too long for a terminal's clipboard; p shows it in the pager"
    app.copy_to_clipboard(text)
    return f"copied {len(text):,} characters; where the terminal does not take them, p shows them"


def show_in_pager(app: AnyApp, text: str) -> str:
    """Show a text in $PAGER, or less; return the line to say, "" when it was shown."""
    try:
        with app.suspend():
            shown = page(text, "R")
    except SuspendNotSupported:
        return "this terminal cannot be lent to a pager"
    return "" if shown else "no pager is here; $PAGER names one"
