"""What to read, arranged and put into shape; nothing here sends anything.

`compose` turns the stories of a window into one `monitor.model.Digest`, `compose_alert` the urgent
ones into an `Alert`; every renderer reads only that. `edition` makes either ready to be delivered.
`decide` says when a digest is due and which window it covers.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.digest.alerts import (
        Alert,
        alert_html,
        alert_json,
        alert_line,
        alert_subject,
        alert_text,
        compose_alert,
        lay_out_alert,
        parse_hours,
        quiet,
    )
    from monitor.digest.atom import to_atom
    from monitor.digest.card import in_language
    from monitor.digest.composition import compose, late_note
    from monitor.digest.data import to_json
    from monitor.digest.editions import edition
    from monitor.digest.html import to_html
    from monitor.digest.markdown import to_markdown
    from monitor.digest.page import Page, index_only, lay_out
    from monitor.digest.picture import to_svg
    from monitor.digest.plain import to_text
    from monitor.digest.schedule import (
        Run,
        cron_fields,
        decide,
        due_times,
        next_due,
        parse_clock,
        parse_days,
    )
    from monitor.digest.terminal import to_terminal
    from monitor.digest.told import since_told
else:
    __getattr__ = on_demand(
        __name__,
        {
            "alerts": (
                "Alert",
                "alert_html",
                "alert_json",
                "alert_line",
                "alert_subject",
                "alert_text",
                "compose_alert",
                "lay_out_alert",
                "parse_hours",
                "quiet",
            ),
            "atom": ("to_atom",),
            "card": ("in_language",),
            "composition": (
                "compose",
                "late_note",
            ),
            "data": ("to_json",),
            "editions": ("edition",),
            "html": ("to_html",),
            "markdown": ("to_markdown",),
            "page": (
                "Page",
                "index_only",
                "lay_out",
            ),
            "picture": ("to_svg",),
            "plain": ("to_text",),
            "schedule": (
                "Run",
                "cron_fields",
                "decide",
                "due_times",
                "next_due",
                "parse_clock",
                "parse_days",
            ),
            "told": ("since_told",),
            "terminal": ("to_terminal",),
        },
    )

__all__ = [
    "Alert",
    "Page",
    "Run",
    "alert_html",
    "alert_json",
    "alert_line",
    "alert_subject",
    "alert_text",
    "compose",
    "compose_alert",
    "cron_fields",
    "decide",
    "due_times",
    "edition",
    "in_language",
    "index_only",
    "late_note",
    "lay_out",
    "lay_out_alert",
    "next_due",
    "parse_clock",
    "parse_days",
    "parse_hours",
    "quiet",
    "since_told",
    "to_atom",
    "to_html",
    "to_json",
    "to_markdown",
    "to_svg",
    "to_terminal",
    "to_text",
]
