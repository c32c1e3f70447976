"""The site of a desk: what changed in the store since the last build, put into pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from monitor import __version__, model, site
from monitor.desk import Desk
from monitor.digest.card import describe
from monitor.digest.html import card_html, stylesheet
from monitor.pipeline.reader_names import with_names
from monitor.progress import Progress, silent
from monitor.store import articles, story_states, views
from monitor.store.story_states import StoryState
from monitor.text import clean, one_line

_FORM = 1  # of the pages; another one makes all of them anew
_TOGETHER = 300  # stories read at once


def build_site(
    desk: Desk, folder: Path, rules: Sequence[str] = (), progress: Progress = silent
) -> int:
    """Bring the site in a folder up to date; return how many stories it holds.

    Args:
        desk: settings, store and rules.
        folder: of the site; made when it is missing.
        rules: the rules whose stories are shown; all when empty.
        progress: told of each month.

    Raises:
        ConfigError: the folder holds something else.
        OSError: it cannot be written.
        StoreError: the store cannot be read.
    """
    names = dict(desk.rule_names(tuple(rules)))
    zone = desk.config.zone
    form = "|".join(
        (zone.key, f"{__version__}.{_FORM}", desk.config.monitor.reader_language, repr(names))
    )
    known = site.read_catalogue(folder)
    if known.form != form:
        known = site.Catalogue()
    site.begin(folder, known)
    with desk.store.read() as db:
        states = {one.id: one for one in story_states.flagged(db, list(names))}
        merged = story_states.merged(db)
    months: dict[str, list[StoryState]] = {}
    for one in states.values():
        months.setdefault(site.month_of(one.first_seen.astimezone(zone).date()), []).append(one)
    stale = _stale(known, months, site.pages_there(folder))
    records = {id_: record for id_, record in known.stories.items() if id_ in states}
    entities = dict(known.entities)
    for done, month in enumerate(sorted(stale)):
        pages = [page for page in _pages(desk, months.get(month, ()), names) if page is not None]
        site.write_month(folder, month, pages)
        for page in pages:
            records[page.record.id] = page.record
            entities.update(zip(page.record.entities, page.names, strict=True))
        progress("months", done + 1, len(stale))
    told = {id_ for record in records.values() for id_ in record.entities}
    made = site.Catalogue(
        form=form,
        stories=records,
        moved={id_: into for id_, into in merged.items() if into in records and id_ not in records},
        rules=names,
        entities={id_: name for id_, name in entities.items() if id_ in told},
    )
    site.finish(folder, made, stylesheet())
    return len(records)


def _stale(known: site.Catalogue, months: dict[str, list[StoryState]], there: set[int]) -> set[str]:
    """Return the months in which a story is new, gone, another one, or without its page."""
    month = {one.id: name for name, some in months.items() for one in some}
    stale = {
        site.month_of(record.day)
        for id_, record in known.stories.items()
        if month.get(id_) != site.month_of(record.day)
    }
    for name, some in months.items():
        for one in some:
            record = known.stories.get(one.id)
            if record is None or record.state != one.state or one.id not in there:
                stale.add(name)
    return stale


def _pages(
    desk: Desk, states: Sequence[StoryState], names: dict[str, str]
) -> "Iterator[site.StoryPage]":
    for start in range(0, len(states), _TOGETHER):
        part = {one.id: one.state for one in states[start : start + _TOGETHER]}
        with desk.store.read() as db:
            found = views.stories(db, list(part))
            ids = [id_ for view in found for id_ in _read(view)]
            texts = {item.id: item.text for item in articles.some(db, ids)}
        for view in found:
            yield _page(desk, view, [texts[id_] for id_ in _read(view)], part[view.id], names)


def _read(view: model.StoryView) -> list[int]:
    """Return the articles whose texts a story is found by: the first of each language."""
    first: dict[str, int] = {}
    for copy in view.copies:
        first.setdefault(copy.language, copy.article)
    return list(first.values())


def _lines(text: model.Article) -> tuple[str, ...]:
    return tuple(clean(line) for line in (text.standfirst, *text.body) if line)


def _page(
    desk: Desk,
    view: model.StoryView,
    texts: Sequence[model.Article],
    state: str,
    names: dict[str, str],
) -> site.StoryPage:
    zone = desk.config.zone
    reader_language = desk.config.monitor.reader_language
    entities = {
        desk.rulebook.told_as(id_): desk.rulebook.entity_name(id_, reader_language or "en")
        for id_ in view.entities
    }
    flags = tuple(flag for flag in view.flags if flag.rule in names and flag.level != "log")
    shown = with_names(desk, replace(view, flags=flags))
    local = view.first_seen.astimezone(zone)
    rules = tuple(rule for rule in names if any(flag.rule == rule for flag in flags))
    card = describe(
        shown,
        number=view.shown_id,
        rule=next(iter(rules), ""),
        names=names,
        since=None,
        today=local.date(),  # what a page says of a clock does not depend on when it was made
        zone=zone,
        reader_language=reader_language,
    )
    return site.StoryPage(
        record=site.Record(
            id=view.id,
            number=view.shown_id,
            state=state,
            day=local.date(),
            clock=f"{local:%H:%M}",
            headline=one_line(view.headline),
            language=card.original_language,
            outlet=card.first_outlet,
            urgent=card.urgent,
            rules=rules,
            entities=tuple(entities),
        ),
        card=card_html(card),
        paragraphs=_lines(texts[0]),
        text_language=card.original_language,
        searched=tuple(line for text in texts[1:] for line in _lines(text)),
        headlines=tuple(one_line(copy.title) for copy in view.copies),
        names=tuple(one_line(name) for name in entities.values()),
        rule_names=tuple(one_line(names[rule]) or rule for rule in rules),
    )
