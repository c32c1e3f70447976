"""The configuration for the demo site, in the format every user writes."""

import json
from datetime import UTC, datetime
from pathlib import Path

from monitor.demo.rendering import GONE, PAGE_INSTEAD_OF_FEED
from monitor.demo.texts import Outlet, load_outlets

_HEAD = """\
# Configuration of `monitor demo`: the bundled wire site on loopback.
[monitor]
timezone = "Asia/Seoul"
state = {state}
contact = "demo@example.org"
in_flight = 16
per_host = 8      # every outlet of the demo lives on one host, which is our own
spacing = 0.0

[[digest]]
name = "demo"
at = "07:30"
rules = ["china-south-korea", "korean-peninsula"]
to = ["terminal"]
empty = "send"
"""


def demo_config(base_url: str, state_dir: Path | str) -> str:
    """Return the text of a config.toml for the site at `base_url` with its state in `state_dir`."""
    # What is read here does not depend on the day.
    outlets = load_outlets(datetime.now(UTC))
    feeds = [_feed(outlet, base_url) for outlet in outlets]
    feeds.append(_broken("gone-gazette", base_url + GONE, "this feed answers 404"))
    feeds.append(
        _broken("portal-page", base_url + PAGE_INSTEAD_OF_FEED, "a page with status 200, no feed")
    )
    return "\n".join([_HEAD.format(state=_quoted(str(state_dir))), *feeds])


def _feed(outlet: Outlet, base_url: str) -> str:
    lines = [
        "[[feed]]",
        f"name = {_quoted(outlet.name)}",
        f"url = {_quoted(base_url + outlet.path)}",
        f"kind = {_quoted(outlet.kind)}",
        f"language = {_quoted(outlet.language)}",
        f"country = {_quoted(outlet.country)}",
        f"timezone = {_quoted(outlet.timezone)}",
        f"every = {_quoted(outlet.every)}",
        'pages = "all"',
        "private = true",
    ]
    if outlet.selectors:
        selectors = ", ".join(f"{key} = {_quoted(value)}" for key, value in outlet.selectors)
        lines += ['format = "list"', f"list = {{ {selectors} }}"]
    if outlet.delay:
        lines.append(f"note = {_quoted(f'answers after {outlet.delay} s')}")
    return "\n".join(lines) + "\n"


def _broken(name: str, url: str, note: str) -> str:
    return (
        f"[[feed]]\nname = {_quoted(name)}\nurl = {_quoted(url)}\n"
        f'every = "5m"\nprivate = true\nnote = {_quoted(note)}\n'
    )


def _quoted(text: str) -> str:
    """Write `text` as a TOML basic string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
