"""The trade's own words in a text: agencies, datelines, reporters' lines, for all crafts.

Data stand beside the code as TOML, one list a language.

- `agency_in`, `agency_id`, `dateline_agency`: which news agency a credit, outlet or dateline names.
- `dateline_of`, `dateline_spans`: "SEOUL, Sept. 30 (Yonhap) --", "(서울=연합뉴스) 홍길동 기자 =".
- `outlet_name`: what readers of another language call an outlet.
- `signed_by`, `behind_by`, `byline_spans`: who signed a text, and where.
"""

from monitor.newsroom.agencies import agency_id, agency_in, dateline_agency
from monitor.newsroom.byline_spans import byline_spans
from monitor.newsroom.datelines import dateline_of, dateline_spans
from monitor.newsroom.outlet_names import outlet_name
from monitor.newsroom.reporters import behind_by, signed_by

__all__ = [
    "agency_id",
    "agency_in",
    "behind_by",
    "byline_spans",
    "dateline_agency",
    "dateline_of",
    "dateline_spans",
    "outlet_name",
    "signed_by",
]
