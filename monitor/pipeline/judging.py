"""What rules say of texts; a text on which the rules of one desk break costs the others nothing.

Rules that break on a text, by a fault of ours, judge its headline alone. The text is noted
(`store.unjudged`) for the machines of their desk, and waits there for another version if those
break on it as well.
"""

from __future__ import annotations  # else types alone would load the rules' engine

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

import monitor
from monitor import model, watch
from monitor.errors import MonitorError
from monitor.text import one_line
from monitor.url_logins import redact

log = logging.getLogger(__name__)

Asked = tuple[model.Article, model.Feed | None, datetime]  # a text, its feed, when first seen


class DeskJudged(Struct, frozen=True):
    """What the rules of one desk say of a text.

    Attributes:
        mentions: what it names, by the entities of that desk.
        broken: why they could not read all of it; "" when they did.
    """

    flags: tuple[model.Flag, ...] = ()
    mentions: tuple[watch.Mention, ...] = ()
    broken: str = ""


class Judged(Struct, frozen=True):
    """What the desks' rules say of a text.

    Attributes:
        flags: by desk.
        mentions: what it names, by the entities of all desks.
        unjudged: desks whose rules cannot be read here, or break on this text, and why.
    """

    flags: Mapping[str, tuple[model.Flag, ...]]
    mentions: tuple[watch.Mention, ...]
    unjudged: Mapping[str, str]

    @property
    def number(self) -> int:
        """How many flags there are."""
        return sum(map(len, self.flags.values()))


def read_all(desk: str, rules: watch.Rulebook, asked: Sequence[Asked]) -> list[DeskJudged]:
    """Return what the rules of a desk say of texts, in their order."""
    if not asked:
        return []
    try:
        return [DeskJudged(one.flags(), one.mentions()) for one in rules.evaluate_all(asked)]
    except MonitorError:
        raise
    except Exception as error:
        if len(asked) == 1:
            return [_headline_alone(desk, rules, asked[0], error)]
        middle = len(asked) // 2
        return read_all(desk, rules, asked[:middle]) + read_all(desk, rules, asked[middle:])


def _headline_alone(desk: str, rules: watch.Rulebook, asked: Asked, error: Exception) -> DeskJudged:
    text, feed, seen = asked
    what = f'the rules of desk "{desk or "main"}" break on {redact(text.url) or text.title}'
    log.error("%s; its headline alone is judged", what, exc_info=error)
    said = f"{type(error).__name__}: {error}"
    why = one_line(f"{what} in version {monitor.__version__}: {said}; please report it")
    headline = model.Article(url=text.url, title=text.title, source=text.source)
    try:
        read = rules.evaluate(headline, feed, now=seen)
        return DeskJudged(read.flags(), read.mentions(), why)
    except Exception:
        log.exception("%s even there", what)
        return DeskJudged(broken=why)


def mentions(
    rules: watch.Rulebook, text: model.Article, seen: datetime
) -> tuple[watch.Mention, ...]:
    """Return what a text names; nothing where the rules break on it: no digest waits for that."""
    try:
        return rules.mentions(text, now=seen)
    except Exception:
        log.exception("what %s names is not known", text.title)
        return ()


def may_hit(rules: watch.Rulebook, title: str, summary: str, feed: model.Feed | None) -> bool:
    """Could a text with this headline and summary interest a desk? Rather yes than no."""
    try:
        return rules.may_hit(title, summary, feed)
    except Exception:
        log.exception("whether %s may be of interest is not known; its page is read", title)
        return True
