"""The state of everything in the text format of Prometheus.

Names follow the conventions: a prefix, base units (seconds, bytes), `_total` on counters, labels
for what can be summed. Counters and histograms are those of the running daemon and begin anew with
it; gauges come from the store, so they are there without a daemon as well.
See prometheus.io/docs/instrumenting/exposition_formats and /docs/practices/naming.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from monitor.daemon.histogram import BOUNDS

_COUNTERS = {
    "feeds_read": "Feeds that were read.",
    "feeds_failed": "Feeds that could not be read.",
    "entries_new": "Entries seen for the first time.",
    "pages_read": "Article pages worked on.",
    "flags_raised": "Flags that are new or at a higher level.",
    "alerts_made": "Alerts put into the outbox.",
}
_TROUBLES = ("failing", "blocked", "silent", "frozen", "gapped", "never read")

Sample = tuple[str, Mapping[str, str], float]  # suffix, labels, value


def text(report: Mapping[str, Any]) -> str:
    """Return the exposition of what `status.collect` gave."""
    about = report["daemon"] or {}
    lines: list[str] = []

    def metric(name: str, kind: str, help_: str, *samples: Sample) -> None:
        lines.extend(_metric(f"wire_monitor_{name}", kind, help_, samples))

    running = report["running"] is not None
    metric("up", "gauge", "1 when the daemon runs.", ("", {}, float(running)))
    metric(
        "paused",
        "gauge",
        "1 while nothing can be stored.",
        ("", {}, float(bool(about.get("paused")))),
    )
    if about:
        metric(
            "build_info", "gauge", "The version that runs.", ("", {"version": about["version"]}, 1)
        )
        metric(
            "start_time_seconds",
            "gauge",
            "When the daemon started.",
            ("", {}, _unix(about["started"])),
        )
        metric(
            "config_last_reload_success_timestamp_seconds",
            "gauge",
            "When the configuration in force was read.",
            ("", {}, _unix(about["loaded"])),
        )
        metric(
            "config_last_reload_successful",
            "gauge",
            "1 unless the last reload failed.",
            ("", {}, float(not about["reload_error"])),
        )
    if last := report["last_round"]:
        metric(
            "last_round_timestamp_seconds",
            "gauge",
            "When feeds were last read.",
            ("", {}, _unix(last["ended"])),
        )
    troubled = [row["kind"] for row in report["feeds"]["troubled"]]
    metric("feeds", "gauge", "Feeds that are configured.", ("", {}, report["feeds"]["configured"]))
    metric(
        "feeds_troubled",
        "gauge",
        "Feeds a reader cannot count on, by what is wrong.",
        *(("", {"kind": kind}, troubled.count(kind)) for kind in _TROUBLES),
    )
    metric(
        "pages_waiting",
        "gauge",
        "Articles whose page was not read yet.",
        ("", {}, report["pages_waiting"]),
    )
    metric(
        "outbox_messages",
        "gauge",
        "Messages not sent yet, by state.",
        *(("", {"state": state}, number) for state, number in report["outbox"].items()),
    )
    store = report["store"]
    if store["bytes"] is not None:
        metric("store_size_bytes", "gauge", "Size of the database.", ("", {}, store["bytes"]))
    metric(
        "stored",
        "gauge",
        "What the store holds.",
        *(
            ("", {"what": what}, store[what])
            for what in ("feeds", "entries", "articles", "flags", "stories")
        ),
    )
    for name, title in (("digests", "last"), ("next_digests", "next")):
        metric(
            f"digest_{title}_timestamp_seconds",
            "gauge",
            f"The {title} digest of a name.",
            *(
                ("", {"digest": digest}, _unix(when))
                for digest, when in report[name].items()
                if when
            ),
        )
    metric(
        "needs_attention",
        "gauge",
        "Things that wait for a person.",
        ("", {}, len(report["needs_attention"])),
    )
    for name, help_ in _COUNTERS.items():
        if about:
            metric(f"{name}_total", "counter", help_, ("", {}, about["counters"].get(name, 0)))
    for what, seen in (about.get("seconds") or {}).items():
        metric(
            f"{what}_seconds",
            "histogram",
            f"How long one {what} took, waiting included.",
            *_histogram(seen["counts"], seen["total"]),
        )
    return "".join(lines)


def _metric(name: str, kind: str, help_: str, samples: Iterable[Sample]) -> list[str]:
    rows = [
        f"{name}{suffix}{_labels(labels)} {_number(value)}\n" for suffix, labels, value in samples
    ]
    return [f"# HELP {name} {help_}\n", f"# TYPE {name} {kind}\n", *rows] if rows else []


def _histogram(counts: list[int], total: float) -> Iterable[Sample]:
    running = 0
    for bound, count in zip((*map(_number, BOUNDS), "+Inf"), counts, strict=True):
        running += count
        yield "_bucket", {"le": bound}, running
    yield "_sum", {}, total
    yield "_count", {}, running


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _unix(when: str) -> float:
    return datetime.fromisoformat(when).timestamp()
