"""Export: what was found, in the formats that an analyst's tools take.

`write` puts records into a stream one by one, so that an archive of any size fits. Formats:

* csv: RFC 4180 with a byte order mark, which is how spreadsheets know UTF-8. A cell that a
  spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV injection").
* jsonl: one JSON object a line (jsonlines.org), every field whole.
* ris: for Zotero, EndNote and their like (RIS, 2011 specification): TY NEWS with headline, outlet,
  writers, dates, url, language and abstract.
* markdown, html: to read; the page stands by itself, loads nothing and runs no script.
"""

from monitor.export.formats import ENDINGS, FORMATS, write
from monitor.export.record import Record

__all__ = ["ENDINGS", "FORMATS", "Record", "write"]
