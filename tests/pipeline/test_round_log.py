"""What a daemon's round tells of feeds that were read more than once in it."""

from datetime import UTC, datetime

from monitor.pipeline import Reading, RoundLog


def test_a_feed_that_is_read_twice_in_a_round_is_one_feed() -> None:
    """A round counts feeds as they stand at its end, and every new entry."""
    log = RoundLog(datetime(2026, 11, 30, tzinfo=UTC))
    log.readings += [
        Reading("wire", 200, new=2),
        Reading("paper", 503, error="HTTP 503"),
        Reading("wire", 304, unchanged=True),
        Reading("paper", 200, new=1),
        Reading("radio", 404, error="HTTP 404"),
    ]
    told = log.report()
    assert (told.feeds, told.answered, told.unchanged, told.new) == (3, 2, 1, 3)
    assert told.failed == {"radio": "HTTP 404"}


def test_one_feed_that_is_away_twice_is_no_missing_network() -> None:
    """The network is away where several feeds are; what nobody was asked for says nothing of it."""
    log = RoundLog(datetime(2026, 11, 30, tzinfo=UTC))
    log.readings += [
        Reading("own", 0, None, error="10.0.0.7 is a private address"),
        Reading("wire", 0, False, error="no answer"),
        Reading("wire", 0, False, error="no answer"),
    ]
    assert not log.report().offline
    log.readings.append(Reading("paper", 0, False, error="no answer"))
    told = log.report()
    assert (told.offline, list(told.failed)) == (True, ["wire", "paper", "own"])
