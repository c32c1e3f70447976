#!/usr/bin/env python3
"""Measure composing a digest and rendering it in every form.

The stories are those of the tests in four languages, repeated with outlets and flags of their own.
Prints CPU seconds of one core and characters a form, and the sum of composing and all forms.
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[2]))

from monitor.digest import to_json
from monitor.model import Digest
from tests.digest.sample import (
    digest,
    four_languages,
    to_atom,
    to_html,
    to_markdown,
    to_svg,
    to_terminal,
    to_text,
)


def terminal(made: Digest) -> str:
    """The terminal form as text with its escape sequences."""
    out = io.StringIO()
    to_terminal(made, Console(file=out, width=100, force_terminal=True, color_system="truecolor"))
    return out.getvalue()


FORMS: dict[str, Callable[[Digest], str]] = {
    "terminal": terminal,
    "text": to_text,
    "html": to_html,
    "json": to_json,
    "atom": to_atom,
    "markdown": to_markdown,
    "svg": to_svg,
}


def main() -> None:
    """Compose and render, and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=500, help="stories shown (default 500)")
    parser.add_argument("--flagged", type=int, default=5000, help="stories flagged (default 5000)")
    asked = parser.parse_args()
    pattern = four_languages()
    stories = [
        replace(like, id=n, headline=f"{like.headline} {n}", opening=f"{like.opening} {n}")
        for n, like in enumerate(islice(cycle(pattern), asked.flagged))
    ]
    start = time.process_time()
    made = digest(stories, limit=asked.stories)
    total = time.process_time() - start
    shown = sum(len(section.stories) for section in made.sections)
    print(f"compose   {total:7.3f} s   {len(stories)} flagged, {shown} shown")
    for name, form in FORMS.items():
        start = time.process_time()
        text = form(made)
        spent = time.process_time() - start
        total += spent
        print(f"{name:9} {spent:7.3f} s   {len(text):>9,} characters")
    print(f"all       {total:7.3f} s")


if __name__ == "__main__":
    main()
