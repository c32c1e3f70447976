"""Which texts are a group, and which groups a story, kept up to date as articles come and go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from monitor.stories import across
from monitor.stories.clusters import average_link
from monitor.stories.index import Index
from monitor.stories.nodes import SAMPLE, Group, Text, lot
from monitor.stories.pairs import UNMEASURED, Pairs
from monitor.stories.partners import agree, links_between
from monitor.stories.rarity import FEW

JOINED = 0.1  # mean of the pairs of two groups above which they are one
RELATED = -3.5  # and above which they are steps of one happening
_NEIGHBOURHOOD = 80  # texts that are grouped anew for one newcomer
_LARGE = 16  # texts of a group that a newcomer to a large neighbourhood is held against
_CANDIDATES = 8  # groups of other languages weighed for one


class Grouping:
    """Groups and stories over the articles of an index."""

    def __init__(self, index: Index, texts: dict[int, Text]) -> None:
        self.alone: set[int] = set()  # articles parted by hand
        self._index = index
        self._texts = texts
        self._pairs = Pairs(index, texts)
        self._stories: dict[int, set[Text]] = {}
        self._carried: set[int] = set()  # articles whose text came into another story
        self._by_hand: dict[int, set[int]] = defaultdict(set)  # articles joined to an article

    # ---- articles and texts

    def enter(self, article: int, slot: int, text: Text) -> None:
        """Make an article part of a text."""
        text.articles.add(article)
        text.first = min(text.first, article)
        self._sample(text, [*text.sample, slot])

    def absorb(self, other: Text, text: Text) -> None:
        """Make one text of two; `other` is no more."""
        for article in other.articles:
            self._texts[article] = text
        if other.story != text.story:
            self._carried |= other.articles
        text.articles |= other.articles
        text.first = min(text.first, other.first)
        self._sample(text, text.sample + other.sample)
        self.leave(other)

    def take_out(self, article: int, slot: int) -> Text | None:
        """Remove an article that is to be filed anew or set apart; returns the text it leaves."""
        text = self._texts.pop(article)
        text.articles.discard(article)
        if slot in text.sample:
            text.sample.remove(slot)
            self._pairs.forget(slot)
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
        self._pairs.forget(slot)
        if text is None:
            return
        text.articles.discard(article)
        if slot in text.sample:
            text.sample.remove(slot)
        if not text.articles:
            self.leave(text)

    def put(self, text: Text, story: int) -> None:
        """Take over from the store that a text is in a story."""
        mates = [mate for mate in self._stories.get(story, ()) if mate.language == text.language]
        self.leave(text)
        text.story = story
        self._stories.setdefault(story, set()).add(text)
        self._regroup([*(m for m in mates if m is not text), text])

    def texts_of(self, story: int) -> list[Text]:
        """The texts of a story, the first first."""
        return sorted(self._stories.get(story, ()), key=lambda text: text.first)

    def leave(self, text: Text) -> None:
        """Let a text be in no group and no story."""
        if text.group is not None:
            rest = [mate for mate in text.group.texts if mate is not text]
            self._dissolve(text.group)
            if rest:
                self._regroup(rest)
        mates = self._stories.get(text.story)
        if mates is not None:
            mates.discard(text)
            if not mates:
                del self._stories[text.story]

    def _sample(self, text: Text, slots: Sequence[int]) -> None:
        kept = sorted(set(slots), key=lambda slot: lot(self._index[slot].id))[:SAMPLE]
        for slot in set(text.sample).difference(kept):
            self._pairs.forget(slot)
        text.sample = kept

    def _regroup(self, texts: Sequence[Text]) -> Group:
        for group in {text.group for text in texts if text.group is not None}:
            self._dissolve(group)
        made = Group(tuple(texts), texts[0].language)
        for text in texts:
            text.group = made
        return made

    def _dissolve(self, group: Group) -> None:
        for partner in group.partners:
            partner.partners.pop(group, None)
        for text in group.texts:
            text.group = None

    def _text_at(self, slot: int) -> Text:
        return self._texts[self._index[slot].id]

    # ---- groups

    def settle_anew(self) -> dict[int, int]:
        """Measure everything anew, since words weigh otherwise than they did.

        While few articles are held, they are grouped anew too; later, when touched.
        """
        self._pairs.clear()
        self._index.forget_weights()
        moved: dict[int, int] = {}
        if len(self._index) > FEW:
            return moved
        texts = dict.fromkeys(self._texts.values())
        for group in {text.group for text in texts if text.group is not None}:
            group.searched = False
            group.partners.clear()
        while texts:
            text = next(iter(texts))
            around = self._neighbourhood(text)
            moved |= self.settle(text)
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

    def settle(self, text: Text) -> dict[int, int]:
        """Group the neighbourhood of a text anew; returns articles with their new stories."""
        before = {mate: mate.story for mate in self._stories.get(text.story, ())}
        texts = self._neighbourhood(text)
        if len(texts) > _NEIGHBOURHOOD:
            made = [self._join_best(text)]
        else:
            made = self._cluster(texts, text)
        return self._tell(made, before)

    def _neighbourhood(self, text: Text) -> list[Text]:
        """Texts linked with a text, directly or through others, with all of their groups."""
        found = dict.fromkeys([text])
        queue = [text]
        while queue and len(found) <= _NEIGHBOURHOOD:
            here = queue.pop()
            near = list(here.group.texts) if here.group is not None else []
            for mate, total in self._pairs.linked(here).items():
                if total > JOINED * len(here.sample) * len(mate.sample) or any(
                    score > JOINED
                    for slot in here.sample
                    for other, score in self._pairs.known(slot).items()
                    if other in mate.sample
                ):
                    near.append(mate)
            for mate in near:
                if mate not in found:
                    found[mate] = None
                    queue.append(mate)
        return list(found)

    def _cluster(self, texts: Sequence[Text], changed: Text) -> list[Group]:
        """Group some texts by average link; returns the groups that are new or have changed."""
        order = sorted(texts, key=lambda text: text.first)
        numbers = {text: number for number, text in enumerate(order)}
        self._pairs.measure_all(order)
        sums: dict[tuple[int, int], float] = {}
        for number, text in enumerate(order):
            if text.sample:
                for mate, total in self._pairs.linked(text).items():
                    if (other := numbers.get(mate, -1)) > number:
                        sums[number, other] = total
        sizes = [max(1, len(text.sample)) for text in order]
        made = []
        for members in average_link(sizes, sums, JOINED, UNMEASURED):
            mates = [order[number] for number in members]
            old = mates[0].group
            if old is None or changed in mates or set(old.texts) != set(mates):
                made.append(mates)
        return [self._regroup(mates) for mates in made]

    def _join_best(self, text: Text) -> Group:
        """Put a text into its best group as a whole; nothing else moves."""
        sums: dict[Group, float] = defaultdict(float)
        for mate, total in self._pairs.linked(text).items():
            if mate.group is not None and mate.group is not text.group:
                sums[mate.group] += total / (len(text.sample) * len(mate.sample)) - UNMEASURED
        best, mean = None, JOINED
        for group, total in sums.items():
            average = UNMEASURED + total / min(len(group.texts), _LARGE)
            if average > mean:
                best, mean = group, average
        if best is None:
            return text.group if text.group is not None else self._regroup([text])
        return self._regroup([*(mate for mate in best.texts if mate is not text), text])

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
        touched = {group for group in made if group.texts[0].group is group}
        touched |= {text.group for text in before if text.group is not None}
        for group in list(touched):
            touched |= group.partners.keys()
            touched |= self._find_partners(group).keys()
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
        groups = {text.group for text in self._stories.get(story, ()) if text.group is not None}
        return self._tell(list(groups), {}) if groups else {}

    def _around(self, touched: Iterable[Group]) -> set[Group]:
        """Some groups, their story mates and the partners they are linked with."""
        found: set[Group] = set()
        queue = list(touched)
        while queue:
            while queue:
                group = queue.pop()
                if group in found:
                    continue
                found.add(group)
                for text in group.texts:
                    mates = self._stories.get(text.story, ())
                    queue += [mate.group for mate in mates if mate.group is not None]
                queue += [partner for partner, _ in links_between([group])]
            queue = [mate for mate in self._joined_to(found) if mate not in found]
        return found

    def _joined_to(self, groups: set[Group]) -> dict[Group, Group]:
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

    def _stories_of(self, groups: set[Group]) -> list[list[Group]]:
        """Put groups into stories: by their links, the surest first, then by hand."""
        home = {group: [group] for group in groups}
        links = sorted(
            (
                (-score, min(one.first, other.first), max(one.first, other.first), one, other)
                for one in groups
                for other, score in links_between([one])
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

    def _move(self, text: Text, story: int) -> None:
        mates = self._stories.get(text.story)
        if mates is not None:
            mates.discard(text)
            if not mates:
                del self._stories[text.story]
        text.story = story
        self._stories.setdefault(story, set()).add(text)

    # ---- partners in other languages

    def _pool(self, group: Group) -> across.Pool:
        if group.pool is None:
            slots = [slot for text in group.texts for slot in text.sample][: 4 * SAMPLE]
            group.pool = across.pool([self._index[slot] for slot in slots])
        return group.pool

    def _find_partners(self, group: Group) -> dict[Group, float]:
        """Weigh the groups of other languages that name like facts."""
        if group.searched or not any(text.sample for text in group.texts):
            return group.partners
        group.searched = True
        heard: dict[Group, float] = defaultdict(float)
        for text in group.texts[:_LARGE]:
            for slot in text.sample[:2]:
                if self._index[slot].roundup:
                    continue
                for other, weight in self._index.foreign(self._index[slot]).items():
                    mate = self._text_at(other)
                    if mate.group is not None and not self._index[other].roundup:
                        heard[mate.group] = max(heard[mate.group], weight)
        best = sorted(heard, key=lambda mate: (-heard[mate], mate.first))[:_CANDIDATES]
        for partner in best:
            if partner.language == group.language or not any(text.sample for text in partner.texts):
                continue
            measures = across.measure(self._pool(group), self._pool(partner), self._index.rarity)
            total = across.score(measures)
            if total > across.LEAST - across.MARGIN:
                group.partners[partner] = partner.partners[group] = total
        return group.partners

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
        return None if group is None else self._pool(group)

    def mean_of(self, article: int, other: int) -> float:
        """The mean score between the groups of two articles of one language."""
        groups = [self._texts[one].group for one in (article, other)]
        sums = pairs = 0.0
        for text in groups[0].texts if groups[0] is not None else ():
            linked = self._pairs.linked(text)
            for mate in groups[1].texts if groups[1] is not None else ():
                if mate is not text:
                    size = len(text.sample) * len(mate.sample)
                    sums, pairs = sums + linked.get(mate, UNMEASURED * size), pairs + size
        return sums / pairs if pairs else UNMEASURED

    def best_mate(self, slot: int) -> tuple[int | None, float]:
        """The article of the same group that an article is most alike, and the score."""
        text = self._text_at(slot)
        found = [
            (total, -other)
            for other, total in self._pairs.known(slot).items()
            if self._text_at(other).group is text.group
        ]
        return (-max(found)[1], max(found)[0]) if found else (None, 0.0)

    def best_translation(self, text: Text) -> tuple[int | None, float, list[str]]:
        """An article of the story in another language, the score, and what they have in common."""
        if text.group is None:
            return None, 0.0, []
        for mate, total in sorted(text.group.partners.items(), key=lambda item: -item[1]):
            if mate.texts[0].story == text.story:
                slot = next((s for t in mate.texts for s in t.sample), None)
                return slot, total, across.grounds(self._pool(text.group), self._pool(mate))
        return None, 0.0, []

    def related(self, text: Text) -> list[int]:
        """The first articles of other stories that tell of steps of the same happening."""
        if text.group is None:
            return []
        sums: dict[Group, float] = defaultdict(float)
        for mate in text.group.texts:
            for other, total in self._pairs.linked(mate).items():
                if other.group is not None and other.group is not text.group:
                    pairs = len(mate.sample) * len(other.sample)
                    sums[other.group] += total / pairs - UNMEASURED
        found = {}
        for group, total in sums.items():
            mean = UNMEASURED + total / (len(group.texts) * len(text.group.texts))
            if mean > RELATED and group.texts[0].story != text.story:
                found[group.first] = mean
        return sorted(found, key=lambda first: -found[first])
