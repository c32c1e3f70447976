"""Of names that overlap, only the longest is read, so that decoys swallow what they hide."""

from bisect import bisect_left
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
    else:  # as in most articles, no name overlaps another: they stand in order
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
    return _without_straddlers(sorted(kept, key=lambda c: c[0]))


def _without_straddlers(kept: list[Candidate]) -> list[Candidate]:
    """Drop what yields and begins or ends inside a name that does not, without lying in it."""
    surely = [(a, b) for a, b, pattern in kept if not _yields(pattern)]
    starts = [a for a, _ in surely]

    def straddles(start: int, end: int) -> bool:
        left = bisect_left(starts, start) - 1  # the last that begins before it
        right = bisect_left(starts, end) - 1  # the last that begins before its end
        return (left >= 0 and start < surely[left][1] < end) or (
            right >= 0 and start < surely[right][0] and end < surely[right][1]
        )

    return [c for c in kept if not straddles(c[0], c[1])]  # the sure ones never do


def _yields(pattern: Pattern) -> bool:
    """A name that is only ever weak hides nothing, nor does a title: they may come to nothing."""
    return not pattern.decoy and (
        not pattern.names
        or all(strength != "safe" for use in pattern.names for _, strength in use.strengths)
    )
