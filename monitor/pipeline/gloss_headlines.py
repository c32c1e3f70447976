"""Have the desk's translator say what headlines in other languages say.

It is asked before a digest is made, outside of any transaction, for those headlines that no copy in
the reader's language heads, and once for each. What it cannot say in its time is left out and told.
"""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from monitor import digest, model, translator
from monitor.desk import Desk
from monitor.errors import StoreError
from monitor.store import glosses
from monitor.text import one_line

log = logging.getLogger(__name__)


class Glossed(Struct, frozen=True):
    """What the translator says of headlines."""

    texts: Mapping[str, str]  # by headline
    note: str = ""  # for readers: why some stand without; "" when none does

    def of(self, view: model.StoryView) -> str:
        """Return what the translator says of a story's headline, "" when it says nothing else."""
        text = self.texts.get(one_line(view.headline), "")
        return "" if text == one_line(view.headline) else text


def gloss_headlines(desk: Desk, views: Sequence[model.StoryView], now: datetime) -> Glossed:
    """Return what the translator says of the headlines of stories; asks for what is not known."""
    table = desk.config.gloss
    if table is None:
        return Glossed({})
    wanted = _questions(desk, views)
    keys = {headline: _key(table.command, question) for headline, question in wanted.items()}
    known = _known(desk, keys)
    missing = [headline for headline in wanted if headline not in known]
    if not missing:
        return Glossed(known)
    answers = translator.ask(
        table.command,
        [wanted[headline] for headline in missing],
        seconds=table.timeout.total_seconds(),
        folder=desk.config.folder,
    )
    new = {missing[place]: text for place, text in answers.told.items()}
    _remember(desk, {keys[headline]: text for headline, text in new.items()}, now)
    return Glossed(known | new, _note(answers, len(wanted) - len(known) - len(new)))


def glossed_before(desk: Desk, views: Sequence[model.StoryView]) -> Glossed:
    """Return what the translator said earlier of the headlines of stories; it is not asked."""
    table = desk.config.gloss
    if table is None:
        return Glossed({})
    wanted = _questions(desk, views)
    return Glossed(_known(desk, {text: _key(table.command, one) for text, one in wanted.items()}))


def _questions(desk: Desk, views: Sequence[model.StoryView]) -> dict[str, translator.Question]:
    """Return what to ask, by headline: of those that no copy in the reader's language heads."""
    to = desk.config.monitor.reader_language
    return {
        headline: translator.Question(headline, view.language, to)
        for view in views
        if not digest.in_language(view, to) and (headline := one_line(view.headline))
    }


def _known(desk: Desk, keys: Mapping[str, str]) -> dict[str, str]:
    with desk.store.read() as db:
        stored = glosses.of(db, list(keys.values()))
    return {headline: stored[key] for headline, key in keys.items() if key in stored}


def _key(command: Sequence[str], question: translator.Question) -> str:
    """Return what a headline is stored under; another translator is asked anew."""
    parts = json.dumps([*command, "", question.to, question.language, question.text])
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def _remember(desk: Desk, texts: Mapping[str, str], now: datetime) -> None:
    if not texts:
        return
    try:
        with desk.store.write() as db:
            glosses.put(db, texts, now)
    except StoreError as error:  # a reading must not fail for it; it is asked again next time
        log.warning("what the [gloss] command said was not kept: %s", error)


def _note(answers: translator.Answers, missing: int) -> str:
    if not answers.why:
        return ""
    said = f": {answers.said}" if answers.said else ""
    log.warning("[gloss] command: %s%s", answers.why, said)
    many = "One headline stands" if missing == 1 else f"{missing} headlines stand"
    return f"{many} without a machine gloss: {answers.why}."
