"""Rules and entities as they were read, and what the rest of the program asks of them.

A `Rulebook` never changes after it was made, and may be used by several threads at once. When the
configuration changes, a new one is made beside it and takes its place.
"""

from __future__ import annotations  # else types alone would load the engine

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

from monitor.errors import UsageError
from monitor.model import Article, Feed, Flag
from monitor.text import fold_key
from monitor.watch.language.entities import Entity
from monitor.watch.language.gazetteer import Gazetteer
from monitor.watch.language.rules import Rule, WordList
from monitor.watch.lasting import collector_paused

if TYPE_CHECKING:  # who reads no article does without it
    from monitor.watch.desk_tools.explain import Explanation
    from monitor.watch.engine.evaluate import Evaluation, Verdict
    from monitor.watch.engine.found_names import Mention
    from monitor.watch.engine.matcher import Matcher
    from monitor.watch.judge import Judge


class Name(Struct, frozen=True):
    """One name of an entity, for people to look at.

    Attributes:
        text: the name; language: "ko", or "" for acronyms.
        strength: "safe", "weak", "surname", "home", "headline" or "acronym".
        seen: codes of the sources it was found in; empty when unverified.
    """

    text: str
    language: str
    strength: str
    seen: tuple[str, ...]


class FoundEntity(Struct, frozen=True):
    """An entity with every name it has."""

    entity: Entity
    names: tuple[Name, ...]


class Rulebook:
    """Rules and entities; compiled when an article is first read. Made by `load`.

    Attributes:
        gazetteer: the entities, decoys and offices.
        rules: all rules, switched off ones too, in the order of the files.
        lists: the word lists, by id.
    """

    def __init__(
        self, gazetteer: Gazetteer, rules: Mapping[str, Rule], lists: Mapping[str, WordList]
    ) -> None:
        self.gazetteer, self.lists = gazetteer, lists
        self.rules = tuple(rules.values())
        self._made: Judge | None = None
        self._making = Lock()

    def compile(self) -> None:
        """Compile the rules now, and not when the first article is read."""
        _ = self._judge

    @property
    def matcher(self) -> Matcher:
        """What finds names and terms of the rules."""
        return self._judge.matcher

    @property
    def _judge(self) -> Judge:
        if self._made is None:
            with self._making, collector_paused():
                if self._made is None:
                    from monitor.watch.engine.matcher import Matcher
                    from monitor.watch.judge import Judge

                    self._made = Judge(Matcher(self.gazetteer, self.rules, self.lists))
        return self._made

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities in the order of the files."""
        return tuple(self.gazetteer.entities.values())

    def flags(
        self, article: Article, feed: Feed | None = None, *, now: datetime | None = None
    ) -> tuple[Flag, ...]:
        """Return the rules that fire on an article, with their reasons.

        Args:
            article: the wire record; its `published` decides who held an office.
            feed: for rules bound to feeds, the language, and what "Korea" alone means.
            now: stands in when the article has no date: when it was first seen, so that the holders
                of an office are those of that day; this moment when not given.
        """
        return self.evaluate(article, feed, now=now).flags()

    def verdicts(
        self, article: Article, feed: Feed | None = None, *, now: datetime | None = None
    ) -> tuple[Verdict, ...]:
        """Return (rule, level, score) of the rules that fire, as `flags` does without reasons."""
        return self.evaluate(article, feed, now=now).verdicts()

    def evaluate(
        self, article: Article, feed: Feed | None = None, *, now: datetime | None = None
    ) -> Evaluation:
        """Read an article once, for its `flags()`, `verdicts()` and `mentions()`."""
        return self._judge.evaluate(article, feed, now)

    def evaluate_all(
        self, items: Iterable[tuple[Article, Feed | None, datetime | None]]
    ) -> Iterator[Evaluation]:
        """Read articles, some at a time: as `evaluate` does, in their order, but quicker.

        Args:
            items: articles, each with its feed and the moment that stands in for its date.
        """
        return self._judge.evaluate_all(items)

    def explain(
        self, article: Article, feed: Feed | None = None, *, now: datetime | None = None
    ) -> tuple[Explanation, ...]:
        """Return every rule with every block, held or not, and what was lacking."""
        return tuple(self._judge.explain(article, feed, now))

    def explain_rule(
        self,
        rule_id: str,
        article: Article,
        feed: Feed | None = None,
    ) -> Explanation:
        """Return one rule's explanation.

        Raises:
            UsageError: for an unknown rule.
        """
        found = next(self._judge.explain(article, feed, None, only=rule_id), None)
        if found is None:
            raise UsageError(f'there is no rule "{rule_id}"')
        return found

    def mentions(
        self, article: Article, feed: Feed | None = None, *, now: datetime | None = None
    ) -> tuple[Mention, ...]:
        """Return the entities named in an article, by place."""
        return self.evaluate(article, feed, now=now).mentions()

    def may_hit(self, title: str, summary: str, feed: Feed | None = None) -> bool:
        """Could an article with this headline and summary interest any rule? Rather yes than no."""
        return self._judge.may_hit(title, summary, feed)

    def entity_name(self, entity_id: str, language: str = "en") -> str:
        """Return the name to show for an entity; the id when it is not known."""
        id_ = self.told_as(entity_id)
        entity = self.gazetteer.entities.get(id_)
        return entity.display(language) if entity else id_

    def told_as(self, entity_id: str) -> str:
        """Return the entity that readers are told of where one is met, mostly itself."""
        entity = self.gazetteer.entities.get(entity_id)
        return entity.told_as or entity_id if entity else entity_id

    def names_of(self, id_: str) -> list[tuple[tuple[str, ...], str, str]]:
        """Return (names, since, until) of an entity, or of all who held "office.…" in its time.

        Since and until are days, months or years, empty where open; nothing for an unknown id.
        """
        found: list[tuple[tuple[str, ...], str, str]] = []
        for entity in self.gazetteer.entities.values():
            times = [t for t in entity.tenures if id_ == f"office.{t.office}"]
            if times or entity.id == id_:
                names = tuple(dict.fromkeys(name.text for name in _names(entity)))
                found += [(names, time.since, time.until) for time in times] or [(names, "", "")]
        return found

    def find_entities(self, name: str) -> tuple[FoundEntity, ...]:
        """Return the entities that bear a name, in any spelling, or have it as id.

        Where none bears just that, those whose Korean names sound alike (Yi Jaemyong).
        """
        key = fold_key(name)
        all_ = [FoundEntity(e, tuple(_names(e))) for e in self.gazetteer.entities.values()]
        found = [
            one
            for one in all_
            if one.entity.id == name or any(fold_key(n.text) == key for n in one.names)
        ]
        if not found and name.isascii() and " " in name:
            from monitor.watch.engine.romanised import sound

            heard = sound(name)
            found = [
                one
                for one in all_
                if not {"KR", "KP"}.isdisjoint(one.entity.sides)
                and any(n.language == "en" and sound(n.text) == heard for n in one.names)
            ]
        return tuple(found)

    def names_like(self, name: str) -> tuple[str, ...]:
        """Return up to five names of the gazetteer that are nearest to one it does not have."""
        shown = {
            fold_key(n.text): n.text for e in self.gazetteer.entities.values() for n in _names(e)
        }
        near = get_close_matches(fold_key(name), [key for key in shown if len(key) > 1], 5, 0.6)
        return tuple(shown[key] for key in near)


def _names(entity: Entity) -> Iterator[Name]:
    groups = (
        ("safe", entity.names), ("weak", entity.weak), ("home", entity.home),
        ("surname", entity.short), ("headline", entity.headline),
    )  # fmt: skip
    for strength, names in groups:
        for language, forms in names.items():
            for form in forms:
                yield Name(form, language, strength, entity.seen.get(language, ()))
    for strength, acronyms in (
        ("acronym", entity.acronyms), ("weak acronym", entity.weak_acronyms),
    ):  # fmt: skip
        for form in acronyms:
            yield Name(form, "", strength, ())
