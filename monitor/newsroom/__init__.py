"""The trade's own words in a text: agencies, datelines, reporters' lines, for all stages.

Data stand beside the code as TOML, one list a language.

- `agency_in`, `agency_id`: which news agency a credit or an outlet names.
- `dateline_spans`: "SEOUL, Sept. 30 (Yonhap) --", "(서울=연합뉴스) 홍길동 기자 =".
- `read_filed`: the dateline that opens a text and the agency that filed it.
- `outlet_name`: what readers of another language call an outlet.
- `signed_by`, `behind_by`, `byline_spans`: who signed a text, and where.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.newsroom.agencies import agency_id, agency_in
    from monitor.newsroom.bylines_in_text import byline_spans
    from monitor.newsroom.datelines import dateline_spans
    from monitor.newsroom.filed import Filed, read_filed
    from monitor.newsroom.outlet_names import outlet_name
    from monitor.newsroom.reporters import behind_by, signed_by
else:
    __getattr__ = on_demand(
        __name__,
        {
            "agencies": ("agency_id", "agency_in"),
            "bylines_in_text": ("byline_spans",),
            "datelines": ("dateline_spans",),
            "filed": ("Filed", "read_filed"),
            "outlet_names": ("outlet_name",),
            "reporters": ("behind_by", "signed_by"),
        },
    )

__all__ = [
    "Filed",
    "agency_id",
    "agency_in",
    "behind_by",
    "byline_spans",
    "dateline_spans",
    "outlet_name",
    "read_filed",
    "signed_by",
]
