"""What config.toml may say, and what can hardly be meant: it works, but not as it reads.

Each is told by `monitor check` as a fault would be, with its line and what to do, and keeps nothing
from running.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address

from monitor import url_keys, urls
from monitor.dates import durations, zones
from monitor.errors import Fault
from monitor.settings.tables import Config, FeedTable
from monitor.text import LANGUAGE_OF
from monitor.tomlfile import KeyPath

_OFTEN, _SELDOM = timedelta(minutes=1), timedelta(days=7)


def doubts(config: Config) -> Iterator[Fault]:
    """Yield what deserves a look, in the order of the tables."""
    for index, feed in enumerate(config.feed):
        if feed.enabled:
            for key, what, hint in _of_feed(feed):
                yield config.fault(("feed", index, key), what, hint)
    yield from _twice_the_same_feed(config)
    if meant := LANGUAGE_OF.get(config.monitor.reader_language):
        what = f'"{config.monitor.reader_language}" is a country'
        yield config.fault(("monitor", "reader_language"), what, f'its language is "{meant}"')
    yield from _same_reader(config)
    yield from _same_place(config)
    yield from _urgent(config)


def _of_feed(feed: FeedTable) -> Iterator[tuple[str, str, str]]:
    if feed.every < _OFTEN and not feed.private:
        often = f"asks the server every {durations.spoken(feed.every)}"
        yield (
            "every",
            often,
            'servers shut out who does; the quickest feeds are well served by "2m"',
        )
    if feed.every > _SELDOM:
        seldom = f"is read once in {durations.spoken(feed.every)}"
        yield "every", seldom, "most feeds drop their items sooner"
    if feed.country and not zones.zone_for(feed.country):
        yield "country", f'"{feed.country}" is no country (ISO 3166)', "rules go by it"
    if meant := LANGUAGE_OF.get(feed.language):
        yield "language", f'"{feed.language}" is a country', f'its language is "{meant}"'
    if feed.user_agent and not (feed.user_agent.isascii() and feed.user_agent.isprintable()):
        yield "user_agent", "only printable ASCII is sure to be sent", "leave out the rest"
    if not feed.private and _private(urls.host(feed.url)):
        what = f"{urls.host(feed.url)} is a private address, which is not read"
        yield "url", what, "private = true permits it"


def _private(host: str) -> bool:
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == "localhost"


def _twice_the_same_feed(config: Config) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for index, feed in enumerate(config.feed):
        if not feed.enabled:
            continue
        name = first.setdefault(url_keys.feed_key(feed.url), feed.name)
        if name != feed.name:
            what = f"feed {name} has this url already; its server is asked twice"
            yield config.fault(("feed", index, "url"), what, "keep one of them")


def _targets(config: Config) -> Iterator[tuple[KeyPath, str]]:
    """Yield the place and text of each target of digests, alerts and searches."""
    tables = [("digest", n, one.to) for n, one in enumerate(config.digest)]
    tables += [("alert", n, one.to) for n, one in enumerate(config.alert)]
    tables += [("search", n, one.to) for n, one in enumerate(config.search)]
    for kind, number, to in tables:
        for place, target in enumerate(to):
            yield (kind, number, "to", place), target.target


def _same_reader(config: Config) -> Iterator[Fault]:
    """Yield addresses that differ in nothing but capitals, which hardly any server tells apart."""
    written: dict[str, str] = {}
    for path, target in _targets(config):
        if target.startswith("mailto:"):
            first = written.setdefault(target.casefold(), target)
            if first != target:
                what = f'"{target}" is a reader besides "{first}"'
                yield config.fault(path, what, "write both alike, if it is one")


def _same_place(config: Config) -> Iterator[Fault]:
    """Yield files and sites that two tables write, so that each replaces what the other wrote."""
    places: dict[str, list[KeyPath]] = defaultdict(list)
    for path, target in _targets(config):
        if target.startswith(("file:", "site:")) and "{name}" not in target:
            places[target].append(path)
    for target, (first, *others) in places.items():
        if target.endswith("/"):
            continue  # a folder, in which each makes files of its own
        for path in others:
            if path[:2] != first[:2]:
                what = f'{first[0]}[{int(first[1]) + 1}] writes "{target}" as well'
                yield config.fault(path, what, "each replaces what the other wrote")


def _urgent(config: Config) -> Iterator[Fault]:
    for number, alert in enumerate(config.alert):
        if alert.urgent and not alert.quiet:
            what = "nothing is quiet, so nothing breaks it"
            yield config.fault(("alert", number, "urgent"), what, 'add quiet = "22:00-06:30"')
        for place, rule in enumerate(alert.urgent):
            if alert.rules and rule not in alert.rules:
                what = f'"{rule}" is not among the `rules` of this alert, so it tells nothing of it'
                yield config.fault(("alert", number, "urgent", place), what)
