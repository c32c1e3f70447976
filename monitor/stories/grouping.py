"""Which groups are a story, kept up to date as articles come and go.

A story is the groups that are linked, one of a language at most, and what a person joined; what is
a group is decided in `groups`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from monitor.stories import across
from monitor.stories.groups import Groups
from monitor.stories.index import Index
from monitor.stories.nodes import Group, Text
from monitor.stories.partners import Partners, agree
from monitor.stories.rarity import FEW


class Grouping:
    """Groups and stories over the articles of an index."""

    def __init__(self, index: Index, texts: dict[int, Text]) -> None:
        self.alone: set[int] = set()  # articles parted by hand
        self._index = index
        self._texts = texts
        self.groups = Groups(index, texts)
        self._partners = Partners(index, texts, self.groups)
        self._stories: dict[int, list[Text]] = {}
        self._carried: set[int] = set()  # articles whose text came into another story
        self._by_hand: dict[int, set[int]] = defaultdict(set)  # articles joined to an article

    # ---- articles and texts

    def absorb(self, other: Text, text: Text) -> None:
        """Make one text of two; `other` is no more."""
        for article in other.articles:
            self._texts[article] = text
        if other.story != text.story:
            self._carried.update(other.articles)
        text.articles += other.articles
        text.first = min(text.first, other.first)
        self.groups.sample(text, text.sample + other.sample)
        self.leave(other)

    def take_out(self, article: int, slot: int) -> Text | None:
        """Remove an article that is to be filed anew or set apart; returns the text it leaves."""
        text = self._texts.pop(article)
        self.groups.forget(article, slot, text)
        if not text.articles:
            self.leave(text)
            return None
        if text.first == article:
            text.first = min(text.articles)
        return text

    def drop(self, slot: int) -> None:
        """Forget an article that expired; what it brought together stays together."""
        article = self._index.expired_id(slot)
        text = self._texts.pop(article, None)
        if text is not None:
            self.groups.forget(article, slot, text)
            if not text.articles:
                self.leave(text)

    def put(self, text: Text, story: int) -> None:
        """Take over from the store that a text is in a story."""
        mates = [mate for mate in self._stories.get(story, ()) if mate.language == text.language]
        self.leave(text)
        text.story = story
        self._stories.setdefault(story, []).append(text)
        self.groups.regroup([*(m for m in mates if m is not text), text])

    def texts_of(self, story: int) -> list[Text]:
        """The texts of a story, the first first."""
        return sorted(self._stories.get(story, ()), key=lambda text: text.first)

    def leave(self, text: Text) -> None:
        """Let a text be in no group and no story."""
        self.groups.leave(text)
        self._leave_story(text)

    def settle_anew(self) -> dict[int, int]:
        """Measure everything anew, since words weigh otherwise than they did.

        While few articles are held, they are grouped anew too; later, when touched.
        """
        self.groups.weigh_anew()
        moved: dict[int, int] = {}
        if len(self._index) > FEW:
            return moved
        texts = dict.fromkeys(self._texts.values())
        for group in {text.group for text in texts if text.group is not None}:
            group.searched = False
            group.partners.clear()
        while texts:
            text = next(iter(texts))
            around = self.groups.neighbourhood(text)
            moved |= self.settle(text, measured=True)
            for mate in (text, *around):
                texts.pop(mate, None)
        return moved

    def is_settled(self, text: Text, article: int, slot: int, *, page: bool = False) -> bool:
        """Whether an article that a text was given changes nothing: one more copy of many.

        `page`: whether it is a whole page that is a copy of this one text. It says what the text
        says, so it is held against others only when the text is next looked at.
        """
        return (
            text.group is not None
            and (page or slot not in text.sample)
            and text.first < article
            and not self._carried
        )

    def settle(self, text: Text, *, measured: bool = False) -> dict[int, int]:
        """Group the neighbourhood of a text anew; returns articles with their new stories."""
        before = {mate: mate.story for mate in self._stories.get(text.story, ())}
        return self._tell(self.groups.settle(text, measured=measured), before)

    # ---- stories

    def join(self, article: int, other: int) -> dict[int, int]:
        """Have two articles in one story."""
        if other in self._by_hand[article]:
            return {}
        self.alone.discard(article)
        self.alone.discard(other)
        self._by_hand[article].add(other)
        self._by_hand[other].add(article)
        text = self._texts.get(article)
        if text is None or other not in self._texts or text.group is None:
            return {}
        return self._tell([text.group], {})

    def _tell(self, made: Sequence[Group], before: dict[Text, int]) -> dict[int, int]:
        """Put changed groups into stories; returns articles with their new stories."""
        # A dict for a set of groups, here and below: what is weighed first weighs by older counts,
        # and a set would give another order in every process.
        touched = dict.fromkeys(group for group in made if group.texts[0].group is group)
        touched |= dict.fromkeys(text.group for text in before if text.group is not None)
        for group in list(touched):
            touched |= dict.fromkeys(group.partners)
            touched |= dict.fromkeys(self._partners.find(group))
        around = self._around(touched)
        moved: dict[int, int] = {}
        taken: set[int] = set()
        for groups in sorted(self._stories_of(around), key=lambda some: min(g.first for g in some)):
            story = self._story_id(groups, taken)
            taken.add(story)
            for text in (text for group in groups for text in group.texts):
                if text.story != story:
                    self._move(text, story)
                    moved |= dict.fromkeys(text.articles, story)
        for article in self._carried & self._texts.keys():
            moved[article] = self._texts[article].story
        self._carried.clear()
        return moved

    def retell(self, story: int) -> dict[int, int]:
        """Look at a story again that an article has left; returns articles with new stories."""
        groups = [text.group for text in self._stories.get(story, ()) if text.group is not None]
        return self._tell(groups, {}) if groups else {}

    def _around(self, touched: Iterable[Group]) -> dict[Group, None]:
        """Some groups, their story mates and the partners they are linked with."""
        found: dict[Group, None] = {}
        stories: set[int] = set()  # whose groups were found
        queue = list(touched)
        while queue:
            while queue:
                group = queue.pop()
                if group in found:
                    continue
                found[group] = None
                for story in {text.story for text in group.texts} - stories:
                    stories.add(story)
                    mates = dict.fromkeys(mate.group for mate in self._stories.get(story, ()))
                    queue += [mate for mate in mates if mate is not None]
                queue += [partner for partner, _ in self._partners.links_between([group])]
            queue = [mate for mate in self._joined_to(found) if mate not in found]
        return found

    def _joined_to(self, groups: Collection[Group]) -> dict[Group, Group]:
        """Groups joined by hand to some groups, each with one of them that it was joined to."""
        joined = {}
        for article, others in self._by_hand.items():
            text = self._texts.get(article)
            if text is None or text.group is None or text.group not in groups:
                continue
            for other in others:
                mate = self._texts.get(other)
                if mate is not None and mate.group is not None:
                    joined[mate.group] = text.group
        return joined

    def _stories_of(self, groups: Collection[Group]) -> list[list[Group]]:
        """Put groups into stories: by their links, the surest first, then by hand."""
        if len(groups) == 1:  # most newcomers are nothing like what is there
            return [list(groups)]
        home = {group: [group] for group in groups}
        links = sorted(
            (
                (-score, min(one.first, other.first), max(one.first, other.first), one, other)
                for one in groups
                for other, score in self._partners.links_between([one])
                if other in groups
            ),
            key=lambda link: link[:3],
        )
        for _, _, _, one, other in links:
            first, second = home[one], home[other]
            if first is second or {g.language for g in first} & {g.language for g in second}:
                continue
            if agree(first, second):
                self._unite(home, first, second)
        for mate, group in self._joined_to(groups).items():
            if home[mate] is not home[group]:
                self._unite(home, home[group], home[mate])
        return list({id(some): some for some in home.values()}.values())

    @staticmethod
    def _unite(home: dict[Group, list[Group]], first: list[Group], second: list[Group]) -> None:
        first.extend(second)
        for group in second:
            home[group] = first

    def _story_id(self, groups: Sequence[Group], taken: set[int]) -> int:
        """The id of a story: its first article's, or that of one since forgotten that it had."""
        texts = [text for group in groups for text in group.texts]
        kept = {
            text.story
            for text in texts
            if text.story >= 0
            and text.story not in taken
            and (text.story not in self._texts or self._texts[text.story] in texts)
        }
        return min({text.first for text in texts} | kept)

    def _leave_story(self, text: Text) -> None:
        mates = self._stories.get(text.story, [])
        if text in mates:
            mates.remove(text)
            if not mates:
                del self._stories[text.story]

    def _move(self, text: Text, story: int) -> None:
        self._leave_story(text)
        text.story = story
        self._stories.setdefault(story, []).append(text)

    # ---- what to say of it

    def set_alone(self, article: int) -> None:
        """Have an article in a story of its own, whatever it was joined to."""
        self.alone.add(article)
        for other in self._by_hand.pop(article, ()):
            self._by_hand[other].discard(article)

    def joined_by_hand(self, article: int, other: int) -> bool:
        """Whether a person joined two articles."""
        return other in self._by_hand.get(article, ())

    def pool_of(self, article: int) -> across.Pool | None:
        """What the group of an article names; None where it is in none."""
        group = self._texts[article].group
        return None if group is None else self._partners.pool(group)

    def best_translation(self, text: Text) -> tuple[int | None, float, list[str]]:
        """An article of the story in another language, the score, and what they have in common."""
        if text.group is None:
            return None, 0.0, []
        for mate, total in sorted(text.group.partners.items(), key=_surest):
            if mate.texts[0].story == text.story:
                slot = next((s for t in mate.texts for s in t.sample), None)
                return (
                    slot,
                    total,
                    across.grounds(self._partners.pool(text.group), self._partners.pool(mate)),
                )
        return None, 0.0, []

    def related(self, text: Text) -> list[int]:
        """The first articles of other stories that tell of steps of the same happening.

        Those in the same language come first.
        """
        if text.group is None:
            return []
        near = [group for group, _ in self.groups.near(text.group)]
        near += self._partners.beside(text.group)
        return [group.first for group in near if group.texts[0].story != text.story]


def _surest(partner: tuple[Group, float]) -> tuple[float, int]:
    return -partner[1], partner[0].first
