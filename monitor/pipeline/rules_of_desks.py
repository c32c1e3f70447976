"""What the rules of all desks say of texts: a value, the same in whichever process it is made."""

from __future__ import annotations  # else types alone would load the rules' engine

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from monitor import model, watch
from monitor.pipeline.judging import DeskJudged, Judged, may_hit, read_all

if TYPE_CHECKING:  # a process that only judges does without the database
    from monitor.store.published_desks import OwnFiles

Question = tuple[model.Article, str, datetime]  # a text, its feed's row, when it was first seen


class RulesOfDesks(Struct, frozen=True):
    """The rules in force, and what is to be known of feeds to ask them.

    Attributes:
        rules: by desk, in the order of their names; a text says why there are none.
        called: by desk and row, a feed as the desk has it.
        feeds: by row, as they are read.
    """

    rules: Mapping[str, watch.Rulebook | str]
    called: Mapping[str, Mapping[str, model.Feed]]
    feeds: Mapping[str, model.Feed]

    def judge(self, items: Iterable[Question]) -> list[Judged]:
        """Return what the rules of all desks say of texts, in their order."""
        asked = list(items)
        flags: list[dict[str, tuple[model.Flag, ...]]] = [{} for _ in asked]
        mentions: list[list[watch.Mention]] = [[] for _ in asked]
        unjudged: list[dict[str, str]] = [{} for _ in asked]
        for desk, rules in self.rules.items():
            if isinstance(rules, str):
                for whys in unjudged:
                    whys[desk] = rules
                continue
            for number, read in enumerate(self._judge_for(desk, rules, asked)):
                flags[number][desk] = read.flags
                mentions[number] += read.mentions
                if read.broken:
                    unjudged[number][desk] = read.broken
        return [
            Judged(found, tuple(named), whys)
            for found, named, whys in zip(flags, mentions, unjudged, strict=True)
        ]

    def _judge_for(
        self, desk: str, rules: watch.Rulebook, asked: Sequence[Question]
    ) -> list[DeskJudged]:
        called = [(text, self._as_called(desk, row), at) for text, row, at in asked]
        return read_all(desk, rules, called)

    def may_hit(self, title: str, summary: str, row: str) -> bool:
        """Could a text with this headline and summary interest any desk? Rather yes than no."""
        return any(
            isinstance(rules, str) or may_hit(rules, title, summary, self._as_called(desk, row))
            for desk, rules in self.rules.items()
        )

    def feed(self, row: str) -> model.Feed | None:
        """Return a feed as it is read, by a name that a desk has for it now: that of its row where
        one calls it so, else the first desk's.
        """
        feed = self.feeds.get(row)
        names = [feeds[row].name for feeds in self.called.values() if row in feeds]
        if feed is None or not names or row in names:
            return feed
        return replace(feed, name=names[0])

    def _as_called(self, desk: str, row: str) -> model.Feed | None:
        """Return a feed as a desk has it, else as it is read."""
        return self.called.get(desk, {}).get(row) or self.feeds.get(row)


class RuleFiles(Struct, frozen=True):
    """The rules in force as another process can be given them: not compiled.

    Attributes:
        files: by desk, its own rule and entity files.
        called, feeds: as `RulesOfDesks` has them.
    """

    files: Mapping[str, OwnFiles]
    called: Mapping[str, Mapping[str, model.Feed]]
    feeds: Mapping[str, model.Feed]

    def compiled(self) -> RulesOfDesks:
        """Return the same rules, compiled once a process; raises ConfigError."""
        rules = {desk: _compiled(files) for desk, files in self.files.items()}
        return RulesOfDesks(rules, self.called, self.feeds)


@lru_cache(maxsize=8)
def _compiled(files: OwnFiles) -> watch.Rulebook:
    return watch.load_texts(files)
