"""The articles of the last days, and the stories they are put together in.

`Window.file` takes an article in and says where it belongs; it never looks at a clock. In turn:

1. Articles with the same text are one text (see `same_text`). Where a new article has the text of
   articles in several, they become one.
2. Texts in one language that report one event are a group. A newcomer's neighbourhood (all texts
   that it is linked with, directly or through others, by pairs more likely one event than not) is
   grouped anew by average link (see `same_event`, `clusters`): a newcomer is held against whole
   groups, and may bring two together or part one.
3. Groups in different languages that report one event are a story, one group of a language at most;
   each is linked with its best partner where it is that partner's best too (see `across`).
4. What a person decided goes before all of that: articles joined by hand are in one story, an
   article parted by hand is in none but those it was joined to.

So the stories depend on which articles there are, and hardly on the order in which they came (a
neighbourhood of more than `_NEIGHBOURHOOD` texts is no longer grouped anew: a newcomer joins its
best group there). A story's id is that of its first article.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import exp
from typing import Literal

from msgspec import Struct, field

from monitor.model import Role
from monitor.stories import across
from monitor.stories.grounds import explain
from monitor.stories.grouping import Grouping
from monitor.stories.index import Index
from monitor.stories.lexicon import reaction_kinds
from monitor.stories.nodes import Text
from monitor.stories.same_event import is_full
from monitor.stories.same_text import (
    Likeness,
    is_short,
    is_take,
    overlap,
    same_headline,
    same_text,
    title_likeness,
)
from monitor.stories.signature import Signature

Step = Literal["earlier", "reaction", "later"]

KEEP = timedelta(days=4)  # how long an article can be joined by later copies
NEAR = timedelta(hours=36)
_ONE_OF_EACH = 8  # texts of a stored story that another of its articles is compared with


class Placement(Struct, frozen=True):
    """Where an article belongs."""

    story: int  # its own id, where it opens a story
    role: Role
    sure: float  # 0 to 1; 1 for an article that stands alone
    with_article: int | None
    why: str
    moved: dict[int, int] = field(default_factory=dict)  # other articles, and their new stories


class Window:
    """The index.

    Memory: about 4 KB an article and 9 MB (see `tests/benchmarks/window_costs.py`).
    """

    def __init__(self) -> None:
        self._index = Index(NEAR)
        self._texts: dict[int, Text] = {}  # by article id
        self._grouping = Grouping(self._index, self._texts)

    def __len__(self) -> int:
        return len(self._index)

    def story_of(self, article: int) -> int | None:
        """The story that an article is in; None when it is not held."""
        text = self._texts.get(article)
        return None if text is None else text.story

    def file(self, signature: Signature, *, more: bool = False) -> Placement:
        """Take in an article, or one that is held already and was read again.

        `more`: whether others follow at once; what words weigh is looked at with the last of them.
        """
        before = self.story_of(signature.id)
        moved = self._forget(signature.id)
        if signature.id in self._grouping.alone:
            return self._set_apart(signature, moved, before)
        links = self._index.same_text(signature, self._text_at)
        slot = self._index.add(signature)
        text = self._text_with(signature, slot, [self._text_at(other) for other, _ in links])
        page = is_full(signature) and [link.role for _, link in links] == ["copy"]
        if not self._grouping.is_settled(text, signature.id, slot, page=page):
            moved |= self._grouping.settle(text)
        if not more and self._index.rarity.has_new_era():
            moved |= self._grouping.settle_anew()
        moved |= self._left_behind(before)
        if links:
            partner, likeness = max(links, key=lambda link: (link[1].sure, -link[0]))
            other: int | None = partner
        else:
            other, likeness = self._partner(slot, text)
        return Placement(
            story=text.story,
            role=likeness.role,
            sure=round(likeness.sure, 2),
            with_article=None if other is None else self._index[other].id,
            why=likeness.why,
            moved=self._moved(moved, signature.id),
        )

    def _left_behind(self, story: int | None) -> dict[int, int]:
        """Look again at the story that an article was in before its text was read again."""
        return {} if story is None else self._grouping.retell(story)

    def _moved(self, articles: Iterable[int], new: int) -> dict[int, int]:
        """Where some articles are now, without a new one."""
        held = (article for article in articles if article != new and article in self._texts)
        return {article: self._texts[article].story for article in held}

    def add(self, signature: Signature, story: int) -> None:
        """Remember an article as part of a story, as the store has it."""
        self._forget(signature.id)
        slot = self._index.add(signature)
        mates = self._grouping.texts_of(story)
        same = [
            mate
            for mate in mates[:_ONE_OF_EACH]
            if mate.sample and _is_same(signature, self._index[mate.sample[0]])
        ]
        text = self._text_with(signature, slot, same[:1])
        self._grouping.put(text, story)

    def decide(self, article: int, other: int) -> dict[int, int]:
        """Heed a person: have two articles in one story, or one apart from all (`other` 0).

        Returns articles with their new stories; nothing, where it was heeded before.
        """
        if other:
            return self._grouping.join(article, other)
        if article in self._grouping.alone:
            return {}
        self._grouping.set_alone(article)
        signature = self._held(article)
        if signature is None:
            return {}
        before = self.story_of(article)
        placement = self._set_apart(signature, self._forget(article), before)
        return placement.moved | {article: placement.story}

    def why(self, article: int, other: int) -> list[str]:
        """Say in lines what speaks for and against two articles as one story.

        Nothing, where one of them is not held.
        """
        one, two = self._held(article), self._held(other)
        if one is None or two is None:
            return []
        apart = [n for n in (article, other) if n in self._grouping.alone]
        lines = [f"Article {number} was parted by hand." for number in apart]
        if self._grouping.joined_by_hand(article, other):
            lines.append("They were joined by hand.")
        if self._texts[article] is self._texts[other]:
            return [*lines, "They are one text: " + self._same_text(one, two)]
        return lines + explain(self._index, self._grouping, one, two)

    def _same_text(self, one: Signature, two: Signature) -> str:
        likeness = same_text(one, two, overlap(one, two)) or same_headline(one, two)
        return likeness.why if likeness is not None else "a third article has the text of both"

    def expire(self, before: datetime) -> None:
        """Forget the articles seen before this time."""
        for slot in self._index.expire(before):
            self._grouping.drop(slot)

    def members(self, story: int, most: int = 100) -> list[Signature]:
        """Signatures of a story's articles that are held; of very many, some of each text."""
        texts = self._grouping.texts_of(story)
        if sum(len(text.articles) for text in texts) <= most:
            kept = sorted(article for text in texts for article in text.articles)
        else:
            kept = [text.first for text in texts][:most]
            kept += [self._index[slot].id for text in texts for slot in text.sample][:most]
        return [held for held in map(self._held, dict.fromkeys(kept)) if held is not None]

    def has_copies(self, article: int) -> bool:
        """Whether other articles have the text of one."""
        text = self._texts.get(article)
        return text is not None and len(text.articles) > 1

    def related(self, article: int) -> list[int]:
        """Articles of other stories that this one's follows from, or that follow from it."""
        return self._grouping.related(self._texts[article]) if article in self._texts else []

    def step_beside(self, article: int, other: int) -> Step:
        """What another held article's story is beside the story of this one: by time and kind.

        The time is that of a story's first article, so that no two are each later than the other.
        """
        one, two = self._held(article), self._held(other)
        if one is None or two is None or self._began(two) <= self._began(one):
            return "earlier"
        return "reaction" if reaction_kinds().intersection(two.headline_events) else "later"

    def _began(self, held: Signature) -> tuple[datetime, int]:
        """When the first article of a held article's story came, and its id."""
        story = self.story_of(held.id)
        members = self.members(story) if story is not None else []
        return min((one.when, one.id) for one in (held, *members))

    def _held(self, article: int) -> Signature | None:
        slot = self._index.slot_of(article)
        return None if slot is None else self._index[slot]

    def _forget(self, article: int) -> dict[int, int]:
        slot = self._index.slot_of(article)
        if slot is None:
            return {}
        left = self._grouping.take_out(article, slot)
        self._index.remove(article)
        return {} if left is None else self._grouping.settle(left)

    def _set_apart(
        self, signature: Signature, moved: dict[int, int], before: int | None
    ) -> Placement:
        known = self._texts.get(signature.id)
        if known is not None:
            self._grouping.leave(known)
        text = Text(first=signature.id, language=signature.language, articles=[signature.id])
        self._texts[signature.id] = text
        moved |= self._grouping.settle(text)
        if before is not None:
            moved |= self._grouping.retell(before)
        moved = self._moved(moved, signature.id)
        return Placement(text.story, "original", 1.0, None, "parted by hand", moved)

    def _text_at(self, slot: int) -> Text:
        return self._texts[self._index[slot].id]

    def _text_with(self, signature: Signature, slot: int, same: Iterable[Text]) -> Text:
        """The text that an article belongs to, merged of those that it shows to be the same."""
        texts = list(dict.fromkeys(same))
        if not texts:
            text = Text(first=signature.id, language=signature.language)
        else:
            text = min(texts, key=lambda one: one.first)
            for other in texts:
                if other is not text:
                    self._grouping.absorb(other, text)
        self._texts[signature.id] = text
        self._grouping.groups.enter(signature.id, slot, text)
        return text

    def _partner(self, slot: int, text: Text) -> tuple[int | None, Likeness]:
        """The article that most likely reports the event of a new one, and how it is like it."""
        article = self._index[slot]
        other, total = self._grouping.groups.best_mate(slot)
        if other is not None:
            old = self._index[other]
            take = is_take(article, old, title_likeness(article, old))
            role: Role = "take" if take else "rewrite"
            sure = 0.5 + 0.45 / (1 + exp(-total / 2))
            return other, Likeness(role, sure, f"the same event by its words ({total:+.1f})")
        other, total, grounds = self._grouping.best_translation(text)
        if other is not None:
            sure = 0.5 + 0.45 / (1 + exp(-(total - across.LEAST) / 2))
            why = "same event in another language: " + ", ".join(grounds)
            return other, Likeness("translation", sure, why)
        return None, Likeness("original", 1.0, "nothing like it")


def _is_same(new: Signature, old: Signature) -> bool:
    if same_text(new, old, overlap(new, old)) is not None:
        return True
    return is_short(new) and same_headline(new, old) is not None
