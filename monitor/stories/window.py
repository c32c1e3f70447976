"""The articles of the last days, and where a new one belongs among them.

`Window.place` decides, `Window.add` remembers; neither looks at a clock. The rules, in order:

1. Articles with the same text (see `likeness`) are one story. Where a new article has the text of
   articles in several stories, the stories are one: the smallest id stays, the others are named in
   `Placement.merges`. So groups of the same text are the connected parts of a symmetric relation,
   and the order of arrival does not matter.
2. Else, the article of the last 36 hours that most likely reports the same event (see `bridges`).
   Here order matters: an article joins the story of its best partner among those that came before
   it, and events never merge two stories. A story takes reports in another language, but only one
   text a language: where it has a text in the new article's language already, and that is not the
   partner, the new one is a report of its own.
3. Else it opens a story of its own, whose id is the article's.

A story's id is the smallest id of its articles; where an article with a smaller id comes late, the
story takes that id and the old one is named in `merges`. `group` replays articles by the time they
were seen, then id, and so gives the same stories whatever order they are handed over in.

Shingles that stand in five stories or more are an outlet's boilerplate and count for nothing;
names, numbers and kinds of event lose weight with the number of stories beyond eight that they
stand in. Both are learned from what came before: the first pages of an outlet are judged without.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.model import Role
from monitor.stories.fingerprint import Signature
from monitor.stories.keys import fact_keys, facts_of, headline_keys, text_keys
from monitor.stories.postings import Postings
from monitor.stories.same_event import SHORT, Facts, flashed, rewritten, translated
from monitor.stories.same_text import Likeness, overlap, same_text

KEEP = timedelta(days=4)  # how long an article can be joined by later copies
BRIDGE = timedelta(hours=36)
_NEWEST = 32  # articles looked at of one shingle
_FOUND = 2  # indexed shingles in common that make two texts worth comparing
_WORTH = 0.1  # and their least share of the smaller number of indexed shingles
_COMMON = 5  # stories that make a shingle boilerplate
_NAMESAKES = 64  # articles looked at of one name, number or kind of event on a day
_PARTNERS = 24  # articles weighed as partners in one event
_RARE = 8  # stories up to which a name, number or kind of event on a day tells its event

Link = tuple[int, Likeness]  # slot of an article, and how the new one is like it


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs.

    `story` is None when nothing like it is known: it opens the story of its own id.
    """

    story: int | None
    role: Role
    sure: float  # 0 to 1; 1 for an article that stands alone
    with_article: int | None
    why: str
    merges: tuple[int, ...] = ()  # stories that are now part of `story`


class Window:
    """The index. Memory: about 3 KB an article (measured with `tests/benchmarks/group_copies.py`).

    Args:
        keep: how long articles are remembered, counted by the time they were seen.
        bridge: how far two reports of one event may lie apart.
    """

    def __init__(self, *, keep: timedelta = KEEP, bridge: timedelta = BRIDGE) -> None:
        self.keep = keep
        self.bridge = bridge
        self._first = 0  # slot of _articles[0]
        self._floor = 0  # the first slot that has not expired
        self._articles: list[Signature | None] = []  # None: signed anew under a later slot
        self._stories: list[int] = []
        self._slots: dict[int, int] = {}  # article id to slot
        self._languages: dict[int, frozenset[str]] = {}  # of a story's articles
        self._merged: dict[int, int] = {}
        self._index = Postings()

    def __len__(self) -> int:
        return len(self._slots)

    def story_of(self, story: int) -> int:
        """The story that `story` is now part of (itself, when it was never merged)."""
        while story in self._merged:
            story = self._merged[story]
        return story

    def place(self, signature: Signature) -> Placement:
        """Say where an article belongs; changes nothing."""
        links, rewrites = self._by_text(signature)
        partners = links or (rewrites + self._by_headline(signature) + self._byfacts_of(signature))
        if not partners:
            return Placement(None, "original", 1.0, None, "nothing like it")
        slot, best = max(partners, key=lambda link: (link[1].sure, -link[0]))
        stories = {self._story_at(same) for same, _ in links} or {self._story_at(slot)}
        story = min(*stories, signature.id)
        return Placement(
            story=story,
            role=best.role,
            sure=round(best.sure, 2),
            with_article=self._article(slot).id,
            why=best.why,
            merges=tuple(sorted(stories - {story})),
        )

    def add(self, signature: Signature, story: int, merges: Iterable[int] = ()) -> None:
        """Remember an article as part of `story`, and that `merges` are part of it too.

        An article that was added before (its text was read again) is replaced.
        """
        story = self.story_of(story)
        languages = self._languages.get(story, frozenset()) | {signature.language}
        for other in map(self.story_of, merges):
            if other != story:
                self._merged[other] = story
                languages |= self._languages.pop(other, frozenset())
        self._languages[story] = languages
        slot = self._first + len(self._articles)
        earlier = self._slots.pop(signature.id, None)
        if earlier is not None:
            self._articles[earlier - self._first] = None
        self._slots[signature.id] = slot
        self._articles.append(signature)
        self._stories.append(story)
        headline = headline_keys(signature, short=signature.words < SHORT)
        _, texts = text_keys(signature)
        self._index.add((*texts, *headline, *fact_keys(facts_of(signature))), slot)

    def expire(self, before: datetime) -> None:
        """Forget the articles seen before this time (those that came in among newer ones stay)."""
        end = self._first + len(self._articles)
        while self._floor < end:
            article = self._articles[self._floor - self._first]
            if article is not None:
                if article.seen >= before:
                    break
                del self._slots[article.id]
            self._floor += 1
        self._index.expire(self._floor)
        if 2 * (self._floor - self._first) > len(self._articles):
            self._drop_expired()

    def _drop_expired(self) -> None:
        gone = self._floor - self._first
        del self._articles[:gone], self._stories[:gone]
        self._first = self._floor
        live = set(self._stories)
        kept = {self.story_of(story) for story in live}
        self._languages = {s: languages for s, languages in self._languages.items() if s in kept}
        self._merged = {story: self.story_of(story) for story in live if story in self._merged}

    def _story_at(self, slot: int) -> int:
        return self.story_of(self._stories[slot - self._first])

    def _stories_at(self, slots: Iterable[int]) -> set[int]:
        first, stories = self._first, self._stories
        found = {stories[slot - first] for slot in slots}
        return found if found.isdisjoint(self._merged) else set(map(self.story_of, found))

    def _article(self, slot: int) -> Signature:
        article = self._articles[slot - self._first]
        assert article is not None  # every search leaves replaced articles out
        return article

    def _by_text(self, signature: Signature) -> tuple[list[Link], list[Link]]:
        """One article of every story with the same text, and the articles that rewrite it."""
        counts: dict[int, int] = {}
        common: set[int] = set()
        level, keys = text_keys(signature)
        for key, slots in self._index.find(keys, _NEWEST):
            if len(slots) >= _COMMON and len(self._stories_at(slots)) >= _COMMON:
                common.add(key)
                continue
            for slot in slots:
                counts[slot] = counts.get(slot, 0) + 1
        found: dict[int, Link] = {}
        rewrites: list[Link] = []
        boilerplate = frozenset(common)
        for slot in self._ranked(signature, counts, at_least=_FOUND):
            story = self._story_at(slot)
            if story in found:
                continue
            old = self._article(slot)
            size = min(len(keys), len(old.samples) // 4 >> max(0, level - old.level))
            if counts[slot] < _WORTH * (size - len(common)):
                continue
            # Boilerplate is known only among the indexed shingles: where there is some, the others
            # are left out of the comparison too.
            measured = overlap(signature, old, level if boilerplate else 0, boilerplate)
            likeness = same_text(signature, old, measured)
            if likeness is not None:
                found[story] = (slot, likeness)
            elif not found and self._near(signature, old) and signature.language == old.language:
                likeness = rewritten(signature, old, measured)
                if likeness is not None:
                    rewrites.append((slot, likeness))
        return list(found.values()), rewrites

    def _by_headline(self, signature: Signature) -> list[Link]:
        """Articles in the same language whose headline is alike, where a text is short."""
        if signature.roundup:
            return []
        keys = headline_keys(signature, short=True)
        pairs = len(keys)
        if signature.words < SHORT:
            keys += headline_keys(signature, short=False)
        counts: dict[int, int] = {}
        for _, slots in self._index.find(keys, _NEWEST):
            for slot in slots:
                counts[slot] = counts.get(slot, 0) + 1
        links: list[Link] = []
        for slot in self._ranked(signature, counts, at_least=min(2, pairs))[:_PARTNERS]:
            old = self._article(slot)
            if signature.language == old.language and self._near(signature, old):
                likeness = flashed(signature, old)
                if likeness is not None:
                    links.append((slot, likeness))
        return links

    def _byfacts_of(self, signature: Signature) -> list[Link]:
        """Reports of the same event in other languages."""
        told = facts_of(signature)
        named = dict(zip(fact_keys(told), told, strict=True))
        counts: dict[int, float] = {}
        rarity: dict[str, float] = {}
        for key, slots in self._index.find(tuple(named), _NAMESAKES):
            weight = 1.0
            if len(slots) > _RARE:
                weight = min(1.0, _RARE / len(self._stories_at(slots)))
                rarity[named[key]] = weight
            for slot in slots:
                counts[slot] = counts.get(slot, 0.0) + weight
        language = signature.language
        foreign = {
            slot: count
            for slot, count in counts.items()
            if (old := self._articles[slot - self._first]) is not None and old.language != language
        }
        facts = Facts(signature, rarity)
        links: list[Link] = []
        weighed = 0
        for slot in self._ranked(signature, foreign, at_least=0.0):
            old = self._article(slot)
            if not self._near(signature, old) or self._has_text_in(language, slot):
                continue
            likeness = translated(facts, old)
            if likeness is not None:
                links.append((slot, likeness))
            weighed += 1
            if weighed == _PARTNERS:
                break
        return links

    def _near(self, new: Signature, old: Signature) -> bool:
        return abs(new.when - old.when) <= self.bridge

    def _has_text_in(self, language: str, slot: int) -> bool:
        return language in self._languages.get(self._story_at(slot), ())

    def _ranked(self, new: Signature, counts: Mapping[int, float], *, at_least: float) -> list[int]:
        """Slots by how much they share, without articles signed anew and the article itself."""
        return sorted(
            (
                slot
                for slot, count in counts.items()
                if count >= at_least
                and (old := self._articles[slot - self._first]) is not None
                and old.id != new.id
            ),
            key=lambda slot: (-counts[slot], slot),
        )


def replay(signatures: Iterable[Signature]) -> dict[int, Placement]:
    """Place articles anew: article id to its placement, with the story it belongs to in the end.

    The articles are replayed by the time they were seen, then id; articles older than the window
    are forgotten on the way, as they are in the daemon. `merges` is empty: it is all done.
    """
    window = Window()
    placements: dict[int, Placement] = {}
    stories: dict[int, int] = {}
    merged: dict[int, int] = {}  # the window forgets merges with the articles they were of
    for signature in sorted(signatures, key=lambda one: (one.seen, one.id)):
        window.expire(signature.seen - window.keep)
        placement = window.place(signature)
        story = signature.id if placement.story is None else placement.story
        window.add(signature, story, placement.merges)
        merged |= dict.fromkeys(placement.merges, story)
        placements[signature.id], stories[signature.id] = placement, story
    for article, story in stories.items():
        while story in merged:
            story = merged[story]
        placements[article] = replace(placements[article], story=story, merges=())
    return placements


def group(signatures: Iterable[Signature]) -> dict[int, int]:
    """Group articles into stories: article id to story id, as `replay` places them."""
    return {
        article: article if placement.story is None else placement.story
        for article, placement in replay(signatures).items()
    }
