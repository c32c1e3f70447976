"""The state of everything in the text format of Prometheus, by its own client library.

Names follow the conventions: a prefix, base units (seconds, bytes), `_total` on counters, labels
for what can be summed. Counters and histograms are those of the running daemon and begin anew with
it; gauges come from the store, so they are there without a daemon as well. The library is imported
by whoever wants metrics and by nobody else: it takes 45 ms.
See prometheus.io/docs/instrumenting/exposition_formats and /docs/practices/naming.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import accumulate
from typing import get_args

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.histogram import BOUNDS
from monitor.daemon.machine_states import MachineCondition
from monitor.daemon.status import Status
from monitor.model import TroubleKind

_PREFIX = "wire_monitor_"
_COUNTERS = {
    "feeds_read": "Feeds that were read.",
    "feeds_failed": "Feeds that could not be read.",
    "entries_new": "Entries seen for the first time.",
    "pages_read": "Article pages worked on.",
    "flags_raised": "Flags that are new or at a higher level.",
    "alerts_made": "Alerts put into the outbox.",
}
_STORED = ("feeds", "entries", "articles", "flags", "stories")


def text(status: Status) -> str:
    """Return the exposition of what `status.collect` gave."""
    registry = CollectorRegistry()
    registry.register(_Collector(status))
    return generate_latest(registry).decode()


class _Collector(Collector):
    def __init__(self, status: Status) -> None:
        self._status = status

    def collect(self) -> Iterator[Metric]:
        status = self._status
        running, paused = status.running is not None, bool(status.daemon and status.daemon.paused)
        yield _gauge("up", "1 when the daemon runs.", running)
        yield _gauge("paused", "1 while nothing can be stored.", paused)
        if status.daemon:
            yield from _of_daemon(status.daemon)
        if status.last_round:
            ended = status.last_round.ended.timestamp()
            yield _gauge("last_round_timestamp_seconds", "When feeds were last read.", ended)
        yield from _of_feeds(status)
        yield from _of_store(status)
        yield from _of_digests(status)
        yield from _of_machines(status)
        waiting = len(status.needs_attention)
        yield _gauge("needs_attention", "Things that wait for a person.", waiting)
        if status.daemon:
            yield from _counted(status.daemon)


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(_PREFIX + name, help_, value=float(value))


def _gauges(name: str, help_: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(_PREFIX + name, help_, labels=[label])
    for which, value in values.items():
        family.add_metric([which], float(value))
    return family


def _of_daemon(about: Bulletin) -> Iterable[Metric]:
    info = GaugeMetricFamily(
        _PREFIX + "build_info", "What runs here.", labels=["version", "machine", "vantage", "desk"]
    )
    info.add_metric([about.version, about.machine, about.vantage, about.desk], 1.0)
    yield info
    started, loaded = (datetime.fromisoformat(when) for when in (about.started, about.loaded))
    yield _gauge("start_time_seconds", "When the daemon started.", started.timestamp())
    yield _gauge(
        "config_last_reload_success_timestamp_seconds",
        "When the configuration in force was read.",
        loaded.timestamp(),
    )
    yield _gauge(
        "config_last_reload_successful",
        "1 unless the last reload failed.",
        not about.reload_error,
    )


def _of_feeds(status: Status) -> Iterable[Metric]:
    troubled = Counter(trouble.kind for trouble in status.feeds.troubled)
    yield _gauge("feeds", "Feeds that are configured.", status.feeds.configured)
    yield _gauges(
        "feeds_troubled",
        "Feeds a reader cannot count on, by what is wrong.",
        "kind",
        {kind: troubled[kind] for kind in get_args(TroubleKind)},
    )


def _of_store(status: Status) -> Iterable[Metric]:
    waiting, store = status.outbox, status.store
    yield _gauge("pages_waiting", "Articles whose page was not read yet.", status.pages_waiting)
    yield _gauges(
        "outbox_messages",
        "Messages not sent yet, by state.",
        "state",
        {"queued": waiting.queued, "parked": waiting.parked},
    )
    if store.bytes is not None:
        yield _gauge("store_size_bytes", "Size of the database.", store.bytes)
    sizes = {what: getattr(store.sizes, what) for what in _STORED}
    yield _gauges("stored", "What the store holds.", "what", sizes)


def _of_machines(status: Status) -> Iterable[Metric]:
    found = Counter(one.condition for one in status.machines)
    yield _gauges(
        "machines",
        "Machines that share the database, by how it stands with them.",
        "condition",
        {condition: found[condition] for condition in get_args(MachineCondition)},
    )
    alive = [one for one in status.machines if one.condition == "alive"]
    yield _gauges(
        "machine_hosts", "Hosts that a machine asks.", "machine", {m.name: m.hosts for m in alive}
    )


def _of_digests(status: Status) -> Iterable[Metric]:
    for title, times in (("last", status.digests), ("next", status.next_digests)):
        values = {name: when.timestamp() for name, when in times.items() if when}
        if values:
            name, help_ = f"digest_{title}_timestamp_seconds", f"The {title} digest of a name."
            yield _gauges(name, help_, "digest", values)


def _counted(about: Bulletin) -> Iterable[Metric]:
    for name, help_ in _COUNTERS.items():
        yield CounterMetricFamily(_PREFIX + name, help_, value=about.counters.get(name, 0))
    for what, seen in about.seconds.items():
        bounds = [*map(str, BOUNDS), "+Inf"]
        yield HistogramMetricFamily(
            f"{_PREFIX}{what}_seconds",
            f"How long one {what} took, waiting included.",
            buckets=list(zip(bounds, accumulate(seen["counts"]), strict=True)),
            sum_value=seen["total"],
        )
