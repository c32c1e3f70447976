"""The index of terms beside a plain list of what was added."""

import random

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
