"""Writing: what changed, each file in one step, in an order that a kill may end anywhere."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from monitor import atomic
from monitor.site import catalogue as kept
from monitor.site.catalogue import Catalogue, file_name, month_of
from monitor.site.list_pages import list_pages
from monitor.site.page_templates import render
from monitor.site.search_shards import fold_file, month_files, months_file
from monitor.site.site_story import StoryPage

_FOLDERS = ("day", "rule", "entity", "story", "search")
_OURS = (".html", ".js")  # what is swept away when nothing leads to it any more


def begin(folder: Path, known: Catalogue) -> None:
    """Make the folders of a site; raises OSError."""
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    if not (folder / kept.NAME).exists():
        _put(folder, kept.NAME, kept.to_bytes(known))


def pages_there(folder: Path) -> set[int]:
    """Return the stories that have a page."""
    stems = (path.stem for path in (folder / "story").glob("*.html"))
    return {int(stem) for stem in stems if stem.isascii() and stem.isdigit()}


def write_month(folder: Path, month: str, pages: Sequence[StoryPage]) -> None:
    """Write the pages of a month's stories and its part of the search; raises OSError."""
    (folder / "search" / month).mkdir(parents=True, exist_ok=True)
    for page in pages:
        record = page.record
        html = render(
            "story.html.j2",
            title=record.headline or "(no headline)",
            root="../",
            page=page,
            links=list(_links(page)),
        )
        _put(folder, f"story/{record.id}.html", html.encode())
    for name, script in month_files(month, pages):
        _put(folder, f"search/{name}", script.encode())


def _links(page: StoryPage) -> Iterator[tuple[str, str]]:
    """Yield (path, name) of the lists that a story stands in."""
    record = page.record
    yield f"day/{record.day}.html", str(record.day)
    for kind, ids, names in (
        ("rule", record.rules, page.rule_names),
        ("entity", record.entities, page.names),
    ):
        for id_, name in zip(ids, names, strict=True):
            yield f"{kind}/{file_name(id_)}.html", name


def finish(folder: Path, made: Catalogue, style: str) -> None:
    """Write all lists, then the catalogue, and sweep away what is led to no more.

    Args:
        folder: of the site.
        made: all that it holds now; the months that changed are written.
        style: the style of digests, which the pages share.

    Raises:
        OSError: something cannot be written; the site is whole, and the next build goes on.
    """
    expected = {f"story/{story}.html" for story in (*made.stories, *made.moved)}
    for story, into in made.moved.items():
        html = render("moved.html.j2", title=f"Story {story}", root="../", into=into)
        _put(folder, f"story/{story}.html", html.encode())
    for path, html in list_pages(made, made.form.partition("|")[0]):
        expected.add(path)
        _put(folder, path, html.encode())
    months: dict[str, int] = {}
    for record in made.stories.values():
        months[month_of(record.day)] = months.get(month_of(record.day), 0) + 1
    scripts = Path(__file__).parent / "templates"
    for path, data in (
        ("search/fold.js", fold_file().encode()),
        ("search/months.js", months_file(months).encode()),
        ("search.js", (scripts / "search.js").read_bytes()),
        ("style.css", (style + (scripts / "site.css").read_text("utf-8")).encode()),
    ):
        _put(folder, path, data)
    os.sync()  # once for all files, before the catalogue says that they are there
    atomic.write(folder / kept.NAME, kept.to_bytes(made))
    _sweep(folder, expected, months)


def _put(folder: Path, path: str, data: bytes) -> None:
    """Write a file in one step, unless it holds just that already."""
    place = folder / path
    with suppress(FileNotFoundError):
        if place.stat().st_size == len(data) and place.read_bytes() == data:
            return
    atomic.write(place, data, flush=False)


def _sweep(folder: Path, expected: set[str], months: Iterable[str]) -> None:
    for name in ("day", "rule", "entity", "story"):
        for path in _files(folder / name):
            if f"{name}/{path.name}" not in expected:
                path.unlink(missing_ok=True)
    for inner in (folder / "search").iterdir():
        if inner.is_dir() and inner.name not in set(months):
            for path in _files(inner):
                path.unlink(missing_ok=True)
            with suppress(OSError):
                inner.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in folder.iterdir() if path.suffix in _OURS)
