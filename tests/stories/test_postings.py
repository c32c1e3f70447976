"""The indexes of keys and of terms beside a plain list of what was added."""

import random

from monitor.stories.postings import Postings
from monitor.stories.term_postings import TermPostings


def test_the_newest_articles_of_a_term_are_found_until_they_expire() -> None:
    """Whatever was added and expired, the newest that are left are found, newest first."""
    chance = random.Random(3)
    postings, added, floor = TermPostings(), list[tuple[int, set[int]]](), 0
    for slot in range(400):
        terms = {min(chance.randrange(1, 60) for _ in range(2)) for _ in range(6)} | {1000 + slot}
        postings.add(terms, slot)
        added.append((slot, terms))
        if chance.random() < 0.1:
            floor = max(floor, slot - chance.randrange(120))
            postings.expire(floor)
        for term in (chance.randrange(1, 60), 1000 + chance.randrange(slot + 1)):
            held = [one for one, some in reversed(added) if term in some and one >= floor]
            for most in (1, 5, 48):
                assert list(postings.newest(term, most)) == held[:most]
    postings.expire(400)
    assert not any(postings.newest(term, 5) for term in (*range(60), *range(1000, 1400)))


def test_the_newest_articles_of_a_key_are_found_until_they_expire() -> None:
    """The same holds for keys, the number 0 and those that are looked up in many articles too."""
    chance = random.Random(4)
    postings, added, floor = Postings(), list[tuple[int, set[int]]](), 0
    for slot in range(400):
        keys = {8 * min(chance.randrange(60) for _ in range(3)) for _ in range(6)} | {5 + 8 * slot}
        postings.add(keys, slot)
        added.append((slot, keys))
        if chance.random() < 0.1:
            floor = max(floor, slot - chance.randrange(120))
            postings.expire(floor)
        wanted = (0, 8 * chance.randrange(60), 5 + 8 * chance.randrange(slot + 1))
        for most in (1, 5, 48):
            held = {
                key: [one for one, some in reversed(added) if key in some and one >= floor][:most]
                for key in wanted
            }
            found = {key: list(slots) for key, slots in postings.find(dict.fromkeys(wanted), most)}
            assert found == {key: slots for key, slots in held.items() if slots}
