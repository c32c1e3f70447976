"""`monitor demo`: the whole way on a bundled wire site, and pictures of what comes of it."""

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from monitor.cli.output_files import new_file
from monitor.cli.session import progress, say

if TYPE_CHECKING:
    from monitor.desk import Desk
    from monitor.model import Digest

_PICTURED = 1  # stories of each rule told in full in the picture
# Of a demo that is pictured, so that its pictures are the same each time: 07:30 in Seoul.
_MORNING = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


def add_to(app: typer.Typer) -> None:
    """Add this command to the command tree."""
    app.command()(demo)


def demo(
    svg: Annotated[
        Path | None, typer.Option(help="Also save the top of a digest as a picture.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Also save it as a mail shows it.")] = None,
) -> None:
    """Show the whole way on a bundled wire site on loopback: no network, no config."""
    from monitor import demo as site
    from monitor import digest
    from monitor.desk import Desk
    from monitor.settings import check_config
    from monitor.tomlfile import parse_toml

    moment = _MORNING if svg or html else None
    place = tempfile.TemporaryDirectory(prefix="wire-monitor-demo-")
    with place as folder, site.serve(moment) as base:
        say(f"the demo's wire site is served on {base},\nits state lies in {folder}")
        text = site.demo_config(base, Path(folder) / "state")
        desk = Desk(check_config(parse_toml(text, "demo.toml"), Path(folder)))
        try:
            asyncio.run(_one_by_one(desk, moment) if moment else _rounds(desk))
            page = digest.lay_out(_digest(desk, moment))
            if svg is not None:
                few = digest.lay_out(_digest(desk, moment, limit=_PICTURED))
                with new_file(svg) as file:
                    file.write(digest.to_svg(few))
            if html is not None:
                with new_file(html) as file:
                    file.write(digest.to_html(page))
        finally:
            desk.close()
        digest.to_terminal(page)
    say("\nNow with real feeds:")
    say("  monitor init      writes config.toml with feeds for this desk; edit it")
    say("  monitor poll      reads them once; `monitor digest` shows what was flagged")
    say("  monitor run       keeps watching: alerts and digests until you stop it")


async def _rounds(desk: "Desk") -> None:
    from monitor.cli.polling_commands import print_report
    from monitor.pipeline import open_pipeline, round_of

    async with open_pipeline(desk) as pipeline:
        for number in ("first", "second"):
            say(f"{number} round: reading {len(desk.feeds)} feeds …")
            with progress() as bars:
                report = await round_of(pipeline, tuple(desk.feeds.values()), progress=bars)
            print_report(report)


async def _one_by_one(desk: "Desk", moment: datetime) -> None:
    """Read feed after feed and page after page, so that every story has the same id each time."""
    from monitor.pipeline import open_pipeline

    async with open_pipeline(desk, clock=lambda: moment) as pipeline:
        for feed in desk.feeds.values():
            await pipeline.read(feed)
            await pipeline.open_entries()
            for stored in await pipeline.pages_due():
                await pipeline.read_page(stored)


def _digest(desk: "Desk", moment: datetime | None, *, limit: int = 30) -> "Digest":
    from monitor.pipeline import make_digests

    # What was read at this moment belongs to a window that ends after it.
    until = moment + timedelta(seconds=1) if moment else datetime.now(UTC)
    wish = make_digests.Wish("demo", until - make_digests.FIRST_WINDOW, until)
    return make_digests.read_digest(desk, replace(wish, limit=limit))
