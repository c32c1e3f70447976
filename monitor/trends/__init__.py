"""Trends: how many stories a day, week or month, by rule, outlet, language, entity or search.

`arrange` puts happenings into the steps of a window and holds them beside the window before;
`to_text`, `to_svg`, `to_csv` and `to_json` show the result. A step in which nothing at all was read
is no nought but a gap: nobody looked.
"""

from monitor.trends.arrange import PERIODS, Series, Trends, arrange, pairs, period_for
from monitor.trends.chart import to_svg
from monitor.trends.trend_tables import to_csv, to_json, to_text

__all__ = [
    "PERIODS",
    "Series",
    "Trends",
    "arrange",
    "pairs",
    "period_for",
    "to_csv",
    "to_json",
    "to_svg",
    "to_text",
]
