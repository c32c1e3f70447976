"""Of names that overlap, only the longest is read, so that decoys swallow what they hide."""

from collections.abc import Iterable, Iterator, Sequence

from monitor.watch.engine.patterns import Pattern

Candidate = tuple[int, int, Pattern]


def longest(candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """Keep the longest of overlapping candidates; of one length, the first."""
    reach = -1
    for start, end, _ in candidates:
        if start < reach:
            break
        reach = end
    else:  # as in most stories, no name overlaps another: they stand in order
        return candidates
    return _longest_of_each(sorted(candidates, key=lambda c: (c[0], -c[1])))


def _longest_of_each(ordered: Sequence[Candidate]) -> Iterator[Candidate]:
    cluster: list[Candidate] = []
    reach = -1
    for candidate in ordered:
        if candidate[0] >= reach and cluster:
            yield from _longest_of(cluster)
            cluster = []
        cluster.append(candidate)
        reach = max(reach, candidate[1])
    if cluster:
        yield from _longest_of(cluster)


def _longest_of(cluster: list[Candidate]) -> list[Candidate]:
    if len(cluster) == 1:
        return cluster
    first = cluster[0][0]
    taken = bytearray(max(end for _, end, _ in cluster) - first)
    kept: list[Candidate] = []
    for candidate in sorted(cluster, key=lambda c: (c[0] - c[1], c[0])):
        start, end, pattern = candidate
        if not any(taken[start - first : end - first]):
            kept.append(candidate)
            if not _yields(pattern):
                taken[start - first : end - first] = b"\x01" * (end - start)
    surely = [c for c in kept if not _yields(c[2])]
    kept = [c for c in kept if c in surely or not any(_straddle(c, other) for other in surely)]
    return sorted(kept, key=lambda c: c[0])


def _straddle(one: Candidate, other: Candidate) -> bool:
    """Does one begin or end inside the other without lying in it or around it?"""
    (a, b, _), (c, d, _) = one, other
    return a < d and c < b and not (a <= c and d <= b) and not (c <= a and b <= d)


def _yields(pattern: Pattern) -> bool:
    """A name that is only ever weak hides nothing, nor does a title: they may come to nothing."""
    return not pattern.decoy and (
        not pattern.names
        or all(strength != "safe" for use in pattern.names for _, strength in use.strengths)
    )
