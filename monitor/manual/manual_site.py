"""The manual as a folder of HTML pages, one a topic."""

from html import escape
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt

from monitor import atomic
from monitor.manual.manual_pages import page, topics


def write_site(folder: Path) -> int:
    """Write the manual into a folder, which is made where it is missing.

    HTML in a page is shown as text, never taken as HTML.

    Returns:
        How many pages were written.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    template = Environment(
        loader=PackageLoader("monitor.manual", ""), autoescape=True, undefined=StrictUndefined
    ).get_template("page.html.j2")
    written = {topic: markdown.render(page(topic)) for topic in topics()}
    written["index"] = f"<h1>Manual</h1>\n<ul>{''.join(map(_entry, topics().items()))}</ul>"
    for name, body in written.items():
        html = template.render(name=name, topics=topics(), body=body)
        atomic.write(folder / f"{name}.html", html.encode())
    style = (files("monitor.manual") / "manual.css").read_bytes()
    atomic.write(folder / "manual.css", style)
    return len(written)


def _entry(item: tuple[str, str]) -> str:
    topic, about = item
    return f'<li><a href="{topic}.html">{escape(topic)}</a>: {escape(about)}</li>'
