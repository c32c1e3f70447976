"""Topics of the manual and their pages."""

import re
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files

from monitor.errors import UsageError
from monitor.tomlfile import nearest

_HEADING = re.compile("^## (.+)$", re.MULTILINE)
# In the order in which a new user needs them.
_TOPICS = {
    "start": "ten minutes to a morning digest",
    "config": "every key of config.toml",
    "feeds": "what is read: feeds, sitemaps, lists of links, and their health",
    "rules": "how to ask for what your desk wants",
    "entities": "people, bodies and places with all their names",
    "digests": "what readers get, and when; alerts",
    "targets": "where digests and alerts can go",
    "reading": "stories in the terminal, and marks on them",
    "search": "find again what was read",
    "trends": "count over time; export, a site, programs",
    "json": "what programs can read, key by key",
    "service": "let it run by itself",
    "machines": "several machines on one database",
    "upkeep": "backup, upgrade, room",
    "profiles": "when one outlet's pages are read badly",
    "troubles": "messages that people meet, and what to do",
    "api": "the parts for programs of your own",
    "design": "decisions that may surprise, and why",
}
# Pages that end with a reference made by the module of that name.
_REFERENCES = {
    "config": "config_reference",
    "rules": "rules_reference",
    "entities": "entities_reference",
    "targets": "targets_reference",
    "reading": "reading_reference",
    "profiles": "profiles_reference",
    "api": "api_reference",
}


def topics() -> dict[str, str]:
    """Return what each topic tells, in the order of reading."""
    return dict(_TOPICS)


def page(topic: str) -> str:
    """Return the page of a topic as Markdown.

    Raises:
        UsageError: there is no such topic; with the nearest spelling.
    """
    if topic not in _TOPICS:
        hint = nearest(topic, _TOPICS) or f"topics: {', '.join(_TOPICS)}"
        raise UsageError(f'the manual has no topic "{topic}" ({hint})')
    text = (files(__package__) / f"{topic}.md").read_text("utf-8")
    if topic not in _REFERENCES:
        return text
    reference: Callable[[], str] = import_module(f"{__package__}.{_REFERENCES[topic]}").reference
    return f"{text}\n{reference()}"


def is_trouble(message: str) -> bool:
    """Tell whether the page on troubles has a chapter on a message, headed by a part of it."""
    headings = _HEADING.findall(page("troubles"))
    return any(all(part in message for part in heading.split("…")) for heading in headings)
